//! What a search engine reads of an incident's page: JSON-LD in the words of schema.org, an article about an event.

use serde_json::{Map, Value, json};

use super::told_change;
use crate::markdown::text::capitalised;
use crate::model::{Correction, CorrectionPart, Milestone, Moment, Postmortem};
use crate::render::page::summary_text;
use crate::site::{Route, Site};

/// How many characters a description has at most, as in the `meta` element.
const DESCRIPTION: usize = 200;

/// The page of the postmortem at a place, as JSON that can stand in a `script` element as it is: in it no sign can end the element. `above` are
/// the pages above it: their title and address.
///
/// Only what is stated is said. Addresses must be whole, so without that of the site there are none.
pub(in crate::render) fn linked_data(site: &Site, n: usize, postmortem: &Postmortem, above: &[(&str, &str)]) -> String {
    let base = site.base_url();
    let whole = |url: &str| base.map(|base| format!("{base}{url}"));
    let (title, page) = (&postmortem.head.title_text, site.url(Route::Incident(n)));
    let at = |milestone| postmortem.milestone(milestone).map(Moment::machine);
    let event = object([
        ("@type", json!("Event")),
        ("name", json!(title)),
        ("startDate", json!(at(Milestone::Started).or_else(|| Some(postmortem.date?.machine())))),
        ("endDate", json!(at(Milestone::Resolved))),
    ]);
    let publisher = object([("@type", json!("Organization")), ("name", json!(site.config().site.title)), ("url", json!(whole("")))]);
    let description = summary_text(postmortem, DESCRIPTION);
    let article = object([
        ("@type", json!("TechArticle")),
        ("headline", json!(title)),
        ("description", json!(Some(description).filter(|text| !text.is_empty()))),
        ("url", json!(whole(&page))),
        ("inLanguage", json!(postmortem.head.language.as_ref().unwrap_or(&site.config().site.language))),
        ("datePublished", json!(postmortem.published_at.as_ref().map(|at| at.value.machine()))),
        ("dateModified", json!(told_change(site, n).map(|at| at.machine()))),
        ("correction", json!(Some(corrections(postmortem)).filter(|corrections| !corrections.is_empty()))),
        ("publisher", publisher),
        ("about", event),
    ]);
    let crumbs = above.iter().copied().chain([(title.as_str(), page.as_str())]).zip(1..);
    let crumbs = crumbs.map(|((name, url), position)| json!({"@type": "ListItem", "position": position, "name": name, "item": whole(url)}));
    let trail = base.map(|_| json!({"@type": "BreadcrumbList", "itemListElement": crumbs.collect::<Vec<_>>()}));
    let graph: Vec<Value> = std::iter::once(article).chain(trail).collect();
    harmless(&json!({"@context": "https://schema.org", "@graph": graph}))
}

/// What the report once said otherwise, as `CorrectionComment`s.
fn corrections(postmortem: &Postmortem) -> Vec<Value> {
    let comment = |correction: &Correction| {
        let told = correction.told(Moment::machine).filter(|(part, _)| *part != CorrectionPart::Learned);
        let text: Vec<String> = told.map(|(part, words)| format!("{}: {words}", capitalised(part.word()))).collect();
        object([
            ("@type", json!("CorrectionComment")),
            ("text", json!(text.join(" "))),
            ("datePublished", json!(correction.on.as_ref().map(Moment::machine))),
        ])
    };
    postmortem.corrections.iter().map(comment).collect()
}

/// An object of what is known.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(
        entries.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>(),
    )
}

/// JSON without signs that mean something in HTML.
fn harmless(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
