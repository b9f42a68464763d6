//! What was lost, exposed and at risk over all incidents, with its bounds, and how fixes were verified.

use super::Block;
use crate::knowledge::losses::{Losses, Unnumbered, Verified, losses};
use crate::knowledge::metrics::Population;
use crate::knowledge::sentence_case;
use crate::markdown::escape;
use crate::markdown::text::capitalised;
use crate::model::{ContractState, Disclosure, FundState, Sum};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::sum_text;
use crate::site::{Pattern, Route, Site, root_of};
use crate::theme::Words;

/// Who is counted, each by itself: a drill loses nothing.
const POPULATIONS: [Population; 3] = [Population::Incidents, Population::Catalogue, Population::NearMisses];
/// Up to so many incidents stand beside their figure; more are folded away.
const SHOWN: usize = 3;
/// The most incidents that are named behind one figure.
const MOST: usize = 100;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let one = |population| {
        let losses = losses(site.corpus(), &site.knowledge().newest_first, population);
        let page = Page { site, root: root_of(&site.url(Route::Pattern(Pattern::Losses))), population };
        [page.funds(&losses), page.data(&losses), page.contracts(&losses), page.fixes(&losses), page.impact(&losses)]
    };
    let blocks = POPULATIONS.into_iter().flat_map(one);
    blocks.filter(|block| block.tables.iter().any(|table| !table.is_empty())).collect()
}

/// What figures of one population are shown with.
struct Page<'a> {
    site: &'a Site,
    root: String,
    population: Population,
}

impl Page<'_> {
    fn funds(&self, losses: &Losses) -> Block {
        let words = self.site.words();
        let state = |state: Option<FundState>| {
            state.map_or_else(|| Cell::text(words.get("losses-not-told")), |state| Cell::badge(words.name(state), state.word()))
        };
        let funds = losses.funds.iter().map(|figure| {
            let asset = if figure.asset.is_empty() { words.get("losses-not-told") } else { &figure.asset };
            let worth = sum(words, &figure.usd, "USD");
            vec![state(figure.state), Cell::text(asset), sum(words, &figure.amount, &figure.asset), worth, self.incidents(&figure.of)]
        });
        let columns = ["column-state", "column-asset", "column-amount", "column-worth-at-the-time", "column-incidents"]
            .map(|id| Column::words(words.get(id)))
            .to_vec();
        let mut tables = vec![Table::new(words.get("losses-funds-by-asset"), columns, funds.collect())];
        if losses.worth.iter().any(|figure| figure.usd.known > 1) {
            let worth =
                losses.worth.iter().map(|figure| vec![state(figure.state), sum(words, &figure.usd, "USD"), self.incidents(&figure.of)]);
            let columns =
                ["column-state", "column-worth-at-the-time-all", "column-incidents"].map(|id| Column::words(words.get(id))).to_vec();
            tables.push(Table::new(words.get("losses-funds-in-dollars"), columns, worth.collect()).stacking());
        }
        self.block("funds", words.get("losses-funds"), words.get("losses-funds-text"), tables)
    }

    fn data(&self, losses: &Losses) -> Block {
        let words = self.site.words();
        let rows = losses.data.iter().map(|figure| {
            let class = if figure.class.is_empty() { words.get("losses-not-told").to_owned() } else { capitalised(&figure.class) };
            let disclosed = |disclosed: Disclosure| Cell::badge(words.name(disclosed), format!("disclosed-{}", disclosed.word()));
            vec![
                Cell::text(class),
                figure.disclosed.map_or_else(|| Cell::text(words.get("losses-not-told")), disclosed),
                sum(words, &figure.records, &figure.unit),
                self.incidents(&figure.of),
            ]
        });
        let columns =
            ["column-data", "column-disclosed", "column-records", "column-incidents"].map(|id| Column::words(words.get(id))).to_vec();
        let text = words.get("losses-data-text");
        self.block("data", words.get("losses-data"), text, vec![Table::new(words.get("losses-data-by-class"), columns, rows.collect())])
    }

    fn contracts(&self, losses: &Losses) -> Block {
        let words = self.site.words();
        let rows = losses.contracts.iter().map(|figure| {
            let chain = if figure.chain.is_empty() { words.get("losses-not-told").to_owned() } else { sentence_case(&figure.chain) };
            let state = |state: ContractState| Cell::badge(words.name(state), state.word());
            vec![
                Cell::text(chain),
                figure.state.map_or_else(|| Cell::text(words.get("losses-not-told")), state),
                Cell::text(figure.count.to_string()),
                self.incidents(&figure.of),
            ]
        });
        let columns = vec![
            Column::words(words.get("column-chain")),
            Column::words(words.get("column-state")),
            Column::figures(words.get("column-contracts-named")),
            Column::words(words.get("column-incidents")),
        ];
        let text = words.get("losses-contracts-text");
        self.block(
            "contracts",
            words.get("losses-contracts"),
            text,
            vec![Table::new(words.get("losses-contracts-by-chain"), columns, rows.collect())],
        )
    }

    fn fixes(&self, losses: &Losses) -> Block {
        let words = self.site.words();
        let rows = losses.fixes.iter().map(|figure| vec![Cell::text(verified(words, figure.verified)), self.incidents(&figure.of)]);
        let columns = vec![Column::words(words.get("column-verification")), Column::words(words.get("column-incidents"))];
        let told: usize = losses.fixes.iter().map(|figure| figure.of.len()).sum();
        let text = words.count("losses-fixes-text", told);
        self.block(
            "fixes",
            words.get("losses-fixes"),
            &text,
            vec![Table::new(words.get("losses-fixes-by-verification"), columns, rows.collect())],
        )
    }

    fn impact(&self, losses: &Losses) -> Block {
        let words = self.site.words();
        let rows = losses.impact.iter().map(|figure| {
            vec![Cell::text(words.named("impact", &figure.dimension)), sum(words, &figure.sum, &figure.unit), self.incidents(&figure.of)]
        });
        let columns = ["column-impact-on", "column-sum", "column-incidents"].map(|id| Column::words(words.get(id))).to_vec();
        let text = words.get("losses-impact-text");
        let notes: Vec<String> = losses.unnumbered.iter().filter_map(|other| unnumbered(words, other)).collect();
        let block = self.block(
            "impact",
            words.get("losses-impact"),
            text,
            vec![Table::new(words.get("incident-section-impact"), columns, rows.collect()).stacking()],
        );
        Block { note: notes.join(" "), ..block }
    }

    fn block(&self, id: &str, heading: &str, text: &str, tables: Vec<Table>) -> Block {
        let words = self.site.words();
        let (id, heading) = match self.population {
            Population::Incidents => (id.to_owned(), heading.to_owned()),
            population => {
                let name = population.name();
                (
                    format!("{id}-{}", name.replace(' ', "-")),
                    words.with("label-and-text", &[("label", heading.into()), ("text", words.name(population).into())]),
                )
            }
        };
        Block { tables, ..Block::new(&id, &heading, text) }
    }

    /// The incidents a figure is made of; how many, where they are folded.
    fn incidents(&self, of: &[usize]) -> Cell {
        let words = self.site.words();
        let links: Vec<String> = of.iter().take(MOST).filter_map(|n| self.link(*n)).collect();
        let count = words.count("incidents", of.len());
        if of.len() <= SHOWN {
            return Cell::html(links.join("; "));
        }
        let more = if of.len() > MOST {
            format!("<p>{}</p>", words.with("losses-newest", &[("shown", MOST.into()), ("count", of.len().into())]))
        } else {
            String::new()
        };
        let items = links.join("</li><li>");
        Cell::html(format!("<details><summary>{count}</summary>{more}<ul><li>{items}</li></ul></details>"))
    }

    fn link(&self, n: usize) -> Option<String> {
        let title = &self.site.postmortem(n)?.head.title_text;
        Some(format!("<a href=\"{}{}\">{}</a>", self.root, escape(&self.site.url(Route::Incident(n))), escape(title)))
    }
}

