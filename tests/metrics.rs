//! The figures: what a person with a pencil finds in a made-up house, the command that prints them, and the file of the site that holds them.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use afterword::knowledge::metrics::{Comparison, Count, Figures, Metrics, PeriodCount, Phase, Population, Verdict};
use afterword::knowledge::statistics::{Bounds, Share};
use afterword::knowledge::{Measure, Minutes, link, metrics};
use afterword::pipeline::{self, Memo};
use jiff::civil::{Date, date};
use serde_json::Value;

const HOUSE: &str = include_str!("knowledge/house.txt");
const TODAY: Date = date(2026, 11, 21);

fn figures_of(archive: &str) -> Metrics {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let knowledge = link(&understood.corpus, &project.config, &|_| false);
    metrics(&understood.corpus, &knowledge, &project.config, TODAY)
}

fn measure(metrics: &Metrics, measure: Measure) -> &Figures {
    metrics.measures.iter().find(|figures| figures.measure == measure).unwrap()
}

fn ids(metrics: &Metrics, incidents: impl Iterator<Item = usize>) -> Vec<&str> {
    incidents.map(|incident| metrics.incidents[incident].id.as_str()).collect()
}

fn known(minutes: f64) -> Bounds {
    Bounds { least: minutes, most: Some(minutes) }
}

/// An archive of outages, one a line: day, minutes to detect, minutes to mitigate.
fn outages(settings: &str, lines: &[(&str, i64, i64)]) -> String {
    let files = lines.iter().enumerate().map(|(n, (day, detect, mitigate))| {
        let at = |minutes: i64| format!("{day}T{:02}:{:02}Z", minutes / 60, minutes % 60);
        format!(
            "-- content/postmortems/{n:03}.md --\n---\nkind: outage\nstarted_at: {}\ndetected_at: {}\nmitigated_at: {}\n---\n\n## Summary\n\nText.\n\n",
            at(0),
            at(*detect),
            at(*mitigate)
        )
    });
    format!("-- site.toml --\n{settings}\n{}", files.collect::<String>())
}

#[test]
fn what_was_over_at_once_has_phases_of_no_length() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/postmortems")).unwrap();
    fs::write(folder.path().join("site.toml"), "").unwrap();
    let times = ["started_at", "detected_at", "mitigated_at"].map(|key| format!("{key}: 2026-01-01T10:00Z\n")).concat();
    fs::write(folder.path().join("content/postmortems/a.md"), format!("---\nid: A-1\n{times}---\n")).unwrap();
    let text = String::from_utf8(afterword(folder.path(), &["metrics"]).stdout).unwrap();
    assert!(text.contains("A-1: 0 min in all; not known: unacknowledged, unresolved"), "{text}");
}

#[test]
fn drills_and_near_misses_stand_apart() {
    let found = figures_of(HOUSE);
    assert_eq!(found.population, Population::Incidents);
    assert_eq!(ids(&found, 0..found.incidents.len()), ["NW-7", "NW-6", "NW-5", "NW-3", "NW-2", "NW-1"]);
    let apart: Vec<_> = found.apart.iter().map(|apart| (apart.population, apart.count)).collect();
    assert_eq!(apart, [(Population::NearMisses, 1), (Population::Drills, 1)]);
}

#[test]
fn where_nobody_handled_anything_the_catalogue_is_counted() {
    let entry = "-- content/postmortems/a.md --\n---\nkind: catalogue\nstarted_at: 2026-01-05\n---\n\nText.\n";
    let drill = "-- content/postmortems/b.md --\n---\nkind: Drill\nstarted_at: 2026-02-05\n---\n\nText.\n";
    let found = figures_of(&format!("{entry}{drill}"));
    assert_eq!((found.population, found.incidents.len(), found.apart.len()), (Population::Catalogue, 1, 1));
    let none = figures_of("-- site.toml --\n");
    assert_eq!((none.population, none.incidents.len(), none.measures.len()), (Population::Incidents, 0, Measure::ALL.len()));
}

