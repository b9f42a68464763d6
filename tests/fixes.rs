//! What the fixes of single rules make of a text, to the byte.
#![expect(clippy::unwrap_used, reason = "a test panics where the project is not what it wrote")]

use std::convert::Infallible;

use afterword::diagnostic::SourcePath;
use afterword::pipeline::{self, Memo, Project};

/// A document after the fixes of a rule, in a project whose kind `short` has a profile that asks for nothing.
fn mended(rule: &str, document: &str) -> String {
    mended_with("", rule, document)
}

/// The same under further settings.
fn mended_with(settings: &str, rule: &str, document: &str) -> String {
    let settings = format!("-- site.toml --\n[profiles.short]\ndescription = \"For tests.\"\nrequired = []\n{settings}");
    let project = pipeline::from_archive(&format!("{settings}-- content/postmortems/a.md --\n{document}"));
    let findings = |project: &Project| {
        let understood = pipeline::understand(project, &mut Memo::default());
        let findings = pipeline::check(project, &understood, &[], jiff::civil::date(2026, 1, 1)).into_iter();
        Ok::<_, Infallible>(findings.filter(|finding| finding.rule.0 == rule).collect())
    };
    let Ok(mended) = pipeline::mend(&project, findings);
    mended.project.text(&SourcePath::from("content/postmortems/a.md")).unwrap().to_owned()
}

#[test]
fn a_timeline_is_sorted_and_every_line_keeps_its_end() {
    let timeline = |rows: [&str; 4]| format!("# Checkout\r\n\r\n## Timeline\r\n\r\n{}", rows.join("\r\n"));
    let old = timeline(["- 2024-03-17 14:05Z a", "- 2024-03-17 14:40Z **b**", "- 2024-03-17 14:20Z c ", "- 2024-03-17 14:20Z d"]);
    let new = timeline(["- 2024-03-17 14:05Z a", "- 2024-03-17 14:20Z c ", "- 2024-03-17 14:20Z d", "- 2024-03-17 14:40Z **b**"]);
    assert_eq!(mended("unordered-timeline", &old), new, "the last line has no end");
    assert_eq!(mended("unordered-timeline", &new), new);
    let table = |rows: &str| format!("# Checkout\n\n## Timeline\n\n### 2024-03-17\n\n| Time | Event |\n|---|---|\n{rows}\nAfter it.\n");
    let old = table("| 14:05 | a |\n| 14:40 | b |\n|14:20|c\n");
    assert_eq!(mended("unordered-timeline", &old), table("| 14:05 | a |\n|14:20|c\n| 14:40 | b |\n"));
}

#[test]
fn a_timeline_that_may_mean_something_else_is_left_alone() {
    for (why, rows) in [
        ("the first event has the day", "- 14:40 b\n- 2024-03-17 14:05 a\n- 13:50 c\n"),
        ("it goes on after midnight", "- 2024-03-17 22:00 a\n- 23:30 b\n- 23:10 c\n- 00:30 d\n"),
        ("more stands below an item", "- 2024-03-17 14:40 a\n  - with a list\n- 2024-03-17 14:05 b\n"),
        ("a line goes on", "- 2024-03-17 14:40 a\nand on\n- 2024-03-17 14:05 b\n"),
        ("a blank line stands between", "- 2024-03-17 14:40 a\n\n- 2024-03-17 14:05 b\n"),
        ("the items are numbered", "1. 2024-03-17 14:40 a\n2. 2024-03-17 14:05 b\n"),
        ("one is only about right", "- 2024-03-17 14:40 a\n- 2024-03-17 14:05 b\n- 2024-03-17 ~14:10 c\n"),
        ("milestones would change places", "- 2024-03-17 14:40 [detected] a\n- 2024-03-17 14:05 [mitigate] b\n"),
        ("they are lines of a paragraph", "2024-03-17 14:40: a\n2024-03-17 14:05: b\n"),
    ] {
        let text = format!("# Checkout\n\n## Timeline\n\n{rows}");
        assert_eq!(mended("unordered-timeline", &text), text, "{why}");
    }
}

#[test]
fn times_are_written_in_utc_where_their_zone_is_known() {
    let yaml = "---\nkind: short\ntimezone: Europe/Copenhagen\nintroduced_at: 2024-03-16 1pm UTC # about\nstarted_at: \"17 March 2024, 3:05 pm\"\n\
                detected_at: 2024-03-17 15:32:10\nmitigated_at: '2024-03-17T15:40+01:00'\nresolved_at: 2024-10-27 02:30\n---\n\n# Checkout\n";
    let new = "---\nkind: short\ntimezone: Europe/Copenhagen\nintroduced_at: 2024-03-16T13:00Z # about\nstarted_at: \"2024-03-17T14:05Z\"\n\
               detected_at: 2024-03-17T14:32:10Z\nmitigated_at: '2024-03-17T15:40+01:00'\nresolved_at: 2024-10-27 02:30\n---\n\n# Checkout\n";
    assert_eq!(mended("nonstandard-time", yaml), new, "02:30 came twice that night");
    let toml = "+++\nkind = \"short\"\ntimezone = \"UTC\"\nstarted_at = 2024-03-17T15:05:00\nresolved_at = '2024-03-17 15:32'\n+++\n\n# Checkout\n";
    let new = "+++\nkind = \"short\"\ntimezone = \"UTC\"\nstarted_at = 2024-03-17T15:05:00Z\nresolved_at = '2024-03-17T15:32Z'\n+++\n\n# Checkout\n";
    assert_eq!(mended("nonstandard-time", toml), new);
    let json = "{ \"kind\": \"short\", \"started_at\": \"2024-03-17 15:05 CET\" }\n\n# Checkout\n";
    assert_eq!(mended("nonstandard-time", json), json.replace("2024-03-17 15:05 CET", "2024-03-17T14:05Z"));
    let nobody_knows = "---\nkind: short\nstarted_at: 2024-03-17 15:05\n---\n\n# Checkout\n";
    assert_eq!(mended("nonstandard-time", nobody_knows), nobody_knows);
    let site_says = mended_with("[site]\ntimezone = \"UTC\"\n", "nonstandard-time", nobody_knows);
    assert_eq!(site_says, nobody_knows.replace("2024-03-17 15:05", "2024-03-17T15:05Z"));
}

#[test]
fn fields_get_their_own_names() {
    let old = "---\nkind: short\nStart-Time : 2024-03-17T14:05Z\n\"end\": 2024-03-17T14:45Z\n'Impact': {users: none}\n---\n\n# Checkout\n";
    let new = "---\nkind: short\nstarted_at : 2024-03-17T14:05Z\n\"resolved_at\": 2024-03-17T14:45Z\n'impact': {users: none}\n---\n\n# Checkout\n";
    assert_eq!(mended("aliased-field", old), new);
    let tables = "+++\nkind = \"short\"\nImpact.users = \"none\"\nImpact.data = \"none\"\n\n[[Contracts]]\nchain = \"ethereum\"\n+++\n\n# Checkout\n";
    assert_eq!(mended("aliased-field", tables), tables, "a table may have its name more than once");
}
