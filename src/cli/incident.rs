//! Which incident a command is asked for.

use std::sync::Arc;

use super::Failure;
use crate::diagnostic::{SourcePath, did_you_mean};
use crate::edition::{Audience, Drafts, Edition};
use crate::knowledge::References;
use crate::model::{Corpus, DocumentId, Postmortem, Status};

/// The postmortem that is asked for by its id, its file, or whatever else links know it by, with its place in an edition's corpus.
///
/// # Errors
/// Several postmortems have the id, or the edition has none that is called so.
pub(super) fn named<'c>(
    asked: &str,
    edition: Edition,
    seen: &'c Corpus,
    references: &References,
    whole: &Corpus,
) -> Result<(usize, &'c Arc<Postmortem>), Failure> {
    let with_id = seen.postmortems.iter().enumerate().filter(|(_, postmortem)| postmortem.id.value.eq_ignore_ascii_case(asked));
    match with_id.collect::<Vec<_>>().as_slice() {
        [only] => return Ok(*only),
        [] => {}
        several => {
            let files: Vec<&str> = several.iter().map(|(_, postmortem)| postmortem.head.path.as_str()).collect();
            return Err(Failure(format!("several postmortems have the id `{asked}`; name one by its file: {}", files.join(", "))));
        }
    }
    let by_path = seen.by_path(&SourcePath::from(asked)).map(|(id, _)| id);
    let place = by_path.or_else(|| references.named(asked)).and_then(|id| if let DocumentId::Postmortem(n) = id { Some(n) } else { None });
    place.and_then(|n| Some((n, seen.postmortems.get(n)?))).ok_or_else(|| missing(asked, edition, seen, whole))
}

/// Says that the edition has no such incident. Of the public edition nothing more is said: whether there is one is nobody's business who asks
/// for it.
fn missing(asked: &str, edition: Edition, seen: &Corpus, whole: &Corpus) -> Failure {
    if edition.audience == Audience::Public {
        return Failure(format!("`{asked}` is not in the public edition"));
    }
    let there = whole.postmortems.iter().find(|postmortem| {
        postmortem.id.value.eq_ignore_ascii_case(asked) || postmortem.head.slug.value == asked || postmortem.head.path.as_str() == asked
    });
    let names = || seen.postmortems.iter().flat_map(|postmortem| [postmortem.id.as_str(), postmortem.head.slug.as_str()]);
    Failure(match there {
        Some(draft) if draft.status == Status::Draft && edition.drafts == Drafts::Hidden => {
            format!("`{asked}` is a draft, which is not in the internal edition; `--drafts` takes drafts in")
        }
        Some(_) => format!("`{asked}` is not in the internal edition"),
        None => match did_you_mean(asked, names()) {
            Some(meant) => format!("there is no postmortem `{asked}`; did you mean `{meant}`?"),
            None => format!("there is no postmortem `{asked}`"),
        },
    })
}
