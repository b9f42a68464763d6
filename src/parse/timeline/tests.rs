//! Events out of lists, tables, headings and paragraphs.

use crate::markdown::text::block_text;
use crate::parse::tests::{check_findings, named, postmortem, show_moment, show_sections};

/// The events of a text, in short: `written → moment [kind] words`.
fn events(text: &str) -> Vec<String> {
    let (postmortem, _) = named("a.md", text);
    let show = |event: &crate::model::Event| {
        let when = event.when.as_ref().map_or("?".to_owned(), show_moment);
        let kind = event.kind.map_or(String::new(), |kind| format!("[{}] ", kind.word()));
        format!("{} → {when} {kind}{}", event.written.value, block_text(&event.content).replace('\n', " / "))
    };
    postmortem.timeline.iter().map(show).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(events(text), expected, "{text}");
}

/// A timeline that starts on 17 March 2026.
#[track_caller]
fn check_day(timeline: &str, expected: &[&str]) {
    check(&format!("---\nstarted_at: 2026-03-17\n---\n## Timeline\n\n{timeline}\n"), expected);
}

#[test]
fn lists_are_read_however_the_time_is_set() {
    check_day(
        "- 14:32 Pager fires\n- **14:35 UTC** - Writer *saturates*\n- `14:40`: a\n- [14:41] b\n- *14:42:10* – c\n- ~14:50 d\n- 14:50-14:55 e\n- >=14:56 f\n- +2d 09:10 g\n- no time\n",
        &[
            "14:32 → 2026-03-17T14:32:00Z Pager fires",
            "14:35 UTC → 2026-03-17T14:35:00Z Writer saturates",
            "14:40 → 2026-03-17T14:40:00Z a",
            "14:41 → 2026-03-17T14:41:00Z b",
            "14:42:10 → 2026-03-17T14:42:10Z c",
            "~14:50 → About 2026-03-17T14:50:00Z d",
            "14:50-14:55 → 2026-03-17T14:50:00Z–2026-03-17T14:55:00Z e",
            ">=14:56 → AtLeast 2026-03-17T14:56:00Z f",
            "+2d 09:10 → 2026-03-19T09:10:00Z g",
            " → ? no time",
        ],
    );
    check(
        "## Timeline\n- 2024-09-20 11:21: unpaused\n- 11:22 destroyed\n  - detail\n\n  more\n",
        &["2024-09-20 11:21 → 2024-09-20T11:21:00Z unpaused", "11:22 → 2024-09-20T11:22:00Z destroyed / detail / more"],
    );
}

#[test]
fn a_time_may_stand_last() {
    check(
        "## Key events\n- Fault occurs 2020-02-12 11:45\n- Patched CVE-2021-44228 2020-02-12 11:46\n- Planned for 2020-03\n- Incident declared: 2020-02-12 11:51\n- Team met at 2020-02-12 12.07\n- First detected 2020-02-13 (Time TBC)\n- Closed, though the review planned for it was only held much later 2020-02-14 10:00\n",
        &[
            "2020-02-12 11:45 → 2020-02-12T11:45:00Z [started] Fault occurs",
            "2020-02-12 11:46 → 2020-02-12T11:46:00Z Patched CVE-2021-44228",
            " → ? Planned for 2020-03",
            "2020-02-12 11:51 → 2020-02-12T11:51:00Z [declared] Incident declared",
            "2020-02-12 12.07 → 2020-02-12T12:07:00Z Team met",
            "2020-02-13 → 2020-02-13 [detected] First detected (Time TBC)",
            " → ? Closed, though the review planned for it was only held much later 2020-02-14 10:00",
        ],
    );
}

