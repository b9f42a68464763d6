//! What others have written becomes documents of ours: files of their tools in, our front matter and sections out, with a note on everything that
//! was understood, guessed, kept as it was or lost.
//!
//! Nothing here reads or writes a file. A reader makes a [`Draft`] of each incident: [`markdown`] of folders that other site generators, status
//! pages and word processors have left, [`statuspage`], [`issues`] and [`danluu`] of lists. [`lay_out`] gives the drafts their names, leads the links
//! among them to these, and prints them. In reading order: `yaml` prints metadata, `fields` brings metadata of others onto our fields, `text`, `html`
//! and the files of the presets turn marks of others into Markdown, `links` finds what a text leads to and shows.

mod confluence;
mod cstate;
pub mod danluu;
mod draft;
mod facts;
mod fields;
mod google;
mod headings;
mod html;
mod hugo;
pub mod issues;
mod jekyll;
mod links;
pub mod markdown;
mod mkdocs;
mod report;
pub mod statuspage;
mod text;
mod yaml;
mod zola;

pub use draft::{Attached, Document, Draft, Ground, lay_out};
pub use report::{Entry, State, json, text};

/// The form that something was imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Content of Hugo.
    Hugo,
    /// Content of Zola.
    Zola,
    /// Posts of Jekyll.
    Jekyll,
    /// Pages of MkDocs.
    Mkdocs,
    /// Issues of a cState status page.
    Cstate,
    /// Summaries as in icco/postmortems.
    Icco,
    /// Markdown that Google Docs has exported.
    GoogleDocs,
    /// Markdown that was made of pages of Confluence.
    Confluence,
    /// The list of incidents of a status page by Atlassian.
    Statuspage,
    /// A list of issues of GitHub.
    Github,
    /// A list of issues of GitLab.
    Gitlab,
    /// The list of post-mortems that Dan Luu keeps.
    Danluu,
}

impl Format {
    /// The word on the command line and in `imported_from`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::Jekyll => "jekyll",
            Self::Mkdocs => "mkdocs",
            Self::Cstate => "cstate",
            Self::Icco => "icco",
            Self::GoogleDocs => "google-docs",
            Self::Confluence => "confluence",
            Self::Statuspage => "statuspage",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Danluu => "danluu",
        }
    }
}

/// What became of something in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It has a place of its own.
    Mapped,
    /// It was given a place that may be wrong: a person decides.
    Guessed,
    /// It stands in the document as it was written.
    Kept,
    /// It says nothing to a reader, such as how a page was laid out, and was not taken over.
    LeftOut,
    /// It is not in the document: a person sees to it.
    Lost,
}

impl Outcome {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Guessed => "guess",
            Self::Kept => "kept",
            Self::LeftOut => "left out",
            Self::Lost => "lost",
        }
    }

    /// Whether a person must look.
    #[must_use]
    pub fn wants_review(self) -> bool {
        matches!(self, Self::Guessed | Self::Lost)
    }
}

/// One thing of the source, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What became of it.
    pub outcome: Outcome,
    /// What it is in the source: a key, a mark, a place.
    pub from: String,
    /// Where it is now: a field, a section; may be empty.
    pub to: String,
    /// Why, where that is not plain; may be empty.
    pub why: String,
}

/// A file or entry of the source of which no document was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its path, or what it is called.
    pub from: String,
    /// Why.
    pub why: String,
    /// Whether a person must look: it may be an incident, and could not be read.
    pub wants_review: bool,
}

/// What a source came to.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The documents to be, in order of the source.
    pub drafts: Vec<Draft>,
    /// What is none.
    pub skipped: Vec<Skipped>,
}

/// A source that is not of the form it was said to be, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongForm(pub String);

impl std::fmt::Display for WrongForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongForm {}
