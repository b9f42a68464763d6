//! What a site answers with.

use super::Pattern;
use crate::model::DocumentId;

/// A thing of the site that has an address. The numbers are places in the site's own lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/incidents/<slug>/`
    Incident(usize),
    /// `/incidents/<slug>/history.json`: what was said of it from when on, as a chain of hashes.
    History(usize),
    /// A page of `content/` at its path.
    Page(usize),
    /// A list of postmortems and the number of its page, from 1: `/incidents/`, `/incidents/2026/`, `/tags/dns/page/2/`.
    List(Listing, usize),
    /// The terms of a taxonomy: `/causes/`.
    Taxonomy(usize),
    /// `/search/`
    Search,
    /// `/404.html`
    NotFound,
    /// The newest of a list as a feed: `/feed.xml`, `/tags/dns/feed.json`.
    Feed(Listing, FeedFormat),
    /// `/actions/`: what became of the action items of all incidents.
    Actions,
    /// `/metrics/`
    Metrics,
    /// `/patterns/`: the ways into what only the whole can tell.
    Patterns,
    /// `/patterns/<key>/`
    Pattern(Pattern),
    /// `/learn/`: the ways into what teaches.
    Learn,
    /// A reading path: `/learn/<key>/`.
    Path(usize),
    /// An incident on a reading path, from 1: `/learn/<key>/<n>/`.
    PathStep(usize, usize),
    /// A reading path as one page to print: `/packets/<key>/`.
    Packet(usize),
    /// `/drills/`
    Drills,
    /// What players are told before a drill begins: `/drills/<key>/`.
    Drill(usize),
    /// A question of a drill, from 1, and behind the last one what came of it all: `/drills/<key>/<n>/`.
    DrillStep(usize, usize),
    /// What whoever leads a drill needs: `/drills/<key>/facilitator/`.
    Facilitator(usize),
    /// A drill for other programs: `/drills/<key>/drill.json`.
    DrillJson(usize),
    /// What was learned, the newest first: `/learn/takeaways/`.
    Takeaways,
    /// The same as a feed.
    TakeawaysFeed(FeedFormat),
    /// A file for other programs: `/actions.csv`.
    Export(Export),
    /// A document as Markdown, beside its page: `/incidents/<slug>/index.md`.
    Markdown(DocumentId),
    /// An incident as JSON, beside its page: `/incidents/<slug>/index.json`.
    IncidentJson(usize),
    /// A security incident as CSAF: `/csaf/<id>.json`.
    Csaf(usize),
    /// An old address of a document, which leads to it.
    Redirect(usize),
    /// `/_redirects`, for hosts that read it.
    Redirects,
    /// `/sitemap.xml`
    Sitemap,
    /// `/robots.txt`
    Robots,
    /// `/_headers`, for hosts that read it.
    Headers,
    /// A style sheet, script or icon of the theme.
    Asset(usize),
    /// A file of the search bundle.
    SearchFile(usize),
    /// A file beside the documents.
    Attachment(usize),
}

/// Which postmortems a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    /// All.
    All,
    /// Those with a term.
    Term {
        /// The taxonomy.
        taxonomy: usize,
        /// The term.
        term: usize,
    },
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// All, in order.
    pub const ALL: [Self; 2] = [Self::Atom, Self::Json];

    /// The name of the file.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
        }
    }
}

/// What is written down for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Export {
    /// Every incident, one object each.
    IncidentsJson,
    /// Every incident, one row each.
    IncidentsCsv,
    /// Every action item, one object each.
    ActionsJson,
    /// Every action item, one row each.
    ActionsCsv,
    /// The days on which action items are due, as a calendar (RFC 5545).
    ActionsIcs,
    /// Everything the metrics page says.
    MetricsJson,
    /// The newest incidents as Statuspage's public interface has them.
    Statuspage,
    /// What the site holds and where, for language models.
    LlmsTxt,
    /// What holds of [`Export::IncidentsJson`] (JSON Schema, draft 7).
    IncidentsSchema,
    /// What holds of [`Export::ActionsJson`].
    ActionsSchema,
    /// What holds of [`Route::IncidentJson`].
    IncidentSchema,
    /// What holds of [`Route::DrillJson`].
    DrillSchema,
}

impl Export {
    /// The name of the file, from the top of the site.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::IncidentsJson => "incidents.json",
            Self::IncidentsCsv => "incidents.csv",
            Self::ActionsJson => "actions.json",
            Self::ActionsCsv => "actions.csv",
            Self::ActionsIcs => "actions.ics",
            Self::MetricsJson => "metrics.json",
            Self::Statuspage => "api/v2/incidents.json",
            Self::LlmsTxt => "llms.txt",
            Self::IncidentsSchema => "schema/incidents.json",
            Self::ActionsSchema => "schema/actions.json",
            Self::IncidentSchema => "schema/incident.json",
            Self::DrillSchema => "schema/drill.json",
        }
    }
}

/// The way from an address to the top of the site: "./" at the top, "../" one folder down.
#[must_use]
pub fn root_of(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".into(),
        depth => "../".repeat(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::root_of;

    #[test]
    fn the_way_up_is_as_long_as_the_way_down() {
        assert_eq!(["", "404.html", "tags/", "causes/change/config/"].map(root_of), ["./", "./", "../", "../../../"]);
    }
}