#[test]
fn incidents_are_counted_every_way() {
    let handled = figures_of(HOUSE).handled;
    let counts = |counts: &[Count]| -> Vec<(String, usize)> { counts.iter().map(|count| (count.name.clone(), count.count)).collect() };
    let owned =
        |expected: &[(&str, usize)]| -> Vec<(String, usize)> { expected.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect() };
    assert_eq!(counts(&handled.kinds), owned(&[("Outage", 4), ("Minor", 1), ("Smart contract", 1)]));
    assert_eq!(counts(&handled.severities), owned(&[("SEV1", 3), ("SEV2", 2), ("SEV3", 1)]));
    let services = counts(&handled.services);
    assert_eq!(services.iter().map(|(_, count)| count).sum::<usize>(), 7, "NW-2 hit two: {services:?}");
    assert!(services.contains(&("Ledger".to_owned(), 2)), "the near miss does not count: {services:?}");
    let years: Vec<_> = handled.years.iter().map(|year| (year.period.as_str(), year.count, year.running)).collect();
    assert_eq!(years, [("2024", 2, false), ("2025", 1, false), ("2026", 3, true)]);
    let quarters: Vec<_> = handled.quarters.iter().map(|quarter| quarter.count).collect();
    assert_eq!(quarters, [1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0], "from 2024-Q1 to 2026-Q4, quarters without any included");
    assert_eq!((handled.without_quarter, handled.undated), (0, 0));
}

#[test]
fn a_date_that_is_not_known_exactly_counts_as_far_as_it_is_known() {
    let file = |name: &str, started: &str| format!("-- content/postmortems/{name}.md --\n---\nstarted_at: {started}\n---\n\nText.\n");
    let undated = "-- content/postmortems/none.md --\n---\ntitle: X\n---\n\nText.\n";
    let found = figures_of(&format!("{}{}{}{undated}", file("a", "2026"), file("b", "2026-05"), file("c", "2026-05-07")));
    assert_eq!((found.handled.without_quarter, found.handled.undated), (1, 1));
    let count = |periods: &[PeriodCount]| periods.iter().map(|period| period.count).sum::<usize>();
    assert_eq!((count(&found.handled.years), count(&found.handled.quarters)), (3, 2));
    assert_eq!((count(&found.calendar.months), count(&found.calendar.days), found.calendar.without_month), (2, 1, 2));
}

/// The reference is `np.quantile` and `scipy.stats.bootstrap` as in `src/knowledge/statistics.rs`, of [1, 4, 10, 20, 30, 45] for the lower
/// bounds and [1, 4, 20, 20, 30, 45] for the upper.
#[test]
fn times_keep_their_bounds_in_every_figure() {
    let found = figures_of(HOUSE);
    let detect = measure(&found, Measure::TimeToDetect);
    assert_eq!((detect.n, detect.missing, detect.bounded, detect.unbounded), (6, 0, 1, 0));
    let summary = detect.summary.unwrap();
    assert_eq!(summary.median, Bounds { least: 15.0, most: Some(20.0) });
    assert_eq!(summary.lower_quartile, Bounds { least: 5.5, most: Some(8.0) });
    assert_eq!(summary.upper_quartile, known(27.5));
    assert_eq!(summary.interval, Bounds { least: 2.5, most: Some(37.5) });
    assert_eq!(summary.p90, None);
    let night = detect.values.iter().find(|value| found.incidents[value.incident].id == "NW-3").unwrap();
    assert_eq!(night.minutes, Minutes { least: 10, most: Some(20) });
    assert_eq!(detect.distribution.last().map(|step| (step.minutes, step.certain, step.possible)), Some((45, 6, 6)));
    assert_eq!(detect.mean, None);
}

#[test]
fn what_is_missing_is_counted_among_those_that_could_have_it() {
    let found = figures_of(HOUSE);
    let count = |of: Measure| {
        let figures = measure(&found, of);
        (figures.applicable, figures.n, figures.missing, figures.summary.is_some())
    };
    assert_eq!(count(Measure::TimeToMitigate), (6, 5, 1, true));
    assert_eq!(count(Measure::TimeToContain), (1, 1, 0, false));
    assert_eq!(count(Measure::DwellTime), (1, 1, 0, false));
    assert_eq!(count(Measure::ReportLag), (6, 3, 3, false));
    assert_eq!(count(Measure::LongestSilence), (6, 1, 5, false));
    let impact = measure(&found, Measure::ImpactDuration);
    let minutes: Vec<_> = impact.values.iter().map(|value| value.minutes.exact().unwrap()).collect();
    assert_eq!(minutes, [6240, 70, 30, 120, 100, 60], "the second of them had twenty minutes without impact");
    let of_severities: Vec<_> = found.severities.iter().map(|severity| (severity.name.as_str(), severity.n)).collect();
    assert_eq!(of_severities, [("SEV1", 3), ("SEV2", 2), ("SEV3", 1)]);
    let coverage: Vec<_> = found.coverage.iter().map(|coverage| (coverage.milestone, coverage.to_the_minute)).collect();
    assert_eq!(coverage[1..4], [("started_at", 6), ("detected_at", 6), ("acknowledged_at", 4)]);
}

