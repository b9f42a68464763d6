//! Numbers that are missing where incidents are numbered one after the other.

use std::collections::{BTreeMap, HashMap};

use crate::model::Corpus;

/// Ids with the same beginning below which nobody can tell whether they are numbered one after the other.
const FEWEST: usize = 5;

/// Numbers missing between two that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last number before the gap.
    pub before: u32,
    /// The first one after it.
    pub after: u32,
    /// The postmortem with the last number before: a place in [`Corpus::postmortems`].
    pub earlier: usize,
    /// That with the first number after.
    pub later: usize,
}

impl Gap {
    /// How many numbers are missing.
    #[must_use]
    pub fn missing(&self) -> u32 {
        self.after.saturating_sub(self.before).saturating_sub(1)
    }
}

/// The gaps in the ids of a corpus, series by series, in order. A series are ids that end in a number behind a hyphen, at least five with the
/// same beginning, where most of the numbers from the first to the last are taken.
pub(super) fn gaps_in_ids(corpus: &Corpus) -> Vec<Gap> {
    // By the beginning as it is written first: there are few ways to write it, and many ids.
    let mut written: HashMap<&str, Vec<(u32, usize)>> = HashMap::new();
    for (n, postmortem) in corpus.postmortems.iter().enumerate() {
        let Some((prefix, number)) = postmortem.id.value.trim().rsplit_once('-') else { continue };
        // A slug stands in for an id that is not written, and says nothing of numbers.
        let is_written = postmortem.id != postmortem.head.slug;
        if let Some(number) = number.parse::<u32>().ok().filter(|_| is_written) {
            written.entry(prefix).or_default().push((number, n));
        }
    }
    let mut series: BTreeMap<String, Vec<(u32, usize)>> = BTreeMap::new();
    for (prefix, members) in written {
        series.entry(prefix.to_lowercase()).or_default().extend(members);
    }
    series.into_values().flat_map(gaps).collect()
}

/// The gaps in one series; none where it is too short, or fewer than most of the numbers from the first to the last are taken.
fn gaps(mut members: Vec<(u32, usize)>) -> Vec<Gap> {
    members.sort_unstable();
    members.dedup_by_key(|(number, _)| *number);
    let (Some((first, _)), Some((last, _))) = (members.first(), members.last()) else { return Vec::new() };
    if members.len() < FEWEST || u64::from(last - first) + 1 >= 2 * members.len() as u64 {
        return Vec::new();
    }
    let pairs = members.array_windows().map(|&[(before, earlier), (after, later)]| Gap { before, after, earlier, later });
    pairs.filter(|gap| gap.missing() > 0).collect()
}
