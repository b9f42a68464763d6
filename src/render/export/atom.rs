//! `/feed.xml`: the newest incidents, those of a term, or what they taught, as an Atom feed (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::feed::{Feed, Subject, instant};
use super::xml_text;
use crate::site::{FeedFormat, Site};

/// The feed.
pub(in crate::render) fn atom(site: &Site, subject: Subject) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = write(site, &Feed::new(site, subject, FeedFormat::Atom), &mut writer);
    writer.into_inner()
}

fn write(site: &Site, feed: &Feed<'_>, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let entries = feed.entries();
    let newest = entries.iter().filter_map(|entry| entry.changed.as_ref()).map(instant).max();
    let updated = newest.unwrap_or_else(|| format!("{}T00:00:00Z", site.build().today));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    let root = root.with_attribute(("xml:lang", site.config().site.language.as_str()));
    root.write_inner_content(|writer| {
        text(writer, "title", &feed.title())?;
        let description = feed.description();
        if !description.is_empty() {
            text(writer, "subtitle", &description)?;
        }
        text(writer, "id", &feed.id())?;
        text(writer, "updated", &updated)?;
        link(writer, "self", &feed.url())?;
        link(writer, "alternate", &feed.page_url())?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", &site.config().site.title))?;
        for entry in &entries {
            let postmortem = entry.postmortem;
            writer.create_element("entry").write_inner_content(|writer| {
                text(writer, "title", &postmortem.head.title_text)?;
                text(writer, "id", &entry.id)?;
                text(writer, "updated", &entry.changed.as_ref().map_or_else(|| updated.clone(), instant))?;
                if let Some(published) = &entry.published {
                    text(writer, "published", &instant(published))?;
                }
                link(writer, "alternate", &entry.url)?;
                for tag in &postmortem.tags {
                    writer.create_element("category").with_attribute(("term", xml_text(tag).as_str())).write_empty()?;
                }
                text(writer, "summary", &feed.summary(entry))
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
