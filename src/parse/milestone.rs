//! The moments an incident is measured by: from the metadata, else from the timeline; and the date it is listed under.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::field::Fields;
use super::finding::Findings;
use super::moment::{self, Anchor, Day};
use super::timeline::Timeline;
use super::vocabulary::{WEAK_KEYS, is_nothing};
use super::{AMBIGUOUS_TIME, CONFLICTING_MILESTONE, UNREADABLE_DATE, name, record};
use crate::diagnostic::{SourcePath, Spanned};
use crate::frontmatter::Node;
use crate::markdown::BlockKind;
use crate::markdown::text::plain_text;
use crate::model::{Body, Bound, EventKind, Head, Milestone, Moment, Precision, Section};

/// The milestones of an incident.
pub(super) type Milestones = BTreeMap<Milestone, Spanned<Moment>>;

/// What the metadata says of time.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The milestones.
    pub(super) milestones: Milestones,
    /// A plain `date`, which is the start of the incident unless something else shows that it is the day of writing.
    pub(super) date: Option<Spanned<Moment>>,
    /// When the report was published, where the field for that says so.
    pub(super) published_at: Option<Spanned<Moment>>,
    /// The day of publication, from that field or from a `date` that cannot be the day of the incident.
    pub(super) published: Option<Moment>,
}

