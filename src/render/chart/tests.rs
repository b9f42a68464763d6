//! What every plot promises: whole structure for small figures, and for any figures at all places within the drawing, escaped texts, the same
//! bytes each time.

use minijinja::Value;
use serde_json::json;

use super::curve::SurvivalStep;
use super::{
    Bar, Bars, Chart, CoverageRow, Curve, CurveStep, Frame, Grid, GridColumn, GridRow, Group, Mark, Middle, PhaseBar, PhasePart, Strip,
    Survival, Year, bars, calendar, causes, coverage, distribution, heat_map, phase_bars, strip, survival, years,
};
use crate::knowledge::metrics::Phase;
use crate::knowledge::statistics::FEWEST_FOR_MEDIAN;
use crate::knowledge::{Control, Controls};
use crate::theme::{Theme, Words};

const HOSTILE: &str = "<script>alert(1)</script>&\"'";

fn frame(id: &'static str, title: &'static str) -> Frame<'static> {
    Frame { id, title, caption: "", root: "../", words: Words::english() }
}

/// Numbers that look random and are the same each time (an LCG with the constants of Knuth's MMIX).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// Minutes as incidents have them: most short, few very long.
    fn minutes(&mut self) -> u64 {
        let power = self.next(14);
        self.next(2 << power) + self.next(3)
    }

    fn count(&mut self, below: usize) -> usize {
        usize::try_from(self.next(below as u64)).unwrap()
    }
}

fn mark(minutes: u64, n: usize, severity: Option<usize>) -> Mark {
    let url = Some(format!("incidents/inc-{n}/"));
    Mark { minutes, bound: None, severity, name: format!("INC-{n} Requests failed at the front door"), url }
}

fn middle(marks: &[Mark]) -> Option<Middle> {
    let mut minutes: Vec<u64> = marks.iter().map(|mark| mark.minutes).collect();
    minutes.sort_unstable();
    if minutes.len() < FEWEST_FOR_MEDIAN {
        return None;
    }
    let at = |percent: usize| minutes.get((minutes.len().checked_sub(1)?) * percent / 100).copied();
    Some(Middle { words: format!("{} min", at(50)?), median: at(50)?, low: at(25)?, high: at(75)? })
}

fn group(name: &str, marks: Vec<Mark>, missing: usize) -> Group {
    Group { name: name.to_owned(), middle: middle(&marks), marks, missing }
}

fn strips(groups: Vec<Group>) -> Strip {
    let severities = ["SEV1", "SEV2", "SEV3", "SEV4"].map(str::to_owned).to_vec();
    Strip { groups, group_name: "Quarter".to_owned(), severities }
}

fn random_strip(random: &mut Random, sizes: &[usize]) -> Strip {
    let groups = sizes.iter().enumerate().map(|(n, size)| {
        let marks = (0..*size).map(|k| {
            let (minutes, severity) = (random.minutes(), random.count(5));
            let mut mark = mark(minutes, n * 1000 + k, (severity < 4).then_some(severity));
            mark.bound = (random.next(7) == 0).then(|| format!("at least {minutes} min"));
            mark
        });
        let marks = marks.collect();
        let name = format!("{} Q{}", 2024 + n / 4, n % 4 + 1);
        group(&name, marks, random.count(4))
    });
    strips(groups.collect())
}

fn curve(name: &str, mut minutes: Vec<u64>, missing: usize) -> Curve {
    minutes.sort_unstable();
    let known = minutes.len();
    let steps = minutes.iter().enumerate().map(|(n, minutes)| CurveStep { minutes: *minutes, certain: n + 1, possible: n + 1 }).collect();
    Curve { name: name.to_owned(), steps, known, missing }
}

/// Kaplan–Meier by its definition, in hundredths of a percent; the interval is made up.
fn km(mut lives: Vec<(u64, bool)>) -> Survival {
    lives.sort_unstable();
    let (mut share, mut steps) = (10_000, Vec::new());
    for (n, (day, ended)) in lives.iter().enumerate() {
        let at_risk = (lives.len() - n) as u64;
        if *ended {
            share = share * (at_risk - 1) / at_risk;
            steps.push(SurvivalStep { day: *day, share, low: share.saturating_sub(1200), high: (share + 900).min(10_000) });
        }
    }
    let median = steps.iter().find(|step| step.share <= 5000).map(|step| step.day);
    let censored: Vec<u64> = lives.iter().filter(|life| !life.1).map(|life| life.0).collect();
    Survival { done: lives.len() - censored.len(), steps, censored, median }
}

