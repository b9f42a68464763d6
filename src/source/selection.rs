//! What in a project folder is an input, told from its path alone.

use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{CONFIG_FILE, Role, is_below};
use crate::config::Config;

/// What site.toml says about which files are read. Paths are relative to the project folder and have `/` between their parts.
#[derive(Debug, Clone)]
pub struct Selection {
    content: String,
    theme: Option<String>,
    identity: Vec<String>,
    output: Option<String>,
    include: GlobSet,
    exclude: GlobSet,
}

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file read as text.
    Text(Role),
    /// A file whose bytes are part of how the site looks: a picture or font of the theme, the logo.
    Asset,
    /// A file published as it is.
    Attachment,
    /// A file in the content that a browser would run; it is never published.
    Active,
    /// Not an input: elsewhere, hidden, excluded, a backup, a build's output.
    Ignored,
}

/// A setting that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadSelection {
    /// A pattern that is not a glob.
    Glob {
        /// The pattern as written.
        glob: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A folder that is not within the project folder.
    Outside {
        /// The folder as written.
        folder: String,
    },
}

/// What is a document where site.toml does not say.
const DOCUMENTS: [&str; 2] = ["**/*.md", "**/*.markdown"];

/// Endings of files that are not text. Such a file is an attachment even where a pattern as wide as `*` takes it for a document.
const BINARY: &[&str] = &[
    "7z", "avif", "bmp", "bz2", "docx", "gif", "gz", "heic", "ico", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg",
    "otf", "pcap", "pdf", "png", "pptx", "tar", "tif", "tiff", "ttf", "wav", "webm", "webp", "woff", "woff2", "xlsx", "xz", "zip", "zst",
];

/// Endings of files that run, or may hold something that runs, when a browser opens them from the site.
const ACTIVE: &[&str] =
    &["cjs", "htm", "html", "js", "mht", "mhtml", "mjs", "svg", "svgz", "swf", "wasm", "xht", "xhtml", "xml", "xsl", "xslt"];

/// Endings of theme files that are read as text.
const THEME_TEXT: &[&str] = &["css", "ftl", "html", "js", "json", "md", "svg", "toml", "txt", "webmanifest", "xml"];

/// Endings of what editors, downloads and merges leave lying about.
const PASSING: &[&str] = &["bak", "crdownload", "orig", "part", "rej", "swp", "swx", "tmp"];

impl Default for Selection {
    /// Markdown files below `content/`; no theme, no output folder.
    fn default() -> Self {
        Self {
            content: "content".to_owned(),
            theme: None,
            identity: Vec::new(),
            output: None,
            include: glob_set(&DOCUMENTS).unwrap_or_default(),
            exclude: GlobSet::empty(),
        }
    }
}

impl Selection {
    /// What settings say.
    pub fn of(config: &Config) -> Result<Self, BadSelection> {
        Self::default()
            .content(&config.content.root)?
            .include(&config.content.include)?
            .exclude(&config.content.exclude)?
            .theme(&format!("themes/{}", config.theme.name))?
            .identity(config.site.identity().map(|file| config.content.path(file)))
            .output(&config.content.output)
    }

    /// Reads documents and attachments below `folder`; `.` is the project folder itself.
    pub fn content(self, folder: &str) -> Result<Self, BadSelection> {
        Ok(Self { content: within_project(folder)?, ..self })
    }

    /// Takes for documents what matches one of `globs`, in place of Markdown files. Globs are relative to the content folder, `*` stays
    /// within one name, `**` does not, and case makes no difference.
    pub fn include<S: AsRef<str>>(self, globs: &[S]) -> Result<Self, BadSelection> {
        Ok(Self { include: glob_set(globs)?, ..self })
    }

    /// Leaves out, without a word, what matches one of `globs`: documents, attachments and whole folders.
    pub fn exclude<S: AsRef<str>>(self, globs: &[S]) -> Result<Self, BadSelection> {
        Ok(Self { exclude: glob_set(globs)?, ..self })
    }

    /// Reads the theme in `folder`.
    pub fn theme(self, folder: &str) -> Result<Self, BadSelection> {
        Ok(Self { theme: Some(within_project(folder)?), ..self })
    }

    /// Takes the files at `paths`, relative to the project folder, for a part of how the site looks.
    #[must_use]
    pub fn identity(self, paths: impl Iterator<Item = String>) -> Self {
        Self { identity: paths.collect(), ..self }
    }

    /// Never reads `folder`, where the site is published.
    pub fn output(self, folder: &str) -> Result<Self, BadSelection> {
        Ok(Self { output: Some(within_project(folder)?), ..self })
    }

    /// The folder of documents and attachments; empty for the project folder itself.
    #[must_use]
    pub fn content_folder(&self) -> &str {
        &self.content
    }

