//! Corpora made from seeds, in which public and internal text stand beside each other wherever they can. Each has three forms: as it is, with
//! other internal text of other length and number, and with none.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use afterword::render::{Body, render};
use afterword::site::Site;

use crate::numbers::Numbers;

/// Which internal text a corpus has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Full,
    Changed,
    Without,
}

/// A corpus as it is written.
pub(crate) struct Writer {
    form: Form,
    /// What is public is the same in every form.
    public: Numbers,
    /// What is internal is another in each.
    internal: Numbers,
    /// The words that stand in internal text alone.
    pub(crate) canaries: Vec<String>,
    /// The name of one of the people, for whom a role stands in public.
    name: String,
    /// Whether the public edition has training.
    teaches: bool,
}

const WORDS: [&str; 12] =
    ["checkout", "certificate", "latency", "rollback", "queue", "replica", "retry", "deploy", "cache", "timeout", "failover", "alert"];

impl Writer {
    pub(crate) fn new(seed: u64, form: Form) -> Self {
        let internal = if form == Form::Changed { seed ^ 0xffff } else { seed };
        Self {
            form,
            public: Numbers(seed),
            internal: Numbers(internal.wrapping_mul(31)),
            canaries: Vec::new(),
            name: String::new(),
            teaches: seed.is_multiple_of(2),
        }
    }

    fn words(&mut self) -> String {
        let count = 3 + self.public.below(9);
        (0..count).map(|_| WORDS[self.public.below(12)]).collect::<Vec<_>>().join(" ")
    }

    /// A word that stands nowhere else.
    fn canary(&mut self) -> String {
        let canary = format!("kb{:014x}", self.internal.below(1 << 56));
        self.canaries.push(canary.clone());
        canary
    }

    /// Internal words, with a canary among them.
    fn secret(&mut self) -> String {
        let mut words = vec![self.canary()];
        for _ in 0..self.internal.below(30) {
            words.push(WORDS[self.internal.below(12)].to_owned());
        }
        words.join(" ")
    }

    /// What `write` makes, in most cases, where there is internal text at all.
    fn hidden(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        let is_there = self.public.below(3) != 0;
        // Whether there is something internal may depend on nothing public, either.
        let is_there = if self.form == Form::Changed { self.internal.below(3) != 0 } else { is_there };
        if is_there && self.form != Form::Without { write(self) } else { String::new() }
    }

    /// The whole corpus as an archive.
    pub(crate) fn archive(&mut self) -> String {
        let mut out =
            String::from("-- site.toml --\n[site]\ntitle = 'House'\nrules = true\n[editions.public]\npublic_fields = ['evidence']\n");
        let hosts = self.hidden(|w| format!("[privacy]\ninternal_hosts = ['{}.example']\n", w.canary()));
        // The role is for everybody, the name is not.
        let name = if self.form == Form::Without { "Nobody".to_owned() } else { self.canary() };
        let people = format!("[people.ada]\nname = 'Ada {name}'\nrole = 'On-call engineer'\n");
        self.name = name;
        let owners = self.hidden(|w| format!("[owners.{}]\nname = '{}'\n", w.canary(), w.canary()));
        let listed =
            self.hidden(|w| format!("[services.{0}]\nname = '{0}'\ndescription = '{1}'\n[tags.{2}]\n", w.canary(), w.canary(), w.canary()));
        out += &(hosts + &people + &owners + &listed);
        if self.teaches {
            out = out.replace("[editions.public]\n", "[editions.public]\ntraining = true\n");
        }
        let _ = write!(out, "[[training.of_the_month]]\nmonth = '2026-03'\nincident = 'PUB-1'\nwhy = '{}'\n", self.words());
        out += &self
            .hidden(|w| format!("[[training.of_the_month]]\nmonth = '2026-04'\nincident = '{}'\nwhy = '{}'\n", w.canary(), w.secret()));
        let _ = write!(out, "-- content/training/path.md --\n{}", self.reading_path());
        for n in 0..4 {
            let _ = write!(out, "-- content/postmortems/public-{n}.md --\n{}", self.public_document(n));
        }
        for n in 0..3 {
            let document = self.hidden(|w| {
                let name = w.canary();
                format!("-- content/postmortems/{name}-{n}.md --\n{}", w.internal_document(n))
            });
            out += &document;
        }
        let page = self.hidden(|w| format!("-- content/{}.md --\n# {}\n\n{}\n", w.canary(), w.secret(), w.secret()));
        let glossary = self.hidden(|w| format!("-- content/glossary.md --\n# Words\n\nretry\n: {}\n", w.secret()));
        let prose = self.hidden(|w| format!("-- content/tags/dns.md --\n# DNS\n\n{}\n", w.secret()));
        out += &(page + &glossary + &prose);
        let _ = write!(out, "-- content/about.md --\n---\nvisibility: public\n---\n# About\n\n{}\n\n{}\n", self.words(), self.quote());
        out
    }

