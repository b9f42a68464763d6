//! The lists of the metadata whose entries are mappings: contracts, funds, data, transactions, fixes, verification.
//!
//! Nothing is lost. An entry that is a text alone is kept as a note, and what stands under a key we do not know, or is no value of its key, is
//! kept as words beside the rest. Numbers keep the text they were written with, so that an unquoted `0x…` is still an address.

use super::INVALID_VALUE;
use super::cause::answer;
use super::field::Fields;
use super::finding::Findings;
use super::milestone::instant;
use super::moment::Anchor;
use super::quantity::amount;
use super::vocabulary::{DISCLOSURE_WORDS, is_nothing};
use crate::diagnostic::{Spanned, did_you_mean};
use crate::frontmatter::{Mapping, Node, Value};
use crate::model::{
    Amount, Contract, ContractState, DataInvolved, Disclosure, FixRecord, Fund, FundState, Moment, Reading, Records, Remarks, Transaction,
    Verification, VerificationKind,
};

/// The keys of an entry that every list has.
const REMARKS: [&str; 2] = ["note", "url"];

/// Reads the lists. Times without a zone are those of `clock`.
pub(super) fn records(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Records {
    Records {
        contracts: entries(fields, "contracts", &["chain", "address", "name", "state"], findings, contract),
        funds: entries(fields, "funds", &["asset", "amount", "usd", "state", "tx"], findings, fund),
        data: entries(fields, "data", &["class", "records", "disclosed"], findings, data),
        transactions: entries(fields, "transactions", &["chain", "hash"], findings, transaction),
        fixes: entries(fields, "fixes", &["link", "commit", "tx", "deployed_at"], findings, |entry, findings| fix(entry, clock, findings)),
        verification: entries(fields, "verification", &["kind", "by", "report", "at"], findings, |entry, findings| {
            verification(entry, clock, findings)
        }),
    }
}

/// An entry as it is read.
struct Entry<'a> {
    mapping: &'a Mapping,
    field: &'static str,
    remarks: Remarks,
}

/// What an entry is made into.
trait Record: Default {
    fn remarks(&mut self) -> &mut Remarks;
}

macro_rules! has_remarks {
    ($($record:ident)+) => { $(impl Record for $record { fn remarks(&mut self) -> &mut Remarks { &mut self.remarks } })+ };
}

has_remarks! { Contract Fund DataInvolved Transaction FixRecord Verification }

