//! What `check` and its fixes do to hostile text: every row of the collections of attacks in every place of a document, in every format, with
//! the line ends and marks of other systems; and texts made to be slow.
#![expect(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used, reason = "a test works on real files")]

mod lines;

use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use afterword::diagnostic::{Diagnostic, SourcePath};
use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo, Project};
use afterword::report::{self, Colour, Format, Style};
use afterword::source::{Role, SourceFile};

/// The collections, and what in a row is the attack.
const COLLECTIONS: [(&str, &str); 11] = [
    ("commonmark-spec.jsonl", "markdown"),
    ("field-values.jsonl", "value"),
    ("gfm-spec.jsonl", "markdown"),
    ("http-traversal-patt.jsonl", "path"),
    ("naughty-strings-blns.jsonl", "value"),
    ("paths-frontmatter.jsonl", "value"),
    ("template-injection.jsonl", "value"),
    ("xss-h5sc.jsonl", "payload"),
    ("xss-markdown-own.jsonl", "markdown"),
    ("xss-payloadbox-500.jsonl", "payload"),
    ("yaml-test-suite.jsonl", "yaml"),
];

/// Every attack, by its name; nothing where the folder of attacks is not named in the environment.
fn attacks() -> Vec<(String, String)> {
    let Ok(folder) = std::env::var("AFTERWORD_ATTACKS") else {
        println!("skipped: AFTERWORD_ATTACKS is not set");
        return Vec::new();
    };
    let mut attacks = Vec::new();
    for (file, field) in COLLECTIONS {
        let rows = fs::read_to_string(Path::new(&folder).join(file)).unwrap();
        // A few rows hold half of a surrogate pair, which no text of ours can.
        let rows = rows.lines().filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok());
        attacks.extend(rows.filter_map(|row| Some((row["id"].as_str()?.replace('/', "-"), row[field].as_str()?.to_owned()))));
    }
    assert!(attacks.len() > 2_000, "{}", attacks.len());
    attacks
}

/// A document with an attack wherever an author may write: one of three, by turns, so that all rows are quickly done.
fn document(turn: usize, attack: &str) -> String {
    let quoted = serde_json::to_string(attack).unwrap();
    let line = attack.replace(['\n', '\r'], " ").replace('|', "\\|");
    match turn % 3 {
        0 => format!("---\ntitle: T\nservices: [checkout]\n---\n\n## Summary\n\n{attack}\n\n## Root cause\n\n{attack}\n"),
        1 => format!(
            "---\ntitle: {quoted}\nid: {quoted}\ncauses: [{quoted}]\nsummary: {quoted}\ntags: [{quoted}]\nstatus: {quoted}\n\
             started_at: {quoted}\nrelated: [{quoted}]\nslug: {quoted}\n{quoted}: {quoted}\nimpact: {{users: {quoted}}}\n---\n\n# {line}\n\n\
             ## Timeline\n\n| Time | Event |\n|---|---|\n| 2024-01-01 10:00Z | {line} |\n| {line} | x |\n| 2024-01-01 09:00Z | {line} |\n\n\
             ## Action items\n\n- [ ] {line} @ada\n\n| Action | Owner | Due |\n|---|---|---|\n| {line} | {line} | {line} |\n\n## {line}\n"
        ),
        _ => format!("---\ntitle: {attack}\nStart: {attack}\n---\n{attack}"),
    }
}

fn project(profile: &str, attacks: &[(String, String)], alter: fn(&str) -> String) -> Project {
    let mut project = pipeline::from_archive(&format!("-- site.toml --\n[content]\nprofile = \"{profile}\"\n"));
    for (turn, (name, attack)) in attacks.iter().enumerate() {
        let path = SourcePath::from(format!("content/postmortems/{name}.md"));
        Arc::make_mut(&mut project.sources).insert(SourceFile::new(path, Role::Document, alter(&document(turn, attack)).as_bytes()));
    }
    project
}