    fn quote(&mut self) -> String {
        let marker = if self.internal.below(2) == 0 { "INTERNAL" } else { "reasoning" };
        self.hidden(|w| {
            let mut quote = format!("> [!{marker}]\n> {}\n", w.secret());
            if w.internal.below(2) == 0 {
                let _ = write!(quote, ">\n> - {}\n>   - {}\n>\n> ```sh\n> {}\n> ```\n", w.secret(), w.secret(), w.secret());
            }
            quote
        })
    }

    fn region(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        self.hidden(|w| {
            let content = write(w);
            let until = ["", " until 2099-01-01", " until A99 done"][w.internal.below(3)];
            format!("<!-- afterword: internal{until} -->\n\n{content}\n\n<!-- afterword: end -->\n")
        })
    }

    /// Internal words among public ones, with the blank before them.
    fn inline(&mut self) -> String {
        self.hidden(|w| {
            let content = match w.internal.below(4) {
                0 => format!("*{}*", w.secret()),
                1 => format!("`{}`", w.secret()),
                2 => format!("[{}](https://{}.example/)", w.secret(), w.canary()),
                _ => w.secret(),
            };
            format!(" <!-- afterword: internal -->{content}<!-- afterword: end -->")
        })
    }

    /// Somebody, by name or by id as it comes: which of the two is nobody's business, either.
    fn somebody(&mut self) -> String {
        if self.internal.below(2) == 0 { "@ada".to_owned() } else { format!("Ada {}", self.name) }
    }

