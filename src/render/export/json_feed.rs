//! `/feed.json`: the newest incidents, those of a term, or what they taught, as a JSON Feed (version 1.1), with what a feed reader does not know of incidents under
//! `_incident`.

use std::borrow::Cow;

use serde::Serialize;

use super::feed::{Entry, Feed, Subject, instant};
use crate::knowledge::Grouping;
use crate::model::Milestone;
use crate::site::{FeedFormat, Site};

#[derive(Serialize)]
struct JsonFeed<'s> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    language: &'s str,
    authors: [Author<'s>; 1],
    items: Vec<Item<'s>>,
}

#[derive(Serialize)]
struct Author<'s> {
    name: &'s str,
}

#[derive(Serialize)]
struct Item<'s> {
    id: String,
    url: String,
    title: &'s str,
    content_text: Cow<'s, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'s str>,
    #[serde(rename = "_incident")]
    incident: Incident<'s>,
}

/// What is said of the incident itself, as far as it is known: moments as RFC 3339, or a date alone.
#[derive(Serialize)]
struct Incident<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<&'s str>,
}

/// The feed.
pub(in crate::render) fn json_feed(site: &Site, subject: Subject) -> Vec<u8> {
    let feed = Feed::new(site, subject, FeedFormat::Json);
    let view = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title(),
        home_page_url: feed.page_url(),
        feed_url: feed.url(),
        description: feed.description(),
        language: &site.config().site.language,
        authors: [Author { name: &site.config().site.title }],
        items: feed.entries().into_iter().map(|entry| item(site, &feed, entry)).collect(),
    };
    // Texts and lists always have a form in JSON.
    serde_json::to_vec(&view).unwrap_or_default()
}

fn item<'s>(site: &'s Site, feed: &Feed<'s>, entry: Entry<'s>) -> Item<'s> {
    let content_text = feed.summary(&entry);
    let Entry { n, postmortem, url, id, published, changed } = entry;
    Item {
        id,
        url,
        title: &postmortem.head.title_text,
        content_text,
        date_published: published.or(postmortem.date).as_ref().map(instant),
        date_modified: changed.as_ref().map(instant),
        tags: postmortem.tags.iter().map(|tag| tag.value.as_str()).collect(),
        incident: Incident {
            severity: names(site, Grouping::Severity, n).into_iter().next(),
            started: postmortem.milestone(Milestone::Started).map(crate::model::Moment::machine),
            resolved: postmortem.milestone(Milestone::Resolved).map(crate::model::Moment::machine),
            services: names(site, Grouping::Service, n),
        },
    }
}

/// The names of an incident's terms of one grouping.
fn names(site: &Site, grouping: Grouping, n: usize) -> Vec<&str> {
    site.taxonomy(grouping).into_iter().flat_map(|(_, taxonomy)| taxonomy.terms_of(n)).map(|(_, term)| term.name.as_str()).collect()
}
