//! `/feed.xml`: the newest incidents, or those of a term, as an Atom feed (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml_text;
use crate::model::{Moment, Postmortem};
use crate::render::page::summary_text;
use crate::site::{FeedFormat, Listing, Route, Site};

/// How many entries the feed has.
const ENTRIES: usize = 50;

/// The feed. Its dates come from the content, never from the clock; where the site does not know its own address, links are relative to the
/// feed (RFC 4287 §2 allows it) and ids are URNs.
pub(in crate::render) fn atom(site: &Site, listing: Listing) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = write(site, listing, &mut writer);
    writer.into_inner()
}

fn write(site: &Site, listing: Listing, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let base = site.base_url().unwrap_or_default();
    let entries: Vec<(usize, &Postmortem)> =
        site.members(listing).iter().take(ENTRIES).filter_map(|n| Some((*n, site.postmortem(*n)?))).collect();
    let newest = entries.iter().filter_map(|(_, p)| p.date).map(|date| instant(&date)).max();
    let updated = newest.unwrap_or_else(|| format!("{}T00:00:00Z", site.build().today));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    let feed = feed.with_attribute(("xml:lang", site.config().site.language.as_str()));
    feed.write_inner_content(|writer| {
        text(writer, "title", &site.config().site.title)?;
        if !site.config().site.description.is_empty() {
            text(writer, "subtitle", &site.config().site.description)?;
        }
        text(writer, "id", &identity(base, "", "site"))?;
        text(writer, "updated", &updated)?;
        link(writer, "self", &format!("{base}{}", site.url(Route::Feed(listing, FeedFormat::Atom))))?;
        link(writer, "alternate", if base.is_empty() { "./" } else { base })?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", &site.config().site.title))?;
        for (n, postmortem) in &entries {
            let url = site.url(Route::Incident(*n));
            writer.create_element("entry").write_inner_content(|writer| {
                text(writer, "title", &postmortem.head.title_text)?;
                text(writer, "id", &identity(base, &url, &format!("incident:{}", postmortem.head.slug.value)))?;
                text(writer, "updated", &postmortem.date.map_or_else(|| updated.clone(), |date| instant(&date)))?;
                link(writer, "alternate", &format!("{base}{url}"))?;
                for tag in &postmortem.tags {
                    writer.create_element("category").with_attribute(("term", xml_text(tag).as_str())).write_empty()?;
                }
                text(writer, "summary", &summary_text(postmortem, 600))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, content: &str) -> std::io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&xml_text(content)))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> std::io::Result<()> {
    writer.create_element("link").with_attribute(("rel", rel)).with_attribute(("href", href)).write_empty()?;
    Ok(())
}

fn identity(base: &str, url: &str, name: &str) -> String {
    if base.is_empty() { format!("urn:afterword:{name}") } else { format!("{base}{url}") }
}

/// A moment as RFC 3339; the beginning of the day where only that is known.
fn instant(moment: &Moment) -> String {
    moment.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