    fn public_document(&mut self, n: u64) -> String {
        let mut out = format!(
            "---\ntitle: Public {n} {}\nvisibility: public\nid: PUB-{n}\nkind: {}\nseverity: sev{}\nstarted_at: 2026-0{}-03T10:00Z\nservices: [web]\n\
             tags: [dns]\nroot_causes: [change/config]\naliases: [/old/{n}]\n",
            self.words(),
            if n.is_multiple_of(2) { "outage" } else { "security" },
            1 + self.public.below(3),
            1 + n
        );
        let fields = [
            self.hidden(|w| format!("owner: {}\n", w.canary())),
            self.hidden(|w| format!("authors: [{}, {}]\n", w.canary(), w.canary())),
            self.hidden(|w| format!("# {}\n", w.secret())),
            self.hidden(|w| format!("{}: {}\n", w.canary(), w.secret())),
            self.hidden(|w| format!("x:\n  {}: {}\n", w.canary(), w.secret())),
            self.hidden(|w| format!("effort_hours: {}\n", 1 + w.internal.below(40))),
            self.hidden(|w| format!("roles: {{ lead: {} }}\n", w.canary())),
            self.evidence(n),
            self.drill(),
        ];
        out += &fields.concat();
        let _ = write!(out, "---\n\n{}{}.\n\n{}\n{}\n", self.words(), self.inline(), self.quote(), self.comment());
        let _ = write!(out, "## Impact\n\n{}{}{}\n\n", self.words(), self.inline(), self.inline());
        out += &self.region(|w| {
            let (a, b) = (w.secret(), w.secret());
            format!("## Impact\n\n{a}[^s]\n\n## {b}\n\n[^s]: {}\n\n[known]: https://{}.example/", w.secret(), w.canary())
        });
        let _ = write!(out, "\nThe [known] and {}.\n\n", self.words());
        out += &self.hidden(|w| {
            let (a, b) = (w.secret(), w.secret());
            format!(
                "## {a} {{visibility=internal}}\n\n{b}\n\n![{}]({}.png)\n\n### {}\n\n{}\n\n",
                w.secret(),
                w.canary(),
                w.secret(),
                w.secret()
            )
        });
        let (one, other) = (self.somebody(), self.somebody());
        let _ = write!(out, "## What happened\n\n{one} saw it, {} with {other}.\n\n", self.words());
        let _ = writeln!(out, "- {}", self.words());
        out += &self.hidden(|w| format!("- {} <!-- afterword: internal item -->\n", w.secret()));
        let _ = write!(out, "- {}\n\n{}\n", self.words(), self.quote());
        let first = self.hidden(|w| format!("> [!INTERNAL]\n   > {}\n\n   ", w.secret()));
        let _ = write!(out, "1. {first}{}\n\n   {}\n", self.words(), self.comment());
        out += &self.table();
        let _ = write!(out, "\n## Timeline\n\n- 2026-0{}-03 10:00 UTC {}\n", 1 + n, self.words());
        out += &self.hidden(|w| format!("- 2026-0{}-03 09:00 UTC [detected] {} <!-- afterword: internal item -->\n", 1 + n, w.secret()));
        let somebody = self.somebody();
        let _ = writeln!(out, "- 2026-0{}-03 11:00 UTC [resolved] {somebody} {}{}", 1 + n, self.words(), self.inline());
        let _ = write!(out, "\n## Root cause\n\n{}\n\n{}\n", self.words(), self.quote());
        out += "\n## Actions\n\n| Action | Kind | Status | Owner |\n|---|---|---|---|\n";
        let _ = writeln!(out, "| Fix {} | prevent | open | @ada |", self.words());
        out += &self.hidden(|w| format!("| Fix {} <!-- afterword: internal row --> | detect | done | ada |\n", w.secret()));
        let _ = writeln!(out, "| Fix {}{} | prevent | done | Payments |", self.words(), self.inline());
        let _ = write!(out, "\n## Lessons\n\n{}. See [the other](public-{}.md).\n\n{}", self.words(), (n + 1) % 4, self.quote());
        out
    }

    /// A reading path: for everybody but for incidents that are not, where the public edition has training, and for nobody else where it has not.
    fn reading_path(&mut self) -> String {
        let passed_over =
            self.hidden(|w| format!("    - {{incident: {}, why: '{}', questions: ['{}']}}\n", w.canary(), w.secret(), w.secret()));
        if self.teaches {
            let (why, question, text) = (self.words(), self.words(), self.words());
            return format!(
                "---\nvisibility: public\ntraining:\n  reading:\n    - PUB-2\n{passed_over}    - {{incident: PUB-0, why: '{why}', questions: ['{question}']}}\n---\n# Path\n\n{text}{}\n",
                self.inline()
            );
        }
        let text = self.hidden(Self::secret);
        format!("---\nvisibility: public\ntraining: {{reading: [PUB-2]}}\n---\n# Path {text}\n\n{text}\n")
    }

