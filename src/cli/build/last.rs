//! What the last build of an edition was made from and had to say, so that the same again costs a look at the inputs and at the site.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Stopwatch;
use crate::cache::Cache;
use crate::checksum::Sha256;
use crate::cli::inputs::Inputs;
use crate::cli::{Failure, Terminal, baseline};
use crate::edition::{Drafts, Edition};
use crate::pipeline::Project;
use crate::publish::{self, PublishError, Published};
use crate::report;
use crate::site::BuildInfo;

/// The part of what is kept that holds [`Kept`].
const PART: &str = "told.json";

/// What a build says when it is done.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Told {
    /// How many incidents are in the site.
    pub(super) incidents: usize,
    /// How many further documents.
    pub(super) pages: usize,
    /// How many files are for search.
    pub(super) search: usize,
    /// What is said of findings, where any is a warning or an error.
    pub(super) findings: Option<String>,
    /// What is not published yet, a line each.
    pub(super) held_back: Vec<String>,
}

/// What is kept of a build.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    told: Told,
    /// The site it made, by [`Published::sums`].
    sums: String,
}

/// A build that may have been done before.
pub(super) struct Last {
    cache: Cache,
    name: String,
    key: u64,
}

impl Last {
    /// The build of an edition from a project as it is.
    ///
    /// # Errors
    /// The baseline cannot be read.
    pub(super) fn of(root: &Path, project: &Project, edition: Edition, build: &BuildInfo) -> Result<Self, Failure> {
        let drafts = if edition.drafts == Drafts::Shown { "-drafts" } else { "" };
        let inputs = Inputs::texts(project).attachments(project).rest(project);
        let inputs = inputs.and(&build.today.to_string()).and(build.base_url.as_deref().unwrap_or_default());
        let key = inputs.and(&baseline::hash(root)?.to_string()).key();
        Ok(Self { cache: Cache::of(root), name: format!("build-{}{drafts}", edition.audience.name()), key })
    }

    /// What it said, if it was done before, and what it made is in `folder`, whole. A `strict` build is not that of one that let findings pass.
    ///
    /// # Errors
    /// The folder is not one to publish to, or cannot be read.
    pub(super) fn stands(&self, folder: &Path, sources: &[&Path], is_strict: bool) -> Result<Option<(Told, Published)>, Failure> {
        let kept = self.cache.get(&self.name, self.key).and_then(|kept| serde_json::from_slice::<Kept>(kept.part(PART)?).ok());
        let Some(Kept { told, sums }) = kept.filter(|kept| !is_strict || kept.told.findings.is_none()) else { return Ok(None) };
        let Some(sums) = Sha256::parse(&sums) else { return Ok(None) };
        let standing = publish::standing(folder, sources, sums);
        let standing = standing.map_err(|error: PublishError<std::convert::Infallible>| Failure(error.to_string()))?;
        Ok(standing.map(|published| (told, published)))
    }

    /// Keeps what was said, and which site was made. Where that cannot be kept, the next build is like the first.
    pub(super) fn keep(self, told: Told, sums: Sha256) -> Told {
        let kept = Kept { told, sums: sums.to_string() };
        if let Ok(bytes) = serde_json::to_vec(&kept) {
            let _ = self.cache.put(&self.name, self.key, [(PART, bytes.as_slice())].into_iter());
        }
        kept.told
    }
}

impl Told {
    /// Says it.
    pub(super) fn tell(&self, terminal: Terminal, published: &Published, watch: &Stopwatch, timings: bool) {
        if let Some(findings) = &self.findings {
            terminal.say(findings);
        }
        terminal.say(&format!(
            "Built {} and {} as {} ({} of them for search): {} written, {} unchanged, {} removed, in {:.2} s",
            report::counted(self.incidents, "incident"),
            report::counted(self.pages, "page"),
            report::counted(published.written + published.unchanged, "file"),
            self.search,
            published.written,
            published.unchanged,
            published.removed,
            watch.total().as_secs_f64()
        ));
        if !self.held_back.is_empty() {
            terminal.say(&format!("Held back:\n{}", self.held_back.join("\n")));
        }
        if timings {
            terminal.say(&watch.report());
        }
    }
}
