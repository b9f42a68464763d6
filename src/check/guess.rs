//! Guesses at what an author meant, as many as a run can afford.

use crate::diagnostic::did_you_mean;

/// A number of guesses that may still be made. Each compares one word with every candidate, so that a corpus in which every link is broken
/// would otherwise cost the product of its links and its documents.
#[derive(Debug)]
pub(super) struct Guesses {
    left: usize,
}

impl Guesses {
    /// So many guesses.
    pub(super) fn new(left: usize) -> Self {
        Self { left }
    }

    /// The candidate that was probably meant, while there are guesses left.
    pub(super) fn nearest<'a>(&mut self, word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        self.left = self.left.checked_sub(1)?;
        let length = word.chars().count();
        // `did_you_mean` forgives three letters at most; a look at the length spares it most of the work.
        did_you_mean(word, candidates.filter(|candidate| candidate.chars().count().abs_diff(length) <= 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_run_out() {
        let mut guesses = Guesses::new(1);
        let known = ["checkout-outage", "dns"];
        assert_eq!(guesses.nearest("chekcout-outage", known.into_iter()), Some("checkout-outage"));
        assert_eq!(guesses.nearest("chekcout-outage", known.into_iter()), None);
    }
}
