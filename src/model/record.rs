//! What the metadata of an incident lists piece by piece: contracts, funds, data, transactions, fixes and how they were verified.

use super::timeline::words;
use super::{Amount, EventKind, Moment, Postmortem};
use crate::diagnostic::{Span, Spanned};

/// The lists of one incident, each in the order written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// Contracts on a chain that were involved.
    pub contracts: Vec<Contract>,
    /// Funds that were lost, frozen, rescued or recovered.
    pub funds: Vec<Fund>,
    /// Data that was involved.
    pub data: Vec<DataInvolved>,
    /// Transactions that show what happened.
    pub transactions: Vec<Transaction>,
    /// What was changed to mend it.
    pub fixes: Vec<FixRecord>,
    /// How the fix was shown to work.
    pub verification: Vec<Verification>,
}

/// What any entry of such a list may say beside what it is for. An entry that is a text alone is its note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// A sentence; may be empty.
    pub note: String,
    /// Where on the web it can be looked up.
    pub url: Option<String>,
    /// What stands under other keys, and values that their keys cannot have: (key, words).
    pub further: Vec<(String, String)>,
    /// Where the entry is written.
    pub span: Span,
}

/// A contract on a chain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contract {
    /// The chain.
    pub chain: Option<String>,
    /// Its addresses, as written.
    pub addresses: Vec<Spanned<String>>,
    /// What it is called; may be empty.
    pub name: String,
    /// What became of it.
    pub state: Option<ContractState>,
    /// What else is said.
    pub remarks: Remarks,
}

words! {
    /// What became of a contract.
    ContractState {
        /// It could have been hit.
        AtRisk = "at-risk", "At risk";
        /// It was hit.
        Impacted = "impacted", "Impacted";
        /// It was stopped.
        Paused = "paused", "Paused";
        /// It was brought to safety.
        Saved = "saved", "Saved";
        /// It is not known.
        Uncertain = "uncertain", "Uncertain";
    }
}

/// Funds of one asset that came to the same end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fund {
    /// The asset; may be empty.
    pub asset: String,
    /// How much of it.
    pub amount: Option<Amount>,
    /// What it was worth at the time, in US dollars.
    pub usd: Option<Amount>,
    /// What became of it.
    pub state: Option<FundState>,
    /// The transactions that moved it.
    pub transactions: Vec<String>,
    /// What else is said.
    pub remarks: Remarks,
}

words! {
    /// What became of funds, from the danger to the way back.
    FundState {
        /// They could have been taken.
        AtRisk = "at-risk", "At risk";
        /// They are gone.
        Lost = "lost", "Lost";
        /// Nobody can move them.
        Frozen = "frozen", "Frozen";
        /// Somebody took them to safety.
        Rescued = "rescued", "Rescued";
        /// They were lost and came back.
        Recovered = "recovered", "Recovered";
    }
}

/// Data of one class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataInvolved {
    /// What sort of data; may be empty.
    pub class: String,
    /// How many records of it.
    pub records: Option<Amount>,
    /// Whether somebody without a right to it has it.
    pub disclosed: Option<Disclosure>,
    /// What else is said.
    pub remarks: Remarks,
}

words! {
    /// Whether data was disclosed (after VERIS `attribute.confidentiality.data_disclosure`).
    Disclosure {
        /// It was.
        Yes = "yes", "Yes";
        /// It may have been.
        Potential = "potential", "Potentially";
        /// It was not.
        No = "no", "No";
    }
}

/// A transaction on a chain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transaction {
    /// The chain.
    pub chain: Option<String>,
    /// Its hash, as written; may be empty.
    pub hash: String,
    /// What else is said.
    pub remarks: Remarks,
}

/// A change that mends what was broken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FixRecord {
    /// What it is, by the words of its keys (`commit`, `tx`, `link`): (key, words).
    pub named: Vec<(&'static str, String)>,
    /// When it went live.
    pub deployed_at: Option<Spanned<Moment>>,
    /// What else is said.
    pub remarks: Remarks,
}

/// A look at the fix by somebody or something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// How.
    pub kind: Option<VerificationKind>,
    /// By whom; may be empty.
    pub by: String,
    /// Where the report is; may be empty.
    pub report: String,
    /// When.
    pub at: Option<Spanned<Moment>>,
    /// What else is said.
    pub remarks: Remarks,
}

words! {
    /// How a fix was shown to work.
    VerificationKind {
        /// It ran on a test network.
        Testnet = "testnet", "Test network";
        /// Somebody outside audited it.
        Audit = "audit", "Audit";
        /// Tests ran.
        Test = "test", "Test";
        /// Somebody inside reviewed it.
        Review = "review", "Review";
    }
}

impl Fund {
    /// Whether it says anything of funds, and is more than a note.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.asset.is_empty() || self.amount.is_some() || self.usd.is_some() || self.state.is_some()
    }
}

impl Postmortem {
    /// When the whole of the fix was live: the last date of `fixes`; where there is none, the first event that tells of a rollout or of
    /// operations being resumed.
    #[must_use]
    pub fn fix_went_live(&self) -> Option<Spanned<Moment>> {
        let deployed = self.records.fixes.iter().filter_map(|fix| fix.deployed_at);
        let is_live = |kind: Option<EventKind>| matches!(kind, Some(EventKind::Rollout | EventKind::Resume));
        let events = self.timeline.iter().filter(|event| is_live(event.kind));
        let events = events.filter_map(|event| Some(Spanned::new(event.when?, event.written.span)));
        deployed.max_by_key(|live| live.value.at).or_else(|| events.min_by_key(|live| live.value.at))
    }
}

impl Records {
    /// The audits of the fix.
    pub fn audits(&self) -> impl Iterator<Item = &Verification> {
        self.verification.iter().filter(|entry| entry.kind == Some(VerificationKind::Audit))
    }
}