#[test]
fn phases_follow_each_other_and_say_what_is_left_out() {
    use Phase::{Unacknowledged, Undetected, Unmitigated, Unresolved};
    let found = figures_of(HOUSE);
    let bars: Vec<_> = found
        .phases
        .incidents
        .iter()
        .map(|bar| {
            let segments: Vec<_> = bar.segments.iter().map(|segment| (segment.phase, segment.from, segment.minutes)).collect();
            (found.incidents[bar.incident].id.as_str(), segments, bar.left_out.clone())
        })
        .collect();
    assert_eq!(bars[0], ("NW-7", vec![(Undetected, 0, 30), (Unmitigated, 30, 30), (Unresolved, 60, 6180)], vec![Unacknowledged]));
    assert_eq!(bars[5], ("NW-1", vec![(Undetected, 0, 20), (Unacknowledged, 20, 5), (Unmitigated, 25, 35), (Unresolved, 60, 60)], vec![]));
    assert!(found.phases.incidents[3].bounded, "when NW-3 was detected is known to ten minutes");
}

#[test]
fn what_came_back_is_told_with_what_it_came_back_from() {
    let found = figures_of(HOUSE);
    assert_eq!(found.recurrence.share, Share { part: 2, known: 6, missing: 0 });
    let pairs: Vec<_> = found
        .recurrence
        .incidents
        .iter()
        .map(|again| (ids(&found, [again.incident, again.earlier].into_iter()), again.cause.as_str(), again.service.as_str()))
        .collect();
    let expected =
        [(vec!["NW-5", "NW-3"], "infrastructure/certificate-expiry", "login"), (vec!["NW-2", "NW-1"], "change/config", "checkout")];
    assert_eq!(pairs, expected);
    let shorter = figures_of(&HOUSE.replacen("[deadlines.actions]", "[metrics]\nrecurrence_months = 6\n\n[deadlines.actions]", 1));
    assert_eq!(shorter.recurrence.months, 6);
    let later: Vec<_> = shorter.recurrence.incidents.iter().map(|again| ids(&shorter, std::iter::once(again.incident))).collect();
    assert_eq!(later, [["NW-5"]], "NW-2 came almost seven months after NW-1; NW-5 says itself what it came back from");
}

#[test]
fn who_found_it_what_it_took_and_what_was_promised() {
    let found = figures_of(HOUSE);
    assert_eq!(found.detection.self_detected, Share { part: 3, known: 6, missing: 0 });
    let years: Vec<_> = found.detection.years.iter().map(|year| (year.period.as_str(), year.share.part, year.share.known)).collect();
    assert_eq!(years, [("2024", 1, 2), ("2025", 1, 1), ("2026", 1, 3)]);
    assert_eq!((found.effort.n, found.effort.missing, found.effort.median), (3, 3, None));
    assert!((found.effort.hours - 64.0).abs() < f64::EPSILON);
    assert_eq!(found.promises.kept, Share { part: 0, known: 1, missing: 0 }, "the update came ten minutes late");
    assert_eq!((found.promises.pending, found.promises.incidents), (0, 1));
    let kept = figures_of(&HOUSE.replacen("next_by: 2024-02-10T10:20Z", "next_by: 2024-02-10T10:30Z", 1));
    assert_eq!(kept.promises.kept, Share { part: 1, known: 1, missing: 0 });
    let open = HOUSE.replacen("state: resolved, text: \"Orders work again.\"", "state: resolved, next_by: 2026-11-21", 1);
    assert_eq!(figures_of(&open).promises.pending, 0, "the published report fulfils it");
    let open = open.replacen("published_at: 2024-02-14\n", "", 1);
    assert_eq!(figures_of(&open).promises.pending, 1, "the day is not over");
}

