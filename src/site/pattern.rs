//! The pages on what repeats: each gathers one thing from every incident.

use super::Site;

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
        let postmortems = &site.corpus().postmortems;
        let says = |key: &str| {
            postmortems.iter().any(|p| p.body.sections.iter().any(|s| s.key.as_deref() == Some(key) && s.prose().next().is_some()))
        };
        match self {
            Self::Luck => says("lucky") || says("surprised"),
            // The page changes with the day; its address does not come and go.
            Self::YearAgo => !postmortems.is_empty(),
            _ => false,
        }
    }
}
