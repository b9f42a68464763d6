//! What an incident page shows of the lists in its metadata: contracts, funds, data, transactions, fixes and their verification, evidence.

use super::body::PieceView;
use crate::knowledge::losses;
use crate::knowledge::sentence_case;
use crate::markdown::text::capitalised;
use crate::markdown::{SafeUrl, escape};
use crate::model::{
    Amount, Contract, DataInvolved, Evidence, FixRecord, Fund, FundState, Handover, Moment, Postmortem, Records, Remarks, Transaction,
    Verification,
};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::date_view;
use crate::render::wording::{extent, sum_text};
use crate::theme::Words;

/// A block and the sections that may tell of it, in order of preference.
pub(super) struct RecordsBlock {
    /// Keys of sections.
    pub(super) sections: &'static [&'static str],
    /// What it is called where it stands alone.
    /// The fragment of its heading there.
    pub(super) key: &'static str,
    pub(super) title: String,
    pub(super) piece: PieceView,
}

/// What the metadata lists of one kind, as a table.
pub(in crate::render) struct RecordsTable {
    /// What it is called.
    pub(in crate::render) title: String,
    key: &'static str,
    /// Keys of the sections that may tell of it, in order of preference.
    sections: &'static [&'static str],
    pub(in crate::render) table: Table,
    /// What it comes to; may be empty.
    pub(in crate::render) total: String,
}

/// The blocks of what the metadata lists, in the order they are shown.
pub(super) fn blocks(words: &Words, postmortem: &Postmortem) -> Vec<RecordsBlock> {
    let block = |RecordsTable { title, key, sections, table, total }| RecordsBlock {
        sections,
        key,
        title: title.clone(),
        piece: PieceView::records(title, table, total),
    };
    tables(words, postmortem).into_iter().map(block).collect()
}

/// What the metadata lists, as tables.
pub(in crate::render) fn tables(words: &Words, postmortem: &Postmortem) -> Vec<RecordsTable> {
    let Records { contracts, funds, data, transactions, fixes, verification } = &postmortem.records;
    let tables = [
        table(words, "contracts", &["scope", "impact"], contracts, contract_row),
        table(words, "data", &["scope", "impact"], data, data_row),
        table(words, "funds", &["funds", "impact"], funds, fund_row)
            .map(|table| RecordsTable { total: totals(words, postmortem), ..table }),
        table(words, "transactions", &["evidence", "funds", "scope"], transactions, transaction_row),
        table(words, "fixes", &["fix-verification", "resolution"], fixes, fix_row),
        table(words, "verification", &["fix-verification", "resolution"], verification, verification_row),
        table(words, "evidence", &["evidence"], &postmortem.evidence, evidence_row),
    ];
    tables.into_iter().flatten().collect()
}

/// A column and what an entry has in it.
type Row = Vec<(Column, Option<Cell>)>;

/// A table of entries, without the columns in which none has anything.
fn table<T>(
    words: &Words,
    key: &'static str,
    sections: &'static [&'static str],
    entries: &[T],
    row: fn(&Words, &T) -> Row,
) -> Option<RecordsTable> {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for entry in entries {
        let (names, cells): (Vec<Column>, Vec<Option<Cell>>) = row(words, entry).into_iter().unzip();
        columns = names;
        rows.push(cells.into_iter().map(Option::unwrap_or_default).collect());
    }
    let table = Table::new(words.get(&format!("records-{key}")), columns, rows).without_empty_columns();
    (!table.is_empty()).then(|| RecordsTable {
        title: words.get(&format!("records-{key}")).to_owned(),
        key,
        sections,
        table: table.stacking(),
        total: String::new(),
    })
}

fn contract_row(words: &Words, contract: &Contract) -> Row {
    let addresses: Vec<&str> = contract.addresses.iter().map(|address| address.value.as_str()).collect();
    vec![
        (Column::words(words.get("column-name")), plain(&contract.name, None)),
        (Column::words(words.get("column-chain")), contract.chain.as_deref().map(|chain| Cell::text(sentence_case(chain)))),
        (Column::words(words.get("column-address")), codes(&addresses, contract.remarks.url.as_deref())),
        (Column::words(words.get("column-state")), contract.state.map(|state| Cell::badge(words.name(state), state.word()))),
        remarks(words, &contract.remarks),
    ]
}

