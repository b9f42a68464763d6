//! Nothing internal is in the public bytes. Two proofs: whatever is internal can be changed or taken away and no byte of the public edition
//! changes (non-interference); and of words that stand in internal text alone, none is in it.
//!
//! Corpora are made from seeds. Each has three forms: as it is, with other internal text of other length and number, and with none.

#![expect(clippy::unwrap_used, reason = "a test panics when something is not what it made")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::Arc;

use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Site};

/// Which internal text a corpus has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Full,
    Changed,
    Without,
}

/// Numbers from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True in one of `n` cases.
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// A corpus as it is written.
struct Writer {
    form: Form,
    /// What is public is the same in every form.
    public: Numbers,
    /// What is internal is another in each.
    internal: Numbers,
    /// The words that stand in internal text alone.
    canaries: Vec<String>,
    /// The name of one of the people, for whom a role stands in public.
    name: String,
}

const WORDS: [&str; 12] =
    ["checkout", "certificate", "latency", "rollback", "queue", "replica", "retry", "deploy", "cache", "timeout", "failover", "alert"];

impl Writer {
    fn new(seed: u64, form: Form) -> Self {
        let internal = if form == Form::Changed { seed ^ 0xffff } else { seed };
        Self { form, public: Numbers(seed), internal: Numbers(internal.wrapping_mul(31)), canaries: Vec::new(), name: String::new() }
    }

    fn words(&mut self) -> String {
        let count = 3 + self.public.below(9);
        (0..count).map(|_| WORDS[usize::try_from(self.public.below(12)).unwrap()]).collect::<Vec<_>>().join(" ")
    }

    /// A word that stands nowhere else.
    fn canary(&mut self) -> String {
        let canary = format!("kb{:014x}", self.internal.next() >> 8);
        self.canaries.push(canary.clone());
        canary
    }

    /// Internal words, with a canary among them.
    fn secret(&mut self) -> String {
        let mut words = vec![self.canary()];
        for _ in 0..self.internal.below(30) {
            words.push(WORDS[usize::try_from(self.internal.below(12)).unwrap()].to_owned());
        }
        words.join(" ")
    }

    /// What `write` makes, in most cases, where there is internal text at all.
    fn hidden(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        let is_there = !self.public.one_in(3);
        // Whether there is something internal may depend on nothing public, either.
        let is_there = if self.form == Form::Changed { !self.internal.one_in(3) } else { is_there };
        if is_there && self.form != Form::Without { write(self) } else { String::new() }
    }

    /// The whole corpus as an archive.
    fn archive(&mut self) -> String {
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
        let marker = if self.internal.one_in(2) { "INTERNAL" } else { "reasoning" };
        self.hidden(|w| {
            let mut quote = format!("> [!{marker}]\n> {}\n", w.secret());
            if w.internal.one_in(2) {
                let _ = write!(quote, ">\n> - {}\n>   - {}\n>\n> ```sh\n> {}\n> ```\n", w.secret(), w.secret(), w.secret());
            }
            quote
        })
    }

    fn region(&mut self, write: impl FnOnce(&mut Self) -> String) -> String {
        self.hidden(|w| {
            let content = write(w);
            format!("<!-- afterword: internal -->\n\n{content}\n\n<!-- afterword: end -->\n")
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
        if self.internal.one_in(2) { "@ada".to_owned() } else { format!("Ada {}", self.name) }
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

fn site(archive: &str, audience: Audience) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: Some("https://example.org/".into()) };
    pipeline::site(&project, &understood, Arc::new(look), Edition { audience, drafts: Drafts::Hidden }, build).0
}

/// Every file of a site, search and all.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let routes = site.routes().map(|(url, route)| (url.to_owned(), *route));
    let all = routes.chain(site.search_routes().map(|(url, route)| (url.to_owned(), route)));
    let bytes = |route| match render(site, route).unwrap().body {
        Body::Bytes(bytes) => bytes.into_owned(),
        Body::File(path) => path.as_str().as_bytes().to_vec(),
    };
    all.map(|(url, route)| (url, bytes(route))).collect()
}

/// The bytes of a file as somebody can read them.
fn readable(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    } else {
        plain.extend_from_slice(bytes);
    }
    plain.make_ascii_lowercase();
    plain
}

