//! What incidents cost, added up with its bounds: funds, data, contracts, impact, and how fixes were verified.
//!
//! Only amounts of one thing are added: of an asset in one state, of a class of data, of what an impact is counted in. US dollars are those of
//! the time of each incident, as written. What is not known, or told in words alone, is counted and makes a sum a floor.

use std::collections::{BTreeMap, BTreeSet};

use super::is_drill;
use super::metrics::Population;
use crate::model::{
    Amount, Contract, ContractState, Corpus, Disclosure, Extent, FundState, Postmortem, Quantity, Reading, Records, Sum, Verification,
};
use crate::parse::quantity;

/// What the incidents of one population cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Losses {
    /// Funds by state and asset.
    pub funds: Vec<FundFigure>,
    /// What funds were worth at the time, by state.
    pub worth: Vec<WorthFigure>,
    /// Data by class and disclosure.
    pub data: Vec<DataFigure>,
    /// Contracts by chain and state.
    pub contracts: Vec<ContractFigure>,
    /// Fixes by how they were verified.
    pub fixes: Vec<FixFigure>,
    /// Impact by dimension and by what it is counted in.
    pub impact: Vec<ImpactFigure>,
    /// For each of these dimensions, who gives no number.
    pub unnumbered: Vec<Unnumbered>,
}

/// Funds of one asset that came to one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundFigure {
    /// What became of them.
    pub state: Option<FundState>,
    /// The asset, as the newest incident writes it; may be empty.
    pub asset: String,
    /// How much.
    pub amount: Sum,
    /// What it was worth at the time, in US dollars.
    pub usd: Sum,
    /// The incidents: places in [`Corpus::postmortems`], newest first.
    pub of: Vec<usize>,
}

/// What funds in one state were worth at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorthFigure {
    /// What became of them.
    pub state: Option<FundState>,
    /// In US dollars.
    pub usd: Sum,
    /// The incidents.
    pub of: Vec<usize>,
}

/// Data of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFigure {
    /// The class; may be empty.
    pub class: String,
    /// Whether it was disclosed.
    pub disclosed: Option<Disclosure>,
    /// What is counted; may be empty.
    pub unit: String,
    /// How many records.
    pub records: Sum,
    /// The incidents.
    pub of: Vec<usize>,
}

/// Contracts on one chain that came to one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractFigure {
    /// The chain, as the newest incident writes it; may be empty.
    pub chain: String,
    /// What became of them.
    pub state: Option<ContractState>,
    /// How many; one that several incidents list is one.
    pub count: usize,
    /// The incidents.
    pub of: Vec<usize>,
}

/// How the fix of an incident was verified, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verified {
    /// An audit is dated before the fix went live.
    AuditedBefore,
    /// There is an audit; whether it was before is not said, or the two days are the same.
    Audited,
    /// Every audit is dated after the fix went live.
    AuditedAfter,
    /// By tests, a test network or a review, and no audit.
    Otherwise,
    /// Nothing is said of it.
    Unsaid,
}

/// Incidents whose fix was verified in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixFigure {
    /// How.
    pub verified: Verified,
    /// The incidents.
    pub of: Vec<usize>,
}

/// Impact in one dimension, counted in one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactFigure {
    /// The dimension, in lower case: `users`.
    pub dimension: String,
    /// What is counted: `wallets`; the dimension itself where only numbers are written.
    pub unit: String,
    /// How much.
    pub sum: Sum,
    /// The incidents.
    pub of: Vec<usize>,
}

/// Incidents that speak of a dimension of impact and are in no sum.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unnumbered {
    /// The dimension.
    pub dimension: String,
    /// They say that there was none.
    pub none: Vec<usize>,
    /// They say that it is not known.
    pub unknown: Vec<usize>,
    /// They tell it in words.
    pub words: Vec<usize>,
}

impl Losses {
    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.funds.is_empty() && self.data.is_empty() && self.contracts.is_empty() && self.fixes.is_empty() && self.impact.is_empty()
    }
}

/// Whether a postmortem has anything that [`losses`] adds up.
#[must_use]
pub fn has_losses(postmortem: &Postmortem) -> bool {
    let Records { contracts, funds, data, fixes, verification, .. } = &postmortem.records;
    let lists = [contracts.is_empty(), funds.is_empty(), data.is_empty(), fixes.is_empty(), verification.is_empty()];
    let in_numbers = || {
        let told =
            postmortem.impact.iter().filter(|(dimension, words)| is_added_up(dimension) && words.contains(|c: char| c.is_ascii_digit()));
        told.into_iter().any(|(_, words)| matches!(quantity(words), Reading::Quantity(_)))
    };
    !is_drill(postmortem) && (lists.contains(&false) || in_numbers())
}

