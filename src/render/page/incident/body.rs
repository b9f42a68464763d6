//! The story of an incident: its sections, with the timeline and the action items in their places.

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::{CauseView, Measure};
use super::records::RecordsBlock;
use super::report::{CorrectionView, UpdateView};
use crate::knowledge::ledger::{self, State};
use crate::knowledge::{self, DueOf, Grouping};
use crate::markdown::Block;
use crate::markdown::text::plain_text;
use crate::model::{ActionItem, ActionStatus, Bound, Event, Moment, Piece, Postmortem, Section, portable};
use crate::render::page::plain::Contents;
use crate::render::prose::{Prose, outline};
use crate::render::table::Table;
use crate::render::wording::{DateView, civil_view, day, duration};
use crate::site::{Listing, Route, Site};
use crate::theme::Words;

#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    /// The fragment of its heading.
    id: String,
    /// Of its heading: 2 to 6.
    level: u8,
    /// The canonical section it is: `root-cause`; empty for one of the author's own.
    key: String,
    title: String,
    title_html: String,
    pieces: Vec<PieceView>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct PieceView {
    /// What is in it, and which of the fields are filled: `prose`, `timeline`, `actions`, `impact`, `causes`, `records`, `updates`, `corrections`.
    kind: &'static str,
    html: String,
    events: Vec<EventView>,
    actions: Vec<ActionView>,
    measures: Vec<Measure>,
    causes: Vec<CauseView>,
    updates: Vec<UpdateView>,
    corrections: Vec<CorrectionView>,
    /// What the tables are of.
    title: String,
    tables: Vec<Table>,
    text: String,
}

#[derive(Debug, Serialize)]
pub(in crate::render::page) struct EventView {
    /// "13:42", "~14:00"; empty where only the day is known.
    time: String,
    /// What stands there instead of a moment, where nobody can make one out.
    written: String,
    /// For `<time datetime>`.
    machine: Option<String>,
    /// "2 Jul 2019", where the day changes.
    day: Option<String>,
    /// The time since the event before: "+6 min".
    delta: Option<String>,
    kind: Option<Word>,
    /// Whether it is a key event.
    milestone: bool,
    /// Where a heading was that is not shown: its fragment leads here.
    anchor: Option<String>,
    html: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Word {
    /// The same for a class.
    word: &'static str,
    name: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ActionView {
    /// As written.
    id: Option<String>,
    html: String,
    /// What it is for: "Prevent".
    kind: Option<String>,
    owner: Option<Named>,
    due: Option<DateView>,
    status: Option<Word>,
    /// What there is to say behind the status: what an overdue action is written to be, and by which deadline it is overdue.
    status_note: String,
    /// How one will know.
    done_when: Option<String>,
    further: Vec<Further>,
}

#[derive(Debug, Serialize)]
pub(super) struct Further {
    label: String,
    /// What stands there.
    value: String,
    /// The page of the cause that it is.
    url: Option<String>,
    /// For `<time datetime>`.
    machine: Option<String>,
}

/// A name, with the page on what it names.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    name: String,
    url: Option<String>,
}

impl SectionView {
    /// A section that nobody wrote.
    fn of_piece(key: &str, title: &str, piece: PieceView) -> Self {
        // The fragments of headings have no underscore.
        let id = format!("{key}_");
        Self { id, level: 2, key: key.into(), title: title.into(), title_html: title.into(), pieces: vec![piece] }
    }

    /// Gives it the level and the fragments that it has on the page that `prose` is printed on.
    pub(super) fn place(&mut self, prose: &Prose<'_>) {
        self.level = prose.level(self.level);
        self.id = prose.anchor(&self.id);
        for anchor in self.pieces.iter_mut().flat_map(|piece| &mut piece.events).filter_map(|event| event.anchor.as_mut()) {
            *anchor = prose.anchor(anchor);
        }
    }

    /// Its entry in the table of contents, which has two levels.
    pub(super) fn entry(&self) -> Option<Contents> {
        (self.level <= 3).then(|| Contents { id: self.id.clone(), title: self.title.clone(), level: self.level })
    }
}

impl PieceView {
    /// Impact in numbers.
    pub(super) fn impact(measures: Vec<Measure>) -> Self {
        Self { kind: "impact", measures, ..Self::default() }
    }

