//! The words of the field as data: what a postmortem is once it has been understood.
//!
//! These types hold what an author wrote, typed, with the place it was written at. Nothing here reads text ([`crate::parse`] does) or
//! knows of other documents ([`crate::knowledge`] does).

mod action;
mod cause;
mod evidence;
mod moment;
mod naming;
mod per_document;
mod plan;
mod quantity;
mod record;
mod report;
mod section;
mod slug;
mod timeline;
mod training;
mod withheld;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Fields;
use crate::diagnostic::{Diagnostic, SourcePath, Span, Spanned};
use crate::frontmatter::{Entry, Mapping};
use crate::markdown::{Inline, LinkOrigin};

pub use action::{ActionDetail, ActionItem, ActionKind, ActionStatus};
pub use cause::{Cause, CauseLayer, CauseOrigin, DetectedBy, Detection, Related, RelatedWhy, is_answer};
pub use evidence::{Evidence, Handover};
pub use moment::{Bound, Clock, Moment, Precision};
pub use naming::Named;
pub use per_document::PerDocument;
pub use plan::{Acknowledgement, PlanKind, PlanUpdate};
pub use quantity::{Amount, Decimal, Extent, Quantity, Reading, Sum, Total, affixes};
pub use record::{
    Contract, ContractState, DataInvolved, Disclosure, FixRecord, Fund, FundState, Records, Remarks, Transaction, Verification,
    VerificationKind,
};
pub use report::{Correction, CorrectionPart, Stage};
pub(crate) use section::each_definition;
pub use section::{Body, Piece, Section, SectionOrigin};
pub(crate) use slug::is_device;
pub use slug::portable;
pub use timeline::{Event, EventKind, Milestone, Update, Window};
pub use training::{Difficulty, DrillPlan, PromptPlan, ReadingEntry, Training};
pub(crate) use withheld::merged;
pub use withheld::{Secrecy, Until, Withheld};

/// Every document of a site, understood, in order of path. Documents are shared, never cloned; where an edition reads less of the metadata alone,
/// the text is.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The postmortems.
    pub postmortems: Vec<Arc<Postmortem>>,
    /// The other pages.
    pub pages: Vec<Arc<Page>>,
}

/// What every document has, postmortem or page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The file.
    pub path: SourcePath,
    /// The title as inlines: from metadata, else the first heading, else the file name.
    pub title: Spanned<Vec<Inline>>,
    /// The title as plain text; never empty.
    pub title_text: String,
    /// The last part of the URL: from `slug`, else the file name (the folder's for an `index.md`), made portable (`[a-z0-9-]`).
    pub slug: Spanned<String>,
    /// BCP 47, where the document says.
    pub language: Option<String>,
    /// Old addresses that should lead here.
    pub aliases: Vec<Spanned<String>>,
    /// All metadata as written, for what has no field of its own.
    pub metadata: Mapping,
    /// The keys of the metadata that no field answers to, with what they hold (`extra` in templates).
    pub extra: Vec<Entry>,
    /// Findings the author has allowed, from `<!-- afterword: allow rule: reason -->`.
    pub allowances: Vec<Allowance>,
    /// Where in the file the text is, below the metadata.
    pub body_span: Span,
    /// What in the file is not for everybody.
    pub withheld: Withheld,
    /// Where it names people of the site.
    pub named: Vec<Named>,
    /// The words of the body, counted.
    pub words: usize,
    /// The links of the body, in order.
    pub links: Vec<WrittenLink>,
}

/// A link as an author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    /// The destination as written.
    pub target: Spanned<Box<str>>,
    /// How it was written.
    pub origin: LinkOrigin,
    /// All of it, brackets included.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
    /// Whether there are no words in its text, or in the description of an image.
    pub wordless: bool,
}

/// Either kind of document, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum DocumentRef<'a> {
    /// A postmortem.
    Postmortem(&'a Postmortem),
    /// Another page.
    Page(&'a Page),
}

impl<'a> DocumentRef<'a> {
    /// What every document has.
    #[must_use]
    pub fn head(self) -> &'a Head {
        match self {
            Self::Postmortem(postmortem) => &postmortem.head,
            Self::Page(page) => &page.head,
        }
    }

    /// Who may see it.
    #[must_use]
    pub fn visibility(self) -> Visibility {
        match self {
            Self::Postmortem(postmortem) => postmortem.visibility,
            Self::Page(page) => page.visibility,
        }
    }

    /// Where it stands in its life.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Postmortem(postmortem) => postmortem.status,
            Self::Page(page) => page.status,
        }
    }

    /// The text.
    #[must_use]
    pub fn body(self) -> &'a Body {
        match self {
            Self::Postmortem(postmortem) => &postmortem.body,
            Self::Page(page) => &page.body,
        }
    }
}

/// A document of a corpus, by its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// `Corpus::postmortems[n]`
    Postmortem(usize),
    /// `Corpus::pages[n]`
    Page(usize),
}

