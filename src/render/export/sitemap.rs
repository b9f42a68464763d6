//! `/sitemap.xml` (sitemaps.org protocol 0.9).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{last_changed, xml_text};
use crate::model::Precision;
use crate::site::{Route, Site};

/// Every page a reader may land on. Addresses in a sitemap must be absolute, so a site that does not know its own has none.
pub(in crate::render) fn sitemap(site: &Site) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail.
    let _ = write(site, &mut writer);
    writer.into_inner()
}

fn write(site: &Site, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let base = site.base_url().unwrap_or_default();
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
                        | Route::Learn
                        | Route::Path(_)
                        | Route::Takeaways
                        | Route::Drills
                        | Route::Drill(_)
                ) {
                    writer.create_element("url").write_inner_content(|writer| {
                        writer.create_element("loc").write_text_content(BytesText::new(&xml_text(&format!("{base}{url}"))))?;
                        if let Some(changed) = changed(site, *route) {
                            writer.create_element("lastmod").write_text_content(BytesText::new(&changed))?;
                        }
                        Ok(())
                    })?;
                }
            }
            Ok(())
        },
    )?;
    Ok(())
}

/// When a page last changed, where at least the day is known: a date, or RFC 3339.
fn changed(site: &Site, route: Route) -> Option<String> {
    let Route::Incident(n) = route else { return None };
    last_changed(site, n).filter(|moment| moment.precision >= Precision::Day).map(|moment| moment.machine())
}