/// Adds up the incidents of a population. `newest_first` says in which order incidents are told. Linear in the entries of their metadata.
#[must_use]
pub fn losses(corpus: &Corpus, newest_first: &[usize], population: Population) -> Losses {
    let all = newest_first.iter().filter_map(|n| Some((*n, &**corpus.postmortems.get(*n)?)));
    let of: Vec<(usize, &Postmortem)> = all.filter(|(_, postmortem)| Population::of(postmortem) == population).collect();
    let (impact, unnumbered) = impact(&of);
    Losses { funds: funds(&of), worth: worth(&of), data: data(&of), contracts: contracts(&of), fixes: fixes(&of), impact, unnumbered }
}

/// The funds of one incident: by state and asset, and what they were worth by state.
#[must_use]
pub fn of_one(postmortem: &Postmortem) -> (Vec<FundFigure>, Vec<WorthFigure>) {
    let of = [(0, postmortem)];
    (funds(&of), worth(&of))
}

type Incidents<'a> = [(usize, &'a Postmortem)];

/// Figures by key, in the order of the keys.
struct Groups<K, F>(BTreeMap<K, (F, Vec<usize>)>);

impl<K: Ord, F> Groups<K, F> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The figure with this key, made where there is none yet; the incident is among its own from now on.
    fn of(&mut self, key: K, n: usize, make: impl FnOnce() -> F) -> &mut F {
        let (figure, of) = self.0.entry(key).or_insert_with(|| (make(), Vec::new()));
        if of.last() != Some(&n) {
            of.push(n);
        }
        figure
    }

    fn into_figures(self) -> impl Iterator<Item = (F, Vec<usize>)> {
        self.0.into_values()
    }
}

/// States in their order, what has none last.
fn by_state<S: Ord>(state: Option<S>) -> (bool, Option<S>) {
    (state.is_none(), state)
}

fn extent(amount: Option<&Amount>) -> Option<Extent> {
    amount.and_then(Amount::quantity).map(|quantity| quantity.extent)
}

fn funds(of: &Incidents<'_>) -> Vec<FundFigure> {
    let mut groups = Groups::new();
    for (n, postmortem) in of {
        for fund in postmortem.records.funds.iter().filter(|fund| fund.is_told()) {
            let figure = groups.of((by_state(fund.state), fund.asset.to_lowercase()), *n, || FundFigure {
                state: fund.state,
                asset: fund.asset.clone(),
                amount: Sum::default(),
                usd: Sum::default(),
                of: Vec::new(),
            });
            figure.amount.add(extent(fund.amount.as_ref()));
            figure.usd.add(extent(fund.usd.as_ref()));
        }
    }
    groups.into_figures().map(|(figure, of)| FundFigure { of, ..figure }).collect()
}

fn worth(of: &Incidents<'_>) -> Vec<WorthFigure> {
    let mut groups = Groups::new();
    for (n, postmortem) in of {
        for fund in postmortem.records.funds.iter().filter(|fund| fund.is_told()) {
            let figure = groups.of(by_state(fund.state), *n, || (fund.state, Sum::default()));
            figure.1.add(extent(fund.usd.as_ref()));
        }
    }
    let figures = groups.into_figures().map(|((state, usd), of)| WorthFigure { state, usd, of });
    figures.filter(|figure| figure.usd.known > 0).collect()
}

fn data(of: &Incidents<'_>) -> Vec<DataFigure> {
    let mut groups = Groups::new();
    for (n, postmortem) in of {
        for data in postmortem.records.data.iter().filter(|data| !data.class.is_empty() || data.records.is_some()) {
            let quantity = data.records.as_ref().and_then(Amount::quantity);
            let unit = quantity.map_or_else(String::new, |quantity| counted_in(quantity, ""));
            let key = (data.class.to_lowercase(), by_state(data.disclosed), unit.to_lowercase());
            let figure = groups.of(key, *n, || DataFigure {
                class: data.class.clone(),
                disclosed: data.disclosed,
                unit,
                records: Sum::default(),
                of: Vec::new(),
            });
            figure.records.add(quantity.map(|quantity| quantity.extent));
        }
    }
    groups.into_figures().map(|(figure, of)| DataFigure { of, ..figure }).collect()
}

fn contracts(of: &Incidents<'_>) -> Vec<ContractFigure> {
    let mut groups = Groups::new();
    let mut seen = BTreeSet::new();
    for (n, postmortem) in of {
        for contract in &postmortem.records.contracts {
            let chain = contract.chain.clone().unwrap_or_default();
            let key = (chain.is_empty(), chain.to_lowercase(), by_state(contract.state));
            let figure = groups.of(key.clone(), *n, || ContractFigure { chain, state: contract.state, count: 0, of: Vec::new() });
            let known_by = known_by(contract);
            // What has neither address nor name cannot be met again.
            figure.count += usize::from(known_by.is_empty());
            figure.count += known_by.into_iter().filter(|known_by| seen.insert((key.clone(), known_by.clone()))).count();
        }
    }
    groups.into_figures().map(|(figure, of)| ContractFigure { of, ..figure }).collect()
}

