//! Whole files: what comes out of metadata and text together.

use super::*;
use crate::markdown::text::block_text;
use crate::model::{Milestone, Moment, Piece, SectionOrigin, Status, Visibility};

/// The built-in vocabulary and nothing else.
pub(super) fn config() -> Config {
    crate::config::parse("").0
}

pub(super) fn parse(path: &str, text: &str, role: Role) -> Parsed {
    document(&path.into(), text, role, &config())
}

/// A postmortem, and its findings as `rule "place": message`.
pub(super) fn postmortem(text: &str) -> (Arc<Postmortem>, Vec<String>) {
    named("postmortems/2026-03-17-checkout.md", text)
}

pub(super) fn named(path: &str, text: &str) -> (Arc<Postmortem>, Vec<String>) {
    let parsed = parse(path, text, Role::Postmortem);
    let findings = parsed.findings.iter().map(|finding| show_finding(finding, text)).collect();
    match parsed.document {
        AnyDocument::Postmortem(postmortem) => (postmortem, findings),
        AnyDocument::Page(_) => panic!("a postmortem was asked for"),
    }
}

pub(super) fn show_finding(finding: &crate::diagnostic::Diagnostic, text: &str) -> String {
    format!("{} {:?}: {}", finding.rule, finding.primary.span.slice(text), finding.message)
}

/// The findings about a postmortem.
#[track_caller]
pub(super) fn check_findings(text: &str, expected: &[&str]) {
    assert_eq!(postmortem(text).1, expected, "{text}");
}

/// The sections in short: `level key-or-title: pieces`, with labels marked by `*`.
pub(super) fn show_sections(postmortem: &Postmortem) -> Vec<String> {
    let sections = postmortem.body.sections.iter().map(|section| {
        let origin = if section.origin == SectionOrigin::Label { "*" } else { "" };
        let pieces: Vec<_> = section.content.iter().map(show_piece).collect();
        let key = section.key.as_deref().unwrap_or("-");
        format!("{}{origin} {key} #{} {:?} [{}]", section.level, section.id, plain_text(&section.title), pieces.join(" | "))
    });
    sections.collect()
}

fn show_piece(piece: &Piece) -> String {
    match piece {
        Piece::Prose(blocks) => block_text(blocks).replace('\n', " / "),
        Piece::Timeline { first, end } => format!("events {first}..{end}"),
        Piece::Actions { first, end } => format!("actions {first}..{end}"),
    }
}

/// A moment in short, with its qualifications.
pub(super) fn show_moment(moment: &Moment) -> String {
    let bound = if moment.bound == crate::model::Bound::Exact { String::new() } else { format!("{:?} ", moment.bound) };
    let until = moment.until.map_or(String::new(), |until| format!("–{until}"));
    format!("{bound}{}{until}", moment.machine())
}

