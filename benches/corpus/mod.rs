//! Postmortems that nobody lived through, as many as are wanted, to measure with.
//!
//! One seed and one index always give the same text, and it links only to texts before it, so that the first thousand of ten thousand are the
//! thousand of a smaller site. Names of machines, builds and tickets are drawn anew each time: the vocabulary grows with the number of texts,
//! as it does in a real archive. For other generators the same texts come with the front matter, the links and the templates that these need.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use jiff::Span;
use jiff::civil::{DateTime, date};

mod peers;
mod words;

use words::{ACTIONS, CAUSES, ENDINGS, EVENTS, FACTS, LOG, OPENINGS, REGIONS, SERVICES, SEVERITIES, SYMPTOMS, TABLES, TAGS, TEAMS};

/// What every benchmark of whole programs is told.
#[derive(clap::Args)]
pub(crate) struct Common {
    /// Measure Hugo and Zola, too.
    #[arg(long)]
    pub(crate) peers: bool,

    /// What the postmortems are drawn from.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,

    /// Write the table into the guide.
    #[arg(long)]
    pub(crate) write: bool,

    #[arg(long, hide = true)]
    bench: bool,
}

/// Whether this is a benchmark that runs: `cargo test --all-targets` starts it as well, without the argument that `cargo bench` gives.
pub(crate) fn is_asked_to_measure() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// For which generator a site is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    Afterword,
    Hugo,
    Zola,
}

impl Flavour {
    /// The program that makes a site of it.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Afterword => env!("CARGO_BIN_EXE_afterword"),
            Self::Hugo => "hugo",
            Self::Zola => "zola",
        }
    }

    /// Name and version of the program, if it is installed.
    pub(crate) fn version(self) -> Option<String> {
        let argument = if self == Self::Hugo { "version" } else { "--version" };
        let output = Command::new(self.program()).arg(argument).output().ok()?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        Some(told.split([' ', '\n', '-']).take(2).collect::<Vec<_>>().join(" "))
    }
}

/// The machine that is measured on: processors and system.
pub(crate) fn machine() -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told.lines().find_map(|line| line.strip_prefix("model name")?.trim_start().strip_prefix(": "));
    format!("{cores} cores, {}, {}", model.unwrap_or("processor unknown"), std::env::consts::OS)
}

/// Puts a table into the page of the guide on speed, in place of what stands there between two comments of this name.
pub(crate) fn write_into_guide(name: &str, table: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/content/guide/speed.md");
    let page = fs::read_to_string(path).unwrap();
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let (before, rest) = page.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    fs::write(path, format!("{before}{begin}\n{}\n\n{end}{after}", table.trim())).unwrap();
}

/// Which texts, and for whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corpus {
    pub(crate) flavour: Flavour,
    pub(crate) seed: u64,
    pub(crate) documents: usize,
}

/// The name of a postmortem in paths and addresses.
pub(crate) fn name(index: usize) -> String {
    format!("pm-{:06}", index + 1)
}

/// Where in the folder of its site a postmortem is.
pub(crate) fn path(index: usize) -> String {
    format!("content/postmortems/{}.md", name(index))
}

impl Corpus {
    /// Writes the site into a folder that is empty.
    pub(crate) fn write(&self, folder: &Path) {
        fs::create_dir_all(folder.join("content/postmortems")).unwrap();
        for (path, text) in peers::site(self.flavour) {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), text).unwrap();
        }
        for index in 0..self.documents {
            fs::write(folder.join(path(index)), self.postmortem(index)).unwrap();
        }
    }

    /// A postmortem of 700 to 1,000 words.
    pub(crate) fn postmortem(&self, index: usize) -> String {
        let head = Head::new(self.seed, index);
        let links = self.links(index);
        format!("{}\n{}", head.front_matter(self.flavour), Writer::new(self.seed, index, &head).body(&links))
    }

    /// Three earlier postmortems, as far as there are three.
    fn links(&self, index: usize) -> String {
        let mut dice = Dice::new(self.seed, index, 2);
        let mut targets = BTreeSet::new();
        while targets.len() < index.min(3) {
            targets.insert(index - 1 - dice.below(index.min(500)));
        }
        let link = |target: usize| {
            let (title, name) = (Head::new(self.seed, target).title, name(target));
            match self.flavour {
                Flavour::Afterword => format!("- [{title}]({name}.md)\n"),
                Flavour::Hugo => format!("- [{title}]({{{{< relref \"{name}.md\" >}}}})\n"),
                Flavour::Zola => format!("- [{title}](@/postmortems/{name}.md)\n"),
            }
        };
        targets.into_iter().map(link).collect()
    }
}

/// What is known before anything is told. Quick to make, for a link needs the title of what it leads to.
struct Head {
    id: String,
    title: String,
    started: DateTime,
    minutes: usize,
    severity: &'static str,
    services: Vec<&'static str>,
    tags: Vec<&'static str>,
    cause: &'static str,
    owner: &'static str,
}