const SEEDS: u64 = 24;

#[test]
fn nothing_internal_changes_a_byte_of_the_public_edition() {
    for seed in 0..SEEDS {
        let archive = |form| Writer::new(seed, form).archive();
        let public = |form| files(&site(&archive(form), Audience::Public));
        let (full, changed, without) = (public(Form::Full), public(Form::Changed), public(Form::Without));
        assert!(full.len() > 60, "{} files", full.len());
        for (form, other) in [("changed", &changed), ("taken away", &without)] {
            assert_eq!(full.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "seed {seed}, {form}");
            for (url, bytes) in &full {
                if *bytes != other[url] {
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let (ours, theirs) = (text(bytes), text(&other[url]));
                    let line = ours.lines().zip(theirs.lines()).find(|(a, b)| a != b);
                    panic!("seed {seed}, internal text {form}: /{url} differs: {line:#?}");
                }
            }
        }
    }
}

/// Texts that mean to withhold something, rightly written and not; nothing of it may be in public.
const MEANT: &[&str] = &[
    "> [!INTERNAL] a | b\n> ---|---\n> Kanary | x\n",
    "> [!INTERNAL]\n> : Kanary\n",
    "> [!INTERNAL]\n> # Kanary\n",
    "> [!INTERNAL]\n> ```\n> Kanary\n> ```\n",
    "> [!INTERNAL][]\n> Kanary\n",
    "> [!INTERNAL ]\n> Kanary\n",
    "> [! INTERNAL]\n> Kanary\n",
    "> [INTERNAL]\n> Kanary\n",
    "> **[!INTERNAL]**\n> Kanary\n",
    "> \\[!INTERNAL\\]\n> Kanary\n",
    "> [!INTERNEL]\n> Kanary\n",
    "[!INTERNAL]\nKanary\n",
    "> Words.\n> [!INTERNAL]\n> Kanary\n",
    "> Words.\n>\n> [!internal] Kanary\n",
    "```\nnot closed\n\n> [!INTERNAL]\n> Kanary\n",
    "<pre>\n\n<!-- afterword: internal -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "10. > [!INTERNAL]\n    > x\n\n    <!-- Kanary note -->\n",
    "-   <!-- afterword: internal -->x<!-- afterword: end -->\n\n    <!-- Kanary -->\n",
    "Term\n:   > [!INTERNAL]\n    > x\n\n    <!-- Kanary -->\n",
    "## Call {internal}\n\nKanary\n",
    "## Call {.Internal}\n\nKanary\n",
    "## Call {.internal-only}\n\nKanary\n",
    "## Call {Visibility=internal}\n\nKanary\n",
    "## Call {visibilty=internal}\n\nKanary\n",
    "## Call {visibility: internal}\n\nKanary\n",
    "## Call {visibility=internal}{#b}\n\nKanary\n",
    "## Call {visibility=internal} <!-- c -->\n\nKanary\n",
    "## Call {visibility=internal\n\nKanary\n",
    "Call {visibility=internal}\n---\n\nKanary\n",
    "<!--- afterword: internal --->\n\nKanary\n\n<!--- afterword: end --->\n",
    "<!-- internal -->\n\nKanary\n\n<!-- end internal -->\n",
    "<!-- afterword.internal -->\n\nKanary\n\n<!-- afterword.end -->\n",
    "<!-- Afterword: internal -->\n\nKanary\n\n<!-- Afterword: end -->\n",
    "<!-- afterword：internal -->\n\nKanary\n\n<!-- afterword：end -->\n",
    "<!-- /* afterword: internal */ -->\n\nKanary\n\n<!-- /* afterword: end */ -->\n",
    "<!-- afterword: internal note -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal -->\n\na\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "| a <!-- afterword: internal row --> |\n|---|\n| Kanary |\n",
    "a <!-- afterword: internal column --> | b\n--- | ---\nKanary | c\n",
    "<!-- afterword: internal -->\r\n\r\nKanary\r\n\r\n<!-- afterword: end -->\r\n",
    "<!-- afterword: allow unknown-directive: x -->\n\n> [!INTERNEL]\n> Kanary\n",
    "## Actions\n\n| Action | Owner |\n|---|---|\n| Fix it | @kanary, @bob |\n| Mend it | kanary (on call) |\n| Do it | kanary. |\n",
    "## Actions\n\n- [ ] Fix it (owner: @kanary and @bob)\n",
];