const CAUSES: [&str; 9] = [
    "Rollout plan",
    "Configuration",
    "Retry storm",
    "Single point of failure",
    "Monitoring gap",
    "Hidden coupling",
    "Certificate expiry",
    "Input handling",
    "Code defect",
];

fn quarters(count: usize) -> Vec<GridColumn> {
    (0..count).map(|n| GridColumn { name: format!("Q{}", n % 4 + 1), group: (2024 + n / 4).to_string() }).collect()
}

fn grid(random: &mut Random, columns: usize, most: usize) -> Grid {
    let row = |(n, name): (usize, &&str), random: &mut Random| GridRow {
        name: (*name).to_owned(),
        url: Some(format!("causes/{n}/")),
        counts: (0..columns).map(|_| Some(random.count(most).saturating_sub(most / 3))).collect(),
    };
    Grid {
        row_name: "Cause".to_owned(),
        columns: quarters(columns),
        rows: CAUSES.iter().enumerate().map(|entry| row(entry, random)).collect(),
    }
}

fn months(random: &mut Random, first: usize, count: usize) -> Grid {
    let columns = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];
    let rows = (0..count).map(|n| GridRow {
        name: (first + n).to_string(),
        url: Some(format!("incidents/{}/", first + n)),
        counts: (0..12).map(|month| (n + 1 < count || month < 8).then(|| random.count(5).saturating_sub(1))).collect(),
    });
    Grid {
        row_name: "Year".to_owned(),
        columns: columns.map(|name| GridColumn { name: name.to_owned(), group: String::new() }).to_vec(),
        rows: rows.collect(),
    }
}

fn phases(random: &mut Random, count: usize) -> Vec<PhaseBar> {
    (0..count)
        .map(|n| PhaseBar {
            name: format!("{} at a service with a name of some length (INC-{n})", CAUSES[n % CAUSES.len()]),
            url: Some(format!("incidents/inc-{n}/")),
            parts: Phase::ALL.into_iter().skip(n % 3 / 2).map(|phase| PhasePart { phase, minutes: random.minutes() }).collect(),
        })
        .collect()
}

fn cause_sets(random: &mut Random, count: usize) -> Vec<(Bar, Vec<usize>)> {
    (0..count)
        .map(|n| {
            let name =
                format!("{}{}", CAUSES[n % CAUSES.len()], if n < CAUSES.len() { "" } else { " and what else came with it that day" });
            let set = (0..=random.count(30)).map(|_| random.count(160)).collect();
            (Bar { name, url: Some(format!("causes/{n}/")), ..Bar::default() }, set)
        })
        .collect()
}

fn controls(random: &mut Random) -> Vec<CoverageRow> {
    let mut control = || Control {
        done: random.count(4).saturating_sub(1),
        open: random.count(3).saturating_sub(1),
        unsaid: random.count(5).saturating_sub(3),
        dropped: 0,
    };
    CAUSES
        .iter()
        .map(|name| CoverageRow {
            name: (*name).to_owned(),
            url: Some("causes/x/".to_owned()),
            controls: Controls { prevent: control(), mitigate: control(), detect: control() },
        })
        .collect()
}

fn year_strip(counts: &[usize]) -> Vec<Year> {
    let year =
        |(n, count): (usize, &usize)| Year { name: (2026 + n - counts.len()).to_string(), url: Some("x/".to_owned()), count: *count };
    counts.iter().enumerate().map(year).collect()
}