#[test]
fn tables_are_read_by_their_columns() {
    check(
        "## Timeline\n\n| Date and Time in CET | Event |\n|---|---|\n| 2019-12-05 04:00 | a [^1] |\n| 2019-12-03 --:-- | b |\n| | c |\n\n[^1]: x\n",
        &["2019-12-05 04:00 → 2019-12-05T03:00:00Z a", "2019-12-03 --:-- → 2019-12-03 b", " → ? c"],
    );
    check(
        "## Timeline\n\n| Date | Time (UTC) | Who | What happened | Type |\n|---|---|---|---|---|\n| 2019-12-05 | 04:00 | Ada | a | Detected |\n| | 05:00 | | b | |\n",
        &["2019-12-05 04:00 → 2019-12-05T04:00:00Z [detected] a / Who: Ada", "05:00 → 2019-12-05T05:00:00Z b"],
    );
    check(
        "## Timeline\n\n| # | | |\n|---|---|---|\n| 1 | 2019-12-05 04:00 | a |\n| 2 | 05:00 | b |\n",
        &["2019-12-05 04:00 → 2019-12-05T04:00:00Z 1 / a", "05:00 → 2019-12-05T05:00:00Z 2 / b"],
    );
    check(
        "## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| Jan 14, 10:18 AM | a |\n| Jan 15, 5:33 PM | b |\n",
        &["Jan 14, 10:18 AM → ? a", "Jan 15, 5:33 PM → ? b"],
    );
    check(
        "# Incident of January 2026\n\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| Jan 14, 10:18 AM | a |\n",
        &["Jan 14, 10:18 AM → 2026-01-14T10:18:00Z a"],
    );
}

#[test]
fn sub_headings_are_events_or_days() {
    let text = "## Timeline\n\n*(All times US/Pacific, 24-hour clock.)*\n\n### 2021-06-11 21:01\n\nAlarm.\n\n- detail\n\n### 2021-06-12 9:51 – Second\n\nMore.\n\n### Afterwards\n\nx\n\n### 2021-06-13\n\n- 0:50 Done\n\n### 2021-06-14\n\nReport.\n";
    check(
        text,
        &[
            "2021-06-11 21:01 → 2021-06-12T04:01:00Z Alarm. / detail",
            "2021-06-12 9:51 → 2021-06-12T16:51:00Z Second / More.",
            "0:50 → 2021-06-13T07:50:00Z Done",
            "2021-06-14 → 2021-06-14 Report.",
        ],
    );
    assert_eq!(
        show_sections(&named("a.md", text).0),
        [
            "2 timeline #timeline \"Timeline\" [(All times US/Pacific, 24-hour clock.) | events 0..2]",
            "3 - #afterwards \"Afterwards\" [x]",
            "3 - #2021-06-13 \"2021-06-13\" [events 2..4]",
        ]
    );
}

#[test]
fn paragraphs_that_begin_with_times_are_events() {
    check(
        "## Timeline\n\nIntro.\n\n2018-08-22, 03:26pm: first noticed that it was\ngiving an error.\n\n2018-08-22, 04:12pm: check\n16:20 - again\nwith more\n\nOutro.\n",
        &[
            "2018-08-22, 03:26pm → 2018-08-22T15:26:00Z first noticed that it was giving an error.",
            "2018-08-22, 04:12pm → 2018-08-22T16:12:00Z check",
            "16:20 → 2018-08-22T16:20:00Z again with more",
        ],
    );
    check("## Timeline\n\n2018-08-22 was a Wednesday.\n\n**2018-08-23**\n\n- 10:00 a\n", &["10:00 → 2018-08-23T10:00:00Z a"]);
}

#[test]
fn pieces_keep_their_order() {
    let text = "---\nstarted_at: 2026-03-17\n---\n## Timeline\n\nAll times in UTC.\n\n- 16:58 a\n\n![x](y)\n\n- 17:02 b\n- 17:05 c\n\n```\ncode\n```\n\n| Time | Event |\n|--|--|\n| 18:00 | d |\n";
    assert_eq!(
        show_sections(&named("a.md", text).0),
        ["2 timeline #timeline \"Timeline\" [All times in UTC. | events 0..1 | x | events 1..3 | code | events 3..4]",]
    );
}