/// What a contract is known by wherever it is listed: its addresses, else its name. Hexadecimal ones are written in any case (EIP-55), others
/// are not.
fn known_by(contract: &Contract) -> Vec<String> {
    let folded = |address: &str| if address.starts_with("0x") { address.to_lowercase() } else { address.to_owned() };
    if contract.addresses.is_empty() {
        return Some(contract.name.to_lowercase()).filter(|name| !name.is_empty()).into_iter().collect();
    }
    contract.addresses.iter().map(|address| folded(&address.value)).collect()
}

fn fixes(of: &Incidents<'_>) -> Vec<FixFigure> {
    let mut groups = Groups::new();
    for (n, postmortem) in of {
        let Records { fixes, verification, .. } = &postmortem.records;
        if !fixes.is_empty() || !verification.is_empty() {
            let verified = verified(postmortem);
            groups.of(verified, *n, || verified);
        }
    }
    groups.into_figures().map(|(verified, of)| FixFigure { verified, of }).collect()
}

fn verified(postmortem: &Postmortem) -> Verified {
    let audits: Vec<&Verification> = postmortem.records.audits().collect();
    if audits.is_empty() {
        return if postmortem.records.verification.is_empty() { Verified::Unsaid } else { Verified::Otherwise };
    }
    let Some(live) = postmortem.fix_went_live() else { return Verified::Audited };
    let dates = || audits.iter().map(|audit| audit.at.map(|at| at.value));
    if dates().flatten().any(|at| at.certainly_before(&live.value)) {
        Verified::AuditedBefore
    } else if dates().all(|at| at.is_some_and(|at| live.value.certainly_before(&at))) {
        Verified::AuditedAfter
    } else {
        Verified::Audited
    }
}

/// Whether a dimension of impact is added up: how long things took is told where they are measured, and a summary is of all dimensions.
fn is_added_up(dimension: &str) -> bool {
    !["downtime", "summary"].iter().any(|other| other.eq_ignore_ascii_case(dimension))
}

fn impact(of: &Incidents<'_>) -> (Vec<ImpactFigure>, Vec<Unnumbered>) {
    let mut sums = Groups::new();
    let mut others: BTreeMap<String, Unnumbered> = BTreeMap::new();
    for (n, postmortem) in of {
        for (dimension, words) in &postmortem.impact {
            if !is_added_up(dimension) {
                continue;
            }
            let dimension = dimension.value.to_lowercase();
            let other = others.entry(dimension.clone()).or_default();
            match quantity(&words.value) {
                Reading::Quantity(quantity) if quantity.extent.is_none() => other.none.push(*n),
                Reading::Unknown => other.unknown.push(*n),
                Reading::Words => other.words.push(*n),
                Reading::Quantity(quantity) => {
                    let unit = counted_in(&quantity, &dimension);
                    let key = (dimension.clone(), unit.to_lowercase());
                    let figure = sums.of(key, *n, || ImpactFigure { dimension, unit, sum: Sum::default(), of: Vec::new() });
                    figure.sum.add(Some(quantity.extent));
                }
            }
        }
    }
    let figures: Vec<ImpactFigure> = sums.into_figures().map(|(figure, of)| ImpactFigure { of, ..figure }).collect();
    let is_summed = |dimension: &String| figures.iter().any(|figure| figure.dimension == *dimension);
    let unnumbered = others.into_iter().filter(|(dimension, _)| is_summed(dimension));
    let unnumbered = unnumbered.map(|(dimension, other)| Unnumbered { dimension, ..other }).collect();
    (figures, unnumbered)
}

/// What a quantity counts, in the plural and without words that say no more than that it was hit.
fn counted_in(quantity: &Quantity, otherwise: &str) -> String {
    const HIT: [&str; 4] = ["affected", "hit", "impacted", "involved"];
    let mut words: Vec<&str> = quantity.unit.split(' ').collect();
    words.retain(|word| !HIT.contains(&word.to_lowercase().as_str()));
    match words.last() {
        None | Some(&"") => otherwise.to_owned(),
        // Codes of currencies and assets are not put in the plural.
        Some(last) if last.ends_with('s') || !last.contains(char::is_lowercase) => words.join(" "),
        Some(_) => format!("{}s", words.join(" ")),
    }
}

#[cfg(test)]
mod tests;
