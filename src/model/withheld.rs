//! Which stretches of a file are not for everybody.

use crate::diagnostic::Span;

/// Why a stretch is not for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Only the organisation reads it.
    Internal,
    /// What responders thought at the time: for the organisation, and for those who train with the incident.
    Reasoning,
    /// A comment: no page of any edition shows it, and in public not even the blanks around it tell of it.
    Comment,
}

/// The stretches of a file that are not for the public.
///
/// They are places in the file, so that whatever is moved out of the text while it is read (sections, events, actions, footnotes, links) is
/// withheld with the stretch it was written in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withheld {
    /// As they were found.
    stretches: Vec<(Span, Secrecy)>,
    /// Sorted, none within or beside another.
    internal: Vec<Span>,
    /// The same with what responders thought, and with comments.
    all: Vec<Span>,
    /// Whether something that seems to withhold is not understood.
    is_doubtful: bool,
}

impl Withheld {
    /// What is withheld by stretches in any order, which may overlap.
    #[must_use]
    pub fn new(stretches: Vec<(Span, Secrecy)>, is_doubtful: bool) -> Self {
        let internal = stretches.iter().filter(|(_, secrecy)| *secrecy == Secrecy::Internal).map(|(span, _)| *span).collect();
        let all = merged(stretches.iter().map(|(span, _)| *span).collect());
        Self { internal: merged(internal), all, stretches, is_doubtful }
    }

    /// Whether something that is written at `span` is withheld from the public as a whole.
    #[must_use]
    pub fn hides(&self, span: Span) -> bool {
        let begun = self.all.partition_point(|stretch| stretch.start <= span.start);
        self.all.get(..begun).and_then(<[Span]>::last).is_some_and(|stretch| stretch.contains(span))
    }

    /// Whether something that seems to withhold is not understood, so that nobody can tell what is for the public.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    /// What the public does not read, in order.
    #[must_use]
    pub fn from_the_public(&self) -> &[Span] {
        &self.all
    }

    /// Why a stretch that the public does not read is withheld; where there are several reasons, the gravest.
    #[must_use]
    pub fn secrecy(&self, stretch: Span) -> Secrecy {
        let within = |part: &&(Span, Secrecy)| stretch.contains(part.0);
        let is = |secrecy: Secrecy| self.stretches.iter().filter(within).any(|(_, other)| *other == secrecy);
        [Secrecy::Internal, Secrecy::Reasoning].into_iter().find(|secrecy| is(*secrecy)).unwrap_or(Secrecy::Comment)
    }

    /// What nobody but the organisation reads, in order.
    #[must_use]
    pub fn internal(&self) -> &[Span] {
        &self.internal
    }
}

fn merged(mut stretches: Vec<Span>) -> Vec<Span> {
    stretches.sort_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
    stretches.dedup_by(|next, kept| {
        let meets = next.start <= kept.end;
        kept.end = if meets { kept.end.max(next.end) } else { kept.end };
        meets
    });
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_within_is_hidden() {
        let stretches = [(20, 25, Secrecy::Internal), (5, 10, Secrecy::Reasoning), (24, 30, Secrecy::Internal), (6, 8, Secrecy::Internal)];
        let withheld = Withheld::new(stretches.map(|(from, to, secrecy)| (Span::new(from, to), secrecy)).to_vec(), false);
        let hidden = [(4, 6), (5, 10), (7, 8), (9, 11), (12, 13), (20, 30), (29, 31)].map(|(from, to)| withheld.hides(Span::new(from, to)));
        assert_eq!(hidden, [false, true, true, false, false, true, false]);
        assert_eq!(withheld.from_the_public(), [Span::new(5, 10), Span::new(20, 30)]);
        assert_eq!(withheld.internal(), [Span::new(6, 8), Span::new(20, 30)]);
    }
}
