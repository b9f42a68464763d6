//! Folders of Markdown as other tools keep them, each by a preset.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Attached, Draft, Guess};
use super::fields::{self, Means};
use super::links::{self, Ways};
use super::yaml::Yaml;
use super::{Format, Imported, Outcome, Skipped, confluence, cstate, facts, google, headings, html, hugo, jekyll, mkdocs, text, zola};
use crate::config::Config;
use crate::diagnostic::{SourcePath, Span};
use crate::frontmatter::{self, FrontMatter};
use crate::markdown::text::{capitalised, on_one_line, plain_text};
use crate::markdown::{self, BlockKind};
use crate::source::{Content, SourceFile, Sources};

/// The forms that are folders of Markdown.
pub const PRESETS: [Format; 8] =
    [Format::Hugo, Format::Zola, Format::Jekyll, Format::Mkdocs, Format::Cstate, Format::Icco, Format::GoogleDocs, Format::Confluence];

/// The longest title that is made of other words, in characters.
const TITLE: usize = 80;

/// The names of files that every repository has, by the part before the first dot, in lower case.
const OTHERS: [&str; 7] = ["readme", "license", "changelog", "contributing", "code_of_conduct", "security", "_index"];

/// How many files are told by their names.
const TOLD: usize = 5;

/// The names of folders in which such a site keeps its pages, and of those whose files it publishes as they are.
fn folders(format: Format) -> (&'static [&'static str], &'static [&'static str]) {
    match format {
        Format::Hugo | Format::Cstate => (&["content"], &["static", "assets"]),
        Format::Zola => (&["content"], &["static"]),
        Format::Jekyll => (&["_posts", "_drafts"], &[]),
        Format::Mkdocs => (&["docs"], &[]),
        _ => (&[], &[]),
    }
}

/// Makes a draft of every document of a folder. Its paths are those of `sources`; where it is the folder of a whole site, the pages of that site are
/// taken and nothing else.
#[must_use]
pub fn read(format: Format, sources: &Sources, config: &Config) -> Imported {
    let mut imported = Imported::default();
    let (pages, statics) = folders(format);
    let lies_in = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let of_site = sources.documents().any(|file| pages.iter().any(|folder| lies_in(file.path.as_str(), folder)));
    let mut files: Vec<(&SourceFile, &str)> = Vec::new();
    for file in sources.documents() {
        let path = file.path.as_str();
        if of_site && !pages.iter().any(|folder| lies_in(path, folder)) {
            imported.skipped.push(Skipped {
                from: path.to_owned(),
                why: format!("it is not in `{}`", pages.join("` or `")),
                wants_review: false,
            });
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let stem = name.split('.').next().unwrap_or(&name);
        let skipped = |why: &str, wants_review| Skipped { from: path.to_owned(), why: why.to_owned(), wants_review };
        let mut words = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_template = words.next() == Some("template") || words.next_back() == Some("template");
        if is_template || OTHERS.contains(&stem) {
            imported.skipped.push(skipped("its name says that it is no report", false));
            continue;
        }
        let why = match &file.content {
            Content::Text(text) => {
                files.push((file, text));
                continue;
            }
            Content::NotUtf8 { valid_up_to, .. } => format!("byte {valid_up_to} is not UTF-8; save it as UTF-8"),
            Content::TooLarge { len } => format!("its {len} bytes are more than a document may have"),
        };
        imported.skipped.push(skipped(&why, true));
    }
    // Beside others, the page of the folder itself is a list of them.
    if files.len() > 1
        && let Some(at) = files.iter().position(|(file, _)| is_list(file.path.as_str(), pages))
    {
        let from = files.remove(at).0.path.to_string();
        imported.skipped.push(Skipped { from, why: "it is the page of the whole folder".to_owned(), wants_review: false });
    }
    let tops = if of_site {
        pages.iter().chain(statics).map(|top| (*top).to_owned()).chain([String::new()]).collect()
    } else {
        vec![String::new()]
    };
    let bundles = bundles(format, sources, &files);
    let ways = Ways::new(sources, tops, files.iter().map(|(file, _)| file.path.as_str()));
    for (file, text) in files {
        let mut draft = draft(format, file.path.as_str(), text, config);
        links::find(&mut draft, &ways);
        let folder = file.path.as_str().strip_suffix("/index.md").unwrap_or_default();
        for attachment in bundles.get(folder).into_iter().flatten() {
            links::attach(&mut draft, attachment);
        }
        imported.drafts.push(draft);
    }
    let is_near = |path: &str| !of_site || pages.iter().any(|folder| lies_in(path, folder));
    passed_over(&mut imported, sources, &is_near);
    imported
}

/// Whether it is the page of the folder of pages itself.
fn is_list(path: &str, pages: &[&str]) -> bool {
    let folder = pages.iter().find_map(|folder| path.strip_prefix(folder)?.strip_prefix('/'));
    links::page(folder.unwrap_or(path)) == "index"
}

/// Tells of what lies among the documents and is in none of them.
fn passed_over(imported: &mut Imported, sources: &Sources, is_near: &dyn Fn(&str) -> bool) {
    for problem in sources.problems().filter(|problem| is_near(problem.primary.path.as_str())) {
        imported.skipped.push(Skipped { from: problem.primary.path.to_string(), why: problem.message.clone(), wants_review: false });
    }
    let attached = imported.drafts.iter().flat_map(|draft| &draft.attached);
    let taken: BTreeSet<&SourcePath> =
        attached.filter_map(|file| if let Attached::File { from, .. } = file { Some(from) } else { None }).collect();
    let files = sources.attachments().map(|file| &file.path).filter(|path| is_near(path.as_str()) && !taken.contains(path));
    let files: Vec<&str> = files.map(SourcePath::as_str).collect();
    if !files.is_empty() {
        let more = if files.len() > TOLD { ", …" } else { "" };
        let from = format!("{}{more}", files.iter().take(TOLD).copied().collect::<Vec<_>>().join(", "));
        let why = format!(
            "{} that {} in no document",
            if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) },
            if files.len() == 1 { "is" } else { "are" }
        );
        imported.skipped.push(Skipped { from, why, wants_review: false });
    }
}