#[test]
fn causes_stand_by_period() {
    let found = figures_of(HOUSE);
    assert_eq!(found.causes.periods.len(), 12 - 1, "from 2024-Q1 to 2026-Q3, the last with an incident");
    let rows: Vec<_> = found.causes.rows.iter().map(|row| (row.key.as_str(), row.total, row.counts.iter().sum::<usize>())).collect();
    assert_eq!(rows[..2], [("change/config", 2, 2), ("infrastructure/certificate-expiry", 2, 2)]);
    assert_eq!((found.causes.undated, found.causes.missing), (0, 0));
}

#[test]
fn words_for_one_cause_are_one_row_and_no_answer_is_none() {
    let causes = ["Cosmic rays", "cosmic-rays", "unknown"];
    let files = causes.iter().enumerate().map(|(n, cause)| {
        format!(
            "-- content/postmortems/{n}.md --\n---\nkind: outage\nstarted_at: 2026-01-0{}\nroot_causes: [{cause}]\n---\n\nText.\n\n",
            n + 1
        )
    });
    let grid = figures_of(&format!("-- site.toml --\n{}", files.collect::<String>())).causes;
    let rows: Vec<_> = grid.rows.iter().map(|row| (row.key.as_str(), row.name.as_str(), row.total)).collect();
    assert_eq!(rows, [("other/cosmic-rays", "cosmic-rays", 2)], "as on the page of the cause, by the word of the newest");
    assert_eq!(grid.missing, 1);
}

#[test]
fn periods_that_overlap_show_no_difference() {
    let year = |year: i64, minutes: [i64; 5]| -> Vec<(String, i64)> {
        minutes.iter().enumerate().map(|(n, minutes)| (format!("{year}-0{}-11", n + 1), *minutes)).collect()
    };
    let compared = |before: [i64; 5], after: [i64; 5]| {
        let lines: Vec<_> = year(2024, before).into_iter().chain(year(2025, after)).collect();
        let lines: Vec<_> = lines.iter().map(|(day, minutes)| (day.as_str(), *minutes, 600)).collect();
        let found = figures_of(&outages("", &lines));
        measure(&found, Measure::TimeToDetect).comparison.clone()
    };
    let expected = |verdict| Some(Comparison { earlier: "2024".into(), later: "2025".into(), verdict });
    assert_eq!(compared([10, 20, 30, 40, 50], [5, 15, 25, 35, 45]), expected(Verdict::NoDifference));
    assert_eq!(compared([10, 20, 30, 40, 50], [1, 2, 3, 4, 5]), expected(Verdict::Shorter));
    assert_eq!(compared([1, 2, 3, 4, 5], [10, 20, 30, 40, 50]), expected(Verdict::Longer));
    let few = figures_of(&outages("", &[("2024-01-11", 1, 2), ("2025-01-11", 3, 4)]));
    assert_eq!(measure(&few, Measure::TimeToDetect).comparison, None);
}

#[test]
fn a_mean_is_there_only_where_the_site_asks_for_it() {
    let lines = [("2026-01-11", 1, 10), ("2026-01-12", 2, 10), ("2026-01-13", 3, 10), ("2026-01-14", 4, 10), ("2026-01-15", 90, 100)];
    assert_eq!(measure(&figures_of(&outages("", &lines)), Measure::TimeToDetect).mean, None);
    let asked = figures_of(&outages("[metrics]\nshow_mean = true\n", &lines));
    let mean = measure(&asked, Measure::TimeToDetect).mean.unwrap();
    assert!((mean.minutes - 20.0).abs() < f64::EPSILON);
    assert_eq!((mean.of, mean.left_out), (5, 0));
    assert_eq!(measure(&asked, Measure::TimeToDetect).summary.unwrap().median, known(3.0));
}

fn afterword(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(arguments)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .env("COLUMNS", "80")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The house as a folder.
fn house() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in HOUSE.split("\n-- ").map(|file| file.trim_start_matches("-- ")) {
        let (path, text) = file.split_once(" --\n").unwrap();
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{text}\n")).unwrap();
    }
    folder
}

