//! Pages: one typed view for each template. What a template prints is decided here; templates only loop and print.

mod actions;
mod cause;
mod drill;
mod home;
mod incident;
mod learn;
mod listing;
mod metrics;
mod months;
mod not_found;
mod packet;
mod pattern;
mod patterns;
mod plain;
mod redirect;
mod search;
mod shared;
mod takeaways;
mod taxonomy;
mod view;

use crate::diagnostic::Diagnostic;

use crate::site::{Route, Site};

pub(super) use incident::{RecordsTable, record_tables, told};
pub use packet::{Packet, part_ids};
pub(super) use pattern::{aftermath_of, months, shared_words};
pub(super) use view::summary_text;

/// Renders the page of a route.
pub(super) fn render(site: &Site, route: Route) -> Result<String, Box<Diagnostic>> {
    match route {
        Route::Incident(n) => match site.postmortem(n) {
            Some(postmortem) => print(site, "incident.html", &incident::view(site, n, postmortem)),
            None => print(site, "not-found.html", &not_found::view(site)),
        },
        Route::Page(n) => match site.page(n) {
            Some(page) => print(site, "page.html", &plain::view(site, n, page)),
            None => print(site, "not-found.html", &not_found::view(site)),
        },
        Route::List(listing, page) => match listing::view(site, listing, page) {
            listing::View::Incidents(view) => print(site, "incidents.html", &*view),
            listing::View::Term(view) => print(site, "term.html", &*view),
            listing::View::Cause(view) => print(site, "cause.html", &*view),
        },
        Route::Taxonomy(n) => print(site, "taxonomy.html", &taxonomy::view(site, n)),
        Route::Actions => print(site, "actions.html", &actions::view(site)),
        Route::Patterns => print(site, "patterns.html", &patterns::view(site)),
        Route::Pattern(pattern) => print(site, "pattern.html", &pattern::view(site, pattern)),
        Route::Drills => print(site, "drills.html", &drill::list(site)),
        Route::Drill(n) => print_if_there(site, "drill.html", drill::briefing(site, n)),
        Route::DrillStep(n, step) => print_if_there(site, "drill-step.html", drill::step(site, n, step)),
        Route::Facilitator(n) => print_if_there(site, "facilitator.html", drill::facilitator(site, n)),
        Route::Metrics => print(site, "metrics.html", &metrics::view(site)),
        Route::Learn => print(site, "learn.html", &learn::learn(site)),
        Route::Path(n) => print_if_there(site, "path.html", site.path(n).map(|path| learn::path(site, n, path))),
        Route::PathStep(n, number) => print_if_there(site, "path-step.html", learn::step(site, n, number)),
        Route::Takeaways => print(site, "takeaways.html", &takeaways::view(site)),
        Route::Packet(n) => print(site, "packet.html", &packet::view(site, Packet::Path(n), &[])),
        Route::Search => print(site, "search.html", &search::view(site)),
        Route::Redirect(n) => match site.redirects().get(n) {
            Some(redirect) => print(site, "redirect.html", &redirect::view(site, redirect)),
            None => print(site, "not-found.html", &not_found::view(site)),
        },
        Route::Home => print(site, "home.html", &home::view(site)),
        _ => print(site, "not-found.html", &not_found::view(site)),
    }
}

/// Renders the page of a packet for paper, with the numbers of the pages on which its incidents begin, where they are known.
pub(super) fn packet_on_paper(site: &Site, packet: Packet, pages: &[usize]) -> Result<String, Box<Diagnostic>> {
    let html = print(site, "packet.html", &packet::view(site, packet, pages))?;
    Ok(packet::for_paper(&html, &packet.url(site), site.base_url()))
}

fn print_if_there<V: serde::Serialize>(site: &Site, template: &str, view: Option<V>) -> Result<String, Box<Diagnostic>> {
    match view {
        Some(view) => print(site, template, &view),
        None => print(site, "not-found.html", &not_found::view(site)),
    }
}

fn print<V: serde::Serialize>(site: &Site, template: &str, view: &V) -> Result<String, Box<Diagnostic>> {
    site.theme().render(template, site.shared_view(|| shared::view(site)), view)
}
