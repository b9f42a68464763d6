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
use super::told::lines;
use crate::config::{self, Config, HistoryShown, Person};
use crate::diagnostic::SourcePath;
use crate::frontmatter::Mapping;
use crate::model::{AnyDocument, Postmortem};
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
