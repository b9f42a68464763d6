//! What an edition said of an incident before: the revisions of what it may see, not of the file.
//!
//! An earlier text is shown only as far as it was shown then *and* would be shown today. It is read by today's settings; of the metadata what the
//! settings of its time let the public see as well; and everybody who ever was in `[people]` is known by name. A revision that changes nothing an edition
//! sees is none. What was public once and is withheld since is part of an earlier revision, as it was.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Edition;
use super::part::read;
use super::sight::{Sight, publish_day};
use crate::config::{self, Config, HistoryShown, Person};
use crate::diagnostic::{SourcePath, Spanned};
use crate::frontmatter::Mapping;
use crate::markdown::Block;
use crate::markdown::text::{block_text, plain_text};
use crate::model::{ActionItem, Amount, AnyDocument, Cause, Event, Piece, Postmortem, Records};
use crate::parse::{self, Role};
use crate::source::history::{History, Revision};
use crate::source::{self, Kind, Selection};

/// What an edition said from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The day, in UTC.
    pub on: Date,
    /// What it said, a line for each block of text and each value. The same words give the same lines in every version of the program that has the same
    /// [`FORM`].
    pub text: String,
}

/// The form of [`Saying::text`]; it changes when the same words would give other lines.
pub const FORM: u8 = 1;

/// The history of a project as an edition may see it.
#[derive(Debug, Clone)]
pub(super) struct Past {
    history: Arc<History>,
    /// Today's settings, with everybody who ever was in them.
    config: Config,
    /// The settings as they were, from when on, and which files were read by them; nothing where nobody can tell.
    settings: Vec<(Timestamp, Config, Option<Selection>)>,
    edition: Edition,
    today: Date,
}

impl Past {
    /// Nothing where the edition shows no history.
    pub(super) fn of(history: &Arc<History>, config: &Config, edition: Edition, today: Date) -> Option<Self> {
        if config.history_of(edition.audience.is_public()) == HistoryShown::Off {
            return None;
        }
        let settings = |revision: &Revision| {
            let then = config::parse(&revision.text).0;
            let selection = Selection::of(&then).ok();
            (revision.at, then, selection)
        };
        let settings: Vec<(Timestamp, Config, Option<Selection>)> = history.settings.iter().map(settings).collect();
        let of_today = config.people.iter().map(|(id, person)| (id.clone(), person.clone()));
        // Nobody is a second person of today's by an id with a blank.
        let known = |(id, person): &(&String, &Person)| config.people.get(*id).is_some_and(|today| today.name == person.name);
        let earlier = settings.iter().flat_map(|(_, then, _)| then.people.iter()).filter(|entry| !known(entry));
        let earlier = earlier.map(|(id, person)| {
            (if config.people.contains_key(id) { format!("{id} {}", person.name) } else { id.clone() }, person.clone())
        });
        let people = earlier.chain(of_today).collect();
        let mut config = config.clone();
        config.people = people;
        Some(Self { history: Arc::clone(history), config, settings, edition, today })
    }

    /// Today's settings, with everybody who ever was in `[people]`.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Whether anything was ever committed of a document.
    pub(super) fn knows(&self, path: &SourcePath) -> bool {
        self.history.documents.contains_key(path)
    }

    /// What the edition has said of a postmortem, the oldest first.
    pub(super) fn sayings(&self, path: &SourcePath) -> Vec<Saying> {
        let revisions = self.history.documents.get(path).map_or(&[][..], Vec::as_slice);
        let mut sayings: Vec<Saying> = Vec::new();
        for (n, revision) in revisions.iter().enumerate() {
            let end = revisions.get(n + 1).map(|next| next.at);
            let Some(saying) = self.saying(path, revision, end) else { continue };
            if sayings.last().is_none_or(|last| last.text != saying.text) {
                sayings.push(saying);
            }
        }
        sayings
    }

    /// What was said from a revision on until the next one, if anything was.
    fn saying(&self, path: &SourcePath, revision: &Revision, end: Option<Timestamp>) -> Option<Saying> {
        let sight = Sight::of(&self.config, self.edition);
        let (since, then) = if sight.is_public() {
            let (since, then) = self.public_since(revision, end)?;
            (since, Some(then))
        } else {
            (revision.at, None)
        };
        let whole = parse::document(path, &revision.text, Role::Postmortem, &self.config).document;
        let whole = whole.borrowed();
        if !sight.sees(whole, &self.config, self.today) {
            return None;
        }
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        // What was withheld until a day, and was gone by then, was never read.
        let as_of = end.map_or(self.today, |end| day(end).min(self.today));
        let take_out = |metadata: &mut Mapping| {
            sight.take_out(metadata, &self.config);
            metadata.entries.retain(|entry| then.is_none_or(|then| then.public_reads(&entry.key)));
        };
        let part = read(whole, &revision.text, &self.config, (&sight, as_of), &take_out)?;
        let AnyDocument::Postmortem(postmortem) = &part.document else { return None };
        let publish = publish_day(whole, &self.config).filter(|_| sight.is_public());
        let on = day(since).max(publish.unwrap_or(day(since)));
        let is_over = end.is_some_and(|end| day(end) < on);
        (!is_over).then(|| Saying { on, text: said(postmortem) })
    }