fn milestones(postmortem: &Postmortem) -> String {
    let told = postmortem.milestones.iter().map(|(milestone, at)| format!("{}={}", milestone.word(), show_moment(&at.value)));
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_whole_postmortem_is_understood() {
    let text = "\
---
id: INC-2026-007
title: Checkout was *down* for 27 minutes
kind: outage
status: in review
severity: SEV-1
visibility: public
summary: Nobody could pay. See `checkout`.
timezone: Europe/Copenhagen
started_at: 2026-03-17 14:32
services: [checkout, payments]
tags: dns
trigger: config-push
root_causes:
  - {cause: change/config, layer: technical, origin: code, note: A typo.}
  - rollout-plan
contributing: Kobolds
detection: {by: monitoring, how: An alert.}
impact: {users: \">= 1,000\", data: none}
owner: ada
authors: [ada, grace]
related: [{id: INC-2025-001, why: same-cause}, INC-2024-002]
lang: en-GB
weight: 7
---
# Checkout was down for 27 minutes

Lead.

## Summary

Text.

## Timeline

- 14:32 [started] Payments fail.
- 14:35 [detected] A page goes out. {by: monitoring}
- 15:01 [resolved] All well.

## Action items

- [ ] Check the file. (owner: ada)
";
    let (postmortem, findings) = postmortem(text);
    assert_eq!(findings, [""; 0]);
    let head = &postmortem.head;
    assert_eq!((head.title_text.as_str(), head.slug.value.as_str()), ("Checkout was down for 27 minutes", "2026-03-17-checkout"));
    assert_eq!(head.language.as_deref(), Some("en-GB"));
    assert_eq!(head.words, 27);
    assert_eq!(head.extra.iter().map(|entry| &*entry.key.value).collect::<Vec<_>>(), ["weight"]);
    assert_eq!(postmortem.id.value, "INC-2026-007");
    assert_eq!(postmortem.kind.as_ref().map(|kind| kind.value.as_str()), Some("outage"));
    assert_eq!((postmortem.status, postmortem.visibility), (Status::InReview, Visibility::Public));
    assert_eq!(postmortem.severity.as_ref().and_then(|severity| severity.step), Some(0));
    assert_eq!(
        milestones(&postmortem),
        "started_at=2026-03-17T13:32:00Z detected_at=2026-03-17T13:35:00Z resolved_at=2026-03-17T14:01:00Z"
    );
    assert_eq!(postmortem.date.map(|date| date.machine()).as_deref(), Some("2026-03-17T13:32:00Z"));
    assert_eq!(postmortem.minutes(Milestone::Started, Milestone::Resolved), Some(29));
    assert_eq!(
        postmortem.root_causes.iter().map(|cause| (cause.path.value.as_str(), cause.known)).collect::<Vec<_>>(),
        [("change/config", true), ("change/rollout-plan", true),]
    );
    assert_eq!(
        postmortem.contributing.iter().map(|cause| (cause.path.value.as_str(), cause.known)).collect::<Vec<_>>(),
        [("Kobolds", false)]
    );
    assert_eq!(
        postmortem.impact.iter().map(|(key, words)| (key.value.as_str(), words.value.as_str())).collect::<Vec<_>>(),
        [("users", ">= 1,000"), ("data", "none"),]
    );
    assert_eq!(postmortem.related.len(), 2);
    assert_eq!(block_text(&postmortem.body.lead), "Lead.");
    assert_eq!(
        show_sections(&postmortem),
        [
            "2 summary #summary \"Summary\" [Text.]",
            "2 timeline #timeline \"Timeline\" [events 0..3]",
            "2 actions #action-items \"Action items\" [actions 0..1]",
        ]
    );
    let place = |span: Span| span.slice(text);
    assert_eq!(place(postmortem.id.span), "INC-2026-007");
    assert_eq!(place(head.title.value[1].span), "*down*");
    assert_eq!(place(postmortem.milestones[&Milestone::Detected].span), "14:35");
    assert_eq!(place(postmortem.body.sections[0].heading_span).trim_end(), "## Summary");
    assert_eq!(place(postmortem.body.sections[0].span), "## Summary\n\nText.\n\n");
}

#[test]
fn a_file_that_says_nothing_is_a_document() {
    for text in ["", "\u{feff}", "\n\n", "---\n---\n", "<!-- x -->"] {
        let (postmortem, findings) = named("postmortems/2026-03-17--cache_down.html.md.erb", text);
        assert_eq!(findings, [""; 0], "{text:?}");
        assert_eq!(postmortem.head.title_text, "Cache down");
        assert_eq!(postmortem.head.slug.value, "2026-03-17-cache-down");
        assert_eq!(postmortem.id.value, "2026-03-17-cache-down");
        assert_eq!(postmortem.date.map(|date| date.machine()).as_deref(), Some("2026-03-17"));
        assert_eq!((postmortem.status, postmortem.visibility), (Status::Reviewed, Visibility::Unstated));
    }
}

#[test]
fn a_title_is_found_where_people_write_it() {
    let check = |text: &str, title: &str, sections: &[&str]| {
        let (postmortem, _) = named("postmortems/002-some-name.md", text);
        assert_eq!(postmortem.head.title_text, title, "{text}");
        assert_eq!(postmortem.body.sections.iter().map(|section| plain_text(&section.title)).collect::<Vec<_>>(), sections, "{text}");
    };
    check("# A *title*\n\n## Summary\n", "A title", &["Summary"]);
    check("---\ntitle: Given\n---\n# Another\n\ntext\n", "Given", &["Another"]);
    check(
        "---\ntitle: \"Incident on 2026-03-30 - nginx\"\n---\n# Incident on 2026-03-30 - many things with nginx\n",
        "Incident on 2026-03-30 - nginx",
        &[],
    );
    check("---\ntitle: ''\n---\n# Real\n", "Real", &[]);
    check("# Title:\n### The real one\n\n# Events/Timeline:\n", "The real one", &["Events/Timeline:"]);
    check("# Title: The real one\n", "The real one", &[]);
    check("# Incident\n\n## Summary\n\n# Stats\n", "Incident", &["Summary", "Stats"]);
    check("# Metadata\n\nOwner: x\n\n# Overview\n\n# Root causes\n", "002 some name", &["Metadata", "Overview", "Root causes"]);
    check("## Owner: me\n\n# Overview\n", "002 some name", &["Owner: me", "Overview"]);
    check("## Impact\n\n## Timeline\n", "002 some name", &["Impact", "Timeline"]);
    check("Intro.\n\n## The one heading\n", "The one heading", &[]);
    check("#\n\ntext\n", "002 some name", &[""]);
    check("---\ntitle: 'A # B > C'\n---\n", "A # B > C", &[]);
    check("---\ntitle: '# No heading'\n---\n", "# No heading", &[]);
    check("---\ntitle: >\n  Two\n  lines\n---\n", "Two lines", &[]);
}

#[test]
fn a_name_that_says_nothing_gives_way_to_the_first_words() {
    let title = |text: &str| named("postmortems/04f5afd8-09fc-4314-9c60-7f942faca125.md", text).0.head.title_text.clone();
    assert_eq!(title("All downloads were broken. Nobody knew.\n"), "All downloads were broken");
    assert_eq!(title("---\nsummary: The index was stale.\n---\n\nOn that day.\n"), "The index was stale");
    let long = "word ".repeat(40);
    assert_eq!(title(&long), format!("{}…", ["word"; 16].join(" ")));
    assert_eq!(title(""), "04f5afd8-09fc-4314-9c60-7f942faca125");
}

#[test]
fn a_page_has_sections_and_no_more() {
    let text = "---\ntitle: Guide\n---\n## Timeline\n\n- 2026-01-01 10:00 no event\n\n**Impact:** none\n\n[^1]: note\n";
    let AnyDocument::Page(page) = parse("guide/index.md", text, Role::Page).document else { panic!("a page was asked for") };
    assert_eq!(page.head.slug.value, "guide");
    assert_eq!(page.body.sections.len(), 1);
    assert_eq!(page.body.sections[0].key, None);
    assert_eq!(show_piece(&page.body.sections[0].content[0]), "2026-01-01 10:00 no event / Impact: none");
    assert_eq!(page.body.footnotes.len(), 1);
}

#[test]
fn visibility_that_cannot_be_read_is_never_public() {
    let check = |text: &str, visibility: Visibility, findings: &[&str]| {
        let (postmortem, found) = postmortem(text);
        assert_eq!(postmortem.visibility, visibility, "{text}");
        assert_eq!(found, findings, "{text}");
    };
    check("---\nvisibility: public\n---\n", Visibility::Public, &[]);
    check("---\nVisibility: Internal\n---\n", Visibility::Internal, &[]);
    check("---\nvisibility: pubic\n---\n", Visibility::Unreadable, &["invalid-value \"pubic\": `pubic` is no value of `visibility`"]);
    check("---\nvisibility:\n---\n", Visibility::Unreadable, &["invalid-value \"visibility\": `visibility` is written and says nothing"]);
    check(
        "---\nvisibility: [public]\n---\n",
        Visibility::Unreadable,
        &["invalid-value \"[public]\": `visibility` is a list or mapping where a word is expected"],
    );
    check("---\nvisiblity: internal\n---\n", Visibility::Unreadable, &["invalid-value \"visiblity\": `visiblity` is nearly `visibility`"]);
    check(
        "---\nvisibility: public\nvisibility: internal\n---\n",
        Visibility::Unreadable,
        &["unreadable-front-matter \"visibility\": the key `visibility` is written twice"],
    );
    check(
        "---\nVisibility: public\nvisibility: internal\n---\n",
        Visibility::Unreadable,
        &[
            "duplicate-field \"visibility\": `Visibility` and `visibility` both stand for the field `visibility`",
            "invalid-value \"visibility\": `visibility` is written twice",
        ],
    );
    let (postmortem, found) = postmortem("---\nvisibility: internal\ntitle: [\n---\n");
    assert!(matches!(postmortem.visibility, Visibility::Internal | Visibility::Unreadable), "{found:?}");
    let (kept, _) = self::postmortem("---\ntitle: [\n---\nDrafted in haste, visibility low.\n");
    assert_eq!((kept.visibility, kept.status), (Visibility::Unstated, Status::Reviewed));
    let (unclosed, found) = self::postmortem("---\nvisibility: internal\ntext\n");
    assert_eq!((unclosed.visibility, found.len()), (Visibility::Unreadable, 1));
}

#[test]
fn a_draft_is_never_published_by_a_slip() {
    let status = |text: &str| postmortem(text).0.status;
    assert_eq!(status("---\nstatus: closed\n---\n"), Status::Closed);
    assert_eq!(status("---\nstatus: closed\ndraft: true\n---\n"), Status::Draft);
    assert_eq!(status("---\ndraft: no\n---\n"), Status::Reviewed);
    assert_eq!(status("---\ndraft: ture\n---\n"), Status::Draft);
    assert_eq!(status("+++\ndraft = false\n+++\n"), Status::Reviewed);
    check_findings("---\nstatus: draught\n---\n", &["invalid-value \"draught\": `draught` is no value of `status`"]);
}

#[test]
fn two_keys_for_one_field_are_told_and_lists_are_joined() {
    check_findings(
        "---\nstart_time: 2026-01-01\nstarted_at: 2026-01-02\n---\n",
        &["duplicate-field \"start_time\": `started_at` and `start_time` both stand for the field `started_at`"],
    );
    let (postmortem, findings) =
        postmortem("---\ncategories: [a]\nkeywords: [b, 2147483647]\ndate: 2026-02-01\nstarted_at: 2026-01-02\n---\n");
    assert_eq!(findings, [""; 0]);
    assert_eq!(postmortem.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>(), ["a", "b", "2147483647"]);
    assert_eq!(milestones(&postmortem), "started_at=2026-01-02");
}

#[test]
fn a_plain_date_is_the_start_unless_something_came_before_it() {
    let milestones_of = |text: &str| milestones(&postmortem(text).0);
    assert_eq!(milestones_of("---\ndate: 2026-03-17\n---\n"), "started_at=2026-03-17");
    assert_eq!(milestones_of("---\ndate: 2026-03-20\ndetected_at: 2026-03-17\n---\n"), "detected_at=2026-03-17");
    assert_eq!(
        milestones_of("---\ndate: 2026-03-17\n---\n## Timeline\n- 10:00 [detected] x\n"),
        "started_at=2026-03-17 detected_at=2026-03-17T10:00:00Z"
    );
}

#[test]
fn wrong_values_are_told_and_left_out() {
    check_findings(
        "---\nstarted_at: 2026-02-30\nresolved_at: soon\ndetected_at: '14:30'\nmitigated_at: n/a, see below\npublished_at: [1]\n---\n",
        &[
            "unreadable-date \"2026-02-30\": `2026-02-30` cannot be read: February 2026 has no day 30",
            "unreadable-date \"soon\": `soon` cannot be read: it is no date or time",
            "unreadable-date \"'14:30'\": `14:30` cannot be read: the day or the year is missing",
            "unreadable-date \"n/a, see below\": `n/a, see below` cannot be read: it is no date or time",
            "unreadable-date \"[1]\": `published_at` is no moment",
        ],
    );
    check_findings("---\nresolved_at: 'n/a: never'\nstarted_at: ''\ndetected_at: unknown\n---\n", &[]);
    check_findings(
        "---\ndetection: {by: monitorin, howe: x}\nroot_causes: [{cause: change/config, layer: tecnical, origin: unknown}, {note: x}]\nrelated: [{id: a, why: same}, {why: same-cause}]\n---\n",
        &[
            "invalid-value \"monitorin\": `monitorin` is no value of `detection.by`",
            "invalid-value \"howe\": `howe` is no key of `detection`",
            "invalid-value \"tecnical\": `tecnical` is no value of `layer`",
            "invalid-value \"{note: x}\": this entry of `root_causes` names no `cause`",
            "invalid-value \"same\": `same` is no value of `related.why`",
            "invalid-value \"{why: same-cause}\": this entry of `related` names no `id`",
        ],
    );
    check_findings(
        "---\nslug: Über uns\nlang: english!\ntimezone: Europe/Copenhagn\ntitle: [a]\n---\n",
        &[
            "invalid-value \"Über uns\": `Über uns` cannot stand in an address as it is",
            "invalid-value \"english!\": `english!` is no language tag",
            "invalid-value \"Europe/Copenhagn\": there is no time zone `Europe/Copenhagn`",
            "invalid-value \"[a]\": `title` is a list or mapping where a text is expected",
        ],
    );
    let (postmortem, _) = postmortem("---\nslug: Über uns\n---\n");
    assert_eq!(postmortem.head.slug.value, "uber-uns");
}

#[test]
fn records_of_time_and_work_are_read_or_told() {
    let (told, findings) = postmortem(
        "---\ntimezone: UTC\nstarted_at: 2026-03-17T10:00Z\neffort_hours: 12.5\npublished_at: 2026-03-20\nreview_on: 2026-09-01\n\
         impact_windows:\n  - {from: 2026-03-17 10:00, to: 2026-03-17 10:40}\nupdates:\n  \
         - {at: 2026-03-17 10:20, state: identified, text: It is the cache., next_by: 2026-03-17 11:00}\n  - {text: Over.}\n---\n",
    );
    assert_eq!(findings, [""; 0]);
    assert_eq!(told.effort_minutes.map(|effort| effort.value), Some(750));
    assert_eq!(told.published_at.map(|at| at.value.machine()).as_deref(), Some("2026-03-20"));
    assert_eq!(told.review_on.map(|at| at.value.machine()).as_deref(), Some("2026-09-01"));
    let windows: Vec<_> = told.impact_windows.iter().map(|window| (window.from.machine(), window.to.machine())).collect();
    assert_eq!(windows, [("2026-03-17T10:00:00Z".to_owned(), "2026-03-17T10:40:00Z".to_owned())]);
    let updates: Vec<_> = told
        .updates
        .iter()
        .map(|update| {
            (update.at.map(|at| at.machine()), update.state.as_str(), update.text.as_str(), update.next_by.map(|at| at.machine()))
        })
        .collect();
    let moment = |text: &str| Some(format!("2026-03-17T{text}:00Z"));
    assert_eq!(updates, [(moment("10:20"), "identified", "It is the cache.", moment("11:00")), (None, "", "Over.", None)]);
    check_findings("---\neffort_hours: 'unknown'\npublished_at: n/a\nupdates: none\nimpact_windows: []\n---\n", &[]);
    for wrong in ["-3", "many", "1e300", "NaN", "inf"] {
        check_findings(
            &format!("---\neffort_hours: {wrong}\n---\n"),
            &[&format!("invalid-value \"{wrong}\": `{wrong}` is no number of hours")],
        );
    }
    check_findings(
        "---\neffort_hours: [1]\nimpact_windows: [{from: 2026-03-17}, {from: soon, to: 2026-03-17}, x]\nupdates: [{at: 2026-03-17, txt: x}]\n---\n",
        &[
            "invalid-value \"[1]\": `effort_hours` is no number",
            "invalid-value \"{from: 2026-03-17}\": this entry of `impact_windows` lacks `from` or `to`",
            "unreadable-date \"soon\": `soon` cannot be read: it is no date or time",
            "invalid-value \"x\": this entry of `impact_windows` is no mapping",
            "invalid-value \"txt\": `txt` is no key of `updates`",
        ],
    );
}

#[test]
fn help_says_how_to_mend() {
    let text = "---\nstatus: reviewd\n---\n";
    let parsed = parse("a.md", text, Role::Postmortem);
    let help: Vec<_> = parsed.findings.iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `reviewed`? It is `draft`, `in-review`, `reviewed` or `closed`"]);
}

#[test]
fn milestones_that_disagree_are_told() {
    check_findings(
        "---\nstarted_at: 2026-03-17T14:32Z\n---\n## Timeline\n- 2026-03-17 14:30 [started] x\n",
        &["conflicting-milestone \"2026-03-17T14:32Z\": `started_at` says 2026-03-17 14:32 UTC, the timeline 2026-03-17 14:30 UTC"],
    );
    for (metadata, event) in [
        ("2026-03-17T14:32Z", "14:33"),
        ("2026-03-17", "14:30"),
        ("2026-03-17T14:32Z", "~14:20"),
        ("2026-03-17T14:32Z/2026-03-17T15:00Z", "14:50"),
        ("2026-03-17T14:32Z", "14:32-14:40"),
        ("2026-03", "14:30"),
    ] {
        let text = format!("---\nstarted_at: {metadata}\n---\n## Timeline\n- 2026-03-17 {event} [started] x\n");
        check_findings(&text, &[]);
    }
    check_findings(
        "---\nstarted_at: 2026-03-18\n---\n## Timeline\n- 2026-03-17 23:30 [started] x\n",
        &["conflicting-milestone \"2026-03-18\": `started_at` says 2026-03-18, the timeline 2026-03-17 23:30 UTC"],
    );
}

#[test]
fn the_date_it_is_listed_under_is_the_first_thing_known() {
    let date = |path: &str, text: &str| named(path, text).0.date.map(|date| date.machine());
    let day = |date: &str| Some(date.to_owned());
    assert_eq!(date("a.md", "---\nresolved_at: 2026-03-18\n---\n## Timeline\n- 2026-03-17: it breaks\n"), day("2026-03-17"));
    assert_eq!(date("a.md", "---\nintroduced_at: 2019-01-01\ndetected_at: 2026-03-18\n---\n"), day("2026-03-18"));
    assert_eq!(date("a.md", "---\nintroduced_at: 2019-01-01\n---\n"), day("2019-01-01"));
    assert_eq!(date("2026-03-17-a.md", "---\npublished_at: 2026-03-20\n---\n"), day("2026-03-20"));
    assert_eq!(date("2026-03-17-a.md", "# Outage of May 2nd, 2025\n"), day("2026-03-17"));
    assert_eq!(date("a.md", "# Outage of May 2nd, 2025\n"), day("2025-05-02"));
    assert_eq!(date("a.md", "# Outages (October 2025)\n"), day("2025-10"));
    assert_eq!(date("a.md", "# Overview\n\nMonday, Nov. 13, 2017\n\nUsers were locked out.\n"), day("2017-11-13"));
    assert_eq!(date("a.md", "# Overview\n\nOn Nov. 13, 2017 users were locked out.\n"), None);
    assert_eq!(date("PM2021-011.md", "# Log4Shell\n"), None);
}

#[test]
fn what_markdown_could_not_follow_is_told() {
    check_findings(
        "[a][b] and [c] and [^d]\n",
        &["broken-link \"[a][b]\": there is no definition for `[b]`", "broken-link \"[^d]\": there is no footnote `[^d]`"],
    );
}

#[test]
fn terms_of_the_sites_own_taxonomies_are_kept() {
    let config = crate::config::parse("[taxonomies.company]\nfield = \"Company\"\nname = \"Company\"\nplural = \"Companies\"\n").0;
    let parsed = document(&"a.md".into(), "---\ncompany: Amazon\nproduct: ''\nother: x\n---\n", Role::Postmortem, &config);
    let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("a postmortem was asked for") };
    assert_eq!(postmortem.custom["company"].iter().map(|term| term.value.as_str()).collect::<Vec<_>>(), ["Amazon"]);
    assert_eq!(postmortem.head.extra.iter().map(|entry| &*entry.key.value).collect::<Vec<_>>(), ["product", "other"]);
}

/// Texts that bring readers down: deep, long, cut short, of odd characters.
#[test]
fn no_text_makes_it_fail() {
    let pieces = [
        "---\n",
        "+++\n",
        "title: ",
        "- ",
        "**",
        "**Impact**:",
        "## Timeline\n",
        "# ",
        "| Time | Event |\n|--|--|\n",
        "| ",
        "14:32 ",
        "2026-02-30 ",
        "2026-03-17",
        "~",
        ">=",
        "<!-- afterword: ",
        "allow ",
        "internal -->",
        "end -->",
        "> [!",
        "INTERNAL]\n",
        "[started] ",
        "{by: ",
        "}",
        "(owner: ",
        "@a",
        ")",
        "\u{feff}",
        "é",
        "\u{202e}",
        "\0",
        "\r\n",
        "\n\n",
        "  ",
        "[^1]",
        "[a][b]",
        "```\n",
        "12:60 ",
        "Jan ",
        "+2d ",
        "--:-- ",
        "✅ ",
        "\t",
    ];
    // A small generator of its own, so that the test is the same everywhere.
    let mut state = 0x2545_f491_u32;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % limit
    };
    let config = config();
    for _ in 0..3_000 {
        let text: String = (0..next(24)).map(|_| pieces[next(pieces.len())]).collect();
        for role in [Role::Postmortem, Role::Page] {
            let parsed = document(&"a/b.md".into(), &text, role, &config);
            let head = match &parsed.document {
                AnyDocument::Postmortem(postmortem) => &postmortem.head,
                AnyDocument::Page(page) => &page.head,
            };
            assert!(!head.title_text.is_empty() && !head.slug.value.is_empty(), "{text:?}");
            for finding in &parsed.findings {
                assert!(text.get(finding.primary.span.range()).is_some(), "{text:?} {finding:?}");
            }
        }
    }
}