    /// The causes named in the metadata.
    pub(super) fn causes(causes: Vec<CauseView>) -> Self {
        Self { kind: "causes", causes, ..Self::default() }
    }

    /// A list of the metadata as a table, with what it comes to.
    pub(super) fn records(title: String, table: Table, text: String) -> Self {
        Self { kind: "records", title, tables: vec![table], text, ..Self::default() }
    }

    /// What was said in public in the meantime.
    pub(super) fn updates(title: String, updates: Vec<UpdateView>) -> Self {
        Self { kind: "updates", title, updates, ..Self::default() }
    }

    /// What the report once said otherwise.
    pub(super) fn corrections(corrections: Vec<CorrectionView>) -> Self {
        Self { kind: "corrections", corrections, ..Self::default() }
    }

    /// Whether it stands in the text, and is not put before it.
    fn is_written(&self) -> bool {
        matches!(self.kind, "prose" | "timeline" | "actions")
    }
}

/// The sections as they are shown.
pub(super) fn sections(site: &Site, postmortem: &Postmortem, prose: &Prose<'_>) -> Vec<SectionView> {
    let words = site.words();
    let (shown, anchors) = shown(words, postmortem);
    let levels = outline(shown.iter().map(|(section, _)| section.level));
    let whole = Whole { site, postmortem, prose, anchors };
    let one = |((section, pieces), level): (ShownSection<'_>, u8)| SectionView {
        id: section.id.to_string(),
        level,
        key: section.key.clone().unwrap_or_default(),
        title: plain_text(&section.title),
        title_html: prose.line(&section.title),
        pieces: pieces.into_iter().map(|piece| piece_view(&whole, section, piece)).collect(),
    };
    shown.into_iter().zip(levels).map(one).collect()
}

/// What a stretch is a part of.
struct Whole<'a> {
    site: &'a Site,
    postmortem: &'a Postmortem,
    prose: &'a Prose<'a>,
    /// Where the fragments of headings lead to that are not shown: to an event.
    anchors: BTreeMap<usize, &'a str>,
}

/// A stretch of a section as it is shown.
#[derive(Debug, Clone, Copy)]
enum Shown<'a> {
    Prose(&'a [Block]),
    Timeline { first: usize, end: usize },
    Actions { first: usize, end: usize },
}

/// A section and its stretches.
type ShownSection<'a> = (&'a Section, Vec<Shown<'a>>);

/// Sections in order; of a timeline that was written with a heading for each day, one section again, and where the fragments of those headings
/// lead to: the first event of the day.
fn shown<'p>(words: &Words, postmortem: &'p Postmortem) -> (Vec<ShownSection<'p>>, BTreeMap<usize, &'p str>) {
    let mut sections: Vec<ShownSection<'_>> = Vec::new();
    let mut anchors = BTreeMap::new();
    for section in &postmortem.body.sections {
        let day_of = only_a_day(words, section, postmortem);
        if let (Some((first, end)), Some((above, pieces))) = (day_of, sections.last_mut())
            && above.level < section.level
            && above.key.as_deref() == Some("timeline")
        {
            anchors.insert(first, &*section.id);
            match pieces.last_mut() {
                Some(Shown::Timeline { end: last, .. }) if *last == first => *last = end,
                _ => pieces.push(Shown::Timeline { first, end }),
            }
            continue;
        }
        let pieces = section.content.iter().map(|piece| match piece {
            Piece::Prose(blocks) => Shown::Prose(blocks),
            Piece::Timeline { first, end } => Shown::Timeline { first: *first, end: *end },
            Piece::Actions { first, end } => Shown::Actions { first: *first, end: *end },
        });
        sections.push((section, pieces.collect()));
    }
    (sections, anchors)
}

/// The events of a section that is nothing but a day of a timeline under its date.
fn only_a_day(words: &Words, section: &Section, postmortem: &Postmortem) -> Option<(usize, usize)> {
    let [Piece::Timeline { first, end }] = section.content.as_slice() else { return None };
    let when = postmortem.timeline.get(*first)?.when.as_ref()?;
    let title = plain_text(&section.title);
    (title.trim() == when.date() || title.trim() == day(words, when)).then_some((*first, *end))
}

