//! Structured metadata about time and work: windows of impact, public updates and corrections, effort, the days of publication and look-back.

use super::INVALID_VALUE;
use super::cause::{check_keys, value, words};
use super::field::Fields;
use super::finding::Findings;
use super::milestone::instant;
use super::moment::Anchor;
use super::vocabulary::is_nothing;
use crate::diagnostic::Spanned;
use crate::frontmatter::{Mapping, Node};
use crate::model::{Correction, Moment, Update, Window};

/// The stretches of time with impact: mappings of `from` and `to`. One that lacks an end is left out, and told.
pub(super) fn impact_windows(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Vec<Window> {
    const KEYS: [&str; 2] = ["from", "to"];
    let mut windows = Vec::new();
    for item in fields.items("impact_windows") {
        let Some(mapping) = mapping(item, "impact_windows", &KEYS, findings) else { continue };
        let ends = KEYS.map(|key| value(mapping, key).map(|node| instant(node, key, clock, findings)));
        match ends {
            [Some(Some(from)), Some(Some(to))] => windows.push(Window { from, to, span: item.span }),
            // A moment that could not be read has been told.
            [Some(_), Some(_)] => {}
            _ => {
                let finding = findings.error(INVALID_VALUE, item.span, "this entry of `impact_windows` lacks `from` or `to`");
                findings.push(finding.help("write `{from: 2026-03-17T14:05Z, to: 2026-03-17T14:40Z}`"));
            }
        }
    }
    windows
}

/// What was said in public: mappings of `at`, `state`, `text` and `next_by`.
pub(super) fn updates(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Vec<Update> {
    let mut updates = Vec::new();
    for item in fields.items("updates") {
        let Some(mapping) = mapping(item, "updates", &["at", "state", "text", "next_by"], findings) else { continue };
        let mut moment = |key| value(mapping, key).and_then(|node| stated(node, key, clock, findings));
        let (at, next_by) = (moment("at"), moment("next_by"));
        updates.push(Update { at, state: words(mapping, "state"), text: words(mapping, "text"), next_by, span: item.span });
    }
    updates
}

/// What was said otherwise: texts, or mappings of `on`, `said`, `now`, `why` and `learned`.
pub(super) fn corrections(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for item in fields.items("corrections") {
        let nothing = Correction { on: None, learned: None, said: String::new(), now: String::new(), why: String::new(), span: item.span };
        if let Some(text) = item.text().filter(|text| !is_nothing(text)) {
            corrections.push(Correction { now: text.to_owned(), ..nothing });
            continue;
        }
        let Some(mapping) = mapping(item, "corrections", &["on", "said", "now", "why", "learned"], findings) else { continue };
        let mut moment = |key| value(mapping, key).and_then(|node| stated(node, key, clock, findings));
        let (on, learned) = (moment("on"), moment("learned"));
        let [said, now, why] = ["said", "now", "why"].map(|key| words(mapping, key));
        corrections.push(Correction { on, learned, said, now, why, ..nothing });
    }
    corrections
}

/// The moment of a field of its own.
pub(super) fn moment(fields: &Fields<'_>, field: &str, clock: &Anchor, findings: &mut Findings<'_>) -> Option<Spanned<Moment>> {
    let entry = fields.entry(field)?;
    stated(&entry.value, &entry.key.value, clock, findings).map(|moment| Spanned::new(moment, entry.value.span))
}

/// The hours of work, in minutes.
pub(super) fn effort_minutes(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<Spanned<u64>> {
    /// A thousand people for a year; more is a slip.
    const MOST_HOURS: f64 = 2_000_000.0;
    let node = fields.get("effort_hours")?;
    let text = node.text().unwrap_or_default();
    if is_nothing(text) && node.text().is_some() {
        return None;
    }
    let number = text.trim_end_matches(['h', 'H']).trim_end().parse().ok();
    let Some(hours) = number.filter(|hours: &f64| (0.0..=MOST_HOURS).contains(hours)) else {
        let what = if text.is_empty() { "`effort_hours` is no number".to_owned() } else { format!("`{text}` is no number of hours") };
        let finding = findings.error(INVALID_VALUE, node.span, what);
        findings.push(finding.help("write the hours people spent on it, all together: `effort_hours: 12.5`"));
        return None;
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it has just been held against both limits")]
    let minutes = (hours * 60.0).round() as u64;
    Some(Spanned::new(minutes, node.span))
}

/// A moment, unless it says that there is none: "n/a: not published".
pub(super) fn stated(node: &Node, field: &str, clock: &Anchor, findings: &mut Findings<'_>) -> Option<Moment> {
    if node.text().is_some_and(is_nothing) { None } else { instant(node, field, clock, findings) }
}

/// The mapping of an entry, with its keys checked.
fn mapping<'a>(item: &'a Node, field: &str, keys: &[&str], findings: &mut Findings<'_>) -> Option<&'a Mapping> {
    let mapping = item.mapping();
    match mapping {
        Some(mapping) => check_keys(mapping, field, keys, findings),
        None if item.is_empty() || item.text().is_some_and(is_nothing) => {}
        None => {
            let finding = findings.error(INVALID_VALUE, item.span, format!("this entry of `{field}` is no mapping"));
            findings.push(finding.help(format!("its keys are `{}`", keys.join("`, `"))));
        }
    }
    mapping
}