/// A sum and what is not in it.
fn sum(words: &Words, sum: &Sum, unit: &str) -> Cell {
    if sum.known == 0 {
        return Cell::text(words.get("losses-no-number"));
    }
    let cell = Cell::text(sum_text(words, sum, unit));
    let all = sum.known + sum.unknown;
    if sum.unknown == 0 {
        cell
    } else {
        cell.noted(words.with("losses-no-number-for", &[("count", sum.unknown.into()), ("all", all.into())]))
    }
}

fn verified(words: &Words, verified: Verified) -> &str {
    match verified {
        Verified::AuditedBefore => words.get("losses-audited-before"),
        Verified::Audited => words.get("losses-audited"),
        Verified::AuditedAfter => words.get("losses-audited-after"),
        Verified::Otherwise => words.get("losses-no-audit"),
        Verified::Unsaid => words.get("losses-nothing-told"),
    }
}

/// "Not in the sums for users: none in 2 incidents, told in words in 3."
fn unnumbered(words: &Words, other: &Unnumbered) -> Option<String> {
    let told = [(&other.none, "losses-none-in"), (&other.unknown, "losses-not-known-in"), (&other.words, "losses-words-in")];
    let told = told.into_iter().filter(|(of, _)| !of.is_empty());
    let told: Vec<String> = told.map(|(of, id)| words.count(id, of.len())).collect();
    (!told.is_empty())
        .then(|| words.with("losses-not-in-sums", &[("dimension", other.dimension.as_str().into()), ("counts", words.row(&told).into())]))
}