/// Every plot in several shapes of figures.
fn samples() -> Vec<Chart> {
    let mut random = Random(7);
    let r = &mut random;
    let few = strips(vec![
        group("2026 Q1", vec![mark(5, 1, Some(0)), mark(0, 2, Some(2))], 1),
        group("2026 Q2", vec![], 2),
        group("2026 Q3", [3, 12, 14, 40, 600].iter().enumerate().map(|(n, m)| mark(*m, n, None)).collect(), 0),
    ]);
    let plain = strips(vec![group("All incidents", (0..60).map(|n| mark(r.minutes() + 1, n, None)).collect(), 7)]);
    let spread = |r: &mut Random, n: usize| -> Vec<u64> { (0..n).map(|_| r.minutes()).collect() };
    let ttd = spread(r, 40);
    let ttm = spread(r, 30).into_iter().map(|minutes| minutes * 6 + 20).collect();
    let mut bounded = curve("detected", vec![2, 5, 9, 20, 44, 100], 1);
    bounded.steps[2].possible = 4;
    bounded.steps[3].possible = 5;
    let lives = |r: &mut Random, n: u64, far: u64| -> Vec<(u64, bool)> { (0..n).map(|_| (r.next(far), r.next(10) < 6)).collect() };
    vec![
        strip(&frame("strip-few", "Strip, few incidents, one at nought"), &few),
        strip(&frame("strip-many", "Strip, a dozen quarters"), &random_strip(r, &[3, 9, 14, 1, 25, 0, 40, 12, 7, 33, 18, 11])),
        strip(&frame("strip-plain", "Strip, severity never told"), &plain),
        strip(
            &frame("strip-equal", "Strip, all the same"),
            &strips(vec![group("2026", (0..12).map(|n| mark(47, n, Some(1))).collect(), 0)]),
        ),
        strip(&frame("strip-binned", "Strip, ten thousand"), &random_strip(r, &[900, 1400, 2100, 3000, 2600])),
        distribution(&frame("ecdf-two", "Distribution, two curves"), &[curve("detected", ttd, 3), curve("mitigated", ttm, 13)]),
        distribution(&frame("ecdf-one", "Distribution, one value"), &[curve("detected", vec![47], 0)]),
        distribution(&frame("ecdf-bounds", "Distribution, some known within bounds"), &[bounded]),
        phase_bars(&frame("phases", "Where the time went"), &phases(r, 12)),
        heat_map(&frame("heat-small", "Causes by quarter, small counts"), &grid(r, 6, 5)),
        heat_map(&frame("heat-large", "Causes by quarter, large counts"), &grid(r, 12, 300)),
        coverage(&frame("coverage", "What is done about each cause"), &controls(r)),
        causes(&frame("bars", "Causes by number of incidents"), "Incidents", cause_sets(r, 9), 160),
        causes(&frame("bars-many", "Causes, more than fit"), "Incidents", cause_sets(r, 30), 160),
        survival(&frame("survival", "How long actions stay open"), &km(lives(r, 60, 200))),
        survival(
            &frame("survival-open", "How long actions stay open, hardly any closed"),
            &km(vec![(3, true), (40, false), (41, false), (90, false)]),
        ),
        survival(&frame("survival-long", "How long actions stay open, over years"), &km(lives(r, 900, 2000))),
        calendar(&frame("calendar", "Incidents by month"), &months(r, 2021, 6)),
        years(&frame("years", "Incidents by year"), &year_strip(&[1, 0, 4, 9, 2, 13])),
        years(&frame("years-two", "Incidents by year, two"), &year_strip(&[1, 3])),
        years(
            &frame("years-many", "Incidents by year, large"),
            &year_strip(&[812, 900, 1010, 1200, 990, 1312, 800, 760, 1100, 1400, 1312, 90, 44, 12]),
        ),
    ]
}

fn printed(theme: &Theme, chart: &Chart) -> String {
    theme.render("partials/chart.html", &Value::UNDEFINED, &json!({"chart": chart, "root": "../"})).unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the sheet is there to be looked at")]
fn a_sheet_of_samples_can_be_looked_at() {
    let theme = Theme::load("default", "en", None, []).0;
    let sheet = |name: &str| String::from_utf8(theme.assets().find(|asset| asset.name == name).unwrap().bytes.clone()).unwrap();
    let figures: Vec<String> = samples().iter().map(|chart| printed(&theme, chart)).collect();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Plots</title>\n<style>\n{}\n{}\n</style>\n</head>\n<body>\n<main>\n<div class=\"columns\">\n<div class=\"column-main\">\n\
         <h1>Plots</h1>\n{}\n</div>\n</div>\n</main>\n</body>\n</html>\n",
        sheet("style.css"),
        sheet("figures.css"),
        figures.join("\n")
    );
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tmp");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/charts.html"), page).unwrap();
}