    /// The folder of the theme, where the site has named one.
    #[must_use]
    pub fn theme_folder(&self) -> Option<&str> {
        self.theme.as_deref()
    }

    /// The folders to read: the content and, where there is one, the theme.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.content.as_str()).chain(self.theme.as_deref())
    }

    /// What the file at `path` stands for.
    #[must_use]
    pub fn kind(&self, path: &str) -> Kind {
        let Some((area, below)) = self.area(path) else { return Kind::Ignored };
        if !self.enters(path) || path == CONFIG_FILE {
            return Kind::Ignored;
        }
        let ending = below.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
        let one_of = |endings: &[&str]| ending.as_deref().is_some_and(|ending| endings.contains(&ending));
        match area {
            Area::Theme if one_of(THEME_TEXT) => Kind::Text(Role::Theme),
            Area::Theme => Kind::Asset,
            Area::Content if self.identity.iter().any(|file| file == path) => Kind::Asset,
            Area::Content if !one_of(BINARY) && self.include.is_match(below) => Kind::Text(Role::Document),
            Area::Content if one_of(ACTIVE) => Kind::Active,
            Area::Content => Kind::Attachment,
        }
    }

    /// Whether nothing on the way to `path`, the last name included, keeps a reader out.
    #[must_use]
    pub fn enters(&self, path: &str) -> bool {
        let Some((area, below)) = self.area(path) else { return false };
        let at_top = below.len() == path.len();
        let shut = |name: &str| is_passing_file(name) || name == "node_modules";
        // A build's own folder stands at the top of a project; further down `target` may be a company's name.
        let foreign = at_top && area == Area::Content && matches!(below.split('/').next(), Some("target" | "themes"));
        let published = || self.output.as_deref().is_some_and(|output| ancestors(path).any(|folder| is_output_name(folder, output)));
        let excluded = || area == Area::Content && ancestors(below).any(|folder| self.exclude.is_match(folder));
        !foreign && !published() && (below.is_empty() || !below.split('/').any(shut) && !excluded())
    }

    fn area<'a>(&self, path: &'a str) -> Option<(Area, &'a str)> {
        let theme = self.theme.as_deref().and_then(|theme| part_below(path, theme)).map(|below| (Area::Theme, below));
        theme.or_else(|| part_below(path, &self.content).map(|below| (Area::Content, below)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    Content,
    Theme,
}

/// Whether a file or folder of this name is nobody's input: hidden, a backup, or written by an editor for a moment.
///
/// Vim tries out a folder with a file named `4913` and higher; IDEA and its kin save through `x___jb_tmp___` and `x___jb_old___`.
fn is_passing_file(name: &str) -> bool {
    let probe = || name.len() == 4 && name.parse::<u32>().is_ok_and(|number| number >= 4913 && (number - 4913).is_multiple_of(123));
    let ending = || name.rsplit_once('.').is_some_and(|(_, ending)| PASSING.contains(&ending.to_ascii_lowercase().as_str()));
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || matches!(name.to_ascii_lowercase().as_str(), "thumbs.db" | "desktop.ini")
        || probe()
        || ending()
}

/// `path` and every folder it is in, the outermost first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end)).chain(std::iter::once(path))
}

/// What is added to the name of the output folder for the public edition, so that neither edition is written over the other.
pub const PUBLIC_SUFFIX: &str = "-public";

/// Whether `name` is that of the output folder, of the public one, or of something a build makes beside it: its lock, a site that is not finished.
fn is_output_name(name: &str, output: &str) -> bool {
    let beside = |rest: &str| matches!(rest, "" | ".lock") || rest.starts_with(".tmp-");
    name.strip_prefix(output).is_some_and(|rest| beside(rest.strip_prefix(PUBLIC_SUFFIX).unwrap_or(rest)))
}

fn part_below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    is_below(path, folder).then(|| path.get(folder.len()..).unwrap_or_default().trim_start_matches('/'))
}

fn within_project(folder: &str) -> Result<String, BadSelection> {
    let outside = || BadSelection::Outside { folder: folder.to_owned() };
    if folder.starts_with('/') || folder.contains(['\\', ':', '\0']) {
        return Err(outside());
    }
    let parts: Vec<&str> = folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") { Err(outside()) } else { Ok(parts.join("/")) }
}

pub(crate) fn glob_set<S: AsRef<str>>(globs: &[S]) -> Result<GlobSet, BadSelection> {
    let mut set = GlobSetBuilder::new();
    let bad = |glob: &str, error: &globset::Error| BadSelection::Glob { glob: glob.to_owned(), cause: error.kind().to_string() };
    for glob in globs.iter().map(AsRef::as_ref) {
        let compiled = GlobBuilder::new(glob.trim_end_matches('/')).literal_separator(true).case_insensitive(true).build();
        set.add(compiled.map_err(|error| bad(glob, &error))?);
    }
    set.build().map_err(|error| bad(error.glob().unwrap_or_default(), &error))
}