/// The same in the metadata.
const MEANT_IN_METADATA: &[&str] = &[
    "summary: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->'\n",
    "impact: { users: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->' }\n",
    "root_causes:\n  - { cause: change/config, note: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->' }\n",
    "status: drfat\nsummary: Kanary\n",
    "status: [draft]\nsummary: Kanary\n",
    "drfat: true\nsummary: Kanary\n",
    "publish_after: 2099-01-01\nsummary: Kanary\n",
    "publish_after: someday\nsummary: Kanary\n",
    "hold_until: [A1]\nsummary: Kanary\n",
];

#[test]
fn what_was_meant_to_be_withheld_is_withheld() {
    let settings = "-- site.toml --\n[site]\nbase_url = 'https://kanary.example/'\nfooter = 'Kanary'\n[rules]\nunknown-directive = 'off'\n\
                    [editions.public]\n[people.bob]\nrole = 'A second engineer'\n\
                    [[nav]]\ntitle = 'Kanary'\nurl = '/kanary/'\n[[nav]]\ntitle = 'All'\nurl = '/incidents/'\n";
    let texts = MEANT.iter().map(|text| ("", *text));
    for (metadata, text) in texts.chain(MEANT_IN_METADATA.iter().map(|metadata| (*metadata, "Text.\n"))) {
        let archive = format!(
            "{settings}-- content/kanary.md --\n# Kanary\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n{metadata}---\n\nPublic.\n\n{text}\n\
             -- content/postmortems/b.md --\n---\ntitle: B\nvisibility: public\n---\n\nMore.\n"
        );
        let project = pipeline::from_archive(&archive);
        let understood = pipeline::understand(&project, &mut Memo::default());
        let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: None };
        let edition = Edition { audience: Audience::Public, drafts: Drafts::Hidden };
        let (site, _) = pipeline::site(&project, &understood, Arc::new(pipeline::look(&project).0), edition, build);
        for (url, bytes) in files(&site) {
            let shown = String::from_utf8_lossy(&readable(&bytes)).into_owned();
            let place =
                shown.find("kanary").map(|at| shown.get(at.saturating_sub(80)..).unwrap_or(&shown).chars().take(160).collect::<String>());
            assert_eq!(place, None, "/{url} of {metadata}{text}");
        }
        assert!(site.route("incidents/b/").is_some(), "the other document is there");
    }
}

#[test]
fn an_embargo_ends() {
    let public = |metadata: &str, actions: &str| {
        let archive = format!(
            "-- site.toml --\n[editions.public]\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n{metadata}---\n\n## Actions\n\n| Id | Action | Status |\n|---|---|---|\n{actions}\n"
        );
        site(&archive, Audience::Public).route("incidents/a/").is_some()
    };
    let done = "| A1 | Mend | done |\n| A2 | Mend | open |\n";
    let shown = [
        public("", ""),
        public("publish_after: 2026-11-21\n", ""),
        public("publish_after: 2026-11-22\n", ""),
        public("hold_until: [a1]\n", done),
        public("hold_until: A1\n", done),
        public("hold_until: [A1, A2]\n", done),
        public("hold_until: [A9]\n", done),
        public("hold_until: []\n", done),
    ];
    assert_eq!(shown, [true, true, false, true, true, false, false, false]);
}