#[expect(clippy::unnecessary_wraps, reason = "laying out a site, which others do here, can fail")]
fn findings(project: &Project) -> Result<Vec<Diagnostic>, Infallible> {
    let understood = pipeline::understand(project, &mut Memo::default());
    Ok(pipeline::check(project, &understood, &[], jiff::civil::date(2026, 1, 1)))
}

/// Whether a terminal, or what reads our output, would take a character for more than text.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[test]
fn no_format_lets_an_attack_through() {
    let attacks = attacks();
    if attacks.is_empty() {
        return;
    }
    let project = project("outage", &attacks, |text| text.replace("ee", "e\u{1b}[2Je\u{202e}\u{0}😀"));
    let Ok(findings) = findings(&project);
    assert!(findings.len() > attacks.len());
    // Each rule has its own words: some findings of each are enough.
    let mut told = std::collections::BTreeMap::new();
    let mut findings = findings;
    findings.retain(|finding| {
        let count = told.entry(finding.rule).or_insert(0);
        *count += 1;
        *count <= 60
    });
    let text = |path: &SourcePath| project.text(path);
    for format in Format::ALL {
        let told = report::write(format, &findings, &text, Style { colour: Colour::Never, width: 60 });
        // Tabs are as good as blanks in an excerpt.
        let through = told.char_indices().find(|(_, c)| is_hidden(*c) && !(*c == '\t' && format == Format::Full));
        assert_eq!(through.map(|(at, c)| (c, &told[told.floor_char_boundary(at.saturating_sub(80))..at])), None, "{format:?}");
        match format {
            Format::Json | Format::Sarif | Format::Gitlab => drop(serde_json::from_str::<serde_json::Value>(&told).unwrap()),
            Format::Concise => assert_eq!(told.lines().count(), findings.len()),
            // GitHub is told how many of them it does not show.
            Format::Github => assert_eq!(told.lines().count(), findings.len() + 1),
            Format::Jsonl => told.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).unwrap())),
            Format::Full | Format::Junit => {}
        }
    }
}

#[test]
fn fixes_come_to_an_end_and_lose_nothing() {
    let attacks = attacks();
    // Rows that stand together are much alike, and each is a whole document read a few times.
    let some = |from: usize| attacks.iter().skip(from).step_by(7).cloned().collect::<Vec<_>>();
    let windows = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
    let marked_and_endless = |text: &str| format!("\u{feff}{}", text.trim_end());
    let old_mac = |text: &str| text.replace('\n', "\r");
    let projects =
        [project("outage", &some(0), windows), project("security", &some(1), marked_and_endless), project("outage", &some(2), old_mac)];
    for project in projects {
        let Ok(mended) = pipeline::mend(&project, findings);
        let Ok(left) = findings(&mended.project);
        let left: Vec<String> = left.iter().filter(|f| f.fix.is_some()).map(|f| format!("{}: {}", f.primary.path, f.message)).collect();
        assert_eq!(left, [""; 0], "is left to mend");
        for path in &mended.changed {
            lines::none_is_lost("attacks", path, project.text(path).unwrap(), mended.project.text(path).unwrap());
        }
    }
}

/// The findings of a project of one document.
fn told(document: &str) -> Vec<Diagnostic> {
    let archive = format!("-- site.toml --\n[content]\nprofile = \"outage\"\n-- content/postmortems/a.md --\n{document}");
    let Ok(findings) = findings(&pipeline::from_archive(&archive));
    findings
}

/// Each of these took minutes once: a rule that looked at all the text for every match in it. No clock is read, for a test that takes minutes is
/// noticed without one.
#[test]
fn a_giant_paragraph_is_read_once() {
    for words in [
        "the operator failed to see that a human error was due to human error ",
        "“a” we should have tested \"b\" it ",
        "the operator's fault and we ignored the alert ",
        "they forgot to and were careless ",
        "the root cause was user error ",
        "we would have seen if we had tested it ",
    ] {
        let found = told(&format!("# Outage\n\n## Root cause\n\n{}\n", words.repeat(8_000)));
        assert!(found.len() > 1_000, "{words}: {}", found.len());
    }
}