    /// How an incident is played.
    fn drill(&mut self) -> String {
        if self.teaches {
            let [objective, title, briefing, hint] = [(); 4].map(|()| self.words());
            return format!(
                "training:\n  objectives: [{objective}]\n  drill: {{title: {title}, briefing: {briefing}, prompts: [{{before: '11:00', hints: [{hint}]}}]}}\n"
            );
        }
        self.hidden(|w| {
            let [question, title, briefing] = [w.secret(), w.canary(), w.secret()];
            format!("training: {{questions: ['{question}'], drill: {{title: '{title}', briefing: '{briefing}'}}}}\n")
        })
    }

    /// Evidence, which is a field for everybody here: of one entry all but who had it, of others nothing.
    fn evidence(&mut self, n: u64) -> String {
        let internal = |w: &mut Self| {
            let [id, path, note, host] = [(); 4].map(|()| w.canary());
            format!(
                "  - {{id: {id}, path: {path}.txt, sha256: {:064x}}}\n  - {note}\n  - {{url: 'https://{host}.example/', visibility: internal}}\n",
                n + 1
            )
        };
        if n == 3 {
            return self.hidden(|w| format!("evidence:\n{}", internal(w)));
        }
        let (before, after) = (self.hidden(internal), self.hidden(internal));
        let hands =
            self.hidden(|w| format!(", collected_by: {}, custody: [{}, {{at: 2026-03-03, by: {}}}]", w.canary(), w.canary(), w.canary()));
        format!(
            "evidence:\n{before}  - {{path: public-{n}.log, sha256: {n:064x}, collected_at: 2026-03-03, visibility: public{hands}}}\n{after}"
        )
    }

    fn comment(&mut self) -> String {
        self.hidden(|w| format!("<!-- {} -->\n", w.secret()))
    }

    /// A table with a column and rows that are not for everybody.
    fn table(&mut self) -> String {
        let has_column = !self.hidden(Self::canary).is_empty();
        let line = |cells: [&str; 2], column: &str, end: &str| {
            if has_column {
                format!("| {} | {column} | {}{end} |\n", cells[0], cells[1])
            } else {
                format!("| {} | {}{end} |\n", cells[0], cells[1])
            }
        };
        let mut out = line(["What", "How many"], "Who <!-- afterword: internal column -->", "");
        out += if has_column { "|---|---|--:|\n" } else { "|---|--:|\n" };
        for _ in 0..=self.public.below(3) {
            let words = self.words();
            let secret = if has_column { self.secret() } else { String::new() };
            out += &line([&words, "7"], &secret, "");
        }
        let row = self.hidden(Self::secret);
        if !row.is_empty() {
            out += &line([&row, "8"], &row, " <!-- afterword: internal row -->");
        }
        out
    }

    fn internal_document(&mut self, n: u64) -> String {
        let visibility = ["visibility: internal\n", "", "visibility: public\nstatus: draft\n"][usize::try_from(n).unwrap()];
        format!(
            "---\ntitle: {}\n{visibility}id: INT-{n}\naliases: [/old/1, /{}]\nseverity: sev1\nkind: security\nstarted_at: 2026-02-03T09:00Z\nservices: [web, {}]\n\
             tags: [dns, {}]\nroot_causes: [change/config, {}]\nrelated: [PUB-1]\nsummary: {}\n---\n\nSee [it](public-0.md). {}\n\n## Actions\n\n- [ ] {}\n",
            self.secret(),
            self.canary(),
            self.canary(),
            self.canary(),
            self.canary(),
            self.secret(),
            self.secret(),
            self.secret(),
        )
    }
}

/// Every file of a site, search and all.
pub(crate) fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let routes = site.routes().map(|(url, route)| (url.to_owned(), *route));
    let all = routes.chain(site.search_routes().map(|(url, route)| (url.to_owned(), route)));
    let bytes = |route| match render(site, route).unwrap().body {
        Body::Bytes(bytes) => bytes.into_owned(),
        Body::File(path) => path.as_str().as_bytes().to_vec(),
    };
    all.map(|(url, route)| (url, bytes(route))).collect()
}
