//! Plans against reality: tables `item | followed | adequate` in postmortems, and what an action changes.

use crate::config::owners_named;
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Inline, Table, TableRow};
use crate::model::{ActionDetail, ActionItem, Postmortem};

/// How a plan, playbook, policy or procedure did in one incident.
#[derive(Debug, Clone)]
pub struct Scored<'a> {
    /// What it is, as it is written there.
    pub item: &'a [Inline],
    /// Whether it was followed.
    pub followed: Answer,
    /// Whether it was adequate.
    pub adequate: Answer,
    /// What the cells say beyond that, and the cells beside them: `no: the page was down`. May be empty.
    pub remark: String,
}

/// An answer to whether something was so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It was.
    Yes,
    /// In part.
    Partly,
    /// It was not.
    No,
    /// Nobody says, or it does not apply.
    Unsaid,
}

/// Words that begin the head of a column.
const FOLLOWED: [&str; 3] = ["followed", "used", "was it followed"];
const ADEQUATE: [&str; 8] = ["adequate", "adequacy", "worked", "did it work", "sufficient", "was it adequate", "held", "enough"];
const ITEM: [&str; 13] = [
    "item",
    "playbook",
    "plan",
    "policy",
    "policies",
    "procedure",
    "runbook",
    "guideline",
    "process",
    "document",
    "protocol",
    "standard",
    "checklist",
];

/// Words that begin an answer, the longer before those that they begin with.
const ANSWERS: [(&str, Answer); 35] = [
    ("n/a", Answer::Unsaid),
    ("n.a", Answer::Unsaid),
    ("na", Answer::Unsaid),
    ("none", Answer::Unsaid),
    ("not applicable", Answer::Unsaid),
    ("unknown", Answer::Unsaid),
    ("not fully", Answer::Partly),
    ("not entirely", Answer::Partly),
    ("not quite", Answer::Partly),
    ("partly", Answer::Partly),
    ("partially", Answer::Partly),
    ("partial", Answer::Partly),
    ("in part", Answer::Partly),
    ("mostly", Answer::Partly),
    ("somewhat", Answer::Partly),
    ("half", Answer::Partly),
    ("~", Answer::Partly),
    ("not followed", Answer::No),
    ("not adequate", Answer::No),
    ("not used", Answer::No),
    ("no", Answer::No),
    ("not", Answer::No),
    ("false", Answer::No),
    ("inadequate", Answer::No),
    ("insufficient", Answer::No),
    ("✗", Answer::No),
    ("✘", Answer::No),
    ("❌", Answer::No),
    ("yes", Answer::Yes),
    ("y", Answer::Yes),
    ("true", Answer::Yes),
    ("fully", Answer::Yes),
    ("✓", Answer::Yes),
    ("✔", Answer::Yes),
    ("✅", Answer::Yes),
];

/// Every row of the tables in a postmortem that score plans, in order.
pub fn scored(postmortem: &Postmortem) -> impl Iterator<Item = Scored<'_>> {
    let blocks = postmortem.body.sections.iter().flat_map(crate::model::Section::prose).flatten();
    blocks.filter_map(table).flat_map(|table| {
        let columns = columns(table);
        columns.into_iter().flat_map(move |columns| table.rows.iter().filter_map(move |row| columns.read(row)))
    })
}

fn table(block: &Block) -> Option<&Table> {
    match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    }
}

/// Which columns say what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    item: usize,
    followed: Option<usize>,
    adequate: Option<usize>,
}

/// The columns of a table that scores plans: one for the answers at least, and where there is only one of those, a head that says that the items
/// are plans.
fn columns(table: &Table) -> Option<Columns> {
    let heads: Vec<String> = table.header.cells.iter().map(|cell| plain_text(&cell.content).trim().to_lowercase()).collect();
    let column = |words: &[&str]| heads.iter().position(|head| words.iter().any(|word| begins(head, word).is_some()));
    let (followed, adequate) = (column(&FOLLOWED), column(&ADEQUATE));
    let named = heads
        .iter()
        .position(|head| ITEM.iter().any(|word| begins(head.trim_end_matches('s'), word).is_some() || begins(head, word).is_some()));
    let item = match (followed, adequate) {
        (Some(_), Some(_)) => named.unwrap_or(0),
        (Some(_), None) | (None, Some(_)) => named?,
        (None, None) => return None,
    };
    (Some(item) != followed && Some(item) != adequate).then_some(Columns { item, followed, adequate })
}