impl Head {
    fn new(seed: u64, index: usize) -> Self {
        let mut dice = Dice::new(seed, index, 0);
        let count = dice.between(1, 3);
        let services = dice.several(SERVICES, count);
        let title = format!("{} {} in {}", services[0], dice.word(SYMPTOMS, '\n'), dice.word(REGIONS, ' '));
        Self {
            id: format!("INC-{:06}", index + 1),
            title: capitalised(&title),
            started: after(date(2015, 1, 1).at(0, 0, 0, 0), dice.below(10 * 365 * 24 * 60)),
            minutes: dice.between(20, 600),
            severity: dice.word(SEVERITIES, ' '),
            services,
            tags: dice.several(TAGS, 3),
            cause: dice.word(CAUSES, ' '),
            owner: dice.word(TEAMS, ' '),
        }
    }

    fn front_matter(&self, flavour: Flavour) -> String {
        let Self { id, title, severity, cause, owner, .. } = self;
        let started = self.started.strftime("%Y-%m-%dT%H:%M:00Z");
        let resolved = after(self.started, self.minutes).strftime("%Y-%m-%dT%H:%M:00Z");
        let list = |names: &[&str]| format!("[\"{}\"]", names.join("\", \""));
        let (services, tags) = (list(&self.services), list(&self.tags));
        match flavour {
            Flavour::Afterword => format!(
                "---\nid: {id}\ntitle: \"{title}\"\nseverity: {severity}\nstarted_at: {started}\nresolved_at: {resolved}\n\
                 services: {services}\ntags: {tags}\nroot_causes:\n  - cause: {cause}\nowner: {owner}\n---\n"
            ),
            Flavour::Hugo => format!(
                "---\nid: {id}\ntitle: \"{title}\"\nseverity: {severity}\ndate: {started}\nresolved_at: {resolved}\n\
                 services: {services}\ntags: {tags}\ncauses: [{cause}]\nowner: {owner}\n---\n"
            ),
            Flavour::Zola => format!(
                "+++\ntitle = \"{title}\"\ndate = {started}\n[taxonomies]\nservices = {services}\ntags = {tags}\ncauses = [\"{cause}\"]\n\
                 [extra]\nid = \"{id}\"\nseverity = \"{severity}\"\nresolved_at = {resolved}\nowner = \"{owner}\"\n+++\n"
            ),
        }
    }
}

/// Writes a body. It is the same for all flavours but for its links, which are counted as no words.
struct Writer<'h> {
    head: &'h Head,
    dice: Dice,
}

impl<'h> Writer<'h> {
    fn new(seed: u64, index: usize, head: &'h Head) -> Self {
        Self { head, dice: Dice::new(seed, index, 1) }
    }

    fn body(mut self, links: &str) -> String {
        let Head { id, severity, services, minutes, started, cause, .. } = self.head;
        let (service, day) = (services[0], started.date());
        let summary = format!("On {day}, {service} was disturbed for {minutes} minutes ({severity}, {id}).");
        let impact = self.fill("- Duration: {length} minutes\n- Requests that failed: {count},{count}\n- Customers: {count}");
        let (timeline, log, query, actions) = (self.timeline(), self.log(), self.query(), self.actions());
        let cause = format!("The cause is one of {}.", cause.replace(['/', '-'], " "));
        let (well, wrong) = (self.bullets(), self.bullets());

        let so_far = [&summary, &impact, &timeline, &log, &query, &actions, &cause, &well, &wrong];
        // Thirty words of headings; and each piece of prose goes on until its last sentence ends.
        let words = 30 + so_far.iter().map(|text| text.split_whitespace().count()).sum::<usize>();
        let wanted = self.dice.between(700, 850).saturating_sub(words);
        let mut prose = |percent: usize| self.prose(wanted * percent / 100);
        let (summary_more, impact_more, detection, cause_more, response) = (prose(15), prose(10), prose(15), prose(35), prose(25));
        let related = if links.is_empty() { String::new() } else { format!("\n## Related incidents\n\n{links}") };
        format!(
            "## Summary\n\n{summary} {summary_more}\n\n## Impact\n\n{impact}\n\n{impact_more}\n\n## Timeline\n\nAll times are UTC.\n\n{timeline}\n\
             ## Detection\n\n{detection}\n\n## Root cause\n\n{cause}\n\n{cause_more}\n\n{log}\n## Response\n\n{response}\n\n{query}\n\
             ## Lessons learned\n\n### What went well\n\n{well}\n### What went wrong\n\n{wrong}\n## Action items\n\n{actions}{related}"
        )
    }

    fn prose(&mut self, words: usize) -> String {
        let mut prose = self.sentence();
        while prose.split_whitespace().count() < words {
            // A paragraph ends now and then.
            prose += if self.dice.below(4) == 0 { "\n\n" } else { " " };
            prose += &self.sentence();
        }
        prose
    }