    /// From when on, until the next revision, there was a public edition and the file was one of its documents, and the settings of then.
    fn public_since(&self, revision: &Revision, end: Option<Timestamp>) -> Option<(Timestamp, &Config)> {
        let standing = self.settings.partition_point(|(at, ..)| *at <= revision.at).saturating_sub(1);
        let in_force = self.settings.iter().skip(standing).take_while(|(at, ..)| end.is_none_or(|end| *at < end));
        let is_read = |selection: &Selection| selection.kind(revision.path.as_str()) == Kind::Text(source::Role::Document);
        let mut public = in_force.filter(|(_, then, selection)| then.editions.public.is_some() && selection.as_ref().is_some_and(is_read));
        public.next().map(|(at, then, _)| ((*at).max(revision.at), then))
    }
}

/// What a reader is told of an incident, as in [`Saying::text`].
#[must_use]
pub fn said(postmortem: &Postmortem) -> String {
    lines(postmortem).join("\n")
}

/// The same line by line.
fn lines(postmortem: &Postmortem) -> Vec<String> {
    let Postmortem { head, severity, summary, milestones, impact, root_causes, contributing, detection, .. } = postmortem;
    let mut lines = Lines::default();
    lines.add("", &head.title_text);
    lines.add("", &summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default());
    lines.add("Severity", severity.as_ref().map_or("", |severity| &severity.word.value));
    for (milestone, at) in milestones {
        lines.add(milestone.name(), &at.value.machine());
    }
    let services: Vec<&str> = postmortem.services.iter().map(|service| service.value.as_str()).collect();
    lines.add("Services", &services.join(", "));
    for (dimension, words) in impact {
        lines.add(dimension, words);
    }
    lines.add("Trigger", postmortem.trigger.as_ref().map_or("", |trigger| &trigger.value));
    let cause = |cause: &Cause| joined(&[&cause.path.value, &cause.note]);
    for root in root_causes {
        lines.add("Root cause", &cause(root));
    }
    for factor in contributing {
        lines.add("Contributing", &cause(factor));
    }
    if let Some(found) = detection {
        lines.add("Detected by", &joined(&[found.by.map_or("", |by| by.value.name()), &found.how, &found.gap]));
    }
    lines.records(&postmortem.records);
    lines.blocks(&postmortem.body.lead);
    for section in &postmortem.body.sections {
        lines.add("", &plain_text(&section.title));
        for piece in &section.content {
            match piece {
                Piece::Prose(blocks) => lines.blocks(blocks),
                Piece::Timeline { first, end } => {
                    postmortem.timeline.get(*first..*end).unwrap_or_default().iter().for_each(|event| lines.event(event));
                }
                Piece::Actions { first, end } => {
                    postmortem.actions.get(*first..*end).unwrap_or_default().iter().for_each(|action| lines.action(action));
                }
            }
        }
    }
    lines.blocks(&postmortem.body.footnotes);
    for update in &postmortem.updates {
        let at = update.at.map(|at| at.machine()).unwrap_or_default();
        let next = update.next_by.map(|next| format!("next by {}", next.machine())).unwrap_or_default();
        lines.add("Update", &joined(&[&at, &update.state, &update.text, &next]));
    }
    for correction in &postmortem.corrections {
        let on = correction.on.map(|on| on.machine()).unwrap_or_default();
        lines.add("Correction", &joined(&[&on, &correction.said, &correction.now, &correction.why]));
    }
    postmortem.acknowledgements.iter().for_each(|thanked| lines.add("Thanks", &joined(&[&thanked.name, &thanked.contribution])));
    lines.0
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    /// A text on one line, behind what it is about; nothing of an empty one.
    fn add(&mut self, label: &str, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.0.push(if label.is_empty() { text } else { format!("{label}: {text}") });
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        block_text(blocks).lines().for_each(|line| self.add("", line));
    }

    fn event(&mut self, event: &Event) {
        let at = event.when.map_or_else(|| event.written.value.clone(), |when| when.machine());
        self.add("", &joined(&[&at, event.kind.map_or("", |kind| kind.name()), &block_text(&event.content)]));
    }

    fn action(&mut self, action: &ActionItem) {
        let due = action.due.as_ref().map(|due| format!("due {}", due.value)).unwrap_or_default();
        let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
        let (kind, status) = (action.kind.as_ref().map(|kind| kind.value.name()), action.status.as_ref().map(|status| status.value.name()));
        let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        let parts = [text(&action.id), action.text.clone(), word(kind), text(&action.owner), due, word(status), text(&action.done_when)];
        self.add("", &joined(&parts.each_ref().map(String::as_str)));
    }

    fn records(&mut self, records: &Records) {
        let written = |amount: &Option<Amount>| amount.as_ref().map(|amount| amount.written.value.clone()).unwrap_or_default();
        for fund in &records.funds {
            let state = fund.state.map_or("", |state| state.name());
            self.add("Funds", &joined(&[&fund.asset, &written(&fund.amount), &written(&fund.usd), state, &fund.remarks.note]));
        }
        for data in &records.data {
            let disclosed = data.disclosed.map(|disclosed| format!("disclosed: {}", disclosed.word())).unwrap_or_default();
            self.add("Data", &joined(&[&data.class, &written(&data.records), &disclosed, &data.remarks.note]));
        }
        for contract in &records.contracts {
            let addresses: Vec<&str> = contract.addresses.iter().map(|address| address.value.as_str()).collect();
            self.add("Contract", &joined(&[&contract.name, &addresses.join(" "), contract.state.map_or("", |state| state.name())]));
        }
    }
}

/// The parts that there are.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("; ")
}