fn data_row(words: &Words, data: &DataInvolved) -> Row {
    vec![
        (Column::words(words.get("column-class")), plain(&capitalised(&data.class), data.remarks.url.as_deref())),
        (Column::words(words.get("column-records")), data.records.as_ref().map(|given| amount(words, given))),
        (
            Column::words(words.get("column-disclosed")),
            data.disclosed.map(|disclosed| Cell::badge(words.name(disclosed), format!("disclosed-{}", disclosed.word()))),
        ),
        remarks(words, &data.remarks),
    ]
}

fn fund_row(words: &Words, fund: &Fund) -> Row {
    let transactions: Vec<&str> = fund.transactions.iter().map(String::as_str).collect();
    vec![
        (Column::words(words.get("column-asset")), plain(&fund.asset, None)),
        (Column::words(words.get("column-amount")), fund.amount.as_ref().map(|given| amount(words, given))),
        (Column::words(words.get("column-worth-at-the-time")), fund.usd.as_ref().map(|given| amount(words, given))),
        (Column::words(words.get("column-state")), fund.state.map(|state| Cell::badge(words.name(state), state.word()))),
        (Column::words(words.get("column-transaction")), codes(&transactions, fund.remarks.url.as_deref())),
        remarks(words, &fund.remarks),
    ]
}

fn transaction_row(words: &Words, transaction: &Transaction) -> Row {
    let (_, note) = remarks(words, &transaction.remarks);
    vec![
        (Column::words(words.get("column-note")), note),
        (Column::words(words.get("column-chain")), transaction.chain.as_deref().map(|chain| Cell::text(sentence_case(chain)))),
        (
            Column::words(words.get("column-hash")),
            Some(transaction.hash.as_str())
                .filter(|hash| !hash.is_empty())
                .and_then(|hash| codes(&[hash], transaction.remarks.url.as_deref())),
        ),
    ]
}

fn fix_row(words: &Words, fix: &FixRecord) -> Row {
    let named = fix.named.iter().map(|(key, text)| match *key {
        "link" => linked(text),
        _ => code(text, fix.remarks.url.as_deref()),
    });
    let named: Vec<String> = named.collect();
    let plain = fix.named.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
    vec![
        (Column::words(words.get("column-change")), (!named.is_empty()).then(|| Cell::html(named.join("<br>")).plain(plain))),
        (Column::words(words.get("column-went-live")), fix.deployed_at.as_ref().map(|at| Cell::date(&date_view(words, &at.value)))),
        remarks(words, &fix.remarks),
    ]
}

fn verification_row(words: &Words, verification: &Verification) -> Row {
    let report = Some(&verification.report).filter(|report| !report.is_empty()).map(|report| Cell::html(linked(report)).plain(report));
    vec![
        (Column::words(words.get("column-kind")), verification.kind.map(|kind| Cell::text(words.name(kind)))),
        (Column::words(words.get("column-by")), plain(&verification.by, verification.remarks.url.as_deref())),
        (Column::words(words.get("column-date")), verification.at.as_ref().map(|at| Cell::date(&date_view(words, &at.value)))),
        (Column::words(words.get("column-report")), report),
        remarks(words, &verification.remarks),
    ]
}

fn evidence_row(words: &Words, evidence: &Evidence) -> Row {
    let Evidence { id, url, collected_by, source, custody, note, .. } = evidence;
    let path = evidence.path.as_ref().map(|path| format!("<code>{}</code>", escape(&path.value)));
    let what = [Some(escape(id)), path, Some(linked(url))].into_iter().flatten().filter(|part| !part.is_empty());
    let what = what.collect::<Vec<_>>().join("<br>");
    // The sheet shows the beginning; whoever copies it has it all.
    let sum = evidence.sha256.map(|sum| Cell::html(format!("<code class=\"hash sum\" title=\"{0}\">{0}</code>", sum.value)));
    let by =
        if collected_by.is_empty() { String::new() } else { words.with("records-collected-by", &[("name", collected_by.as_str().into())]) };
    let collected = match &evidence.collected_at {
        Some(at) => Some(Cell::date(&date_view(words, &at.value)).noted(by)),
        None => plain(&capitalised(&by), None),
    };
    let custody: Vec<String> = custody.iter().map(|step| handover(words, step)).map(|step| escape(&step)).collect();
    vec![
        (Column::words(words.get("column-what")), (!what.is_empty()).then(|| Cell::html(what))),
        (Column::words(words.get("column-sha-256")), sum),
        (Column::words(words.get("column-collected")), collected),
        (Column::words(words.get("column-source")), plain(source, None)),
        (Column::words(words.get("column-custody")), (!custody.is_empty()).then(|| Cell::html(custody.join("<br>")))),
        (Column::words(words.get("column-kept-until")), evidence.retain_until.as_ref().map(|at| Cell::date(&date_view(words, &at.value)))),
        (Column::words(words.get("column-note")), (!note.is_empty()).then(|| Cell::html(linked(note)))),
    ]
}

