//! `/llms.txt`: what the site holds and where, as Markdown for language models (llmstxt.org: a title, a quote, lists of links).

use super::full_url;
use crate::markdown::text::on_one_line;
use crate::markdown::write::paragraph_text;
use crate::model::DocumentId;
use crate::render::page::summary_text;
use crate::site::{Export, FeedFormat, Listing, Route, Site};

/// How many incidents are listed; all of them are in `/incidents.json`.
const INCIDENTS: usize = 100;
/// How many characters the words on each have at most.
const SUMMARY: usize = 160;

/// The file.
pub(super) fn llms_txt(site: &Site) -> String {
    let setting = &site.config().site;
    let title = format!("# {}\n", one_line(&setting.title));
    let quote = Some(one_line(&setting.description)).filter(|words| !words.is_empty()).map(|words| format!("\n> {words}\n"));
    let lists =
        [list("Pages", top_pages(site)), list("Incidents", newest(site)), list("Data", data(site)), list("Optional", optional(site))];
    title + &quote.unwrap_or_default() + &lists.concat()
}

/// A link in a list: what it is called, where it leads, what there is.
type Link = (String, String, String);

fn list(title: &str, links: Vec<Link>) -> String {
    if links.is_empty() {
        return String::new();
    }
    let line = |(name, url, note): Link| {
        let note = if note.is_empty() { note } else { format!(": {}", one_line(&note)) };
        format!("- [{}]({url}){note}\n", one_line(&name))
    };
    format!("\n## {title}\n\n{}", links.into_iter().map(line).collect::<Vec<_>>().concat())
}

fn one_line(words: &str) -> String {
    paragraph_text(&on_one_line(words))
}

fn top_pages(site: &Site) -> Vec<Link> {
    let pages = site.corpus().pages.iter().enumerate().filter(|(n, _)| {
        let url = site.url(Route::Page(*n));
        url.matches('/').count() == 1 && site.has(Route::Markdown(DocumentId::Page(*n)))
    });
    let link = |(n, page): (usize, &std::sync::Arc<crate::model::Page>)| {
        (page.head.title_text.clone(), full_url(site, &site.url(Route::Markdown(DocumentId::Page(n)))), String::new())
    };
    pages.map(link).collect()
}

fn newest(site: &Site) -> Vec<Link> {
    let link = |(n, postmortem): (usize, &crate::model::Postmortem)| {
        let date = postmortem.date.map(|date| format!("{}. ", date.date())).unwrap_or_default();
        let url = full_url(site, &site.url(Route::Markdown(DocumentId::Postmortem(n))));
        (postmortem.head.title_text.clone(), url, format!("{date}{}", summary_text(postmortem, SUMMARY)))
    };
    site.newest_first().take(INCIDENTS).map(link).collect()
}

fn data(site: &Site) -> Vec<Link> {
    let files = [
        (Export::IncidentsJson, "Incidents", "every incident with its times, services, causes and counts of action items"),
        (Export::IncidentsSchema, "Schema of the incidents", ""),
        (Export::ActionsJson, "Action items", "every action item with how it stands"),
        (Export::ActionsSchema, "Schema of the action items", ""),
        (Export::MetricsJson, "Metrics", "what the incidents come to in figures"),
        (Export::IncidentSchema, "Schema of one incident", "as in the index.json beside each page of an incident"),
    ];
    let there = files.into_iter().filter(|(export, ..)| site.has(Route::Export(*export)));
    there.map(|(export, name, note)| (name.to_owned(), full_url(site, export.file_name()), note.to_owned())).collect()
}

fn optional(site: &Site) -> Vec<Link> {
    let all = [("All incidents", Route::List(Listing::All, 1)), ("Feed", Route::Feed(Listing::All, FeedFormat::Atom))];
    all.into_iter().map(|(name, route)| (name.to_owned(), full_url(site, &site.url(route)), String::new())).collect()
}