fn piece_view(whole: &Whole<'_>, section: &Section, piece: Shown<'_>) -> PieceView {
    let Whole { site, postmortem, prose, anchors } = whole;
    match piece {
        Shown::Prose(blocks) => PieceView { kind: "prose", html: prose.section(section, blocks), ..PieceView::default() },
        Shown::Timeline { first, end } => {
            let mut events = events(site, postmortem.timeline.get(first..end).unwrap_or_default(), prose);
            for (event, anchor) in anchors.range(first..end) {
                if let Some(event) = events.get_mut(event - first) {
                    event.anchor = Some((*anchor).to_owned());
                }
            }
            PieceView { kind: "timeline", events, ..PieceView::default() }
        }
        Shown::Actions { first, end } => PieceView {
            kind: "actions",
            actions: postmortem
                .actions
                .get(first..end)
                .unwrap_or_default()
                .iter()
                .map(|action| action_view(site, postmortem, action, prose))
                .collect(),
            ..PieceView::default()
        },
    }
}

fn action_view(site: &Site, postmortem: &Postmortem, action: &ActionItem, prose: &Prose<'_>) -> ActionView {
    let words = site.words();
    let (status, status_note) = standing(site, postmortem, action);
    let further = action.further.iter().map(|(label, value)| further(site, label, &value.value));
    ActionView {
        id: action.id.as_ref().map(|id| id.value.clone()),
        html: prose.line(&action.content),
        kind: action.kind.as_ref().map(|kind| words.name(kind.value).to_owned()),
        owner: action.owner.as_ref().map(|owner| owner_of(site, &owner.value)),
        due: action.due.as_ref().map(|due| civil_view(words, due.value)),
        status,
        status_note,
        done_when: action.done_when.as_ref().map(|words| words.value.clone()),
        further: further.collect(),
    }
}

/// What else a table of actions says: a day as a date, a cause by its name, other words as they are.
fn further(site: &Site, label: &str, value: &str) -> Further {
    let words = site.words();
    let label = label.to_owned();
    if let Ok(day) = value.parse::<jiff::civil::Date>() {
        let day = civil_view(words, day);
        return Further { label, value: day.text, url: None, machine: Some(day.machine) };
    }
    let cause = site.config().causes.get(value).map(|(_, leaf)| leaf.name.clone());
    let url = cause.as_ref().and_then(|_| term_url(site, Grouping::Cause, value));
    Further { label, value: cause.unwrap_or_else(|| value.to_owned()), url, machine: None }
}

/// The owner as written; a team that site.toml knows by its name, with a link, and somebody it knows by theirs.
fn owner_of(site: &Site, word: &str) -> Named {
    let team = site.config().owner_of(word).filter(|owner| [owner.id, owner.name].iter().any(|own| own.eq_ignore_ascii_case(word)));
    let url = team.as_ref().and_then(|team| term_url(site, Grouping::Owner, &portable(team.id)));
    let person = || site.config().person(word).map(|person| person.name.as_str());
    Named { name: team.map(|team| team.name).or_else(person).unwrap_or(word).to_owned(), url }
}

/// The page of a term, where there is one.
fn term_url(site: &Site, grouping: Grouping, slug: &str) -> Option<String> {
    let taxonomy = site.knowledge().taxonomies.iter().position(|taxonomy| taxonomy.grouping == grouping)?;
    let term = site.knowledge().taxonomies.get(taxonomy)?.position(slug)?;
    Some(site.url(Route::List(Listing::Term { taxonomy, term }, 1)))
}

