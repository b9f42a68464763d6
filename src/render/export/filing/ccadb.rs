//! The full incident report of the Common CA Database, in the Markdown of its template.
//!
//! Headings and labels are those of "Incident Reporting Guidelines", version 3.2 of 20 March 2026 (<https://www.ccadb.org/cas/incident-report>).
//! What a report says behind a label of theirs goes before what is made of other things that it says.

use std::fmt::Write as _;

use super::account::{Account, ToldAction};
use super::markdown::{item, items, list, paragraph, table};
use super::{NOT_STATED, filled, or_not_stated, plain};
use crate::knowledge::named_causes;
use crate::markdown::text::block_text;
use crate::markdown::write::{cell_text, paragraph_text};
use crate::model::{ActionDetail, ActionKind, ActionStatus, DetectedBy, EventKind, Milestone, Moment};
use crate::render::wording::moment_machine;

pub(super) fn ccadb(account: &Account<'_>) -> String {
    [
        "## Full Incident Report\n".to_owned(),
        section("Summary", &summary(account)),
        section("Impact", &impact(account)),
        section("Timeline", &list(&timeline(account))),
        section("Related Incidents", &related(account)),
        section("Root Cause Analysis", &causes(account)),
        section("Lessons Learned", &lessons(account)),
        section("Action Items", &actions(account)),
        section("Appendix", &list(&account.lines("evidence"))),
    ]
    .join("\n")
}

fn section(heading: &str, text: &str) -> String {
    format!("### {heading}\n\n{text}")
}

fn summary(account: &Account<'_>) -> String {
    let said = |label| account.labelled("summary", label);
    let at = |label, milestone| format!("  {}", item(label, said(label).or_else(|| account.stamp(milestone))));
    [
        item("CA Owner CCADB unique ID", said("CA Owner CCADB unique ID")),
        item("Incident description", said("Incident description").or_else(|| account.summary())),
        "- **Timeline summary:**\n".to_owned(),
        at("Non-compliance start date", Milestone::Started),
        at("Non-compliance identified date", Milestone::Detected),
        at("Non-compliance end date", Milestone::Resolved),
        item("Relevant policies", said("Relevant policies")),
        item("Source of incident disclosure", said("Source of incident disclosure").or_else(|| disclosure(account))),
    ]
    .concat()
}

/// Their words for who found it, where ours leave no doubt.
fn disclosure(account: &Account<'_>) -> Option<String> {
    let by = account.postmortem.detection.as_ref()?.by.as_ref()?.value;
    let words = match by {
        DetectedBy::Monitoring | DetectedBy::Staff => "Self Reported",
        DetectedBy::User | DetectedBy::Researcher | DetectedBy::Partner | DetectedBy::ThirdParty => "Third Party Reported",
        DetectedBy::Audit => "Audit",
        DetectedBy::Attacker => return None,
    };
    Some(words.to_owned())
}

fn impact(account: &Account<'_>) -> String {
    const LABELS: [&str; 6] = [
        "Total number of certificates",
        "Total number of \"remaining valid\" certificates",
        "Affected certificate types",
        "Incident heuristic",
        "Was issuance stopped in response to this incident, and why or why not?",
        "Analysis",
    ];
    const ADDITIONAL: &str = "Additional considerations";
    let certificates = |label| if label == LABELS[0] { account.impact_on("certificates") } else { None };
    let labelled = |label: &str| account.labelled("impact", label.trim_end_matches('?')).or_else(|| account.labelled("impact", label));
    let fields: String = LABELS.iter().map(|label| item(label, labelled(label).or_else(|| certificates(*label)))).collect();
    let is_asked = |line: &String| LABELS.iter().chain(&[ADDITIONAL]).any(|label| line.to_lowercase().starts_with(&label.to_lowercase()));
    let dimensions = account.impact().into_iter().filter_map(|(dimension, words)| Some(format!("{dimension}: {}", words?)));
    let rest = account.lines("impact").into_iter().filter(|line| !is_asked(line));
    let further: Vec<String> = account.labelled("impact", ADDITIONAL).into_iter().chain(dimensions).chain(rest).collect();
    format!("{fields}{}", items(ADDITIONAL, &further))
}