#[test]
fn pieces_name_every_event_and_action_once_and_in_order() {
    let text = "---\nstarted_at: 2026-03-17\n---\n## Context\n\n- 2026-03-17 10:00 a\n- 2026-03-17 11:00 b\n\n## Timeline\n\n- 10:00 a\n\n### 2026-03-17 12:00\n\nx\n\n### 2026-03-18\n\n- 09:00 b\n\n## Actions\n\n- a\n\n### Later\n\n- b\n";
    let (postmortem, _) = postmortem(text);
    let (mut events, mut actions) = (0, 0);
    for piece in postmortem.body.sections.iter().flat_map(|section| &section.content) {
        match piece {
            Piece::Timeline { first, end } => {
                assert_eq!(*first, events);
                events = *end;
            }
            Piece::Actions { first, end } => {
                assert_eq!(*first, actions);
                actions = *end;
            }
            Piece::Prose(blocks) => assert!(!blocks.is_empty()),
        }
    }
    assert_eq!((events, actions), (postmortem.timeline.len(), postmortem.actions.len()));
    assert_eq!((events, actions), (5, 2));
}

/// Real postmortems: what must come out of each house's files at least, and every finding there is.
mod corpora {
    use super::*;

    /// What the files of one folder came to.
    #[derive(Debug, Default)]
    struct Sum {
        files: usize,
        started: usize,
        known_start_and_resolved: usize,
        with_events: usize,
        with_actions: usize,
        events: usize,
        undated_events: usize,
        dated: usize,
        findings: Vec<String>,
    }

