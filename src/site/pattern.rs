//! The pages on what repeats: each gathers one thing from every incident.

use std::sync::Arc;

use rayon::prelude::*;

use super::Site;
use crate::knowledge::losses::has_losses;
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::{Area, scored};
use crate::markdown::text::{block_text, plain_text};
use crate::markdown::{Block, BlockKind};
use crate::model::{Corpus, Postmortem, Section};
use crate::parse::is_nothing;

/// A page below `/patterns/`. It is there only where it has something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Incidents that shared a cause and a service with one before, and what became of its actions.
    Recurrences,
    /// Where luck decided, and what surprised.
    Luck,
    /// What responders did, and how playbooks held.
    Response,
    /// What was lost, exposed and paused, and how fixes were verified.
    Losses,
    /// What changed in plans, standards and documents.
    Plans,
    /// Drills, and causes nobody has rehearsed.
    Preparedness,
    /// What happened at this time of the year before, and what is due for a look back.
    YearAgo,
    /// Who helped, and agreed to be named.
    Acknowledgements,
    /// Tools that responders wished for, and numbers missing among the incidents.
    Records,
}

impl Pattern {
    /// All, in the order they are listed.
    pub const ALL: [Self; 9] = [
        Self::Recurrences,
        Self::Luck,
        Self::Response,
        Self::Losses,
        Self::Plans,
        Self::Preparedness,
        Self::YearAgo,
        Self::Acknowledgements,
        Self::Records,
    ];

    /// The last part of the address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Recurrences => "recurrences",
            Self::Luck => "luck",
            Self::Response => "response",
            Self::Losses => "losses",
            Self::Plans => "plans",
            Self::Preparedness => "preparedness",
            Self::YearAgo => "year-ago",
            Self::Acknowledgements => "acknowledgements",
            Self::Records => "records",
        }
    }

    /// The title of the page.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Recurrences => "Recurrences",
            Self::Luck => "Luck and surprise",
            Self::Response => "Response actions and playbooks",
            Self::Losses => "Losses and exposure",
            Self::Plans => "Changes to plans and standards",
            Self::Preparedness => "Drills and preparedness",
            Self::YearAgo => "One year ago",
            Self::Acknowledgements => "Acknowledgements",
            Self::Records => "Gaps and wishes",
        }
    }

    /// What the page is for, one sentence.
    #[must_use]
    pub fn lead(self) -> &'static str {
        match self {
            Self::Recurrences => "Incidents whose cause had struck the same service before, and what became of the actions agreed on then.",
            Self::Luck => "What went well only by luck, and what took people by surprise: risks that no metric counts.",
            Self::Response => "What responders did, incident by incident, and which playbooks were followed and held.",
            Self::Losses => "Funds, data and contracts involved, added up with their bounds, and how fixes were verified.",
            Self::Plans => "What incidents changed in response plans, standards and documents.",
            Self::Preparedness => "Drills, the incidents that called for them, and causes that nobody has rehearsed.",
            Self::YearAgo => "What happened around this day in earlier years, and which measures are due for a look back.",
            Self::Acknowledgements => "People and organisations who helped, and agreed to be named.",
            Self::Records => "Tools that responders wished for, and numbers missing among the incidents.",
        }
    }

    /// Whether there is anything on the page.
    #[must_use]
    pub fn has_something(self, site: &Site) -> bool {
        match self {
            Self::Losses => site.corpus().postmortems.iter().any(|postmortem| has_losses(postmortem)),
            Self::Recurrences => !site.knowledge().recurrences.all().is_empty(),
            Self::Records => site.told().wishes || !site.knowledge().gaps_in_ids.is_empty(),
            Self::Luck => site.told().luck,
            Self::Response => site.told().response,
            Self::Plans => site.told().plans,
            Self::Acknowledgements => site.told().thanks,
            Self::Preparedness => site.told().drills,
            // The page changes with the day; its address does not come and go.
            Self::YearAgo => site.told().days,
        }
    }
}

/// What some postmortem tells: found in one walk over all of them, because the preview asks at every edit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub(crate) struct Told {
    luck: bool,
    response: bool,
    plans: bool,
    thanks: bool,
    drills: bool,
    days: bool,
    pub(super) lessons: bool,
    wishes: bool,
}

impl Told {
    /// What the postmortems of a corpus tell.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let add = |mut told: Self, postmortem: &Arc<Postmortem>| {
            told.add(postmortem);
            told
        };
        corpus.postmortems.par_iter().fold(Self::default, add).reduce(Self::default, Self::or)
    }

    fn or(self, other: Self) -> Self {
        Self {
            luck: self.luck || other.luck,
            response: self.response || other.response,
            plans: self.plans || other.plans,
            thanks: self.thanks || other.thanks,
            drills: self.drills || other.drills,
            days: self.days || other.days,
            lessons: self.lessons || other.lessons,
            wishes: self.wishes || other.wishes,
        }
    }

    fn add(&mut self, postmortem: &Postmortem) {
        let population = Population::of(postmortem);
        self.luck |= population == Population::NearMisses;
        self.drills |= population == Population::Drills;
        self.thanks |= !postmortem.acknowledgements.is_empty();
        self.days |= population != Population::Drills && postmortem.date.is_some_and(|date| date.day().is_some());
        self.plans |= !postmortem.plan_updates.is_empty();
        for section in &postmortem.body.sections {
            match section.key.as_deref() {
                Some("lucky" | "surprised") => self.luck = self.luck || says_something(section),
                Some("plan-updates") => self.plans = self.plans || says_something(section),
                None => self.wishes = self.wishes || asks_for_tools(section),
                Some(_) => {}
            }
        }
        self.lessons = self.lessons || lessons(postmortem).next().is_some();
        self.plans = self.plans || postmortem.actions.iter().any(|action| Area::Plans.is_of(action) || Area::CodePractice.is_of(action));
        self.wishes = self.wishes || postmortem.actions.iter().any(|action| Area::Tooling.is_of(action));
        self.response = self.response
            || postmortem.timeline.iter().any(|event| event.kind.is_some())
            || postmortem.plan_used.is_some()
            || scored(postmortem).next().is_some();
    }
}

/// The sections of a postmortem that say what was learned.
pub fn lessons(postmortem: &Postmortem) -> impl Iterator<Item = &Section> {
    postmortem.body.sections.iter().filter(|section| section.key.as_deref() == Some("lessons") && says_something(section))
}

/// Whether there are words under a heading beside timeline and actions, and they are not only "none" or "n/a: reason".
#[must_use]
pub fn says_something(section: &Section) -> bool {
    let mut blocks = section.prose().flatten().filter(|block| !matches!(block.kind, BlockKind::Comment(_)));
    match (blocks.next(), blocks.next()) {
        (None, _) => false,
        (Some(only @ Block { kind: BlockKind::Paragraph(_), .. }), None) => !is_nothing(&block_text(std::slice::from_ref(only))),
        _ => true,
    }
}

/// Whether a section asks for tools: one that has no other place, and names them in its heading.
#[must_use]
pub fn asks_for_tools(section: &Section) -> bool {
    let names = |word: &str| matches!(word, "tool" | "tools" | "tooling");
    section.key.is_none()
        && plain_text(&section.title).to_lowercase().split(|c: char| !c.is_alphanumeric()).any(names)
        && says_something(section)
}