impl Columns {
    fn read<'a>(&self, row: &'a TableRow) -> Option<Scored<'a>> {
        let item = row.cells.get(self.item)?.content.as_slice();
        if plain_text(item).trim().is_empty() {
            return None;
        }
        let mut remarks: Vec<String> = Vec::new();
        let mut scored = Scored { item, followed: Answer::Unsaid, adequate: Answer::Unsaid, remark: String::new() };
        for (place, cell) in row.cells.iter().enumerate().filter(|(place, _)| *place != self.item) {
            let text = plain_text(&cell.content);
            let (answer, rest) = answer(&text);
            if Some(place) == self.followed {
                scored.followed = answer;
                remarks.push(rest.to_owned());
            } else if Some(place) == self.adequate {
                scored.adequate = answer;
                remarks.push(rest.to_owned());
            } else {
                remarks.push(text.trim().to_owned());
            }
        }
        remarks.retain(|remark| !remark.is_empty());
        scored.remark = remarks.join("; ");
        Some(scored)
    }
}

/// The answer a cell gives, and what it says beyond.
fn answer(text: &str) -> (Answer, &str) {
    let text = text.trim();
    let folded = text.to_lowercase();
    let found = ANSWERS.iter().find_map(|(word, answer)| Some((*answer, begins(&folded, word)?)));
    match found {
        // Lower case may be longer or shorter than what it was made of; then all of it is the remark.
        Some((answer, length)) if folded.len() == text.len() => {
            let rest = text.get(length..).unwrap_or_default();
            (answer, rest.trim_start_matches([':', ',', '.', ';', '-', '–', '—', ' ', '!']).trim_end())
        }
        Some((answer, _)) => (answer, text),
        None if text.trim_matches(['-', '–', '—', ' ']).is_empty() => (Answer::Unsaid, ""),
        None => (Answer::Unsaid, text),
    }
}

/// The length of a word that begins a text as a whole word.
fn begins(text: &str, word: &str) -> Option<usize> {
    let rest = text.strip_prefix(word)?;
    (!rest.starts_with(char::is_alphanumeric) || !word.ends_with(char::is_alphanumeric)).then_some(word.len())
}

/// What an action changes beside the system itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Plans, runbooks, policies and documents.
    Plans,
    /// How code is written.
    CodePractice,
    /// Tools for those who respond.
    Tooling,
}

impl Area {
    /// What begins a word for it.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Plans => &["doc", "runbook", "playbook", "polic", "procedure", "plan"],
            Self::CodePractice => &["code-practice", "code practice", "coding", "standard", "practice"],
            Self::Tooling => &["tool"],
        }
    }

    /// Whether an action says that it changes this.
    #[must_use]
    pub fn is_of(self, action: &ActionItem) -> bool {
        // Most actions have no such column, and looking is cheaper than reading every head.
        let may_say = action.further.iter().any(|(head, _)| head.starts_with(['a', 'A', 'c', 'C']));
        let says = |area: &str| {
            // Areas are listed as owners are.
            let mut words = owners_named(area).map(|word| word.to_lowercase().replace('_', "-"));
            words.any(|word| self.words().iter().any(|begin| word.starts_with(begin)))
        };
        may_say && action.detail(ActionDetail::Area).is_some_and(|area| says(&area.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    /// Every row of the scorecards in a text: "item followed adequate (remark)".
    fn rows(text: &str) -> Vec<String> {
        let parsed = document(&"content/postmortems/a.md".into(), text, Role::Postmortem, &Config::default());
        let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("a postmortem") };
        let told = |row: Scored<'_>| {
            let remark = if row.remark.is_empty() { String::new() } else { format!(" ({})", row.remark) };
            format!("{} {:?} {:?}{remark}", plain_text(row.item), row.followed, row.adequate)
        };
        scored(&postmortem).map(told).collect()
    }

    #[test]
    fn rows_of_a_scorecard_are_read_however_it_is_headed() {
        let text = "## Response\n\n| Playbook | Followed? | Adequate | Note |\n|---|---|---|---|\n\
                    | Rollback | Yes | No: it asks for a host that is gone | Twice |\n| Paging | not followed | n/a | |\n| *Status page* | ✅ | partly |\n| | yes | yes | |\n";
        assert_eq!(rows(text), ["Rollback Yes No (it asks for a host that is gone; Twice)", "Paging No Unsaid", "Status page Yes Partly"]);
        assert_eq!(rows("## Response\n\n| Plans | Worked? |\n|---|---|\n| Failover | mostly |\n"), ["Failover Unsaid Partly"]);
        assert_eq!(
            rows("## Response\n\n| What | Was it followed | Was it adequate |\n|---|---|---|\n| X | – | nobody knows |\n"),
            ["X Unsaid Unsaid (nobody knows)"]
        );
    }

    #[test]
    fn other_tables_are_no_scorecards() {
        for header in ["Time | Used", "Service | Worked", "Followed | Adequate", "Item | Price", "Plan | Price"] {
            assert_eq!(rows(&format!("## Response\n\n| {header} |\n|---|---|\n| a | yes |\n")), [""; 0], "{header}");
        }
    }
}
