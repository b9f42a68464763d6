//! `afterword search`: the search of the site, without the site.
//!
//! The index is the one that a build publishes, ranked by the same sums, so the same words give the same order here and in the browser. It is
//! kept from one search to the next (`cache`), by a hash of every document; what is read anew is the documents that are shown.

mod archive;
mod place;
mod text;

use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::edition::Choice;
use super::filter::Filter;
use super::unfit::refuse;
use super::{Failure, Outcome, Terminal, build_info, leave};
use crate::diagnostic::{LineIndex, Position, SourcePath, Span};
use crate::edition::{self, Part};
use crate::markdown::text::PlacedText;
use crate::model::DocumentRef;
use crate::pipeline::{self, Project};
use crate::search::{Hit, Passage, Query, SectionText, Sort, Words, passages};
use crate::site::section_words;
use archive::{Archive, Unfit};

const EXAMPLES: &str = "\
Examples:
  afterword search retry storm
  afterword search '\"thundering herd\"' --since 2023
  afterword search certificate --service checkout --cause change/config
  afterword search clickh --format json | jq -r '.results[].path'

Words between quotation marks stand together; the last word may be the beginning of one; a word with a slip is mended, and it is said.

Exit status: 0 done, also where nothing was found; 1 the public edition is asked for, and `build` would refuse it; 2 the tool could not work, or a word of a filter is not known.";

/// The most passages that a result is shown with.
const PASSAGES: usize = 2;

/// The arguments of `search`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to look for.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,

    /// How to print it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// So many results at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// What comes first.
    #[arg(long, value_enum, value_name = "ORDER", default_value = "relevance")]
    sort: Order,

    #[command(flatten)]
    choice: Choice,

    #[command(flatten)]
    filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// What answers best.
    Relevance,
    /// What happened last.
    Date,
}

/// All that is answered. This is the JSON form, too.
#[derive(Debug, Serialize)]
struct Answered {
    query: String,
    /// How many documents answer, shown or not.
    total: usize,
    /// Words that were not found, with those that were taken in their place.
    corrections: Vec<Correction>,
    /// What was not found at all.
    missing: Vec<String>,
    results: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Correction {
    typed: String,
    taken: String,
}

/// A document that answers.
#[derive(Debug, Serialize)]
struct Found {
    title: String,
    /// The file, from the folder of the project.
    path: String,
    /// The place of the first passage, else of the title.
    line: u32,
    column: u32,
    /// The address in the site, without a leading slash.
    url: String,
    /// The id of a postmortem.
    id: Option<String>,
    date: Option<String>,
    kind: Option<String>,
    severity: Option<String>,
    services: Vec<String>,
    passages: Vec<Shown>,
}

/// A passage that answers.
#[derive(Debug, Serialize)]
struct Shown {
    /// The heading it stands under; empty before the first.
    section: String,
    /// The fragment that leads to the section.
    anchor: String,
    line: u32,
    column: u32,
    /// The passage in pieces.
    pieces: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    /// Whether it was looked for.
    marked: bool,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut project = pipeline::open(root)?;
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(None)?;
    let today = build.today;
    let archive = match Archive::of(terminal, root, &mut project, edition, build)? {
        Ok(archive) => archive,
        Err(Unfit(wrong)) => return Ok(refuse(terminal, &project, &wrong, "searched")),
    };
    let query = Query {
        text: arguments.words.join(" "),
        sort: if arguments.sort == Order::Date { Sort::Date } else { Sort::Relevance },
        limit: arguments.limit,
        ..Query::default()
    };
    let answer = archive.search(&query, &arguments.filter, &project.config)?;
    let found = |hit| {
        let path = archive.path(hit)?;
        let whole = pipeline::document(&project, &path)?;
        let part = edition::part(&whole.document, project.text(&path)?, &project.config, edition, today)?;
        found(&project, &path, &part, hit, &answer.words)
    };
    let answered = Answered {
        query: query.text,
        total: answer.total,
        corrections: answer.corrections.iter().map(|(typed, taken)| Correction { typed: typed.clone(), taken: taken.clone() }).collect(),
        missing: answer.missing,
        results: answer.hits.iter().filter_map(found).collect(),
    };
    match arguments.format {
        Format::Text => terminal.data(&text::text(&answered, terminal.table_width()))?,
        Format::Json => Terminal::for_programs(&format!("{}\n", serde_json::to_string_pretty(&answered)?))?,
    }
    for note in text::notes(&answered) {
        terminal.say(&note);
    }
    leave((project, archive));
    Ok(Outcome::Done)
}

/// A result with its passages, at their places in the file.
fn found(project: &Project, path: &SourcePath, part: &Part, hit: &Hit, words: &Words) -> Option<Found> {
    let document = part.document.borrowed();
    let postmortem = if let DocumentRef::Postmortem(postmortem) = document { Some(postmortem) } else { None };
    let text = project.text(path)?;
    let lines = LineIndex::new(text);
    let position = |at: usize| lines.position(text, part.place(Span::at(at)).start);
    let sections = section_words::<PlacedText>(document);
    let texts: Vec<SectionText<'_>> = sections.iter().map(|section| section.as_text(section.text.as_str())).collect();
    let shown = |passage: Passage| {
        let section = sections.iter().find(|section| section.anchor == passage.anchor)?;
        let at = match passage.first_mark {
            Some(mark) => place::of_mark(part.text(), &section.text, mark),
            None => section.heading_span.start as usize,
        };
        let Position { line, column, .. } = position(at);
        let pieces = passage.pieces.into_iter().map(|piece| Piece { text: piece.text, marked: piece.marked }).collect();
        Some(Shown { section: passage.heading, anchor: passage.anchor, line, column, pieces })
    };
    let passages: Vec<Shown> = passages(&texts, words, PASSAGES).into_iter().filter_map(shown).collect();
    let title = position(document.head().title.span.start as usize);
    let (line, column) = passages.first().map_or((title.line, title.column), |first| (first.line, first.column));
    Some(Found {
        title: hit.title.clone(),
        path: path.to_string(),
        line,
        column,
        url: hit.url.clone(),
        id: postmortem.map(|postmortem| postmortem.id.value.clone()),
        date: Some(hit.date.clone()).filter(|date| !date.is_empty()),
        kind: postmortem.and_then(|postmortem| postmortem.kind.as_ref()).map(|kind| kind.value.clone()),
        severity: Some(hit.note.clone()).filter(|note| !note.is_empty()),
        services: postmortem
            .map(|postmortem| postmortem.services.iter().map(|service| service.value.clone()).collect())
            .unwrap_or_default(),
        passages,
    })
}
