//! Who is who: the people of `site.toml`, and where a text names one of them.

mod form;
mod reading;

use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use foldhash::HashMap;

use self::form::{Demand, Form, Part, Seam, near, parts};
use self::reading::{Gap, Word, characters, fold, is_of_word, next_word, sign, signs, spelt};
use super::{Person, is_unseen};

/// The people the documents name, by their ids.
#[derive(Debug, Clone, Default)]
pub struct People {
    by_id: BTreeMap<String, Person>,
    /// The ways to write a name, by its words with a blank between; of several the first that fits counts.
    forms: HashMap<String, Vec<Form>>,
    /// The most words of a form that begins with a word.
    longest: HashMap<String, usize>,
    /// What stands behind the `@`, folded, to the id; and the most characters of one.
    handles: HashMap<String, String>,
    longest_handle: usize,
}

/// A place of a text that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming<'p> {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The id of who is named.
    pub id: &'p str,
    /// Who is named.
    pub person: &'p Person,
    /// How.
    pub manner: Manner,
}

/// How somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// By the id with its `@`.
    Handle,
    /// By the name, of two words or more.
    Name,
    /// By what is near to the name, and may be that of somebody else.
    Near,
    /// By a name of one word, which may be a word like others.
    Word,
}

impl Naming<'_> {
    /// Whether nobody else can be meant.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        matches!(self.manner, Manner::Handle | Manner::Name)
    }
}

impl People {
    /// Whoever is named in a text, in order of place: by `@` and the id, by the name, or by what is near to it.
    ///
    /// Case, accents, other forms of letters (Unicode NFKD), what nobody sees, and escapes (`%41` of addresses, `\u0041` of JSON) make no difference; only
    /// a name of one word is found in the case it has. Between words may be blanks, line ends with the marks of a quote, or what stands for a blank in
    /// addresses and names of files: `ada-lovelace`, `ada_lovelace`, `ada/lovelace`. Near to `Ada King Lovelace` are `Ada Lovelace`, `A. Lovelace`,
    /// `A. K. Lovelace`, `Ada L.` and `Lovelace, Ada`, all names of two words with an initial between, and those of ten letters or more without
    /// the blank. A surname alone is nobody's. Who has no name but an id, which may be a word like others, goes by `@` alone.
    #[must_use]
    pub fn named_in<'p>(&'p self, text: &str) -> Vec<Naming<'p>> {
        let (mut found, mut at, mut buffer) = (Vec::new(), 0, String::new());
        if self.by_id.is_empty() {
            return found;
        }
        while let Some(word) = next_word(text, at, buffer) {
            at = word.range.end;
            let handle = word.at_sign.clone().and_then(|at_sign| self.handle(text, at_sign));
            if let Some(naming) = handle.or_else(|| self.name(text, &word)) {
                at = naming.range.end;
                found.push(naming);
            }
            buffer = word.folded;
        }
        found
    }

    /// Somebody by the id behind an `@`.
    fn handle(&self, text: &str, at_sign: Range<usize>) -> Option<Naming<'_>> {
        let (mut written, mut longest) = (String::new(), None);
        for (c, end) in characters(text, at_sign.end).filter(|(c, _)| !is_unseen(*c)).take(self.longest_handle) {
            fold(sign(c), &mut written);
            longest = self.handles.get(&written).filter(|_| !goes_on(text, end)).map(|id| (id, end)).or(longest);
        }
        let (id, end) = longest?;
        let (id, person) = self.by_id.get_key_value(id)?;
        Some(Naming { range: at_sign.start..end, id, person, manner: Manner::Handle })
    }

    /// Somebody by the longest way to write a name that begins with a word.
    fn name(&self, text: &str, first: &Word) -> Option<Naming<'_>> {
        let most = *self.longest.get(&first.folded)?;
        // "A" is an initial only where no blank follows, and much too frequent to look further.
        if first.folded.len() == 1 && text.get(first.range.end..)?.starts_with(char::is_whitespace) {
            return None;
        }
        let mut run = Run { text, gaps: Vec::new(), words: vec![first.clone()] };
        // One more may be an initial in between.
        while run.words.len() <= most
            && let Some(next) = next_word(text, run.end(), String::new())
        {
            run.gaps.push(signs(text, run.end()..next.range.start));
            run.words.push(next);
        }
        while !run.words.is_empty() {
            if let Some((range, form, manner)) = self.whole(&run) {
                let (id, person) = self.by_id.get_key_value(&form.id)?;
                return Some(Naming { range, id, person, manner });
            }
            run.words.pop();
            run.gaps.pop();
        }
        None
    }

    /// How all words of a run name somebody, and where.
    fn whole(&self, run: &Run<'_>) -> Option<(Range<usize>, &Form, Manner)> {
        let forms = |words: &str| self.forms.get(words).map_or(&[][..], Vec::as_slice);
        let found = forms(&run.key(None)).iter().find_map(|form| Some((run.place_of(form, &run.gaps)?, form, form.manner)));
        let with_initial = || {
            let [before, behind, after @ ..] = run.gaps.as_slice() else { return None };
            if run.words.get(1)?.folded.chars().nth(1).is_some() || !Seam::Initial.may_be(behind) {
                return None;
            }
            let gaps: Vec<String> = std::iter::once(before).chain(after).cloned().collect();
            let mut names = forms(&run.key(Some(1))).iter().filter(|form| form.manner == Manner::Name);
            names.find_map(|form| Some((run.place_of(form, &gaps)?, form, Manner::Near)))
        };
        found.or_else(with_initial)
    }
}