#[test]
fn no_word_of_internal_text_is_in_the_public_edition() {
    let (mut written, mut shown) = (0, 0);
    for seed in 0..SEEDS {
        let mut writer = Writer::new(seed, Form::Full);
        let archive = writer.archive();
        let public: BTreeMap<String, Vec<u8>> =
            files(&site(&archive, Audience::Public)).into_iter().map(|(url, bytes)| (url, readable(&bytes))).collect();
        let internal: Vec<Vec<u8>> = files(&site(&archive, Audience::Internal))
            .into_iter()
            .map(|(url, bytes)| [url.as_bytes(), &readable(&bytes)].concat())
            .collect();
        let canaries: BTreeSet<String> = writer.canaries.into_iter().collect();
        let found = |bytes: &[u8], canary: &str| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        let all: Vec<u8> = public.iter().flat_map(|(url, bytes)| [url.as_bytes(), b"\n", bytes].concat()).collect();
        let inside: Vec<u8> = internal.concat();
        let tokens = |bytes: &[u8]| -> BTreeSet<Vec<u8>> {
            bytes
                .windows(16)
                .filter(|window| window.starts_with(b"kb") && window[2..].iter().all(u8::is_ascii_hexdigit))
                .map(<[u8]>::to_vec)
                .collect()
        };
        let (in_public, in_internal) = (tokens(&all), tokens(&inside));
        for canary in &canaries {
            assert!(
                !in_public.contains(canary.as_bytes()),
                "seed {seed}: {canary} is in public: {:?}",
                public.iter().find(|(_, bytes)| found(bytes, canary)).map(|(url, _)| url)
            );
            written += 1;
            shown += usize::from(in_internal.contains(canary.as_bytes()));
        }
    }
    // That the words are looked for rightly shows where they should be found.
    assert!(written > 1_500 && shown * 10 > written * 7, "{shown} of {written} are in the internal edition");
}

#[test]
fn evidence_is_seen_in_public_where_the_site_and_the_entry_say_so() {
    let archive = |public: &str| {
        format!(
            "-- site.toml --\n[editions.public]\n{public}\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\nevidence:\n\
             \x20 - {{id: E-public, note: for all, visibility: PUBLIC, collected_by: Ada, custody: [{{by: Bob}}]}}\n\
             \x20 - {{id: E-internal, visibility: internal}}\n  - {{id: E-unstated}}\n  - {{id: E-misspelt, visiblity: public}}\n\
             \x20 - {{id: E-other, visibility: pubic}}\n  - E-text\n---\n\nText.\n"
        )
    };
    let page = |public: &str, audience| {
        let bytes = files(&site(&archive(public), audience)).remove("incidents/a/").unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let all = ["E-public", "E-internal", "E-unstated", "E-misspelt", "E-other", "E-text", "Ada", "Bob"];
    let seen = |html: &str| all.into_iter().filter(|word| html.contains(word)).collect::<Vec<_>>();
    let open = "public_fields = ['evidence']";
    assert_eq!(seen(&page("", Audience::Internal)), all);
    assert_eq!(seen(&page(open, Audience::Internal)), all);
    assert_eq!(seen(&page("", Audience::Public)), [""; 0]);
    assert_eq!(seen(&page(open, Audience::Public)), ["E-public"]);
    // Where there is no public edition, what says that it is internal is withheld all the same.
    let alone = archive("").replace("[editions.public]", "");
    let bytes = files(&site(&alone, Audience::Internal)).remove("incidents/a/").unwrap();
    assert_eq!(seen(&String::from_utf8(bytes).unwrap()), ["E-public", "E-unstated", "E-misspelt", "E-text", "Ada", "Bob"]);
    let twice = archive(open).replace("visibility: internal}", "visibility: public, visibility: internal}");
    assert_eq!(site(&twice, Audience::Public).route("incidents/a/"), None, "what is written twice makes the document doubtful");
}