    fn sentence(&mut self) -> String {
        let shape = [OPENINGS, FACTS, ENDINGS].map(|parts| self.dice.word(parts, '\n'));
        capitalised(self.fill(&format!("{}.", shape.concat())).trim_start())
    }

    fn bullets(&mut self) -> String {
        let bullets: Vec<String> = (0..self.dice.between(1, 3)).map(|_| format!("- {}\n", self.sentence())).collect();
        bullets.concat()
    }

    fn timeline(&mut self) -> String {
        let rows = self.dice.between(7, 12);
        let mut table = "| Time | Event |\n|---|---|\n".to_owned();
        for row in 0..rows {
            let time = after(self.head.started, self.head.minutes * row / (rows - 1));
            let event = match row {
                0 => "[started] First errors of {service} in {region}",
                1 => "[detected] The alert on {service} goes off",
                last if last == rows - 1 => "[resolved] {service} is back to normal",
                _ => self.dice.word(EVENTS, '\n'),
            };
            writeln!(table, "| {} | {} |", time.strftime("%Y-%m-%d %H:%M"), self.fill(event)).unwrap();
        }
        table
    }

    fn actions(&mut self) -> String {
        let mut table = "| Action | Kind | Owner | Due | Status |\n|---|---|---|---|---|\n".to_owned();
        for _ in 0..self.dice.between(3, 6) {
            let action = self.dice.word(ACTIONS, '\n');
            let [kind, status] = ["prevent detect mitigate", "open done done"].map(|words| self.dice.word(words, ' '));
            let due = after(self.head.started, 24 * 60 * self.dice.between(7, 120)).date();
            writeln!(table, "| {} | {kind} | {} | {due} | {status} |", self.fill(action), self.fill("{team}")).unwrap();
        }
        table
    }

    fn log(&mut self) -> String {
        let mut lines = String::new();
        for minute in 0..self.dice.between(4, 8) {
            let line = self.dice.word(LOG, '\n');
            writeln!(lines, "{} {}", after(self.head.started, minute).strftime("%H:%M"), self.fill(line)).unwrap();
        }
        format!("```text\n{lines}```\n")
    }

    fn query(&mut self) -> String {
        let sql = "SELECT host, count(*) FROM {table}\nWHERE build = '{build}' AND tries > {minutes}\nGROUP BY host; -- {count} rows";
        format!("```sql\n{}\n```\n", self.fill(sql))
    }

    /// Puts something in the place of each name in braces.
    fn fill(&mut self, pattern: &str) -> String {
        let (mut text, mut rest) = (String::new(), pattern);
        while let Some((before, (slot, after))) = rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
            text += before;
            text += &self.slot(slot);
            rest = after;
        }
        text + rest
    }

    fn slot(&mut self, slot: &str) -> String {
        let ours = self.head.services[0];
        let dice = &mut self.dice;
        match slot {
            "service" if dice.below(2) == 0 => ours.to_owned(),
            "service" => dice.word(SERVICES, ' ').to_owned(),
            "region" => dice.word(REGIONS, ' ').to_owned(),
            "team" => dice.word(TEAMS, ' ').to_owned(),
            "table" => dice.word(TABLES, ' ').to_owned(),
            "host" => format!("{ours}-{:05x}", dice.below(0x10_0000)),
            "build" => format!("{:07x}", dice.below(0x1000_0000)),
            "ticket" => format!("OPS-{}", dice.between(1000, 99_999)),
            "count" => dice.between(100, 999).to_string(),
            "percent" => dice.between(2, 98).to_string(),
            "minutes" => dice.between(2, 59).to_string(),
            "length" => self.head.minutes.to_string(),
            other => unreachable!("nothing is called {other}"),
        }
    }
}

/// Chance that is the same each time (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    /// Each stream is its own, so that what is drawn for one thing changes nothing else.
    pub(crate) fn new(seed: u64, index: usize, stream: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9) ^ (index as u64).wrapping_mul(0xD1B5_4A32_D192_ED03) ^ (stream << 60));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// One of a list with `separator` between its entries.
    fn word(&mut self, list: &'static str, separator: char) -> &'static str {
        let count = list.split(separator).count();
        list.split(separator).nth(self.below(count)).unwrap()
    }

    /// Several different ones of a list of words.
    fn several(&mut self, list: &'static str, count: usize) -> Vec<&'static str> {
        let mut chosen = Vec::new();
        while chosen.len() < count {
            let word = self.word(list, ' ');
            if !chosen.contains(&word) {
                chosen.push(word);
            }
        }
        chosen
    }
}

fn after(time: DateTime, minutes: usize) -> DateTime {
    time.saturating_add(Span::new().minutes(i64::try_from(minutes).unwrap()))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