/// The numbers of an attribute: shares without their sign and pixels.
fn attributes<'a>(svg: &'a str, name: &str) -> Vec<&'a str> {
    svg.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[track_caller]
fn lies_within(chart: &Chart) {
    let svg = &chart.svg_html;
    let height: f64 = attributes(svg, "height")[0].parse().unwrap();
    for name in ["x", "x1", "x2"] {
        for place in attributes(svg, name) {
            let share: f64 = place.trim_end_matches('%').parse().unwrap();
            assert!((0.0..=100.0).contains(&share), "{}: {name}={place}", chart.id);
        }
    }
    for name in ["y", "y1", "y2"] {
        for place in attributes(svg, name) {
            let pixels: f64 = place.parse().unwrap();
            assert!((0.0..=height).contains(&pixels), "{}: {name}={place} of {height}", chart.id);
        }
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.id);
}

#[test]
fn everything_lies_within_the_drawing_whatever_the_figures() {
    samples().iter().for_each(lies_within);
    for seed in 0..60 {
        let mut random = Random(seed);
        let r = &mut random;
        let sizes: Vec<usize> = (0..r.count(9)).map(|_| r.count(90)).collect();
        lies_within_or_says_so(&strip(&frame("a", "A"), &random_strip(r, &sizes)));
        let minutes: Vec<u64> = (0..r.count(50)).map(|_| r.minutes()).collect();
        let slow = minutes.iter().map(|minutes| minutes.saturating_mul(9)).collect();
        lies_within_or_says_so(&distribution(&frame("a", "A"), &[curve("detected", minutes, 0), curve("mitigated", slow, 0)]));
        let lives = (0..r.count(70)).map(|_| (r.minutes(), r.next(2) == 0)).collect();
        lies_within_or_says_so(&survival(&frame("a", "A"), &km(lives)));
        let (columns, most) = (r.count(12) + 1, r.count(2000) + 1);
        lies_within_or_says_so(&heat_map(&frame("a", "A"), &grid(r, columns, most)));
        let count = r.count(60);
        lies_within_or_says_so(&phase_bars(&frame("a", "A"), &phases(r, count)));
    }
}

fn lies_within_or_says_so(chart: &Chart) {
    if chart.svg_html.is_empty() {
        assert!(chart.caption.ends_with('.'));
    } else {
        lies_within(chart);
    }
}

#[test]
fn a_small_strip_is_drawn_exactly_so() {
    let exact = Mark { url: None, ..mark(10, 1, Some(0)) };
    let bounded = Mark { bound: Some("at least 40 min".to_owned()), ..mark(40, 2, Some(1)) };
    let chart = strip(&frame("ttd", "Time to detect"), &strips(vec![group("Q1 2026", vec![exact, bounded], 1)]));
    let name = |n: usize| format!("INC-{n} Requests failed at the front door");
    assert_eq!(
        chart.svg_html,
        format!(
            "<svg class=\"plot\" width=\"100%\" height=\"74\" role=\"group\" aria-labelledby=\"ttd-title ttd-desc\">\
             <title id=\"ttd-title\">Time to detect</title>\
             <desc id=\"ttd-desc\">One strip each, on a logarithmic axis of time. Q1 2026: 2 known, 1 not.</desc>\
             <defs><path id=\"ttd-s1\" d=\"M0-6L5.8 4.5H-5.8Z\"/><path id=\"ttd-s2\" d=\"M0-6L6 0 0 6-6 0Z\"/>\
             <path id=\"ttd-open\" d=\"M-5 0A5 5 0 0 1 5 0 5 5 0 0 1-5 0Z\"/></defs>\
             <line class=\"grid\" x1=\"3%\" y1=\"0\" x2=\"3%\" y2=\"52\"/><text class=\"tick\" x=\"3%\" y=\"68\" text-anchor=\"start\">10 min</text>\
             <line class=\"grid\" x1=\"30.49%\" y1=\"0\" x2=\"30.49%\" y2=\"52\"/>\
             <text class=\"tick\" x=\"30.49%\" y=\"68\" text-anchor=\"middle\">15 min</text>\
             <line class=\"grid\" x1=\"77.49%\" y1=\"0\" x2=\"77.49%\" y2=\"52\"/>\
             <text class=\"tick\" x=\"77.49%\" y=\"68\" text-anchor=\"middle\">30 min</text>\
             <text class=\"name\" x=\"0%\" y=\"14\" text-anchor=\"start\">Q1 2026</text>\
             <text class=\"note\" x=\"100%\" y=\"14\" text-anchor=\"end\">2 known, 1 not</text>\
             <g><title>{}: 10 min, SEV1</title><use class=\"dot tone-1\" href=\"#ttd-s1\" x=\"3%\" y=\"31\"/></g>\
             <a href=\"../incidents/inc-2/\" tabindex=\"-1\"><title>{}: at least 40 min, SEV2</title>\
             <use class=\"dot tone-2 open\" href=\"#ttd-s2\" x=\"97%\" y=\"31\"/></a></svg>",
            name(1),
            name(2)
        )
    );
    let key: Vec<&str> = chart.key.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(key, ["SEV1", "SEV2", "open: known within bounds only"]);
    assert_eq!(chart.caption, "Each dot is one incident and leads to it.");
}

