//! Corpora for the tests of this room.

use crate::config::Config;
use crate::diagnostic::SourcePath;
use crate::model::{AnyDocument, Corpus};
use crate::parse::{self, Role};

/// Settings, and postmortems made of the text given for each: its metadata, and after a line `---` its body.
pub(super) fn corpus(settings: &str, documents: &[&str]) -> (Config, Corpus) {
    let (config, findings) = crate::config::parse(settings);
    assert_eq!(findings, []);
    let mut corpus = Corpus::default();
    for (n, document) in documents.iter().enumerate() {
        let path = SourcePath::from(format!("content/postmortems/{n}.md").as_str());
        let (metadata, body) = document.split_once("\n---\n").unwrap_or((document, ""));
        let text = format!("---\n{metadata}\n---\n\n{body}");
        if let AnyDocument::Postmortem(postmortem) = parse::document(&path, &text, Role::Postmortem, &config).document {
            corpus.postmortems.push(postmortem);
        }
    }
    (config, corpus)
}