    #[expect(clippy::disallowed_methods, reason = "the files lie outside of the project, where the environment says")]
    fn read(folder: &str) -> Option<Vec<(String, String)>> {
        let root = std::env::var("AFTERWORD_CORPORA").ok()?;
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(std::path::Path::new(&root).join(folder)).sort_by_file_name() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().is_file() && name != "_LICENSE.txt" {
                files.push((name, std::fs::read_to_string(entry.path()).unwrap()));
            }
        }
        Some(files)
    }

    fn sum(folder: &str) -> Option<Sum> {
        let Some(files) = read(folder) else {
            println!("skipped: AFTERWORD_CORPORA is not set");
            return None;
        };
        let config = config();
        let mut sum = Sum { files: files.len(), ..Sum::default() };
        for (name, text) in files {
            let parsed = document(&name.as_str().into(), &text, Role::Postmortem, &config);
            let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("a postmortem was asked for") };
            assert!(!postmortem.head.title_text.is_empty() && !postmortem.head.slug.value.is_empty(), "{name}");
            let knows = |milestone| postmortem.milestones.contains_key(&milestone);
            sum.started += usize::from(knows(Milestone::Started));
            let noticed = knows(Milestone::Started) || knows(Milestone::Detected);
            sum.known_start_and_resolved += usize::from(noticed && knows(Milestone::Resolved));
            sum.with_events += usize::from(!postmortem.timeline.is_empty());
            sum.with_actions += usize::from(!postmortem.actions.is_empty());
            sum.events += postmortem.timeline.len();
            sum.undated_events += postmortem.timeline.iter().filter(|event| event.when.is_none()).count();
            sum.dated += usize::from(postmortem.date.is_some());
            sum.findings.extend(parsed.findings.iter().map(|finding| show_finding(finding, &text)));
        }
        Some(sum)
    }

    #[test]
    fn dfds() {
        let Some(sum) = sum("dfds-postmortems") else { return };
        assert!(sum.files == 40 && sum.with_events == 39 && sum.with_actions == 39 && sum.dated == 38, "{sum:?}");
        assert_eq!((sum.events, sum.undated_events), (378, 6));
        // The year 20202 is in the file.
        assert_eq!(sum.findings.len(), 5, "{sum:?}");
        assert!(sum.findings.iter().all(|finding| finding.contains("the year `20202` has 5 digits")), "{sum:?}");
    }

    #[test]
    fn moj() {
        let Some(sum) = sum("moj-cloud-platform") else { return };
        assert!(sum.files == 41 && sum.known_start_and_resolved >= 38 && sum.with_actions >= 22 && sum.dated >= 39, "{sum:?}");
        assert_eq!(
            sum.findings,
            ["unreadable-date \"22025-03-18 09:36\": `22025-03-18 09:36` cannot be read: the year `22025` has 5 digits",]
        );
    }

    #[test]
    fn univaf() {
        let Some(sum) = sum("univaf-incidents") else { return };
        assert!(
            sum.files == 6 && sum.with_events == 5 && sum.events == 48 && sum.undated_events == 0 && sum.findings.is_empty(),
            "{sum:?}"
        );
    }

    #[test]
    fn posthog() {
        let Some(sum) = sum("posthog-post-mortems") else { return };
        assert!(sum.files == 8 && sum.with_events == 4 && sum.events >= 65 && sum.undated_events == 1, "{sum:?}");
        assert!(sum.dated == 7 && sum.with_actions >= 6 && sum.findings.is_empty(), "{sum:?}");
    }

    #[test]
    fn learningequality() {
        let Some(sum) = sum("learningequality-postmortems") else { return };
        assert!(sum.files == 5 && sum.events == 4 && sum.with_actions == 2 && sum.findings.is_empty(), "{sum:?}");
    }

    #[test]
    fn icco() {
        let Some(sum) = sum("icco-postmortems") else { return };
        assert!(sum.files == 242 && sum.started == 169 && sum.dated >= 190 && sum.findings.is_empty(), "{sum:?}");
    }

    #[test]
    fn agrc() {
        let Some(sum) = sum("agrc-status-page") else { return };
        assert!(sum.files == 48 && sum.started == 48 && sum.findings.is_empty(), "{sum:?}");
    }
}

