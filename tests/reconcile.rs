//! Every figure of the pages on metrics and causes is counted once more from what `afterword list` says, by a reader who knows nothing of how
//! the pages are made. (The page of action items is held to the list in `tests/list.rs`.)

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a test works on real files, panics when they are not what it made, and counts in numbers far below 2^52"
)]

mod archive;
mod folder;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

/// A built site and what the command line lists of it.
struct Counted {
    site: PathBuf,
    incidents: Vec<Value>,
    actions: Vec<Value>,
    causes: Vec<Value>,
    _folder: TempDir,
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = program::afterword(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn counted(folder: TempDir) -> Counted {
    run(folder.path(), &["build", "-q", "-o", "_site"]);
    let list = |what: &str| serde_json::from_str(&run(folder.path(), &["list", what, "--format", "json"])).unwrap();
    Counted {
        site: folder.path().join("_site"),
        incidents: list("incidents"),
        actions: list("actions"),
        causes: list("causes"),
        _folder: folder,
    }
}

fn house() -> Counted {
    counted(archive::project(include_str!("knowledge/house.txt")))
}

fn shipped() -> Counted {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("site.toml", folder.path().join("site.toml")).unwrap();
    folder::copy(Path::new("content"), &folder.path().join("content"));
    counted(folder)
}

/// Public postmortems that nobody here wrote, where they are at hand.
fn icco() -> Option<Counted> {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    folder::copy(&corpora.join("icco-postmortems"), folder.path());
    fs::copy("tests/corpora/icco-postmortems.toml", folder.path().join("site.toml")).unwrap();
    Some(counted(folder))
}

fn all() -> Vec<Counted> {
    [house(), shipped()].into_iter().chain(icco()).collect()
}

/// A table of a page: the words of its cells, the heading row first.
type Rows = Vec<Vec<String>>;

impl Counted {
    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.site.join(path).join("index.html")).unwrap()
    }

    /// The incidents that were handled: no drills, near misses or summaries of other people's.
    fn handled(&self) -> Vec<&Value> {
        let apart = ["drill", "near-miss", "catalogue"];
        self.incidents.iter().filter(|incident| !apart.contains(&incident["kind"].as_str().unwrap_or_default())).collect()
    }
}

/// The tables of a page by their names.
fn tables(page: &str) -> BTreeMap<String, Rows> {
    let mut tables = BTreeMap::new();
    for part in page.split("<div class=\"table\"").skip(1) {
        let (head, rest) = part.split_once('>').unwrap();
        let name = head.split_once("aria-label=\"").unwrap().1.split('"').next().unwrap();
        let table = rest.split_once("</table>").unwrap().0;
        let rows = table.split("<tr>").skip(1).map(|row| {
            let cells = row.split("<t").filter(|cell| cell.starts_with('d') || cell.starts_with("h>") || cell.starts_with("h "));
            cells.map(|cell| words(cell.split_once('>').unwrap().1)).collect()
        });
        tables.insert(words(name), rows.collect());
    }
    tables
}

/// Text without its markup.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as addresses have it, for those of the sites here.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

/// How many there are of each.
fn tally(of: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    of.for_each(|key| *tally.entry(key).or_default() += 1);
    tally
}

/// The first two columns of a table: name and count.
fn counts(rows: &Rows) -> BTreeMap<String, usize> {
    rows.iter().skip(1).map(|row| (row[0].clone(), row[1].parse().unwrap())).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    value[key].as_array().unwrap().iter().map(|item| item.as_str().unwrap())
}