#[test]
fn what_is_mostly_without_times_is_prose() {
    check_day("- 14:32 a\n- b\n- c\n", &[]);
    check_day("| Time | Event |\n|--|--|\n| 14:32 | a |\n| | b |\n| soon | c |\n", &[]);
    check("## Impact\n\n- 2026-03-17 10:00 a\n- 2026-03-17 11:00 b\n", &[]);
    check(
        "## Context\n\n- 2026-03-17 10:00 a\n- 2026-03-17 11:00 b\n\n- 2026-03-17 12:00 alone\n\n14:00 c\n",
        &[
            "2026-03-17 10:00 → 2026-03-17T10:00:00Z a",
            "2026-03-17 11:00 → 2026-03-17T11:00:00Z b",
            "2026-03-17 12:00 → 2026-03-17T12:00:00Z alone",
        ],
    );
    check("## Context\n\n- 2026-03-17 10:00 a\n- 10:30 b\n- c\n", &[]);
}

#[test]
fn a_time_alone_is_on_the_day_before_it_or_the_next() {
    check_day(
        "- 23:50 a\n- 00:05 b\n- 00:01 c\n- 23:00 d\n- 13:00 e\n",
        &[
            "23:50 → 2026-03-17T23:50:00Z a",
            "00:05 → 2026-03-18T00:05:00Z b",
            "00:01 → 2026-03-18T00:01:00Z c",
            "23:00 → 2026-03-18T23:00:00Z d",
            "13:00 → 2026-03-18T13:00:00Z e",
        ],
    );
    check_day(
        "- 2026-03-18\n  - 10:00 a\n  - 11:00 b\n- 2026-03-19\n  - 09:00 c\n",
        &["10:00 → 2026-03-18T10:00:00Z a", "11:00 → 2026-03-18T11:00:00Z b", "09:00 → 2026-03-19T09:00:00Z c"],
    );
    check("## Timeline\n- 14:32 nobody knows the day\n", &["14:32 → ? nobody knows the day"]);
    check(
        "---\nstarted_at: 2026-03\n---\n## Timeline\n- 14:32 a\n- March 4, 14:33 b\n",
        &["14:32 → ? a", "March 4, 14:33 → 2026-03-04T14:33:00Z b"],
    );
    let (postmortem, _) = named("2026-03-17-a.md", "## Timeline (CET)\n- 00:30 a\n");
    assert_eq!(postmortem.timeline[0].when.map(|when| when.machine()).as_deref(), Some("2026-03-16T23:30:00Z"));
}

#[test]
fn the_kind_is_stated_or_meant_by_the_first_words() {
    check_day(
        "- 14:30 [Detected] a\n- 14:31 [in progress] b\n- 14:32 OUTAGE BEGINS: c\n- 14:33 Incident declared, rollback tried\n- 14:34 Incident declared as resolved\n- 14:35 **Detection:** d\n- 14:36 Resolved hostnames\n- 14:37 Resolved by a restart\n- 14:38 Outage ends.\n- 14:39 Incident is resolved\n- 14:40 [No Data] alert\n",
        &[
            "14:30 → 2026-03-17T14:30:00Z [detected] a",
            "14:31 → 2026-03-17T14:31:00Z [in progress] b",
            "14:32 → 2026-03-17T14:32:00Z [started] OUTAGE BEGINS: c",
            "14:33 → 2026-03-17T14:33:00Z [declared] Incident declared, rollback tried",
            "14:34 → 2026-03-17T14:34:00Z Incident declared as resolved",
            "14:35 → 2026-03-17T14:35:00Z [detected] Detection: d",
            "14:36 → 2026-03-17T14:36:00Z Resolved hostnames",
            "14:37 → 2026-03-17T14:37:00Z [resolved] Resolved by a restart",
            "14:38 → 2026-03-17T14:38:00Z [mitigate] Outage ends.",
            "14:39 → 2026-03-17T14:39:00Z [resolved] Incident is resolved",
            "14:40 → 2026-03-17T14:40:00Z [No Data] alert",
        ],
    );
}