/// The events in the order they are written, and among them the milestones of the metadata that no event tells, each before the first event that
/// is certainly later.
fn timeline(account: &Account<'_>) -> Vec<String> {
    let events = &account.postmortem.timeline;
    let is_told = |milestone: Milestone| events.iter().any(|event| event.kind.and_then(EventKind::milestone) == Some(milestone));
    let untold = Milestone::ALL.iter().copied().filter(|milestone| !is_told(*milestone));
    let mut untold: Vec<(Milestone, &Moment)> =
        untold.filter_map(|milestone| Some((milestone, account.postmortem.milestone(milestone)?))).collect();
    untold.sort_by_key(|(_, at)| at.at);
    let told = |(milestone, at): &(Milestone, &Moment)| format!("{} [{}]", moment_machine(at), milestone.name());
    let mut lines = Vec::new();
    for event in events.iter() {
        let earlier = |(_, at): &(Milestone, &Moment)| event.when.as_ref().is_some_and(|when| at.certainly_before(when));
        let (before, rest): (Vec<_>, Vec<_>) = untold.into_iter().partition(earlier);
        untold = rest;
        lines.extend(before.iter().map(told));
        let when = event.when.as_ref().map(moment_machine).or_else(|| filled(&event.written.value));
        let kind = event.kind.map(|kind| format!("[{}] ", kind.name())).unwrap_or_default();
        let text = or_not_stated(filled(&block_text(&event.content)));
        lines.push(format!("{} {kind}{text}", when.unwrap_or_else(|| "time not stated".to_owned())));
    }
    lines.extend(untold.iter().map(told));
    lines
}

fn related(account: &Account<'_>) -> String {
    let rows = account.related().into_iter().filter_map(|(other, why)| {
        let postmortem = account.site.postmortem(other)?;
        let url = account.url_of(other).map(|url| format!(" {url}")).unwrap_or_default();
        let id = filled(&postmortem.id.value)?;
        Some([
            format!("{id}{url}"),
            or_not_stated(postmortem.date.as_ref().map(Moment::date)),
            format!("{}: {why}", filled(&postmortem.head.title_text)?),
        ])
    });
    let mut rows: Vec<[String; 3]> = rows.collect();
    if rows.is_empty() {
        rows.push([NOT_STATED; 3].map(str::to_owned));
    }
    let table = table(["Bug", "Date", "Description"], &rows);
    let told = account.lines("related");
    if told.is_empty() { table } else { format!("{table}\n{}", list(&told)) }
}

fn causes(account: &Account<'_>) -> String {
    let mut text = String::new();
    for (place, cause) in account.causes().into_iter().enumerate() {
        // How it was found is said of the incident, not of one factor.
        let detection = if place == 0 { account.detection().map(|words| format!("Of the incident as a whole: {words}")) } else { None };
        let _ = writeln!(text, "**Contributing Factor {}: {}**\n", place + 1, cell_text(&cause.name));
        let fields = [
            ("Description", cause.note),
            ("Timeline", None),
            ("Detection", detection),
            ("Interaction with other factors", None),
            ("Root Cause Analysis methodology used", None),
        ];
        text.extend(fields.map(|(label, words)| item(label, words)));
        text.push('\n');
    }
    let told = account.lines("root-cause");
    match (text.is_empty(), told.is_empty()) {
        (true, true) => paragraph(None),
        (_, true) => format!("{}\n", text.trim_end()),
        _ => text + &told.iter().map(|words| format!("{}\n", paragraph_text(words))).collect::<Vec<_>>().join("\n"),
    }
}

fn lessons(account: &Account<'_>) -> String {
    [("What went well", "went-well"), ("What didn’t go well", "went-wrong"), ("Where we got lucky", "lucky"), ("Additional", "lessons")]
        .map(|(label, key)| items(label, &account.lines(key)))
        .concat()
}

fn actions(account: &Account<'_>) -> String {
    let mut actions = account.actions();
    actions.sort_by_key(|action| action.entry.action);
    let mut rows: Vec<[String; 6]> = actions.iter().map(|told| action(account, told)).collect();
    if rows.is_empty() {
        rows.push([NOT_STATED; 6].map(str::to_owned));
    }
    table(["Action Item", "Kind", "Corresponding Root Cause(s)", "Evaluation Criteria", "Due Date", "Status"], &rows)
}

/// The causes that an action names, by the names they have above; where they are none of the taxonomy, as written.
fn causes_of(account: &Account<'_>, written: &str) -> Option<String> {
    let causes = &account.site.config().causes;
    let paths = named_causes(written, account.postmortem, causes).unwrap_or_default();
    let names: Vec<String> = paths.iter().filter_map(|path| Some(plain(&causes.get(path)?.1.name))).collect();
    if names.is_empty() { filled(written) } else { Some(names.join("; ")) }
}

fn action(account: &Account<'_>, action: &ToldAction<'_>) -> [String; 6] {
    let ToldAction { item, entry, .. } = action;
    let status = entry.status.map(|status| match status {
        ActionStatus::Done => "Complete",
        ActionStatus::Open | ActionStatus::InProgress => "Ongoing",
        ActionStatus::Delayed => "Delayed",
        ActionStatus::Cancelled => "Canceled",
        ActionStatus::AcceptedRisk => "Canceled, the risk is accepted",
    });
    let due = item.due.as_ref().map(|due| due.value.to_string());
    [
        action.text(),
        or_not_stated(entry.kind.map(|kind| ActionKind::name(kind).to_owned())),
        or_not_stated(item.detail(ActionDetail::Cause).and_then(|written| causes_of(account, written))),
        or_not_stated(item.done_when.as_ref().and_then(|words| filled(words))),
        or_not_stated(due),
        or_not_stated(status.map(str::to_owned)),
    ]
}
