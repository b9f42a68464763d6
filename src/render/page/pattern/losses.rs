//! What was lost, exposed and at risk over all incidents, with its bounds, and how fixes were verified.

use super::Block;
use crate::knowledge::losses::{Losses, Unnumbered, Verified, losses};
use crate::knowledge::metrics::Population;
use crate::knowledge::sentence_case;
use crate::markdown::escape;
use crate::markdown::text::capitalised;
use crate::model::{ContractState, Disclosure, FundState, Sum};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::plural;
use crate::site::{Pattern, Route, Site, root_of};

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
        let state =
            |state: Option<FundState>| state.map_or_else(|| Cell::text("Not told"), |state| Cell::badge(state.name(), state.word()));
        let funds = losses.funds.iter().map(|figure| {
            let asset = if figure.asset.is_empty() { "Not told" } else { &figure.asset };
            let worth = sum(&figure.usd, "USD");
            vec![state(figure.state), Cell::text(asset), sum(&figure.amount, &figure.asset), worth, self.incidents(&figure.of)]
        });
        let columns = ["State", "Asset", "Amount", "Worth at the time", "Incidents"].map(Column::words).to_vec();
        let mut tables = vec![Table::new("Funds by state and asset", columns, funds.collect())];
        if losses.worth.iter().any(|figure| figure.usd.known > 1) {
            let worth = losses.worth.iter().map(|figure| vec![state(figure.state), sum(&figure.usd, "USD"), self.incidents(&figure.of)]);
            let columns = ["State", "Worth at the time, all assets", "Incidents"].map(Column::words).to_vec();
            tables.push(Table::new("Funds by state, in US dollars", columns, worth.collect()).stacking());
        }
        self.block(
            "funds",
            "Funds",
            "Amounts are added where asset and state are the same. States are not added to each other: what was lost may be counted once more as \
             recovered. US dollars are those of the time of each incident, where its authors give them.",
            tables,
        )
    }

    fn data(&self, losses: &Losses) -> Block {
        let rows = losses.data.iter().map(|figure| {
            let class = if figure.class.is_empty() { "Not told".to_owned() } else { capitalised(&figure.class) };
            let disclosed = |disclosed: Disclosure| Cell::badge(disclosed.name(), format!("disclosed-{}", disclosed.word()));
            vec![
                Cell::text(class),
                figure.disclosed.map_or_else(|| Cell::text("Not told"), disclosed),
                sum(&figure.records, &figure.unit),
                self.incidents(&figure.of),
            ]
        });
        let columns = ["Data", "Disclosed", "Records", "Incidents"].map(Column::words).to_vec();
        let text = "Records are added where class and disclosure are the same. The same record may be in several incidents.";
        self.block("data", "Data", text, vec![Table::new("Data by class", columns, rows.collect())])
    }

    fn contracts(&self, losses: &Losses) -> Block {
        let rows = losses.contracts.iter().map(|figure| {
            let chain = if figure.chain.is_empty() { "Not told".to_owned() } else { sentence_case(&figure.chain) };
            let state = |state: ContractState| Cell::badge(state.name(), state.word());
            vec![
                Cell::text(chain),
                figure.state.map_or_else(|| Cell::text("Not told"), state),
                Cell::text(figure.count.to_string()),
                self.incidents(&figure.of),
            ]
        });
        let columns = vec![Column::words("Chain"), Column::words("State"), Column::figures("Contracts named"), Column::words("Incidents")];
        let text = "Contracts that the incidents list by address or name, each once. Their pages say how many others ran the same code.";
        self.block("contracts", "Contracts", text, vec![Table::new("Contracts by chain and state", columns, rows.collect())])
    }

    fn fixes(&self, losses: &Losses) -> Block {
        let rows = losses.fixes.iter().map(|figure| vec![Cell::text(verified(figure.verified)), self.incidents(&figure.of)]);
        let columns = vec![Column::words("Verification"), Column::words("Incidents")];
        let told: usize = losses.fixes.iter().map(|figure| figure.of.len()).sum();
        let text = format!(
            "How fixes were verified, in {} that {} of it. An audit counts as made before a fix went live only where its date is certainly \
             earlier.",
            plural(told, "incident", "incidents"),
            if told == 1 { "tells" } else { "tell" },
        );
        self.block("fixes", "Verification of fixes", &text, vec![Table::new("Fixes by verification", columns, rows.collect())])
    }

    fn impact(&self, losses: &Losses) -> Block {
        let rows = losses
            .impact
            .iter()
            .map(|figure| vec![Cell::text(sentence_case(&figure.dimension)), sum(&figure.sum, &figure.unit), self.incidents(&figure.of)]);
        let columns = ["Impact on", "Sum", "Incidents"].map(Column::words).to_vec();
        let text = "Impact that is written as a number, added where it counts the same thing. Those counted in several incidents are not \
                    necessarily different people.";
        let notes: Vec<String> = losses.unnumbered.iter().filter_map(unnumbered).collect();
        let block = self.block("impact", "Impact in numbers", text, vec![Table::new("Impact", columns, rows.collect()).stacking()]);
        Block { note: notes.join(" "), ..block }
    }

    fn block(&self, id: &str, heading: &str, text: &str, tables: Vec<Table>) -> Block {
        let (id, heading) = match self.population {
            Population::Incidents => (id.to_owned(), heading.to_owned()),
            population => {
                let name = population.name();
                (format!("{id}-{}", name.replace(' ', "-")), format!("{heading}: {name}"))
            }
        };
        Block { tables, ..Block::new(&id, &heading, text) }
    }

    /// The incidents a figure is made of; how many, where they are folded.
    fn incidents(&self, of: &[usize]) -> Cell {
        let links: Vec<String> = of.iter().take(MOST).filter_map(|n| self.link(*n)).collect();
        let count = plural(of.len(), "incident", "incidents");
        if of.len() <= SHOWN {
            return Cell::html(links.join("; "));
        }
        let more = if of.len() > MOST { format!("<p>The newest {MOST} of {}.</p>", of.len()) } else { String::new() };
        let items = links.join("</li><li>");
        Cell::html(format!("<details><summary>{count}</summary>{more}<ul><li>{items}</li></ul></details>"))
    }

    fn link(&self, n: usize) -> Option<String> {
        let title = &self.site.postmortem(n)?.head.title_text;
        Some(format!("<a href=\"{}{}\">{}</a>", self.root, escape(&self.site.url(Route::Incident(n))), escape(title)))
    }
}