fn entries<R: Record>(
    fields: &Fields<'_>,
    field: &'static str,
    keys: &[&'static str],
    findings: &mut Findings<'_>,
    mut read: impl FnMut(&mut Entry<'_>, &mut Findings<'_>) -> R,
) -> Vec<R> {
    let mut records = Vec::new();
    for item in fields.items(field).filter(|item| !item.is_empty()) {
        let mut remarks = Remarks { span: item.span, ..Remarks::default() };
        let mut record = R::default();
        if let Some(mapping) = item.mapping() {
            remarks.note = words(mapping, "note");
            remarks.url = Some(words(mapping, "url")).filter(|url| is_address(url));
            let mut entry = Entry { mapping, field, remarks };
            record = read(&mut entry, findings);
            remarks = entry.remarks;
            for other in mapping.entries.iter().filter(|entry| !keys.contains(&&*entry.key.value)) {
                let key = &*other.key.value;
                if !REMARKS.contains(&key) || (key == "url" && remarks.url.is_none()) {
                    keep(&mut remarks, key, &other.value);
                    near_key(&other.key, field, keys, findings);
                }
            }
        } else {
            remarks.note = spelt(item);
        }
        *record.remarks() = remarks;
        records.push(record);
    }
    records
}

fn contract(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Contract {
    let addresses = entry.mapping.get("address").map(|entry| entry.value.items()).unwrap_or_default();
    Contract {
        chain: Some(words(entry.mapping, "chain")).filter(|chain| !chain.is_empty()),
        addresses: addresses.iter().filter_map(|node| Some(Spanned::new(node.text()?.to_owned(), node.span))).collect(),
        name: words(entry.mapping, "name"),
        state: choice(entry, "state", ContractState::ALL, ContractState::word, findings),
        remarks: Remarks::default(),
    }
}

fn fund(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Fund {
    let mut amount = how_much(entry, "amount");
    let mut asset = words(entry.mapping, "asset");
    if let Some(Reading::Quantity(quantity)) = amount.as_mut().map(|amount| &mut amount.reading) {
        if asset.is_empty() {
            asset.clone_from(&quantity.unit);
        } else if quantity.unit.is_empty() || quantity.unit.eq_ignore_ascii_case(&asset) {
            quantity.unit.clone_from(&asset);
        }
    }
    let mut usd = how_much(entry, "usd");
    if let Some(Reading::Quantity(quantity)) = usd.as_mut().map(|usd| &mut usd.reading)
        && quantity.unit.is_empty()
    {
        "USD".clone_into(&mut quantity.unit);
    }
    let transactions = entry.mapping.get("tx").map(|entry| entry.value.items()).unwrap_or_default();
    Fund {
        amount: amount.map(|amount| only_in(amount, &asset)),
        usd: usd.map(|usd| only_in(usd, "USD")),
        asset,
        state: choice(entry, "state", FundState::ALL, FundState::word, findings),
        transactions: transactions.iter().filter_map(Node::text).map(str::to_owned).collect(),
        remarks: Remarks::default(),
    }
}

/// An amount as words where it is one of something else: it is in no sum.
fn only_in(amount: Amount, unit: &str) -> Amount {
    match &amount.reading {
        Reading::Quantity(quantity) if quantity.unit != unit && !quantity.extent.is_none() => Amount { reading: Reading::Words, ..amount },
        _ => amount,
    }
}

fn data(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> DataInvolved {
    let disclosed = entry.mapping.get("disclosed").and_then(|entry| entry.value.text()).map(str::to_lowercase);
    let known = DISCLOSURE_WORDS.iter().find(|(word, _)| disclosed.as_deref() == Some(word)).map(|(_, disclosure)| *disclosure);
    DataInvolved {
        class: words(entry.mapping, "class"),
        records: how_much(entry, "records"),
        disclosed: known.or_else(|| choice(entry, "disclosed", Disclosure::ALL, Disclosure::word, findings)),
        remarks: Remarks::default(),
    }
}

fn transaction(entry: &mut Entry<'_>, _: &mut Findings<'_>) -> Transaction {
    Transaction {
        chain: Some(words(entry.mapping, "chain")).filter(|chain| !chain.is_empty()),
        hash: words(entry.mapping, "hash"),
        remarks: Remarks::default(),
    }
}

fn fix(entry: &mut Entry<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> FixRecord {
    let named = ["commit", "tx", "link"].map(|key| (key, words(entry.mapping, key)));
    FixRecord {
        named: named.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
        deployed_at: moment(entry, "deployed_at", clock, findings),
        remarks: Remarks::default(),
    }
}

fn verification(entry: &mut Entry<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Verification {
    Verification {
        kind: choice(entry, "kind", VerificationKind::ALL, VerificationKind::word, findings),
        by: words(entry.mapping, "by"),
        report: words(entry.mapping, "report"),
        at: moment(entry, "at", clock, findings),
        remarks: Remarks::default(),
    }
}

/// The word of a key among `choices`; what is none of them is a finding, and kept.
fn choice<T: Copy>(
    entry: &mut Entry<'_>,
    key: &'static str,
    choices: &[T],
    name: fn(T) -> &'static str,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let chosen = answer(entry.mapping, key, &format!("{}.{key}", entry.field), choices, name, findings).map(|choice| choice.value);
    entry.keep_unless(chosen.is_some(), key);
    chosen
}

/// The moment of a key; what is none is a finding, unless it says why there is none, and kept.
fn moment(entry: &mut Entry<'_>, key: &'static str, clock: &Anchor, findings: &mut Findings<'_>) -> Option<Spanned<Moment>> {
    let node = &entry.mapping.get(key)?.value;
    let is_told = !node.is_empty() && !node.text().is_some_and(is_nothing);
    let moment = is_told.then(|| instant(node, key, clock, findings)).flatten();
    entry.keep_unless(moment.is_some(), key);
    moment.map(|moment| Spanned::new(moment, node.span))
}

/// How much a key says.
fn how_much(entry: &mut Entry<'_>, key: &'static str) -> Option<Amount> {
    let amount = entry.mapping.get(key).and_then(|entry| amount(&entry.value));
    entry.keep_unless(amount.is_some(), key);
    amount
}

impl Entry<'_> {
    /// Keeps the words of a key that came to nothing.
    fn keep_unless(&mut self, is_read: bool, key: &str) {
        if let Some(entry) = self.mapping.get(key).filter(|_| !is_read) {
            keep(&mut self.remarks, key, &entry.value);
        }
    }
}

fn keep(remarks: &mut Remarks, key: &str, value: &Node) {
    let words = spelt(value);
    if !words.is_empty() {
        remarks.further.push((key.to_owned(), words));
    }
}

/// The words of any value, on one line.
pub(super) fn spelt(value: &Node) -> String {
    match &value.value {
        Value::Scalar(_) => value.text().unwrap_or_default().to_owned(),
        Value::Sequence(items) => items.iter().map(spelt).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Mapping(mapping) => {
            let entries = mapping.entries.iter().map(|entry| format!("{}: {}", entry.key.value, spelt(&entry.value)));
            entries.collect::<Vec<_>>().join("; ")
        }
    }
}

/// A key that is nearly one of ours is a slip; any other is the house's own.
fn near_key(key: &Spanned<Box<str>>, field: &str, keys: &[&'static str], findings: &mut Findings<'_>) {
    if let Some(near) = did_you_mean(&key.value, keys.iter().copied().chain(REMARKS)).filter(|_| key.value.len() > 3) {
        let finding = findings.error(INVALID_VALUE, key.span, format!("`{}` is no key of `{field}`", key.value));
        findings.push(finding.help(format!("did you mean `{near}`?")));
    }
}

/// Whether a text is an address of the web.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The words of a key; empty where it has none.
pub(super) fn words(mapping: &Mapping, key: &str) -> String {
    mapping.get(key).map(|entry| spelt(&entry.value)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