#[test]
fn bars_are_as_long_as_their_share_of_the_whole() {
    let bar = |name: &str, count| Bar { name: name.to_owned(), count, ..Bar::default() };
    let shape =
        |whole| Bars { name: "Milestone".into(), counted: "Known".into(), whole, entries: vec![bar("Detected", 3), bar("Resolved", 1)] };
    let widths = |whole| {
        let svg = bars(&frame("a", "A"), &shape(whole)).svg_html;
        let bars = svg.split("class=\"bar\"").skip(1).map(|rest| attributes(rest, "width")[0].to_owned());
        bars.collect::<Vec<_>>()
    };
    assert_eq!(widths(None), ["100%", "33.33%"]);
    assert_eq!(widths(Some(4)), ["75%", "25%"]);
}

#[test]
fn what_causes_explain_together_counts_an_incident_once() {
    let set = |name: &str, set: &[usize]| (Bar { name: name.to_owned(), ..Bar::default() }, set.to_vec());
    let bars = bars::pareto(Words::english(), vec![set("Rare", &[9]), set("Common", &[1, 2, 3]), set("Beside it", &[2, 3, 4])], 10);
    let told: Vec<(&str, usize, &str)> = bars.iter().map(|bar| (bar.name.as_str(), bar.count, bar.note.as_str())).collect();
    assert_eq!(told, [("Beside it", 3, "30%"), ("Common", 3, "30%, together 40%"), ("Rare", 1, "10%, together 50%")]);
}

#[test]
fn a_distribution_says_within_which_time_half_were() {
    let chart = distribution(&frame("a", "A"), &[curve("detected", vec![4, 8, 16, 32], 2)]);
    assert!(chart.svg_html.contains("Half detected within 8 min, 4 known, 2 not."), "{}", chart.svg_html);
    assert!(chart.svg_html.contains("d=\"M0 220H300V165H3433V110H6566V55H9700V0H10000\""), "{}", chart.svg_html);
    assert!(chart.svg_html.contains(">half detected</text>") && chart.svg_html.contains(">within 8 min</text>"));
}

#[test]
fn a_survival_curve_falls_where_something_ends_and_ticks_where_watching_does() {
    let chart = survival(&frame("a", "A"), &km(vec![(10, true), (20, false), (40, true)]));
    assert!(chart.svg_html.contains("<path class=\"curve curve-1\" d=\"M0 0H2500V73H10000V220H10000\"/>"), "{}", chart.svg_html);
    assert!(chart.svg_html.contains("<use class=\"censored\" href=\"#a-censored\" x=\"50%\" y=\"87\"/>"), "{}", chart.svg_html);
    assert_eq!(chart.caption, "2 done, 1 still open or given up; half done within 40 days.");
    let open = survival(&frame("a", "A"), &km(vec![(10, true), (20, false), (40, false)]));
    assert_eq!(open.caption, "1 done, 2 still open or given up; within how many days half are done is not known yet.");
}