/// "18 Mar 2026: legal, copied to the archive"
fn handover(words: &Words, step: &Handover) -> String {
    let date = |at: &Moment| date_view(words, at).text;
    let what = [&step.by, &step.note].into_iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    [step.at.as_ref().map(date), Some(what)].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// What else an entry says.
fn remarks(words: &Words, remarks: &Remarks) -> (Column, Option<Cell>) {
    let further = remarks.further.iter().map(|(key, words)| format!("{}: {words}", sentence_case(key)));
    let parts: Vec<String> = Some(remarks.note.clone()).filter(|note| !note.is_empty()).into_iter().chain(further).collect();
    let html = || parts.iter().map(|part| linked(part)).collect::<Vec<_>>().join("; ");
    (Column::words(words.get("column-note")), (!parts.is_empty()).then(|| Cell::html(html()).plain(parts.join("; "))))
}

fn amount(words: &Words, amount: &Amount) -> Cell {
    Cell::text(amount.quantity().map_or_else(|| amount.written.value.clone(), |of| extent(words, of.extent, &of.unit)))
}

/// Words, as a link where there is somewhere to look them up.
fn plain(text: &str, url: Option<&str>) -> Option<Cell> {
    let url = url.and_then(outward);
    (!text.is_empty()).then(|| url.map_or_else(|| Cell::text(text), |url| Cell::html(link(&url, &escape(text))).plain(text)))
}

/// A text that may be an address of the web alone.
fn linked(text: &str) -> String {
    let shown = text.split_once("://").map_or(text, |(_, rest)| rest.trim_end_matches('/'));
    let url = Some(text).filter(|text| !text.contains(char::is_whitespace)).and_then(outward);
    url.map_or_else(|| escape(text), |url| link(&url, &escape(shown)))
}

/// Addresses on a chain, hashes and the like: one click marks the whole, and they break where the line ends.
fn codes(texts: &[&str], url: Option<&str>) -> Option<Cell> {
    let codes: Vec<String> = texts.iter().map(|text| code(text, url)).collect();
    (!codes.is_empty()).then(|| Cell::html(codes.join("<br>")).plain(texts.join(", ")))
}

fn code(text: &str, url: Option<&str>) -> String {
    let code = format!("<code class=\"hash\">{}</code>", escape(text));
    url.and_then(outward).map_or_else(|| code.clone(), |url| link(&url, &code))
}

fn link(url: &SafeUrl, html: &str) -> String {
    format!("<a href=\"{}\" rel=\"noopener\">{html}</a>", escape(url.as_str()))
}

fn outward(url: &str) -> Option<SafeUrl> {
    SafeUrl::new(url).filter(SafeUrl::is_external)
}

/// What several entries come to: amounts of one asset in one state, and what those in one state were worth.
fn totals(words: &Words, postmortem: &Postmortem) -> String {
    let (funds, worth) = losses::of_one(postmortem);
    let name = |state: Option<FundState>| {
        state.map_or_else(|| words.get("records-state-not-told").to_owned(), |state| words.within(words.name(state)))
    };
    let amounts = funds.iter().filter(|figure| figure.amount.known > 0 && figure.amount.known + figure.amount.unknown > 1);
    let amounts = amounts.map(|figure| format!("{}: {}", name(figure.state), sum_text(words, &figure.amount, &figure.asset)));
    let values = worth.iter().filter(|figure| figure.usd.known + figure.usd.unknown > 1);
    let values = values.map(|figure| {
        words.with("records-worth", &[("state", name(figure.state).into()), ("value", sum_text(words, &figure.usd, "USD").into())])
    });
    let parts: Vec<String> = amounts.chain(values).collect();
    if parts.is_empty() { String::new() } else { words.with("records-in-all", &[("sums", parts.join("; ").into())]) }
}