#[test]
fn the_command_prints_each_figure_with_its_definition() {
    let folder = house();
    let text = stdout(&afterword(folder.path(), &["metrics"]));
    assert!(text.starts_with("6 incidents, 2024-02-10 to 2026-08-01, as documented in this edition."), "{text}");
    for expected in [
        "Not counted here: 1 near miss, 1 drill.",
        "  Year      2024 2, 2025 1, 2026 3 so far\n",
        "  Time to detect (TTD): n 6, 0 missing, 1 within bounds only\n    From the start of impact (started_at)",
        "    Median 15 to 20 min (95% interval 3 to 38 min); middle half 6 to 28 min.\n",
        "  Time to contain (TTC): n 1, 0 missing\n",
        "    30 min; too few for a median.\n",
        "    SEV2: n 2, 0 missing. 30 min, 1 h\n",
        "  NW-1: undetected 20 min, unacknowledged 5 min, unmitigated 35 min, unresolved",
        "  Found by monitoring or staff: 3 of 6\n",
        "    NW-5 after NW-3: infrastructure/certificate-expiry in login\n",
        "  Effort: 64 h in all; n 3, 3 missing\n",
        "  No average, and no “MTTR”.",
    ] {
        assert!(text.contains(expected), "{expected:?} is in\n{text}");
    }
    assert!(!text.contains("Mean "), "{text}");
    let too_long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80 && line.contains(' ')).collect();
    assert!(too_long.iter().all(|line| line.contains("https://")), "{too_long:?}");
}

#[test]
fn filters_restrict_what_is_counted() {
    let folder = house();
    let counted = |arguments: &[&str]| {
        let all: Vec<&str> = ["metrics", "--format", "json"].iter().chain(arguments).copied().collect();
        let found: Value = serde_json::from_str(&stdout(&afterword(folder.path(), &all))).unwrap();
        let ids: Vec<String> = found["incidents"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        (found["population"].as_str().unwrap().to_owned(), ids.join(" "))
    };
    let incidents = |ids: &str| ("incidents".to_owned(), ids.to_owned());
    assert_eq!(counted(&["--since", "2025", "--until", "2026-03"]), incidents("NW-5 NW-3"));
    assert_eq!(counted(&["--until", "2024-09-02"]), incidents("NW-1"));
    assert_eq!(counted(&["--service", "Login"]), incidents("NW-5 NW-3"));
    assert_eq!(counted(&["--severity", "SEV-2", "--severity", "sev3"]), incidents("NW-6 NW-5 NW-1"));
    assert_eq!(counted(&["--cause", "change"]), incidents("NW-2 NW-1"));
    assert_eq!(counted(&["--cause", "certificate-expiry", "--since", "2026"]), incidents("NW-5"));
    assert_eq!(counted(&["--kind", "drill"]), ("drills".to_owned(), "NW-8".to_owned()));
    assert_eq!(counted(&["--service", "search", "--severity", "sev1"]), incidents(""));
    for (arguments, said) in [
        (["--cause", "certificate-expiri"], "did you mean `certificate-expiry`"),
        (["--severity", "sev9"], "there is no severity `sev9`"),
        (["--kind", "outrage"], "did you mean `outage`"),
        (["--since", "last week"], "`last week` is no year, month or day"),
        (["--since", "2026-02-30"], "is no year, month or day"),
    ] {
        let output = afterword(folder.path(), &["metrics", arguments[0], arguments[1]]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn drafts_are_counted_only_when_asked_for() {
    let folder = house();
    let file = folder.path().join("content/postmortems/2026-06-11-search-slow.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("status: reviewed", "status: draft", 1)).unwrap();
    assert!(stdout(&afterword(folder.path(), &["metrics"])).starts_with("5 incidents"));
    assert!(stdout(&afterword(folder.path(), &["metrics", "--drafts"])).starts_with("6 incidents"));
}

#[test]
fn the_file_of_the_site_is_what_the_command_prints() {
    let folder = house();
    stdout(&afterword(folder.path(), &["build"]));
    let written: Value = serde_json::from_slice(&fs::read(folder.path().join("_site/metrics.json")).unwrap()).unwrap();
    let printed: Value = serde_json::from_str(&stdout(&afterword(folder.path(), &["metrics", "--format", "json"]))).unwrap();
    assert_eq!(written, printed);
    let detect = &written["measures"][1];
    assert_eq!((detect["measure"].as_str(), detect["n"].as_u64()), (Some("time_to_detect"), Some(6)));
    assert_eq!(detect["values"][3], serde_json::json!({ "incident": 3, "least": 10, "most": 20 }));
    assert_eq!(written["incidents"][3]["id"], "NW-3");
}
