//! What `search` asks: the index of a project, with what filters need to know of each document, from the cache or made.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Kept};
use crate::cli::filter::{Facts, Filter};
use crate::cli::inputs::Inputs;
use crate::cli::unfit::unfit;
use crate::cli::{Failure, Terminal, leave};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::edition::{Audience, Drafts, Edition};
use crate::model::DocumentId;
use crate::pipeline::{self, Memo, Project};
use crate::search::{Answer, Compression, Hit, Index, Query};
use crate::site::{BuildInfo, Site};

/// The part of a kept archive that lists its documents.
const DOCUMENTS: &str = "documents.json";

/// The documents of a project, ready to be searched.
pub(super) struct Archive {
    index: Index<'static>,
    /// In the order of their numbers.
    documents: Vec<Document>,
}

/// What `build` refuses the public edition for.
pub(super) struct Unfit(pub(super) Vec<Diagnostic>);

/// What is known of a document before it is opened.
#[derive(Debug, Serialize, Deserialize)]
struct Document {
    /// The file; nothing where the program wrote the page itself.
    path: Option<String>,
    /// Of a postmortem.
    facts: Option<Facts>,
}

impl Archive {
    /// The archive of a project: as it was kept where no document has changed since, else made and kept. Nothing is kept of a public edition that is unfit.
    pub(super) fn of(
        terminal: Terminal,
        root: &Path,
        project: &mut Project,
        edition: Edition,
        build: BuildInfo,
    ) -> Result<Result<Self, Unfit>, Failure> {
        let cache = Cache::of(root);
        let audience = if edition.audience == Audience::Public { "-public" } else { "" };
        let drafts = if edition.drafts == Drafts::Shown { "-drafts" } else { "" };
        let (name, key) = (&format!("search{audience}{drafts}"), key(project, edition, build.today));
        if let Some(kept) = cache.get(name, key).and_then(Self::kept) {
            return Ok(Ok(kept));
        }
        terminal.progress("Reading the documents for the first search …");
        let understood = pipeline::understand(project, &mut Memo::default());
        let (look, mut further) = pipeline::look(project);
        let today = build.today;
        let (site, collisions) = pipeline::site(project, &understood, Arc::new(look), edition, build);
        further.extend(collisions);
        if edition.audience == Audience::Public {
            let unfit = unfit(root, project, &understood, &further, today)?;
            if !unfit.is_empty() {
                terminal.progress_end();
                return Ok(Err(Unfit(unfit)));
            }
        }
        let documents: Vec<Document> = site.search_order().into_iter().map(|id| document(project, &site, id)).collect();
        let listed = serde_json::to_vec(&documents)?;
        let files = site.search_bundle_as(Compression::None);
        let parts = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).chain([(DOCUMENTS, listed.as_slice())]);
        // Where it cannot be kept, it is made anew next time.
        let _ = cache.put(name, key, parts);
        leave(understood);
        let site = Arc::new(site);
        let load = move |path: &str| site.search_bundle().iter().find(|file| file.path == path).map(|file| file.bytes.clone());
        let index = Index::open(load);
        terminal.progress_end();
        Ok(Ok(Self { index: index?, documents }))
    }

    /// An archive that was kept; nothing where it cannot be read.
    fn kept(kept: Kept) -> Option<Self> {
        let documents = serde_json::from_slice(kept.part(DOCUMENTS)?).ok()?;
        let index = Index::open(move |path| kept.part(path).map(<[u8]>::to_vec)).ok()?;
        Some(Self { index, documents })
    }

    /// The documents that answer, among those that a filter keeps. Pages that are not incidents are kept by no filter but an empty one.
    pub(super) fn search(&self, query: &Query, filter: &Filter, config: &Config) -> Result<Answer, Failure> {
        let facts: Vec<&Facts> = self.documents.iter().filter_map(|document| document.facts.as_ref()).collect();
        let wanted = filter.wanted(&facts, config)?;
        let keeps = |document: &Document| {
            document.path.is_some() && document.facts.as_ref().map_or_else(|| filter.is_empty(), |facts| wanted.keeps(facts))
        };
        Ok(self.index.search_among(query, &|n| self.documents.get(n).is_some_and(keeps))?)
    }

    /// The file of a result.
    pub(super) fn path(&self, hit: &Hit) -> Option<SourcePath> {
        self.documents.get(hit.document)?.path.as_deref().map(SourcePath::from)
    }
}

fn document(project: &Project, site: &Site, id: DocumentId) -> Document {
    let facts = match id {
        DocumentId::Postmortem(n) => site.postmortem(n).map(Facts::of),
        DocumentId::Page(_) => None,
    };
    let path = site.corpus().get(id).map(|document| &document.head().path).filter(|path| project.text(path).is_some());
    Document { path: path.map(ToString::to_string), facts }
}

/// A hash of all that an archive is made from.
fn key(project: &Project, edition: Edition, today: Date) -> u64 {
    let inputs = Inputs::texts(project);
    // What is held back from the public is so until some day, and whether anything may be read depends on the files beside the documents, too.
    match edition.audience {
        Audience::Public => inputs.attachments(project).and(&today.to_string()).key(),
        Audience::Internal => inputs.key(),
    }
}