#[test]
fn words_are_what_stands_between_blanks() {
    assert_eq!(ascii_words("We can't re-run it - 1,000 requests\tfailed...\nAll well."), 9);
    assert_eq!(ascii_words(" -- "), 0);
}

#[test]
fn what_the_public_does_not_read_of_the_metadata_is_taken_out_of_a_document_that_was_read() {
    let settings = "[taxonomies.squads]\nfield = 'team-name'\n[people.ada]\nname = 'Ada Lovelace'\nrole = 'On-call engineer'\n";
    let (config, findings) = crate::config::parse(settings);
    assert_eq!(findings, []);
    let text = |entry: &str| {
        format!(
            "---\ntitle: Ada Lovelace saw\n{entry}\nunknown: 'by @ada'\n---\n\n## Timeline\n\n- 2026-01-01 10:00 [detected] @ada saw.\n"
        )
    };
    let taken_out = |entry: &str| {
        let (text, path) = (text(entry), "postmortems/a.md".into());
        let AnyDocument::Postmortem(whole) = document(&path, &text, Role::Postmortem, &config).document else { panic!("a postmortem") };
        let out = |entry: &Entry| !config.public_reads(&entry.key);
        assert_eq!(whole.head.metadata.entries.iter().filter(|entry| out(entry)).count(), 2, "{text}");
        let anew = document_in_part(&path, &text, Role::Postmortem, &config, &|metadata| metadata.entries.retain(|entry| !out(entry)));
        let AnyDocument::Postmortem(anew) = anew.document else { panic!("a postmortem") };
        let left = without(&whole, &config, &out)?;
        assert_eq!(left, *anew, "{text}");
        assert!(Arc::ptr_eq(&left.body, &whole.body) && left.head.named.len() < whole.head.named.len());
        Some(())
    };
    let values = ["Ada Lovelace", "[Ada Lovelace, '@ada']", "3.5", "2026-03-01", "{who: Ada Lovelace, role: '@ada'}"];
    for field in &config.public_edition().internal_fields {
        for value in values {
            let is_taken_out = taken_out(&format!("{field}: {value}")).is_some();
            assert_eq!(is_taken_out, field != "evidence", "{field}");
        }
    }
    assert!(taken_out("Team name: a").is_none(), "a key that terms are read from");
}