#[test]
fn a_stated_kind_outweighs_one_that_is_only_meant() {
    let (postmortem, findings) = postmortem("## Timeline\n- 10:00 Detection: by hand\n- 10:05 [detected] by alert {by: monitoring}\n");
    assert_eq!(findings, [""; 0]);
    let detected = postmortem.milestone(crate::model::Milestone::Detected).map(crate::model::Moment::machine);
    assert_eq!(detected.as_deref(), Some("2026-03-17T10:05:00Z"));
    assert_eq!(postmortem.detection.as_ref().and_then(|detection| detection.by.as_ref()).map(|by| by.value.word()), Some("monitoring"));
    assert_eq!(block_text(&postmortem.timeline[1].content), "by alert");
}

#[test]
fn what_is_wrong_with_an_event_is_told() {
    check_findings(
        "## Timeline\n- 25:00 a\n- 10:00 [detectd] b\n- 11:00 [redacted] c\n- 12:00 d {by: monitor}\n",
        &[
            "unreadable-date \"25:00\": `25:00` cannot be read: there is no hour 25",
            "invalid-value \"detectd\": `detectd` is no value of `the kind of an event`",
            "invalid-value \"monitor\": `monitor` is no value of `by`",
        ],
    );
    check_findings(
        "## Timeline\n- 10:00 [started] b\n- 11:00 [paged] c\n",
        &["invalid-value \"paged\": `paged` is no value of `the kind of an event`"],
    );
    check_findings(
        "## Timeline\n- First detected 22025-03-18 09:36\n",
        &["unreadable-date \"22025-03-18 09:36\": `22025-03-18 09:36` cannot be read: the year `22025` has 5 digits"],
    );
    check_findings(
        "## Timeline\n\n| Time | Event |\n|--|--|\n| 2026-02-30 10:00 | a |\n| 03/04/2026 | b |\n| 2026-03-17 HH:mm | c |\n| 2026-??-?? | d |\n| 20xx-MM-DD | e |\n",
        &[
            "unreadable-date \"2026-02-30 10:00\": `2026-02-30 10:00` cannot be read: February 2026 has no day 30",
            "unreadable-date \"03/04/2026\": `03/04/2026` cannot be read: it is no date or time",
        ],
    );
    check_findings(
        "---\ntimezone: Europe/Copenhagen\n---\n## Timeline\n- 2026-03-29 02:30 a\n- 2026-10-25 02:30 b\n",
        &[
            "ambiguous-time \"2026-03-29 02:30\": this time does not exist: clocks were put forward over it",
            "ambiguous-time \"2026-10-25 02:30\": this time came twice: clocks were put back over it",
        ],
    );
}

#[test]
fn the_zone_is_found_in_the_words() {
    for (text, expected) in [
        ("---\ntimezone: CET\n---\n## Timeline\n\nAll times in UTC.\n\n- 2026-03-17 10:00 a\n", "2026-03-17T09:00:00Z"),
        ("## Timeline\n\n_All times are in CEST._\n\n- 2026-03-17 10:00 a\n", "2026-03-17T08:00:00Z"),
        ("## Timeline (all times PDT)\n\n- 2026-03-17 10:00 a\n", "2026-03-17T17:00:00Z"),
        ("## Timeline\n\nThe CET team met at any time.\n\n- 2026-03-17 10:00 a\n", "2026-03-17T10:00:00Z"),
        ("## Timeline\n\n- 2026-03-17 10:00 +05:30 a\n", "2026-03-17T04:30:00Z"),
    ] {
        assert_eq!(named("a.md", text).0.timeline[0].when.map(|when| when.machine()).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn places_are_those_of_the_file() {
    let text = "## Timeline\n\n- **2026-03-17 14:35 UTC** - Writer [saturates](x)\n\n| Time | Event |\n|--|--|\n| 2026-03-17 15:00 | d |\n";
    let (postmortem, _) = postmortem(text);
    let [list, table] = &*postmortem.timeline else { panic!("two events") };
    assert_eq!(list.written.span.slice(text), "2026-03-17 14:35 UTC");
    assert_eq!(list.span.slice(text).trim_end(), "- **2026-03-17 14:35 UTC** - Writer [saturates](x)");
    assert_eq!(list.content[0].span.slice(text), "Writer [saturates](x)");
    assert_eq!(table.written.span.slice(text).trim(), "2026-03-17 15:00");
}