/// The files that lie in the folder of a page which is a folder itself (Hugo's page bundles, Zola's assets): they belong to it, whether the text shows them
/// or not.
fn bundles<'s>(format: Format, sources: &'s Sources, files: &[(&'s SourceFile, &str)]) -> BTreeMap<&'s str, Vec<&'s SourcePath>> {
    let folder = |path: &'s str| path.strip_suffix("/index.md");
    let has_bundles = matches!(format, Format::Hugo | Format::Zola | Format::Cstate);
    let mut bundles: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
    for (file, _) in files.iter().filter(|_| has_bundles) {
        bundles.extend(folder(file.path.as_str()).map(|folder| (folder, Vec::new())));
    }
    for path in sources.attachments().map(|file| &file.path) {
        let mut folders = path.as_str().match_indices('/').rev().filter_map(|(end, _)| path.as_str().get(..end));
        if let Some(nearest) = folders.find(|folder| bundles.contains_key(folder))
            && let Some(files) = bundles.get_mut(nearest)
        {
            files.push(path);
        }
    }
    bundles
}

fn draft(format: Format, path: &str, text: &str, config: &Config) -> Draft {
    let mut draft = Draft::new(format, path, text);
    let front = frontmatter::parse(text);
    let stem = links::stem(path);
    name(&mut draft, format, path, stem);
    fields::take(&mut draft, &front.metadata, config, &|key| means(format, key));
    if !front.problems.is_empty() {
        fields::be_draft(&mut draft, "front matter", Outcome::Guessed, "not all of it could be read, and it may say who must not see this");
    }
    let plain = front.body.slice(text).replace("\r\n", "\n");
    let body = body(&mut draft, format, &plain, config);
    draft.body = match rest_of_metadata(&mut draft, &front, text) {
        Some(rest) => format!("{}\n\n{rest}", body.trim_end()),
        None => body,
    };
    if format == Format::Icco {
        draft.note(Outcome::Mapped, "icco/postmortems", "kind", "a summary of somebody else's incident");
        draft.set("kind", Yaml::text("catalogue"));
        // A summary is all that is asked of it.
        let has_headings = draft.body.lines().any(|line| line.starts_with('#'));
        if draft.get("summary").is_none() && !has_headings && !draft.body.trim().is_empty() {
            draft.body = format!("## Summary\n\n{}", draft.body.trim_start());
        }
    }
    if draft.get("title").is_none() {
        title(&mut draft, stem);
    }
    draft
}

/// What the file is to be called, and what its name says.
fn name(draft: &mut Draft, format: Format, path: &str, stem: &str) {
    if format == Format::Jekyll
        && let Some((day, _)) = jekyll::named(stem)
    {
        let from = "name of the file".to_owned();
        draft.guesses.push(Guess { field: "started_at", moment: day, from, why: fields::WRITTEN, is_told: true });
    }
    if format == Format::Jekyll && path.split('/').any(|folder| folder == "_drafts") {
        fields::be_draft(draft, "_drafts", Outcome::Mapped, "");
    }
    // A name that is a number or a UUID says nothing to anybody.
    let is_number = stem.contains(|c: char| c.is_ascii_digit()) && stem.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    draft.stem = (!is_number && stem != "index").then(|| stem.to_owned());
}

fn means(format: Format, key: &str) -> Option<Means> {
    match format {
        Format::Hugo => hugo::means(key),
        Format::Zola => zola::means(key),
        Format::Jekyll => jekyll::means(key),
        Format::Mkdocs => mkdocs::means(key),
        Format::Cstate => cstate::means(key),
        Format::Confluence => confluence::means(key),
        // Keys by <https://github.com/icco/postmortems>; the rest are aliases of fields.
        Format::Icco if key == "categories" => Some(Means::Field("root_causes")),
        _ => None,
    }
}

fn body(draft: &mut Draft, format: Format, before: &str, config: &Config) -> String {
    let body = before;
    let body = match format {
        Format::Hugo => hugo::body(draft, body),
        Format::Zola => zola::body(draft, body),
        Format::Jekyll => jekyll::body(draft, body),
        Format::Mkdocs => mkdocs::body(draft, body),
        Format::Cstate => cstate::body(draft, body),
        Format::GoogleDocs => google::body(draft, body, config),
        Format::Confluence => confluence::body(draft, body, config),
        _ => body.to_owned(),
    };
    let body = google::pictures(draft, &body);
    let body = html::to_markdown(draft, &body);
    let body = headings::settle(draft, &body, config);
    let body = if body == *before { body } else { text::spaced(&body) };
    if matches!(format, Format::GoogleDocs | Format::Confluence) {
        facts::take(draft, &body, config);
    }
    if body.contains("<!-- afterword:") {
        draft.note(Outcome::Guessed, "<!-- afterword: … -->", "", "a comment of the text is a directive here; make sure that it is meant");
    }
    body
}

/// Metadata that could not be read, as they were written.
fn rest_of_metadata(draft: &mut Draft, front: &FrontMatter, text: &str) -> Option<String> {
    let first = front.problems.first()?;
    draft.note(Outcome::Kept, "front matter", "Metadata of the source", &first.message);
    let block = front.block.slice(text);
    (!block.trim().is_empty()).then(|| format!("## Metadata of the source\n\n{}", text::fenced("", block)))
}

/// A title of other words: the summary's, else those of the file's name, else the first of the text.
fn title(draft: &mut Draft, stem: &str) {
    let summary = draft.get("summary").and_then(Yaml::word).map(on_one_line);
    let (title, from) = match (summary, &draft.stem) {
        (Some(summary), _) => (beginning(&summary), "summary"),
        (None, Some(_)) => {
            let words = jekyll::named(stem).map_or(stem, |(_, rest)| rest).replace(['-', '_'], " ");
            (capitalised(&on_one_line(&words)), "name of the file")
        }
        (None, None) => {
            let blocks = markdown::read(&draft.body, Span::new(0, draft.body.len())).blocks;
            let paragraph = blocks
                .iter()
                .find_map(|block| if let BlockKind::Paragraph(content) = &block.kind { Some(plain_text(content)) } else { None });
            (beginning(&on_one_line(&paragraph.unwrap_or_default())), "first words")
        }
    };
    let title = Some(title).filter(|title| !title.is_empty()).unwrap_or_else(|| stem.to_owned());
    draft.note(Outcome::Guessed, from, "title", "the source has none; name the effect, not the cause");
    draft.set("title", Yaml::text(title));
}

/// The beginning of a text: up to the end of a sentence or, marked as cut, of a word.
pub(super) fn beginning(text: &str) -> String {
    let sentence = text.find(". ").and_then(|end| text.get(..end)).unwrap_or(text).trim_end_matches('.');
    match sentence.char_indices().nth(TITLE) {
        None => sentence.to_owned(),
        Some((cut, _)) => {
            let head = sentence.get(..cut).unwrap_or_default();
            format!("{}…", head.rsplit_once(' ').map_or(head, |(head, _)| head).trim_end_matches([',', ';', ':']))
        }
    }
}
