//! Teaching with postmortems: paths along which they are read, drills in which they are played, questions to talk about.
//!
//! Everything here is made of a corpus as one edition may see it, and of nothing else.

mod drill;
mod path;
mod question;
mod reasoning;

use jiff::civil::Date;

use crate::config::Config;
use crate::knowledge::Knowledge;
use crate::model::Corpus;

pub use drill::{Drill, DrillStep, Prompt, as_revealed, as_shown, drill, unasked, unmatched};
pub use path::{Path, PathOrigin, PathStep, Standing};
pub use question::{Question, questions, questions_of};
pub use reasoning::{reasoning, without_reasoning};

/// What there is to read and to play.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programme {
    /// Reading paths: those of authors in order of file, then those made of the rest.
    pub paths: Vec<Path>,
    /// The drills of the incidents that are chosen for one, in order of file.
    pub drills: Vec<Drill>,
}

/// Puts together what an edition has of it. O(n log n) in the number of incidents.
/// `standings` are those of its postmortems, in order.
#[must_use]
pub fn programme(corpus: &Corpus, standings: &[Standing], knowledge: &Knowledge, config: &Config, today: Date) -> Programme {
    let chosen = standings.iter().enumerate().filter(|(_, standing)| standing.is_chosen_for_drill);
    Programme {
        paths: path::paths(corpus, standings, knowledge, config, today),
        drills: chosen.filter_map(|(n, _)| drill(n, corpus.postmortems.get(n)?)).collect(),
    }
}

impl Programme {
    /// Whether there is nothing to read or play.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.drills.is_empty()
    }

    /// The paths that lead over an incident, each with the place of its step.
    pub fn paths_over(&self, incident: usize) -> impl Iterator<Item = (usize, usize)> {
        self.paths.iter().enumerate().filter_map(move |(n, path)| Some((n, path.steps.iter().position(|step| step.incident == incident)?)))
    }

    /// The drill of an incident.
    #[must_use]
    pub fn drill_of(&self, incident: usize) -> Option<usize> {
        self.drills.iter().position(|drill| drill.incident == incident)
    }
}
