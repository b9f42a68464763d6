//! Where luck decided, and what surprised: what postmortems say under those headings, newest first.

use super::{Block, Item};
use crate::model::DocumentId;
use crate::render::prose::Prose;
use crate::render::wording::day;
use crate::site::{Pattern, Route, Site};

/// The sections that are gathered: key, heading of the block, what it says.
const SECTIONS: [(&str, &str, &str); 2] = [
    (
        "lucky",
        "Where we got lucky",
        "What went well, or was not worse, only by chance. What luck did once, an action can do the next time.",
    ),
    ("surprised", "What surprised us", "Where the system, or our picture of it, was not what we took it for."),
];

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    SECTIONS.iter().map(|(key, heading, text)| gather(site, key, heading, text)).filter(|block| !block.items.is_empty()).collect()
}

fn gather(site: &Site, key: &str, heading: &str, text: &str) -> Block {
    let mut items = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let prose = Prose::new(site, DocumentId::Postmortem(*n), &site.url(Route::Pattern(Pattern::Luck)));
        for section in postmortem.body.sections.iter().filter(|section| section.key.as_deref() == Some(key)) {
            let html: String = section.prose().map(|blocks| prose.blocks(blocks)).collect();
            if !html.is_empty() {
                let url = format!("{}#{}", site.url(Route::Incident(*n)), section.id);
                let note = postmortem.date.as_ref().map(day).unwrap_or_default();
                items.push(Item { html, title: postmortem.head.title_text.clone(), url, note });
            }
        }
    }
    Block { id: key.into(), heading: heading.into(), text: text.into(), items, ..Block::default() }
}