impl Corpus {
    /// The document with this place, if there is one.
    #[must_use]
    pub fn get(&self, id: DocumentId) -> Option<DocumentRef<'_>> {
        match id {
            DocumentId::Postmortem(n) => self.postmortems.get(n).map(|p| DocumentRef::Postmortem(p)),
            DocumentId::Page(n) => self.pages.get(n).map(|p| DocumentRef::Page(p)),
        }
    }

    /// The document of a file. Both kinds are in order of path, so this costs a few comparisons.
    #[must_use]
    pub fn by_path(&self, path: &SourcePath) -> Option<(DocumentId, DocumentRef<'_>)> {
        let postmortem = || self.postmortems.binary_search_by(|postmortem| postmortem.head.path.cmp(path)).ok().map(DocumentId::Postmortem);
        let page = || self.pages.binary_search_by(|page| page.head.path.cmp(path)).ok().map(DocumentId::Page);
        let id = postmortem().or_else(page)?;
        Some((id, self.get(id)?))
    }

    /// Whether its documents are those of another one, by identity.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let same_pages = self.pages.len() == other.pages.len() && self.pages.iter().zip(&other.pages).all(|(a, b)| Arc::ptr_eq(a, b));
        let mut pairs = self.postmortems.iter().zip(&other.postmortems);
        same_pages && self.postmortems.len() == other.postmortems.len() && pairs.all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// Makes it hold the documents of another one, at the cost of those that differ where there are as many: to take hold of a document waits for
    /// its memory.
    pub fn become_like(&mut self, other: &Self) {
        follow(&mut self.postmortems, &other.postmortems);
        follow(&mut self.pages, &other.pages);
    }

    /// The corpus of one document; it is shared, not copied.
    #[must_use]
    pub fn alone(&self, id: DocumentId) -> Self {
        match id {
            DocumentId::Postmortem(n) => Self { postmortems: self.postmortems.get(n).cloned().into_iter().collect(), pages: Vec::new() },
            DocumentId::Page(n) => Self { postmortems: Vec::new(), pages: self.pages.get(n).cloned().into_iter().collect() },
        }
    }

    /// Every document: postmortems, then pages.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, DocumentRef<'_>)> {
        let postmortems = self.postmortems.iter().enumerate().map(|(n, p)| (DocumentId::Postmortem(n), DocumentRef::Postmortem(p)));
        postmortems.chain(self.pages.iter().enumerate().map(|(n, p)| (DocumentId::Page(n), DocumentRef::Page(p))))
    }
}

fn follow<T>(documents: &mut Vec<Arc<T>>, others: &[Arc<T>]) {
    if documents.len() == others.len() {
        for (document, other) in documents.iter_mut().zip(others).filter(|(document, other)| !Arc::ptr_eq(document, other)) {
            *document = Arc::clone(other);
        }
    } else {
        *documents = others.to_vec();
    }
}

impl Head {
    /// The entries of the metadata that answer to a field, under whatever name.
    pub fn fields<'h>(&'h self, known: &Fields, name: &str) -> impl Iterator<Item = &'h Entry> {
        self.metadata.entries.iter().filter(move |entry| known.canonical(&entry.key) == Some(name))
    }
}

/// A finding the author has allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The rule.
    pub rule: Spanned<String>,
    /// Why; never empty.
    pub reason: String,
    /// The text it covers: the next block, or from a comment before everything else the whole file.
    pub covers: Span,
}

/// A page that is not a postmortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What every document has.
    pub head: Head,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it stands in its life.
    pub status: Status,
    /// What it says of training; one that lists incidents to read is a reading path.
    pub training: Option<Training>,
    /// The text.
    pub body: Body,
}