/// These, too, took minutes: events held against all others, acronyms against all words.
#[test]
fn many_events_and_acronyms_are_each_looked_at_once() {
    let count = |document: &str, rule: &str| told(document).iter().filter(|finding| finding.rule.0 == rule).count();
    let letter = |n: u32| char::from_u32(u32::from('A') + n % 26).unwrap();
    let acronyms: String = (0..12_000).flat_map(|n| [letter(n), letter(n / 26), letter(n / 676), ' ']).collect();
    assert!(count(&format!("---\nvisibility: public\n---\n\n## Summary\n\nWhat {acronyms}\n"), "undefined-acronym") > 10_000);
    let (resumed, paused) = ("- 2024-03-17 10:00 [resume] on\n".repeat(9_000), "- 2024-03-17 12:00 [pause] off\n".repeat(9_000));
    assert_eq!(count(&format!("## Timeline\n\n{resumed}{paused}"), "premature-resume"), 100);
    let strayed = "- 2024-03-17 10:00 [detected] a\n- 2024-03-17 10:00 b\n- 2024-01-01 10:00 c\n".repeat(6_000);
    let head = "---\nstarted_at: 2024-03-17T10:00Z\nresolved_at: 2024-03-17T09:00Z\n---";
    assert!(count(&format!("{head}\n\n## Timeline\n\n{strayed}"), "event-outside-incident") > 5_000);
}

#[test]
fn many_timelines_are_told_of_and_left_unsorted() {
    let timelines = "### 2024-01-01\n\n- 10:00Z a\n- 09:00Z b\n\nThen.\n\n".repeat(2_000);
    let found = told(&format!("# Outage\n\n## Timeline\n\n{timelines}"));
    let unordered: Vec<_> = found.iter().filter(|finding| finding.rule.0 == "unordered-timeline").collect();
    assert_eq!((unordered.len(), unordered.iter().filter(|finding| finding.fix.is_some()).count()), (2_000, 0));
}

#[test]
fn no_section_is_put_into_a_code_block_that_is_not_closed() {
    for open in ["```\ncode\n", "~~~", "<!-- note", "<script>\n", "- a\n\n  ```\n  code\n"] {
        let missing: Vec<_> =
            told(&format!("# Outage\n\n{open}")).into_iter().filter(|finding| finding.rule.0 == "missing-section").collect();
        assert_eq!(missing.len(), 1, "{open:?}");
        assert_eq!(missing[0].fix.is_some(), open.starts_with('-'), "{open:?}: only what is in a list ends with it");
    }
}

/// Marks that withhold, whatever stands before them.
const MARKED: [&str; 4] = [
    "> [!INTERNAL]\n> Kanary\n",
    "<!-- afterword: internal -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "## Kanary {visibility=internal}\n\nKanary\n",
    "Words <!-- afterword: internal -->Kanary<!-- afterword: end --> and more.\n",
];

#[test]
fn nothing_before_a_mark_keeps_it_from_withholding() {
    let attacks = attacks();
    let mut project = pipeline::from_archive("-- site.toml --\n[editions.public]\n");
    for (turn, (name, attack)) in attacks.iter().enumerate() {
        let path = SourcePath::from(format!("content/postmortems/{name}.md"));
        let text = format!("---\ntitle: T\nvisibility: public\n---\n\n{attack}\n\n{}", MARKED[turn % MARKED.len()]);
        Arc::make_mut(&mut project.sources).insert(SourceFile::new(path, Role::Document, text.as_bytes()));
    }
    let understood = pipeline::understand(&project, &mut Memo::default());
    let public = Edition { audience: Audience::Public, drafts: Drafts::Hidden };
    let projected = pipeline::projected(&project, &understood, public, jiff::civil::date(2026, 1, 1));
    let shown = projected.corpus().postmortems.iter().filter(|postmortem| format!("{postmortem:?}").contains("Kanary"));
    let shown: Vec<&str> = shown.map(|postmortem| postmortem.head.path.as_str()).collect();
    assert_eq!(shown, [""; 0], "{} of {}", shown.len(), attacks.len());
    assert!(attacks.is_empty() || projected.corpus().postmortems.len() * 10 > attacks.len() * 9, "most of them are shown");
}
