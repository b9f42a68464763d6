//! Narrowing results by facets, and counting what each value would leave.

use std::cmp::Reverse;

use super::decode::{Column, FacetFile};
use super::index::{Broken, Index};
use super::query::Query;

/// A facet and the values found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// Its key.
    pub key: String,
    /// Its name for readers.
    pub title: String,
    /// Its values, as they are to be shown.
    pub values: Vec<FacetCount>,
}

/// A value and how many results have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// Its id.
    pub id: String,
    /// Its name for readers.
    pub label: String,
    /// How many results there would be with it.
    pub count: usize,
    /// Whether the query asks for it.
    pub chosen: bool,
}

/// A document and its score.
pub(super) type Match = (usize, f64);

/// The matches that have the values the query asks for, and the counts. A value counts the documents that all *other* facets allow, which is
/// how many results there would be with it.
pub(super) fn narrow(index: &Index<'_>, query: &Query, matches: Vec<Match>) -> Result<(Vec<Match>, Vec<FacetCounts>), Broken> {
    let mut choices = Vec::new();
    for facet in &index.meta().facets {
        let column = index.column(facet.name)?;
        let wanted = query.filters.get(&facet.key).filter(|wanted| !wanted.is_empty());
        let chosen = wanted.map(|wanted| column.values.iter().map(|(id, _)| wanted.contains(id)).collect());
        choices.push(Choice { facet, counts: vec![0; column.values.len()], column, chosen });
    }
    let mut results = Vec::new();
    for (document, score) in matches {
        let refusing = choices.iter().filter(|choice| !choice.allows(document)).count();
        if refusing == 0 {
            results.push((document, score));
        }
        for choice in &mut choices {
            if refusing == 0 || (refusing == 1 && !choice.allows(document)) {
                choice.count(document);
            }
        }
    }
    Ok((results, choices.into_iter().map(Choice::counts).collect()))
}

/// A facet with its column, the values chosen if any are, and the counts of all.
struct Choice<'i> {
    facet: &'i FacetFile,
    column: Column,
    chosen: Option<Vec<bool>>,
    counts: Vec<usize>,
}

impl Choice<'_> {
    fn values(&self, document: usize) -> &[u32] {
        self.column.documents.get(document).map_or(&[], Vec::as_slice)
    }

    fn allows(&self, document: usize) -> bool {
        let Some(chosen) = &self.chosen else { return true };
        self.values(document).iter().any(|&value| chosen.get(value as usize) == Some(&true))
    }

    fn count(&mut self, document: usize) {
        for &value in self.column.documents.get(document).map_or(&[][..], Vec::as_slice) {
            if let Some(count) = self.counts.get_mut(value as usize) {
                *count += 1;
            }
        }
    }

    fn counts(self) -> FacetCounts {
        let mut values = Vec::new();
        for (i, ((id, label), count)) in self.column.values.into_iter().zip(self.counts).enumerate() {
            let chosen = self.chosen.as_ref().is_some_and(|chosen| chosen.get(i) == Some(&true));
            if count > 0 || chosen {
                values.push(FacetCount { id, label, count, chosen });
            }
        }
        if self.facet.frequent_first {
            values.sort_by_key(|value| Reverse(value.count));
        }
        FacetCounts { key: self.facet.key.clone(), title: self.facet.title.clone(), values }
    }
}
