//! What both formats of a feed say: which incidents, under which name, at which addresses.
//!
//! Dates come from the content, never from the clock, and what identifies a feed or an entry is its address, or a URN where the site does not know
//! its own; both stay as long as the site keeps its address and the incident its slug.

use std::borrow::Cow;

use super::last_changed;
use crate::model::{Moment, Postmortem, Section};
use crate::render::page::summary_text;
use crate::render::wording::excerpt;
use crate::site::{FeedFormat, Listing, Route, Site, lessons, root_of};

/// How many entries the feed of the whole site has.
const ENTRIES: usize = 50;
/// How many entries the feed of a term has: there are many terms.
const ENTRIES_OF_TERM: usize = 20;
/// How long a summary is at most, in characters.
const SUMMARY: usize = 600;

/// What a feed is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Subject {
    /// The newest incidents of a list.
    Incidents(Listing),
    /// What the newest incidents taught.
    Takeaways,
}

/// A feed.
pub(super) struct Feed<'s> {
    site: &'s Site,
    subject: Subject,
    format: FeedFormat,
}

/// An incident in a feed.
pub(super) struct Entry<'s> {
    /// Its place in the corpus.
    pub(super) n: usize,
    /// The incident.
    pub(super) postmortem: &'s Postmortem,
    /// Its address, as the feed links to it.
    pub(super) url: String,
    /// What identifies it.
    pub(super) id: String,
    /// When its report was published, where it says.
    pub(super) published: Option<Moment>,
    /// When it last changed.
    pub(super) changed: Option<Moment>,
}

impl<'s> Feed<'s> {
    pub(super) fn new(site: &'s Site, subject: Subject, format: FeedFormat) -> Self {
        Self { site, subject, format }
    }

    /// "Tag: dns · Incidents at Northwind".
    pub(super) fn title(&self) -> String {
        let site = &self.site.config().site.title;
        if self.subject == Subject::Takeaways {
            return format!("Takeaways · {site}");
        }
        self.of_term(|taxonomy, term, _| format!("{taxonomy}: {term} · {site}")).unwrap_or_else(|| site.clone())
    }

    /// What the term means, else what the site is for; may be empty.
    pub(super) fn description(&self) -> String {
        if self.subject == Subject::Takeaways {
            return "What incidents taught, in the words of their reports.".into();
        }
        self.of_term(|_, _, definition| definition.to_owned()).unwrap_or_else(|| self.site.config().site.description.clone())
    }

    /// What identifies the feed.
    pub(super) fn id(&self) -> String {
        let base = self.base();
        let list = self.list();
        match (base.is_empty(), list.is_empty()) {
            (true, true) => "urn:afterword:site".into(),
            (true, false) if self.subject == Subject::Takeaways => "urn:afterword:takeaways".into(),
            (true, false) => format!("urn:afterword:term:{}", list.trim_end_matches('/')),
            (false, _) => format!("{base}{list}"),
        }
    }

    /// The feed's own address.
    pub(super) fn url(&self) -> String {
        self.address(&self.route())
    }

    /// The page that lists the same incidents.
    pub(super) fn page_url(&self) -> String {
        let address = self.address(&self.list());
        if address.is_empty() { "./".into() } else { address }
    }

    /// The entries, newest first.
    pub(super) fn entries(&self) -> Vec<Entry<'s>> {
        let (listing, most) = match self.subject {
            Subject::Incidents(listing @ Listing::Term { .. }) => (listing, ENTRIES_OF_TERM),
            Subject::Incidents(Listing::All) | Subject::Takeaways => (Listing::All, ENTRIES),
        };
        let entry = |n: &usize| {
            let (postmortem, mut url) = (self.site.postmortem(*n)?, self.site.url(Route::Incident(*n)));
            let (base, slug) = (self.base(), &postmortem.head.slug.value);
            let mut id = if base.is_empty() { format!("urn:afterword:incident:{slug}") } else { format!("{base}{url}") };
            if self.subject == Subject::Takeaways {
                id = if base.is_empty() { format!("urn:afterword:takeaways:{slug}") } else { format!("{id}#takeaways") };
                url = format!("{url}#{}", lessons(postmortem).next()?.id);
            }
            let published = postmortem.published_at.as_ref().map(|at| at.value);
            Some(Entry { n: *n, postmortem, url: self.address(&url), id, published, changed: last_changed(self.site, *n) })
        };
        self.site.members(listing).iter().filter_map(entry).take(most).collect()
    }

    /// The summary of an incident; made once, for all feeds it is in.
    pub(super) fn summary(&self, entry: &Entry<'s>) -> Cow<'s, str> {
        match self.subject {
            Subject::Incidents(_) => Cow::Borrowed(self.site.digest(entry.n, || summary_text(entry.postmortem, SUMMARY))),
            Subject::Takeaways => {
                let words: Vec<String> = lessons(entry.postmortem).map(Section::text).collect();
                Cow::Owned(excerpt(&words.join("\n"), SUMMARY))
            }
        }
    }

    /// An address as the feed links to it: whole where the site knows its own, else relative to the feed (RFC 4287 §2 allows it).
    fn address(&self, url: &str) -> String {
        let base = self.base();
        match (base.is_empty(), self.subject) {
            (false, _) => format!("{base}{url}"),
            (true, Subject::Incidents(Listing::All)) => url.to_owned(),
            (true, _) => format!("{}{url}", root_of(&self.route())),
        }
    }

    fn base(&self) -> &'s str {
        self.site.base_url().unwrap_or_default()
    }

    /// The address of the list's page; that of the site itself for all incidents.
    fn list(&self) -> String {
        match self.subject {
            Subject::Incidents(Listing::All) => String::new(),
            Subject::Incidents(listing) => self.site.url(Route::List(listing, 1)),
            Subject::Takeaways => self.site.url(Route::Takeaways),
        }
    }

    /// The address of the feed on its site.
    fn route(&self) -> String {
        self.site.url(match self.subject {
            Subject::Incidents(listing) => Route::Feed(listing, self.format),
            Subject::Takeaways => Route::TakeawaysFeed(self.format),
        })
    }

    fn of_term(&self, say: impl FnOnce(&str, &str, &str) -> String) -> Option<String> {
        let Subject::Incidents(Listing::Term { taxonomy, term }) = self.subject else { return None };
        let (taxonomy, term) = self.site.term(taxonomy, term)?;
        Some(say(&taxonomy.name, &term.name, &term.definition))
    }
}

/// A moment as RFC 3339; the beginning of the day where only that is known.
pub(super) fn instant(moment: &Moment) -> String {
    moment.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
