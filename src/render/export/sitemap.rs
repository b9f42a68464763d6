//! `/sitemap.xml` (sitemaps.org protocol 0.9).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml_text;
use crate::site::{Route, Site};

/// Every page a reader may land on. Addresses in a sitemap must be absolute, so a site that does not know its own has an empty one.
pub(in crate::render) fn sitemap(site: &Site) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = write(site, &mut writer);
    writer.into_inner()
}

fn write(site: &Site, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let Some(base) = site.base_url() else {
        writer.create_element("urlset").with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")).write_empty()?;
        return Ok(());
    };
    writer.create_element("urlset").with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")).write_inner_content(
        |writer| {
            for (url, route) in site.routes() {
                if matches!(
                    route,
                    Route::Home
                        | Route::Incident(_)
                        | Route::Page(_)
                        | Route::List(_, 1)
                        | Route::Taxonomy(_)
                        | Route::Actions
                        | Route::Metrics
                        | Route::Patterns
                        | Route::Pattern(_)
                ) {
                    writer.create_element("url").write_inner_content(|writer| {
                        writer.create_element("loc").write_text_content(BytesText::new(&xml_text(&format!("{base}{url}"))))?;
                        Ok(())
                    })?;
                }
            }
            Ok(())
        },
    )?;
    Ok(())
}