#[test]
fn incidents_are_counted_alike_by_year_severity_service_and_finder() {
    for site in all() {
        let (handled, tables) = (site.handled(), tables(&site.page("metrics")));
        let years = tally(handled.iter().filter_map(|incident| Some(text(incident, "date")?.get(..4)?.to_owned())));
        let shown: BTreeMap<String, usize> = counts(&tables["By year"]).into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(shown, years);
        let severities = tally(handled.iter().filter_map(|incident| Some(text(incident, "severity")?.to_owned())));
        let by_name = |name: &str| tables.get(name).map(counts).unwrap_or_default();
        let shown: BTreeMap<String, usize> =
            by_name("By severity").into_iter().filter(|(name, _)| !name.starts_with("Not ")).map(|(name, n)| (slug(&name), n)).collect();
        assert_eq!(shown, severities);
        let services = tally(handled.iter().flat_map(|incident| list(incident, "services").map(str::to_owned)));
        for (name, count) in by_name("By service").into_iter().filter(|(name, _)| services.contains_key(&slug(name))) {
            assert_eq!(services[&slug(&name)], count, "{name}");
        }
        let found = tally(handled.iter().filter_map(|incident| Some(text(incident, "detected_by")?.to_owned())));
        let shown = by_name("Who or what found them").into_iter().map(|(name, n)| (slug(name.trim_end_matches(" report")), n));
        assert_eq!(shown.collect::<BTreeMap<_, _>>(), found);
        let months: usize = tables["By month"].iter().skip(1).map(|row| row.last().unwrap().parse::<usize>().unwrap()).sum();
        let to_the_month = handled.iter().filter(|incident| text(incident, "date").is_some_and(|date| date.len() >= 7)).count();
        assert_eq!(months, to_the_month);
    }
}

/// R's type 7: the value so many quarters of the way through the sorted values.
fn quartile(sorted: &[f64], quarters: usize) -> f64 {
    let (below, rest) = (quarters * (sorted.len() - 1) / 4, quarters * (sorted.len() - 1) % 4);
    let next = (below + 1).min(sorted.len() - 1);
    sorted[below] + rest as f64 / 4.0 * (sorted[next] - sorted[below])
}

#[test]
fn times_have_the_numbers_and_medians_of_the_list() {
    for site in all() {
        let handled = site.handled();
        let figures: Value = serde_json::from_str(&fs::read_to_string(site.site.join("metrics.json")).unwrap()).unwrap();
        let page = site.page("metrics");
        assert_eq!(figures["incidents"].as_array().unwrap().len(), handled.len());
        let mut with_median = 0;
        for measure in figures["measures"].as_array().unwrap() {
            let key = measure["measure"].as_str().unwrap();
            let mut values: Vec<f64> = Vec::new();
            let mut known = 0;
            for incident in &handled {
                let minutes = &incident["measures"][key];
                known += usize::from(!minutes.is_null());
                if let (Some(least), true) = (minutes["least"].as_f64(), minutes["least"] == minutes["most"]) {
                    values.push(least);
                }
            }
            assert_eq!(measure["n"], known, "{key}");
            assert_eq!(measure["values"].as_array().unwrap().len(), known, "{key}");
            let applicable = usize::try_from(measure["applicable"].as_u64().unwrap()).unwrap();
            let missing = usize::try_from(measure["missing"].as_u64().unwrap()).unwrap();
            assert_eq!(known + missing, applicable, "{key}");
            if known > 0 {
                let heading = page.split("<h3 id=\"").find(|part| part.starts_with(&format!("{}\"", key.replace('_', "-")))).unwrap();
                let told = words(heading.split_once("<dt>Known</dt><dd>").unwrap().1.split_once("</dd>").unwrap().0);
                assert!(told.replace(',', "").starts_with(&format!("{known} of {applicable}")), "{key}: {told}");
            }
            values.sort_by(f64::total_cmp);
            if known >= 5 && values.len() == known {
                for (name, quarters) in [("lower_quartile", 1), ("median", 2), ("upper_quartile", 3)] {
                    let told = &measure["summary"][name];
                    let expected = quartile(&values, quarters);
                    let is_it = |bound: &str| (told[bound].as_f64().unwrap() - expected).abs() < 1e-9;
                    assert!(is_it("least") && is_it("most"), "{key}: the {name} is {told}, not {expected}");
                }
                with_median += 1;
            }
            assert_eq!(measure["summary"].is_null(), known < 5, "{key}");
        }
        println!("{} incidents, {with_median} medians", handled.len());
    }
}