/// A postmortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postmortem {
    /// What every document has.
    pub head: Head,
    /// The stable id: from metadata, else the slug.
    pub id: Spanned<String>,
    /// The kind, which selects the profile; nothing where neither the document nor the site names one.
    pub kind: Option<Spanned<String>>,
    /// Where the document stands in its life.
    pub status: Status,
    /// Who may see it.
    pub visibility: Visibility,
    /// The severity as written and, where the scale has it, its step.
    pub severity: Option<Severity>,
    /// The plain summary of the metadata, as Markdown inlines.
    pub summary: Option<Spanned<Vec<Inline>>>,
    /// The milestones: from the metadata, else from the timeline.
    pub milestones: BTreeMap<Milestone, Spanned<Moment>>,
    /// The moment it is listed and sorted under: the start, else the first thing known of it (timeline, file name, title).
    pub date: Option<Moment>,
    /// Ids of services, in the order written.
    pub services: Vec<Spanned<String>>,
    /// Tags, in the order written.
    pub tags: Vec<Spanned<String>>,
    /// What set it off.
    pub trigger: Option<Spanned<String>>,
    /// Why the system allowed it; the first is the primary one.
    pub root_causes: Vec<Cause>,
    /// Conditions that joined in.
    pub contributing: Vec<Cause>,
    /// How it was found.
    pub detection: Option<Detection>,
    /// The dimensions of impact, as written: (dimension, words).
    pub impact: Vec<(Spanned<String>, Spanned<String>)>,
    /// The stretches of time with impact, where there were several.
    pub impact_windows: Vec<Window>,
    /// What people worked on it, all together, in minutes.
    pub effort_minutes: Option<Spanned<u64>>,
    /// When the report was published; in a catalogue, the account that is summed up.
    pub published_at: Option<Spanned<Moment>>,
    /// What was said in public in the meantime, in order of writing.
    pub updates: Vec<Update>,
    /// How far the report is.
    pub stage: Option<Spanned<Stage>>,
    /// By when the next public word is promised.
    pub next_update: Option<Spanned<Moment>>,
    /// What the report once said otherwise, in order of writing.
    pub corrections: Vec<Correction>,
    /// When to look back on whether the measures held.
    pub review_on: Option<Spanned<Moment>>,
    /// Who drives the document.
    pub owner: Option<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Other incidents it names in its metadata.
    pub related: Vec<Related>,
    /// What its metadata lists of contracts, funds, data, transactions, fixes and their verification.
    pub records: Records,
    /// The material that the facts rest on.
    pub evidence: Vec<Evidence>,
    /// The response plan that was followed: its name, address or path.
    pub plan_used: Option<Spanned<String>>,
    /// What it changed in plans, roles, tools and contacts.
    pub plan_updates: Vec<PlanUpdate>,
    /// Who helped, and agreed to be named.
    pub acknowledgements: Vec<Acknowledgement>,
    /// How it is used for training.
    pub training: Option<Training>,
    /// Terms of the site's own taxonomies: key to terms.
    pub custom: BTreeMap<String, Vec<Spanned<String>>>,
    /// What happened, in order of writing.
    pub timeline: Arc<[Event]>,
    /// What will be done.
    pub actions: Vec<ActionItem>,
    /// The text, in pieces: prose, and the places where the timeline and the actions stand.
    pub body: Arc<Body>,
}

impl Page {
    /// The incidents to read in order, if the page is a reading path; empty if it is another.
    #[must_use]
    pub fn reading(&self) -> &[ReadingEntry] {
        self.training.as_ref().map_or(&[], |training| training.reading.as_slice())
    }
}

impl Postmortem {
    /// The moment of a milestone.
    #[must_use]
    pub fn milestone(&self, milestone: Milestone) -> Option<&Moment> {
        self.milestones.get(&milestone).map(|at| &at.value)
    }

    /// The minutes from one milestone to another, where both are known to the minute or better. Negative where they are in the wrong
    /// order (a finding says so).
    #[must_use]
    pub fn minutes(&self, from: Milestone, to: Milestone) -> Option<i64> {
        self.milestone(from)?.minutes_until(self.milestone(to)?)
    }

    /// Whether the report says of itself that it is preliminary.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.stage.is_some_and(|stage| stage.value == Stage::Preliminary)
    }

    /// What users felt, in minutes: start to mitigation, else start to resolution.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        self.minutes(Milestone::Started, Milestone::Mitigated).or_else(|| self.minutes(Milestone::Started, Milestone::Resolved))
    }
}

/// The impact of an incident, on the site's own scale. Not to be mistaken for a finding's level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// The word as written.
    pub word: Spanned<String>,
    /// The step of the scale, 0 the worst; nothing for a word the scale does not have.
    pub step: Option<usize>,
}

/// Where a document stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// Being written: in no edition unless drafts are asked for.
    Draft,
    /// Under review.
    InReview,
    /// Reviewed; what a file that says nothing is.
    #[default]
    Reviewed,
    /// Reviewed, and nothing is left to do.
    Closed,
}

impl Status {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::Reviewed, Self::Closed];

    /// The word in front matter.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Reviewed => "reviewed",
            Self::Closed => "closed",
        }
    }

    /// The name on pages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Reviewed => "Reviewed",
            Self::Closed => "Closed",
        }
    }
}

/// Who may see a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Visibility {
    /// Nothing was said: internal where there is a public edition, in the only edition where there is not.
    #[default]
    Unstated,
    /// `visibility: internal`
    Internal,
    /// `visibility: public`
    Public,
    /// A word that is neither, or an empty one: always a finding, and never shown in public.
    Unreadable,
}

impl Visibility {
    /// The word in front matter; nothing for what cannot be written.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Internal => Some("internal"),
            Self::Public => Some("public"),
            Self::Unstated | Self::Unreadable => None,
        }
    }
}

/// A document as `parse` leaves it, with what it has to say about it.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The document.
    pub document: AnyDocument,
    /// Findings about this file alone.
    pub findings: Vec<Diagnostic>,
}

impl AnyDocument {
    /// The same, borrowed.
    #[must_use]
    pub fn borrowed(&self) -> DocumentRef<'_> {
        match self {
            Self::Postmortem(postmortem) => DocumentRef::Postmortem(postmortem),
            Self::Page(page) => DocumentRef::Page(page),
        }
    }
}

/// Either kind of document.
#[derive(Debug, Clone)]
pub enum AnyDocument {
    /// A postmortem.
    Postmortem(Arc<Postmortem>),
    /// Another page.
    Page(Arc<Page>),
}