/// A sum and what is not in it.
fn sum(sum: &Sum, unit: &str) -> Cell {
    if sum.known == 0 {
        return Cell::text("no number given");
    }
    let cell = Cell::text(sum.text(unit));
    let all = sum.known + sum.unknown;
    if sum.unknown == 0 { cell } else { cell.noted(format!("no number for {} of {all}", sum.unknown)) }
}

fn verified(verified: Verified) -> &'static str {
    match verified {
        Verified::AuditedBefore => "Audited before it went live",
        Verified::Audited => "Audited; whether before it went live is not told",
        Verified::AuditedAfter => "Audited after it went live",
        Verified::Otherwise => "No audit; tested or reviewed",
        Verified::Unsaid => "Nothing told",
    }
}

/// "Not in the sums for users: none in 2 incidents, told in words in 3."
fn unnumbered(other: &Unnumbered) -> Option<String> {
    let told = [(&other.none, "none"), (&other.unknown, "not known"), (&other.words, "told in words")];
    let told = told.into_iter().filter(|(of, _)| !of.is_empty());
    let told: Vec<String> = told.map(|(of, words)| format!("{words} in {}", plural(of.len(), "incident", "incidents"))).collect();
    (!told.is_empty()).then(|| format!("Not in the sums for {}: {}.", other.dimension, told.join(", ")))
}