/// The status of an action as written; of one that is open past its day that it is overdue, and behind it what was written.
fn standing(site: &Site, postmortem: &Postmortem, action: &ActionItem) -> (Option<Word>, String) {
    let words = site.words();
    let Some(status) = action.status.as_ref().map(|status| status.value) else { return (None, String::new()) };
    if ledger::state(postmortem, action, site.config(), site.build().today) != State::Overdue {
        return (Some(Word { word: status.word(), name: words.name(status).to_owned() }), String::new());
    }
    let written = (status != ActionStatus::Open).then(|| words.within(words.name(status)));
    let severity = || site.config().severities.get(postmortem.severity.as_ref()?.step?);
    let deadline =
        knowledge::due(postmortem, action, site.config()).filter(|due| due.of == DueOf::Severity).and_then(|due| {
            let severity = severity()?;
            Some(words.with(
                "incident-deadline-was",
                &[("severity", severity.name.as_str().into()), ("date", civil_view(words, due.on).text.into())],
            ))
        });
    let note = written.into_iter().chain(deadline).collect::<Vec<_>>().join("; ");
    (Some(Word { word: State::Overdue.word(), name: words.name(State::Overdue).to_owned() }), note)
}

/// Events with the time since the one before, and the day where it changes.
fn events(site: &Site, events: &[Event], prose: &Prose<'_>) -> Vec<EventView> {
    let mut before = None;
    events.iter().map(|event| event_view(site, event, &mut before, prose.flow(&event.content))).collect()
}

/// An event with its text as HTML, and the moment of the last one before it that has one; from now on that of this one.
pub(in crate::render::page) fn event_view(site: &Site, event: &Event, before: &mut Option<Moment>, html: String) -> EventView {
    let words = site.words();
    let when = event.when.as_ref();
    let new_day = when.filter(|when| before.is_none_or(|before| before.date() != when.date())).map(|given| day(words, given));
    let delta = when.zip(before.as_ref()).and_then(|(when, before)| before.minutes_until(when)).filter(|minutes| *minutes > 0);
    *before = event.when.or(*before);
    EventView {
        time: when.and_then(time_text).unwrap_or_default(),
        // A date alone is what the heading of the day says already.
        written: if when.is_some() { String::new() } else { event.written.value.clone() },
        machine: when.map(Moment::machine),
        day: new_day,
        delta: delta.map(|minutes| format!("+{}", duration(words, minutes))),
        kind: event.kind.map(|kind| Word { word: kind.word(), name: words.name(kind).to_owned() }),
        milestone: event.kind.is_some_and(|kind| kind.milestone().is_some()),
        anchor: None,
        html,
    }
}

/// "13:52", "~13:50", "13:52–14:05".
fn time_text(moment: &Moment) -> Option<String> {
    let mark = match moment.bound {
        Bound::Exact => "",
        Bound::About => "~",
        Bound::AtLeast => "≥ ",
        Bound::AtMost => "≤ ",
    };
    let start = moment.time()?;
    let end = moment.end().and_then(|end| end.time());
    Some(end.map_or_else(|| format!("{mark}{start}"), |end| format!("{mark}{start}–{end}")))
}

/// Puts what the metadata says at the head of the section that tells of it; a document without that section gets one in front.
pub(super) fn open_with(sections: &mut Vec<SectionView>, key: &'static str, title: &str, piece: Option<PieceView>) {
    let left = piece.and_then(|piece| put(sections, &[key], piece));
    sections.splice(0..0, left.map(|piece| SectionView::of_piece(key, title, piece)));
}

/// Puts a list of the metadata at the head of the first of the sections that may tell of it; a document without any of them gets one at the end,
/// whose heading is the title of the list.
pub(super) fn tell_in(sections: &mut Vec<SectionView>, block: RecordsBlock) {
    let left = put(sections, block.sections, block.piece);
    let piece = left.map(|piece| PieceView { title: String::new(), ..piece });
    sections.extend(piece.map(|piece| SectionView::of_piece(block.key, &block.title, piece)));
}

/// Puts a piece before what is written in the first section with one of the keys, behind what was put there before; gives it back where there
/// is none.
fn put(sections: &mut [SectionView], keys: &[&str], piece: PieceView) -> Option<PieceView> {
    let place = keys.iter().find_map(|key| sections.iter().position(|section| section.key == *key));
    let Some(section) = place.and_then(|place| sections.get_mut(place)) else { return Some(piece) };
    let place = section.pieces.iter().position(PieceView::is_written).unwrap_or(section.pieces.len());
    // What the heading says is not said again.
    let title = if section.title.eq_ignore_ascii_case(&piece.title) { String::new() } else { piece.title };
    section.pieces.insert(place, PieceView { title, ..piece });
    None
}
