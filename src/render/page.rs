//! Pages: one typed view for each template. What a template prints is decided here; templates only loop and print.

mod actions;
mod cause;
mod home;
mod incident;
mod listing;
mod metrics;
mod not_found;
mod pattern;
mod patterns;
mod plain;
mod redirect;
mod search;
mod shared;
mod taxonomy;
mod view;

use crate::diagnostic::Diagnostic;

use crate::site::{Route, Site};

pub(super) use incident::{RecordsTable, record_tables, told};
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
        Route::Metrics => print(site, "metrics.html", &metrics::view(site)),
        Route::Search => print(site, "search.html", &search::view(site)),
        Route::Redirect(n) => match site.redirects().get(n) {
            Some(redirect) => print(site, "redirect.html", &redirect::view(site, redirect)),
            None => print(site, "not-found.html", &not_found::view(site)),
        },
        Route::Home => print(site, "home.html", &home::view(site)),
        _ => print(site, "not-found.html", &not_found::view(site)),
    }
}

fn print<V: serde::Serialize>(site: &Site, template: &str, view: &V) -> Result<String, Box<Diagnostic>> {
    site.theme().render(template, site.shared_view(|| shared::view(site)), view)
}