/// Words of a text, one after the other.
struct Run<'t> {
    text: &'t str,
    words: Vec<Word>,
    /// The signs between them.
    gaps: Vec<String>,
}

impl Run<'_> {
    fn end(&self) -> usize {
        self.words.last().map_or(0, |word| word.range.end)
    }

    /// The words but for one.
    fn key(&self, without: Option<usize>) -> String {
        let words = self.words.iter().enumerate().filter(|(n, _)| Some(*n) != without);
        words.map(|(_, word)| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Where the name is, if the words make it in this form.
    fn place_of(&self, form: &Form, gaps: &[String]) -> Option<Range<usize>> {
        let (first, last) = (self.words.first()?, self.words.last()?);
        let mut range = first.range.start..last.range.end;
        let seen_from = |at: usize| characters(self.text, at).find(|(c, _)| !is_unseen(*c));
        let is_capital = |word: &Word| characters(self.text, word.range.start).next().is_some_and(|(c, _)| c.is_uppercase());
        let stop = seen_from(range.end).filter(|(c, _)| sign(*c) == '.').map(|(_, end)| end);
        let is_meant = match &form.demand {
            Demand::Nothing => true,
            Demand::Spelt(letters) => spelt(self.text.get(range.clone())?) == *letters,
            Demand::Capital => is_capital(first) || gaps.first().is_some_and(|signs| Gap::of(signs) == Gap::Stop),
            Demand::CapitalsAndStop => is_capital(first) && is_capital(last) && stop.is_some(),
        };
        let fits = gaps.len() == form.seams.len() && gaps.iter().zip(&form.seams).all(|(signs, seam)| seam.may_be(signs));
        // A mail address is personal data wherever it stands. What stands between underscores is emphasised, unless it may be part of a name in code.
        let is_part = |c: char| c == '@' || (c == '_' && form.manner == Manner::Word);
        let begins = !first.before.is_some_and(|c| is_part(c) && (first.at_sign.is_none() || form.manner == Manner::Word));
        if !is_meant || !fits || !begins || seen_from(range.end).is_some_and(|(c, _)| is_part(sign(c))) {
            return None;
        }
        if form.ends_in_stop {
            range.end = stop.unwrap_or(range.end);
        }
        Some(range)
    }
}

/// Whether an id that ends at a place goes on there.
fn goes_on(text: &str, end: usize) -> bool {
    let mut rest = characters(text, end).map(|(c, _)| c).filter(|c| !is_unseen(*c));
    match rest.next().map(sign) {
        Some('-') => rest.next().is_some_and(is_of_word),
        Some(c) => is_of_word(c) || matches!(c, '@' | '_'),
        None => false,
    }
}

impl FromIterator<(String, Person)> for People {
    fn from_iter<I: IntoIterator<Item = (String, Person)>>(people: I) -> Self {
        let mut all = Self { by_id: people.into_iter().collect(), ..Self::default() };
        let is_name =
            |(id, person): &(&String, &Person)| person.name != **id && person.name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let by_id = all.by_id.clone();
        for id in by_id.keys() {
            let mut handle = String::new();
            id.chars().filter(|c| !is_unseen(*c)).for_each(|c| fold(sign(c), &mut handle));
            all.longest_handle = all.longest_handle.max(handle.chars().count());
            all.handles.entry(handle).or_insert_with(|| id.clone());
        }
        let named: Vec<(&String, &str, Vec<Part>, Vec<Seam>)> = by_id
            .iter()
            .filter(is_name)
            .map(|(id, person)| {
                let (parts, seams) = parts(&person.name);
                (id, person.name.trim(), parts, seams)
            })
            .collect();
        // A whole name goes before what is near to one. Of two with one name the first counts.
        for (id, name, parts, seams) in &named {
            let further = parts.iter().skip(1).zip(seams);
            let Some(whole) = parts.first().map(|first| further.fold(first.clone(), |whole, (part, seam)| whole.join(seam.clone(), part)))
            else {
                continue;
            };
            let ends_in_stop = name.ends_with('.');
            let (manner, demand) = if parts.len() > 1 {
                (Manner::Name, Demand::Nothing)
            } else {
                (Manner::Word, Demand::Spelt(spelt(name.trim_matches(|c| !is_of_word(c)))))
            };
            all.add(whole, Form { id: (*id).clone(), manner, seams: Vec::new(), ends_in_stop, demand });
        }
        for (id, _, parts, _) in &named {
            for (part, demand) in near(parts) {
                let ends_in_stop = demand == Demand::CapitalsAndStop;
                all.add(part, Form { id: (*id).clone(), manner: Manner::Near, seams: Vec::new(), ends_in_stop, demand });
            }
        }
        all
    }
}

impl People {
    fn add(&mut self, Part { words, seams }: Part, form: Form) {
        let Some(first) = words.first() else { return };
        let longest = self.longest.entry(first.clone()).or_default();
        *longest = (*longest).max(words.len());
        let forms = self.forms.entry(words.join(" ")).or_default();
        let is_like = |other: &Form| other.seams == seams && other.manner == form.manner && other.demand == form.demand;
        if !forms.iter().any(is_like) {
            forms.push(Form { seams, ..form });
        }
    }
}

impl Deref for People {
    type Target = BTreeMap<String, Person>;

    fn deref(&self) -> &Self::Target {
        &self.by_id
    }
}

impl PartialEq for People {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

impl Eq for People {}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People {
        let person = |id: &str, name: &str| (id.to_owned(), Person { name: name.into(), ..Person::default() });
        [
            person("ada", "Ada Lovelace"),
            person("grace", "grace"),
            person("mark", "Mark"),
            person("jose", "José Núñez"),
            person("hans", "Hans Großmann"),
            person("isil", "Işıl Kır"),
            person("maire", "Máire O'Brien"),
            person("jl", "Jean-Luc Picard"),
            person("reed", "Dr. M. Reed-Hay"),
            person("taro", "山田 太郎"),
            person("zoe", "Zoe Ann Quix"),
            person("lee", "Lee ★"),
            person("bea", "Bea K. Hay"),
        ]
        .into_iter()
        .collect()
    }

    /// Each naming with a mark for its manner: `@` handle, `!` name, `~` near, `?` word.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let people = people();
        let mark = |manner| match manner {
            Manner::Handle => "@",
            Manner::Name => "!",
            Manner::Near => "~",
            Manner::Word => "?",
        };
        let found = people.named_in(text);
        let found: Vec<_> =
            found.iter().map(|naming| (&text[naming.range.clone()], format!("{}{}", mark(naming.manner), naming.id))).collect();
        let found: Vec<_> = found.iter().map(|(words, who)| (*words, who.as_str())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn people_are_found_by_name_and_by_id() {
        check("Ada Lovelace and @grace, ADA\n> LOVELACE’s", &[("Ada Lovelace", "!ada"), ("@grace", "@grace"), ("ADA\n> LOVELACE", "!ada")]);
        check(
            "Jose\u{301} Nu\u{301}n\u{303}ez; José Núñez; jose nunez",
            &[("Jose\u{301} Nu\u{301}n\u{303}ez", "!jose"), ("José Núñez", "!jose"), ("jose nunez", "!jose")],
        );
        check("_Ada Lovelace_ - @ada- ＠ADA", &[("Ada Lovelace", "!ada"), ("@ada", "@ada"), ("＠ADA", "@ada")]);
        check(
            "HANS GROSSMANN, Hans Großmann, hans grossmann; IŞIL KIR",
            &[("HANS GROSSMANN", "!hans"), ("Hans Großmann", "!hans"), ("hans grossmann", "!hans"), ("IŞIL KIR", "!isil")],
        );
        check("Mark set the mark at @Mark.", &[("Mark", "?mark"), ("@Mark", "@mark")]);
        check(
            "d’Ada Lovelace, MÁIRE O’BRIEN; jean luc\u{a0}picard; 山田太郎、山田　太郎",
            &[
                ("Ada Lovelace", "!ada"),
                ("MÁIRE O’BRIEN", "!maire"),
                ("jean luc\u{a0}picard", "!jl"),
                ("山田太郎", "~taro"),
                ("山田　太郎", "!taro"),
            ],
        );
        check(
            "It was Dr. M. Reed-Hay with Lee, LEE and B. K. Hay.",
            &[("Dr. M. Reed-Hay", "!reed"), ("Lee", "?lee"), ("B. K. Hay", "~bea")],
        );
    }

    #[test]
    fn names_are_found_in_addresses_keys_and_names_of_files() {
        check(
            "2026-ada-lovelace.md, /Ada%20Lovelace, ada_lovelace_2, ada.lovelace, team/ada/lovelace.log, q=Ada+Lovelace, @ada-lovelace",
            &[
                ("ada-lovelace", "!ada"),
                ("Ada%20Lovelace", "!ada"),
                ("ada_lovelace", "!ada"),
                ("ada.lovelace", "!ada"),
                ("ada/lovelace", "!ada"),
                ("Ada+Lovelace", "!ada"),
                ("ada-lovelace", "!ada"),
            ],
        );
        check(
            "Jos%C3%A9-N%c3%ba%c3%b1ez, Jos\\u00e9 N\\u00fa\\u00f1ez, 50% Ada, %ZZAda",
            &[("Jos%C3%A9-N%c3%ba%c3%b1ez", "!jose"), ("Jos\\u00e9 N\\u00fa\\u00f1ez", "!jose")],
        );
    }

    #[test]
    fn what_nobody_sees_hides_no_name() {
        for name in
            ["Ada\u{202f}Lovelace", "Ada Love\u{ad}lace", "A\u{200b}da\u{2009}Lovelace", "Ada Love\u{200e}lace", "Ad\u{2062}a Lovelace"]
        {
            check(&format!("é\u{ad} {name}\u{ad}."), &[(name, "!ada")]);
        }
        for c in
            ['\u{34f}', '\u{61c}', '\u{180b}', '\u{202e}', '\u{2069}', '\u{3164}', '\u{fe0f}', '\u{ffa0}', '\u{fff9}', '\u{e0041}', '\u{1}']
        {
            check(&format!("Ada L{c}ovelace"), &[(&format!("Ada L{c}ovelace"), "!ada")]);
            check(&format!("@a{c}da"), &[(&format!("@a{c}da"), "@ada")]);
        }
        check("Ａｄａ Ｌｏｖｅｌａｃｅ, 𝐀𝐝𝐚 𝐋𝐨𝐯𝐞𝐥𝐚𝐜𝐞", &[("Ａｄａ Ｌｏｖｅｌａｃｅ", "!ada"), ("𝐀𝐝𝐚 𝐋𝐨𝐯𝐞𝐥𝐚𝐜𝐞", "!ada")]);
    }

    #[test]
    fn what_is_near_to_a_name_is_told_apart() {
        check(
            "A. Lovelace, A.Lovelace, a.lovelace and Ada L. saw; Lovelace, Ada; lovelace-ada",
            &[
                ("A. Lovelace", "~ada"),
                ("A.Lovelace", "~ada"),
                ("a.lovelace", "~ada"),
                ("Ada L.", "~ada"),
                ("Lovelace, Ada", "~ada"),
                ("lovelace-ada", "~ada"),
            ],
        );
        check(
            "Ada K. Lovelace, AdaLovelace, github.com/adalovelace",
            &[("Ada K. Lovelace", "~ada"), ("AdaLovelace", "~ada"), ("adalovelace", "~ada")],
        );
        check(
            "Zoe Ann Quix; Zoe Quix, Z. Quix, Z. Ann Quix, Z. A. Quix, Zoe Q., Quix, Zoe Ann; ZoeAnnQuix",
            &[
                ("Zoe Ann Quix", "!zoe"),
                ("Zoe Quix", "~zoe"),
                ("Z. Quix", "~zoe"),
                ("Z. Ann Quix", "~zoe"),
                ("Z. A. Quix", "~zoe"),
                ("Zoe Q.", "~zoe"),
                ("Quix, Zoe Ann", "~zoe"),
                ("ZoeAnnQuix", "~zoe"),
            ],
        );
    }

    #[test]
    fn other_words_are_nobody() {
        for text in [
            "grace",
            "ops@ada",
            "@adam",
            "Ada",
            "Lovelace",
            "Ada Lovelaces",
            "x@ada.example",
            "Marks",
            "_Mark",
            "@ada-b",
            "ada.lovelace@x.example",
            "ops@ada.lovelace.example",
            "a. lovelace",
            "A Lovelace",
            "Ada L",
            "ada l.",
            "B. Lovelace",
            "Ada. Lovelace",
            "ZoeQuix",
            "Ada and Lovelace",
            "Ada, Lovelace",
        ] {
            check(text, &[]);
        }
        assert!(People::default().named_in("@ada").is_empty());
    }

    #[test]
    fn a_great_many_people_are_no_panic() {
        let person = |n| (format!("p{n}"), Person { name: format!("Person Number{n}"), ..Person::default() });
        let people: People = (0..20_000).map(person).collect();
        assert_eq!(people.named_in("see person number19999 there, and Person N. too").len(), 2);
    }
}
