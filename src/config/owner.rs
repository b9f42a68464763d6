//! Who owns what: a word to the team it stands for. Names of people are never owners; the team they belong to is.

use super::{Config, Owner, Person};

/// An owner as pages and counts name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerTerm<'c> {
    /// The id of `[owners.<id>]`, else the word itself. Made portable it is the last part of the owner's address.
    pub id: &'c str,
    /// The name on pages.
    pub name: &'c str,
    /// What it looks after; may be empty.
    pub description: &'c str,
}

impl Config {
    /// The owner a word of a document stands for: an id or name of `[owners]`, or the team of somebody in `[people]`, named by id or name.
    /// Case does not matter. Nothing for any other word: it may be somebody's name.
    #[must_use]
    pub fn owner_of(&self, word: &str) -> Option<OwnerTerm<'_>> {
        self.registered_owner(word).or_else(|| self.person(word).and_then(|person| self.team(&person.team)))
    }

    /// The owner that a word of `site.toml` stands for, where it says who owns a service: as [`Config::owner_of`], and a word that is nobody in
    /// the registries is an owner itself. Nothing for an empty word or somebody without a team.
    #[must_use]
    pub fn owner_named<'c>(&'c self, word: &'c str) -> Option<OwnerTerm<'c>> {
        self.owner_of(word).or_else(|| self.team(word).filter(|_| self.person(word).is_none()))
    }

    fn team<'c>(&'c self, word: &'c str) -> Option<OwnerTerm<'c>> {
        let word = word.trim();
        let itself = OwnerTerm { id: word, name: word, description: "" };
        self.registered_owner(word).or_else(|| (!word.is_empty()).then_some(itself))
    }

    /// The owner of `[owners]` that a word stands for, by id or name. Case does not matter.
    pub(crate) fn registered_owner(&self, word: &str) -> Option<OwnerTerm<'_>> {
        let word = word.trim();
        let is_meant = |(id, owner): &(&String, &Owner)| is_same(id, word) || is_same(&owner.name, word);
        let (id, owner) = self.owners.get_key_value(word).or_else(|| self.owners.iter().find(is_meant))?;
        Some(OwnerTerm { id, name: &owner.name, description: &owner.description })
    }

    /// Somebody in `[people]`, by id, with an `@` or without, or by name. Case does not matter.
    #[must_use]
    pub fn person(&self, word: &str) -> Option<&Person> {
        let word = word.trim().trim_start_matches('@');
        let is_meant = |(id, person): &(&String, &Person)| is_same(id, word) || is_same(&person.name, word);
        self.people.get(word).or_else(|| self.people.iter().find(is_meant).map(|(_, person)| person))
    }
}

/// The names in what is written as an owner: there may be several, as in `Payments, @ada` and `Ada L. and Bea M.`.
pub fn owners_named(written: &str) -> impl Iterator<Item = &str> {
    let parts = written.split([',', ';', '/', '&', '+']).flat_map(|part| part.split(" and "));
    parts.map(str::trim).filter(|name| !name.is_empty())
}

/// Whether two words differ in nothing but case.
fn is_same(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use crate::config::{owners_named, parse};

    const TEXT: &str = "[owners.payments]\nname = 'Team Payments'\n[people.ada]\nname = 'Ada L.'\nteam = 'payments'\n[people.bea]\n\
                        [people.cyd]\nteam = 'Night shift'\n";

    #[test]
    fn a_word_of_a_document_is_an_owner_or_belongs_to_one() {
        let (config, _) = parse(TEXT);
        let id = |word| config.owner_of(word).map(|owner| (owner.id, owner.name));
        for word in ["payments", "PAYMENTS", " team payments ", "ada", "Ada L."] {
            assert_eq!(id(word), Some(("payments", "Team Payments")), "{word}");
        }
        for nobody in ["bea", "Dot", "", "night shift"] {
            assert_eq!(id(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn several_owners_are_named_in_many_ways() {
        let named = |written| owners_named(written).collect::<Vec<_>>();
        assert_eq!(named("Payments, @ada; Ada L. and Bea M."), ["Payments", "@ada", "Ada L.", "Bea M."]);
        assert_eq!(named("a/b & c + d,"), ["a", "b", "c", "d"]);
        assert_eq!(named("Sand and Grandeur"), ["Sand", "Grandeur"]);
        assert_eq!(named(" , "), [""; 0]);
    }

    #[test]
    fn a_word_of_the_settings_is_an_owner_unless_it_is_a_person() {
        let (config, _) = parse(TEXT);
        let name = |word| config.owner_named(word).map(|owner| owner.name);
        assert_eq!(
            ["Payments", "ada", "Cloudflare", " Edge ", "bea", " "].map(name),
            [Some("Team Payments"), Some("Team Payments"), Some("Cloudflare"), Some("Edge"), None, None]
        );
    }

    #[test]
    fn a_team_that_is_not_listed_is_a_slip_where_owners_are_listed() {
        let (config, findings) = parse("[owners.payments]\n[people.ada]\nteam = 'paymets'\n");
        let told: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, ["`people.ada.team` names no owner: `paymets`"]);
        assert!(config.people["ada"].team.is_empty());
        let (config, findings) = parse("[people.ada]\nteam = 'Night shift'\n");
        assert_eq!((config.owner_of("ada").map(|owner| owner.name), findings.len()), (Some("Night shift"), 0));
    }
}