/// Reads what the metadata says of time.
pub(super) fn from_metadata(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Told {
    let mut told = Told::default();
    for milestone in Milestone::ALL.iter().copied() {
        // `n/a: reason` is an answer, though no moment.
        let Some(entry) = fields.entry(milestone.word()).filter(|entry| !entry.value.text().is_some_and(is_nothing)) else { continue };
        let Some(moment) = instant(&entry.value, &entry.key.value, clock, findings) else { continue };
        let moment = Spanned::new(moment, entry.value.span);
        if is_weak(&entry.key.value) {
            told.date = Some(moment);
        } else {
            told.milestones.insert(milestone, moment);
        }
    }
    if let Some(date) = fields.outdone.iter().find(|entry| is_weak(&entry.key.value)) {
        told.published = instant(&date.value, &date.key.value, clock, findings);
    }
    told.published_at = record::moment(fields, "published_at", clock, findings);
    told.published = told.published_at.map(|at| at.value).or(told.published);
    told
}

/// The moment a field holds.
pub(super) fn instant(node: &Node, field: &str, clock: &Anchor, findings: &mut Findings<'_>) -> Option<Moment> {
    let text = node.text().unwrap_or_default();
    let settled = match moment::whole(text) {
        Ok(Some(written)) => moment::settle(&written, clock).ok_or_else(|| "the day or the year is missing".to_owned()),
        Ok(None) => Err("it is no date or time".to_owned()),
        Err(wrong) => Err(wrong.why),
    };
    match settled {
        Ok(settled) => {
            if let Some(why) = settled.ambiguous {
                let finding = findings.warning(AMBIGUOUS_TIME, node.span, format!("this time {why}"));
                findings.push(finding.help("write the time in UTC, or with its offset: `2026-03-29T02:30+02:00`"));
            }
            Some(settled.moment)
        }
        Err(why) => {
            let message = if text.is_empty() { format!("`{field}` is no moment") } else { format!("`{text}` cannot be read: {why}") };
            let help = "write `2026-03-17T14:32Z`, `2026-03-17 14:32` in the document's time zone, or `2026-03-17`";
            findings.push(findings.error(UNREADABLE_DATE, node.span, message).help(help));
            None
        }
    }
}

/// What is known of time before the timeline is read: the day of times written without one is that of the first milestone, else a date in
/// the file's name or title; the year may also come from the day the report was published.
pub(super) fn anchor(told: &Told, clock: &Anchor, path: &SourcePath, title: &str) -> Anchor {
    let local =
        |moment: &Moment| moment.at.to_zoned(if moment.has_time() { clock.zone.clone() } else { moment.offset.to_time_zone() }).date();
    let started = told.milestones.get(&Milestone::Started).or(told.date.as_ref());
    let first = started.map(|at| &at.value).or_else(|| first(&told.milestones));
    let to_the_day = first.filter(|moment| moment.precision >= Precision::Day);
    let named = || name::day_in(name::stem(path)).into_iter().chain(name::day_in(title)).collect::<Vec<_>>();
    let full = |day: &Day| if let Day::Full(date) = day { Some(*date) } else { None };
    let month = |day: &Day| if let Day::Month { year, month } = day { Date::new(*year, *month, 1).ok() } else { None };
    let day = to_the_day.map(local).or_else(|| named().iter().find_map(full));
    let start = day.or_else(|| first.map(local)).or_else(|| named().iter().find_map(month)).or_else(|| told.published.as_ref().map(local));
    Anchor { day, start, ..clock.clone() }
}

/// The first milestone of the incident itself, in the order they usually come: the fault may be years older, and the first public word much
/// later. (The earliest would be whichever has a slip in its year.)
fn first(milestones: &Milestones) -> Option<&Moment> {
    let own = milestones.iter().filter(|(milestone, _)| !matches!(milestone, Milestone::Introduced | Milestone::Public));
    own.map(|(_, at)| &at.value).next()
}

/// Fills in from the timeline what the metadata does not say, and tells where the two disagree.
pub(super) fn complete(told: &mut Told, timeline: &Timeline, findings: &mut Findings<'_>) {
    let milestones = &mut told.milestones;
    for kind in EventKind::ALL.iter().copied() {
        let Some(milestone) = kind.milestone() else { continue };
        let events = timeline.events.iter().zip(&timeline.stated).filter(|(event, _)| event.kind == Some(kind));
        let moments: Vec<_> = events.filter_map(|(event, stated)| Some((Spanned::new(event.when?, event.written.span), *stated))).collect();
        // Where events say their kind themselves, those that only sound like it do not count.
        let any_stated = moments.iter().any(|(_, stated)| *stated);
        let mut told = moments.iter().filter(|(_, stated)| *stated || !any_stated).map(|(at, _)| at);
        let Some(first) = told.next() else { continue };
        match milestones.get(&milestone) {
            None => {
                milestones.insert(milestone, *first);
            }
            Some(written) if agree(&written.value, &first.value) || told.any(|at| agree(&written.value, &at.value)) => {}
            Some(written) => {
                let message = format!("`{}` says {}, the timeline {}", milestone.word(), show(&written.value), show(&first.value));
                let path = findings.path();
                let finding = findings.error(CONFLICTING_MILESTONE, written.span, message);
                let finding = finding.also(path, first.span, format!("the event that marks {}", milestone.name().to_lowercase()));
                findings.push(finding.help("correct the wrong one, or leave the field out: it is then taken from the timeline"));
            }
        }
    }
}

/// Takes a plain `date` for the start where nothing is known to have happened before it.
pub(super) fn settle_date(told: &mut Told) {
    let Some(date) = told.date else { return };
    let is_first = first(&told.milestones).is_none_or(|first| first.at >= date.value.at || agree(&date.value, first));
    if is_first && !told.milestones.contains_key(&Milestone::Started) {
        told.milestones.insert(Milestone::Started, date);
    } else {
        told.published.get_or_insert(date.value);
    }
}

fn show(moment: &Moment) -> String {
    match moment.time() {
        Some(time) => format!("{} {time} UTC", moment.date()),
        None => moment.date(),
    }
}

/// Whether two moments can be the same: to the minute where both are known so far, else to the day; anything is possible where one is
/// only known roughly.
fn agree(a: &Moment, b: &Moment) -> bool {
    const TOLERANCE_SECONDS: i64 = 60;
    if a.bound != Bound::Exact || b.bound != Bound::Exact {
        return true;
    }
    if !a.has_time() || !b.has_time() {
        let (coarse, fine) = if a.precision <= b.precision { (a, b) } else { (b, a) };
        let local = Moment { precision: coarse.precision, offset: coarse.offset, ..*fine };
        return local.date() == coarse.date();
    }
    let within = |a: &Moment, b: &Moment| {
        let from = a.at.as_second() - TOLERANCE_SECONDS;
        let to = a.until.unwrap_or(a.at).as_second() + TOLERANCE_SECONDS;
        (from..=to).contains(&b.at.as_second())
    };
    within(a, b) || within(b, a)
}

/// The moment the incident is listed under: its start, else the earliest thing known of it, else the day of publication, else what the
/// file's name, the title or the first lines say.
pub(super) fn date(told: &Told, timeline: &Timeline, body: &Body, clock: &Anchor, head: &Head) -> Option<Moment> {
    let started = told.milestones.get(&Milestone::Started).map(|at| at.value);
    let first_event = timeline.events.iter().filter(|event| event.kind != Some(EventKind::Introduced)).find_map(|event| event.when);
    let first_known = || first(&told.milestones).copied().into_iter().chain(first_event).min_by_key(|moment| moment.at);
    let any = || told.milestones.values().map(|at| at.value).min_by_key(|moment| moment.at);
    let named = || name::day_in(name::stem(&head.path)).or_else(|| name::day_in(&head.title_text)).or_else(|| day_line(body));
    let said = || moment::settle_day(named()?, clock).map(|settled| settled.moment);
    started.or_else(first_known).or_else(any).or(told.published).or_else(said)
}

/// The day that stands in a paragraph of its own in the first lines or in the summary, as people date a letter.
fn day_line(body: &Body) -> Option<Day> {
    let summaries = body.sections.iter().filter(|section| section.key.as_deref() == Some("summary"));
    body.lead.iter().chain(summaries.flat_map(Section::prose).flatten()).find_map(|block| match &block.kind {
        BlockKind::Paragraph(content) => {
            let written = moment::whole(&plain_text(content)).ok().flatten()?;
            written.day.filter(|day| matches!(day, Day::Full(_)))
        }
        _ => None,
    })
}

fn is_weak(key: &str) -> bool {
    WEAK_KEYS.contains(&key.trim().to_lowercase().as_str())
}
