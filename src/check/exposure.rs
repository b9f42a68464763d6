//! What nobody outside should read, found in any text: by the patterns of the rules on names, hosts, secrets and personal data.

use std::ops::Range;

use regex::Regex;

use super::rules::privacy::exposed_secret::{EXPOSED_SECRET, secrets};
use super::rules::privacy::masked;
use super::rules::privacy::personal_data::{PERSONAL_DATA, personal_data, shown};
use super::rules::public::internal_host::{self, INTERNAL_HOST, hosts};
use super::rules::public::name_in_public::NAME_IN_PUBLIC;
use crate::config::{Config, People};
use crate::diagnostic::{RuleName, Span};

/// What to look for, as a site has it.
#[derive(Debug)]
pub struct Exposures {
    people: People,
    hosts: Option<Regex>,
    public_addresses: Vec<String>,
}

/// Something that nobody outside should read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The rule that speaks of it.
    pub rule: RuleName,
    /// What it is: "a password".
    pub what: &'static str,
    /// As much of it as may be repeated.
    pub shown: String,
    /// Where it is in the text.
    pub range: Range<usize>,
}

impl Exposures {
    /// What the settings of a site call names, internal hosts and public addresses.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self { people: config.people.clone(), hosts: hosts(config), public_addresses: config.privacy.public_addresses.clone() }
    }

    /// All that a text exposes, in order of place.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Exposure> {
        let written = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let found = |pattern: &Option<Regex>| -> Vec<Range<usize>> {
            pattern.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.range()).collect()
        };
        let names = self.people.named_in(text).into_iter().map(|naming| naming.range);
        let names = names.map(|range| (NAME_IN_PUBLIC.name, "somebody of `[people]`", written(&range).to_owned(), range));
        let hosts = found(&self.hosts).into_iter().filter(|host| internal_host::is_whole(text, Span::new(host.start, host.end)));
        let hosts = hosts.map(|range| (INTERNAL_HOST.name, "an internal host", written(&range).to_owned(), range));
        let secrets = secrets(text).into_iter().map(|secret| {
            let shown = masked(written(&secret.range));
            (EXPOSED_SECRET.name, secret.what, shown, secret.range)
        });
        let data = personal_data(text, &self.public_addresses).into_iter();
        let data = data.map(|(what, range)| (PERSONAL_DATA.name, what, shown(written(&range)), range));
        let mut all: Vec<Exposure> =
            names.chain(hosts).chain(secrets).chain(data).map(|(rule, what, shown, range)| Exposure { rule, what, shown, range }).collect();
        all.sort_by_key(|exposure| (exposure.range.start, exposure.range.end));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    #[test]
    fn what_the_rules_find_in_documents_is_found_in_any_text() {
        let (config, _) = config::parse("[privacy]\ninternal_hosts = ['corp.net']\n[people.ada]\nname = 'Ada Lovelace'\n");
        let text = "Ada Lovelace (@ada, ada.l@corp.io) set DB_PASSWORD=Tr0ub4dor-and-3 on db1.corp.net; Ada Lovelaces, ops@corp.net";
        let found: Vec<_> = Exposures::of(&config).find(text).into_iter().map(|exposure| (exposure.rule.0, exposure.shown)).collect();
        let expected = [
            ("name-in-public", "Ada Lovelace"),
            ("name-in-public", "@ada"),
            ("personal-data", "a…@corp.io"),
            ("exposed-secret", "Tr0…"),
            ("internal-host", "db1.corp.net"),
        ];
        assert_eq!(found, expected.map(|(rule, shown)| (rule, shown.to_owned())));
        assert_eq!(Exposures::of(&Config::default()).find("Ada Lovelace at db1.corp.net"), []);
    }
}
