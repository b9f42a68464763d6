//! The pages on what repeats: each gathers one thing from every incident.

use super::Site;
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::{Area, scored};
use crate::markdown::text::{block_text, plain_text};
use crate::markdown::{Block, BlockKind};
use crate::model::{Postmortem, Section};
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
            Self::Losses => site.gists.iter().any(|gist| gist.has_losses),
            Self::Recurrences => !site.knowledge().recurrences.all().is_empty(),
            Self::Records => site.told.wishes || !site.knowledge().gaps_in_ids.is_empty(),
            Self::Luck => site.told.luck,
            Self::Response => site.told.response,
            Self::Plans => site.told.plans,
            Self::Acknowledgements => site.told.thanks,
            Self::Preparedness => site.told.drills,
            // The page changes with the day; its address does not come and go.
            Self::YearAgo => site.told.days,
        }
    }
}

/// What some postmortem tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub(super) struct Told {
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
    /// What either of two tells.
    pub(super) fn or(self, other: Self) -> Self {
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

    /// What a postmortem tells.
    pub(super) fn of(postmortem: &Postmortem) -> Self {
        let population = Population::of(postmortem);
        let says = |keys: &[&str]| {
            let mut sections =
                postmortem.body.sections.iter().filter(|section| section.key.as_deref().is_some_and(|key| keys.contains(&key)));
            sections.any(says_something)
        };
        let acts = |areas: &[Area]| postmortem.actions.iter().any(|action| areas.iter().any(|area| area.is_of(action)));
        Self {
            luck: population == Population::NearMisses || says(&["lucky", "surprised"]),
            response: postmortem.plan_used.is_some()
                || postmortem.timeline.iter().any(|event| event.kind.is_some())
                || scored(postmortem).next().is_some(),
            plans: !postmortem.plan_updates.is_empty() || says(&["plan-updates"]) || acts(&[Area::Plans, Area::CodePractice]),
            thanks: !postmortem.acknowledgements.is_empty(),
            drills: population == Population::Drills,
            days: population != Population::Drills && postmortem.date.is_some_and(|date| date.day().is_some()),
            lessons: lessons(postmortem).next().is_some(),
            wishes: postmortem.body.sections.iter().any(asks_for_tools) || acts(&[Area::Tooling]),
        }
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