impl fmt::Display for BadSelection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Glob { glob, cause } => write!(f, "`{glob}` is not a pattern for paths: {cause}"),
            Self::Outside { folder } => write!(f, "`{folder}` is not a folder within the project"),
        }
    }
}

impl std::error::Error for BadSelection {}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(selection: &Selection, paths: &[&str]) -> Vec<Kind> {
        paths.iter().map(|path| selection.kind(path)).collect()
    }

    const DOCUMENT: Kind = Kind::Text(Role::Document);

    #[test]
    fn markdown_is_a_document_pictures_are_attached_and_what_runs_is_refused() {
        let selection = Selection::default();
        let documents = ["content/a.md", "content/x/y/b.MARKDOWN", "content/target/index.md", "content/2013 Target breach.md"];
        assert!(kinds(&selection, &documents).iter().all(|kind| *kind == DOCUMENT));
        let attached = ["content/a.png", "content/a.csv", "content/LICENSE", "content/a.md.gz", "content/a.PDF"];
        assert!(kinds(&selection, &attached).iter().all(|kind| *kind == Kind::Attachment));
        for ending in ["js", "mjs", "html", "HTML", "svg", "xml", "wasm", "swf"] {
            assert_eq!(selection.kind(&format!("content/a.{ending}")), Kind::Active);
        }
    }

    #[test]
    fn what_is_hidden_passing_built_or_elsewhere_is_ignored() {
        let selection = Selection::default().output("content/public").unwrap();
        let ignored = [
            "content/.git/config",
            "content/.a.md.swp",
            "content/.#a.md",
            "content/a.md~",
            "content/#a.md#",
            "content/4913",
            "content/5036",
            "content/a.md___jb_tmp___",
            "content/a.md.bak",
            "content/a.orig",
            "content/.hidden/a.md",
            "content/node_modules/a.md",
            "content/x/node_modules/a/README.md",
            "content/public/index.html",
            "contents/a.md",
            "content-2/a.md",
            "readme.md",
            "site.toml",
            "themes/x/page.html",
            "content/~$a.docx",
            "content/Thumbs.db",
        ];
        for path in ignored {
            assert_eq!(selection.kind(path), Kind::Ignored, "{path}");
        }
        assert_eq!(
            kinds(&selection, &["content/4914", "content/public-notes.md", "content/public.md"]),
            [Kind::Attachment, DOCUMENT, DOCUMENT]
        );
    }

    #[test]
    fn a_project_may_be_its_own_content_folder() {
        let selection = Selection::default().content(".").unwrap().theme("themes/night").unwrap();
        assert_eq!(selection.content_folder(), "");
        assert_eq!(kinds(&selection, &["a.md", "x/target/a.md", "a.png"]), [DOCUMENT, DOCUMENT, Kind::Attachment]);
        assert_eq!(kinds(&selection, &["site.toml", "target/a.md", "themes/day/a.png", "node_modules/a.md"]), [Kind::Ignored; 4]);
        assert_eq!(kinds(&selection, &["themes/night/page.html", "themes/night/a.js"]), [Kind::Text(Role::Theme); 2]);
        assert_eq!(selection.kind("themes/night/fonts/inter.woff2"), Kind::Asset);
        assert!(selection.enters("themes/night/fonts") && selection.enters("") && !selection.enters("themes/day"));
    }

    #[test]
    fn patterns_name_other_documents() {
        let selection = Selection::default().content("./source/").unwrap().include(&["*.html.md.erb", "log/*"]).unwrap();
        let selection = selection.exclude(&["drafts/", "**/README*"]).unwrap();
        let documents = ["source/a.html.md.erb", "source/log/2015-08-04 outage", "source/log/notes.txt", "source/log/old.html"];
        assert!(kinds(&selection, &documents).iter().all(|kind| *kind == DOCUMENT));
        assert_eq!(kinds(&selection, &["source/log/a.png", "source/a.md", "source/b/a.html.md.erb"]), [Kind::Attachment; 3]);
        assert_eq!(kinds(&selection, &["source/drafts/x.md.erb", "source/x/README.html.md.erb"]), [Kind::Ignored; 2]);
        assert!(!selection.enters("source/drafts") && selection.enters("source/log"));
    }

    #[test]
    fn a_bad_pattern_and_a_folder_outside_are_refused() {
        let bad = Selection::default().include(&["a", "x[", "b"]).unwrap_err();
        assert_eq!(bad.to_string(), "`x[` is not a pattern for paths: unclosed character class; missing ']'");
        for folder in ["..", "a/../b", "/etc", "C:/x", "a\\b"] {
            assert!(matches!(Selection::default().content(folder), Err(BadSelection::Outside { .. })), "{folder}");
        }
    }
}