#[test]
fn milestones_and_effort_are_those_of_the_list() {
    for site in all() {
        let (handled, tables) = (site.handled(), tables(&site.page("metrics")));
        let names =
            [("Impact started", "started_at"), ("Detected", "detected_at"), ("Mitigated", "mitigated_at"), ("Resolved", "resolved_at")];
        let shown = tables.get("Milestones known to the minute").map(counts).unwrap_or_default();
        for (name, key) in names {
            let known = handled.iter().filter(|incident| incident["milestones"][key].as_str().is_some_and(|at| at.contains('T'))).count();
            assert_eq!(shown.get(name).copied().unwrap_or_default(), known, "{name}");
        }
        let efforts: BTreeSet<String> = handled
            .iter()
            .filter_map(|incident| {
                Some(format!("{} {} person-hours", text(incident, "title")?, incident["effort_minutes"].as_f64()? / 60.0))
            })
            .collect();
        let rows = tables.get("Effort").into_iter().flat_map(|rows| rows.iter().skip(1));
        assert_eq!(rows.map(|row| row.join(" ")).collect::<BTreeSet<_>>(), efforts);
    }
}

#[test]
fn causes_are_counted_alike_on_every_page() {
    for site in all() {
        let handled = site.handled();
        let tables_of_metrics = tables(&site.page("metrics"));
        let name_of: BTreeMap<&str, &str> =
            site.causes.iter().map(|cause| (text(cause, "name").unwrap(), text(cause, "id").unwrap())).collect();
        let roots_of = |incident: &Value| -> BTreeSet<String> {
            let causes = incident["causes"].as_array().unwrap().iter();
            causes.filter(|cause| cause["role"] != "contributing").map(|cause| cause["id"].as_str().unwrap().to_owned()).collect()
        };
        let roots = tally(handled.iter().flat_map(|incident| roots_of(incident)));
        for (name, count) in tables_of_metrics.get("Causes by number").map(counts).unwrap_or_default() {
            if let Some(id) = name_of.get(name.as_str()) {
                assert_eq!(roots[*id], count, "{name} on the metrics page");
            }
        }
        for cause in &site.causes {
            let id = text(cause, "id").unwrap();
            let members: Vec<&Value> = site
                .incidents
                .iter()
                .filter(|incident| incident["kind"] != "drill")
                .filter(|incident| incident["causes"].as_array().unwrap().iter().any(|of| of["id"] == id))
                .collect();
            assert_eq!(cause["incidents"], members.len(), "{id}");
            let page = site.page(&format!("causes/{id}"));
            let total =
                words(page.split_once("<h2 class=\"results\"").unwrap().1.split_once("</h2>").unwrap().0.split_once('>').unwrap().1);
            assert!(total.starts_with(&format!("{} incident", members.len())), "{id}: {total}");
            coverage(&site, cause, &page);
        }
    }
}

/// The first row of a cause's control coverage, against the action items that answer it.
fn coverage(site: &Counted, cause: &Value, page: &str) {
    let id = text(cause, "id").unwrap();
    let Some(rows) = tables(page).remove("Control coverage") else { return };
    let whole = rows.iter().skip(1).find(|row| row[0] == "All of them").unwrap_or(&rows[1]);
    for (column, kind) in
        rows[0].iter().zip(0..).filter_map(|(name, at)| Some((at, ["Prevent", "Mitigate", "Detect"].iter().find(|k| *k == name)?)))
    {
        let of_kind: Vec<&Value> = site
            .actions
            .iter()
            .filter(|action| list(action, "causes").any(|of| of == id) && action["kind"] == kind.to_lowercase().as_str())
            .collect();
        let count = |states: &[&str]| of_kind.iter().filter(|action| states.contains(&action["state"].as_str().unwrap())).count();
        let (done, open) = (count(&["done"]), count(&["open", "due-soon", "overdue"]));
        let mut expected = Vec::new();
        if done > 0 {
            expected.push(format!("{done} done"));
        }
        if open > 0 {
            expected.push(format!("{open} open"));
        }
        let shown = &whole[column];
        if expected.is_empty() {
            assert!(!shown.contains("done") && !shown.contains("open"), "{id}, {kind}: {shown}");
        }
        for words in expected {
            assert!(shown.contains(&words), "{id}, {kind}: {shown}, not {words}");
        }
    }
}