#[test]
fn a_cell_of_controls_says_in_words_what_its_sign_shows() {
    let row = CoverageRow {
        name: "Retry storm".into(),
        url: None,
        controls: Controls {
            prevent: Control { done: 2, open: 1, ..Control::default() },
            mitigate: Control { dropped: 3, ..Control::default() },
            detect: Control { unsaid: 1, ..Control::default() },
        },
    };
    let svg = coverage(&frame("a", "A"), &[row]).svg_html;
    for words in
        [">2 done<", ">1 open<", ">none<", ">1 unsaid<", "1 cause by what is done to prevent, mitigate and detect it; empty cells: 1."]
    {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    assert_eq!(svg.matches("class=\"cell gap\"").count(), 1);
}

#[test]
fn every_text_is_escaped() {
    let hostile = Mark { name: HOSTILE.to_owned(), url: Some(HOSTILE.to_owned()), bound: Some(HOSTILE.to_owned()), ..mark(5, 1, None) };
    let mut figures = strips(vec![group(HOSTILE, vec![hostile], 0)]);
    figures.group_name = HOSTILE.to_owned();
    let bar = Bar { name: HOSTILE.to_owned(), url: Some(HOSTILE.to_owned()), count: 1, note: HOSTILE.to_owned() };
    let chart_frame = Frame { id: "a", title: HOSTILE, caption: HOSTILE, root: "./", words: Words::english() };
    let theme = Theme::load("default", "en", None, []).0;
    let charts = [
        strip(&chart_frame, &figures),
        bars(&chart_frame, &Bars { name: HOSTILE.into(), counted: HOSTILE.into(), whole: None, entries: vec![bar] }),
    ];
    for chart in charts {
        assert!(chart.svg_html.contains("&lt;script&gt;"));
        assert!(!printed(&theme, &chart).contains("<script"), "{}", chart.svg_html);
    }
}

#[test]
fn nothing_to_draw_is_a_sentence() {
    let f = frame("a", "A");
    let no_bars = Bars { name: "A".into(), counted: "B".into(), whole: None, entries: Vec::new() };
    let no_grid = Grid { row_name: "A".into(), columns: quarters(2), rows: Vec::new() };
    let charts = [
        strip(&f, &strips(vec![group("2026", vec![], 4)])),
        distribution(&f, &[curve("detected", vec![], 3)]),
        phase_bars(&f, &[]),
        heat_map(&f, &no_grid),
        calendar(&f, &no_grid),
        coverage(&f, &[]),
        bars(&f, &no_bars),
        survival(&f, &km(vec![])),
        years(&f, &year_strip(&[0, 0])),
    ];
    let theme = Theme::load("default", "en", None, []).0;
    for chart in charts {
        assert_eq!(chart.svg_html, "");
        assert!(chart.caption.ends_with('.'));
        assert_eq!(printed(&theme, &chart), format!("<p class=\"nothing\">{}</p>\n", chart.caption));
    }
}

#[test]
fn extremes_stay_on_the_axis() {
    let marks = [0, 1, u64::MAX, u64::MAX / 2].iter().enumerate().map(|(n, minutes)| mark(*minutes, n, None)).collect();
    lies_within(&strip(&frame("a", "A"), &strips(vec![group("2026", marks, 0)])));
    lies_within(&distribution(&frame("a", "A"), &[curve("detected", vec![0, u64::MAX], 0)]));
    let parts = vec![PhasePart { phase: Phase::Undetected, minutes: u64::MAX }, PhasePart { phase: Phase::Unresolved, minutes: u64::MAX }];
    lies_within(&phase_bars(&frame("a", "A"), &[PhaseBar { name: "A".into(), url: None, parts }]));
    lies_within(&survival(&frame("a", "A"), &km(vec![(u64::MAX, true), (0, false)])));
}

#[test]
fn ten_thousand_incidents_are_columns_and_stay_small() {
    let chart = strip(&frame("a", "A"), &random_strip(&mut Random(1), &[2500; 4]));
    assert!(chart.caption.starts_with("10,000 values are too many for dots"), "{}", chart.caption);
    assert!(chart.svg_html.len() < 16 * 1024, "{}", chart.svg_html.len());
    assert!(!chart.svg_html.contains("<a "));
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    assert_eq!(samples(), samples());
}
