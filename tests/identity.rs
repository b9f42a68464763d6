//! Whose site it is: a logo, an icon, a colour, links at the foot of every page, by the settings of the site.

#![expect(clippy::unwrap_used, reason = "a test panics when the pages are not what it made")]

mod site;

use std::sync::Arc;

use afterword::edition::{Audience, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Site};

const DOCUMENT: &str = "-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n---\n\nText.\n";

/// What is at an address of a site.
fn text(site: &Site, url: &str) -> String {
    match render(site, site.route(url).unwrap()).unwrap().body {
        Body::Bytes(bytes) => String::from_utf8(bytes.into_owned()).unwrap(),
        Body::File(path) => panic!("{path} is a file"),
    }
}

/// The address of the asset whose name begins and ends so.
fn asset<'s>(site: &'s Site, stem: &str, ending: &str) -> &'s str {
    let mut found = site.routes().map(|(url, _)| url).filter(|url| url.starts_with(&format!("assets/{stem}.")) && url.ends_with(ending));
    let only = found.next().unwrap();
    assert_eq!(found.next(), None, "{stem}");
    only
}

/// What is wrong with the looks of an archive: the words it is about, and the message.
fn faults(archive: &str) -> Vec<String> {
    let project = pipeline::from_archive(archive);
    let (_, findings) = pipeline::look(&project);
    let text = project.text(&"site.toml".into()).unwrap_or_default();
    findings.iter().map(|finding| format!("{} {}", finding.primary.span.slice(text), finding.message)).collect()
}

#[test]
fn a_logo_stands_in_the_header_with_the_name_or_for_it() {
    let archive = |more: &str| {
        format!(
            "-- site.toml --\n[site]\ntitle = 'A & B'\nlogo = 'brand/logo.svg'\n{more}\n-- content/brand/logo.svg --\n<svg/>\n{DOCUMENT}"
        )
    };
    let site = site::site(&archive("icon = 'icon.png'\n-- themes/default/assets/icon.png --\npng"));
    let home = text(&site, "");
    let (logo, icon) = (asset(&site, "brand/logo", ".svg"), asset(&site, "icon", ".png"));
    assert!(home.contains(&format!("<img src=\"./{logo}\" alt=\"\">\n<span>A &amp; B</span>")), "{home}");
    assert!(home.contains(&format!("<link rel=\"icon\" type=\"image/png\" href=\"./{icon}\">")), "{home}");
    assert!(!home.contains("brand-mark"));
    assert_eq!(text(&site, logo), "<svg/>\n");

    let home = text(&site::site(&archive("logo_has_name = true")), "");
    assert!(home.contains("alt=\"A &amp; B\">") && !home.contains("<span>A &amp; B</span>"), "{home}");
    let plain = text(&site::site(&archive("theme.name = 'plain'").replace("theme.name", "[theme]\nname")), "");
    assert!(plain.contains("<img src=\"./assets/brand/logo."), "{plain}");
}

#[test]
fn a_file_that_is_not_there_is_told_with_the_places_where_it_was_looked_for() {
    let archive = "-- site.toml --\n[site]\nlogo = 'logo.svg'\nicon = 'favicon.svg'\n[theme]\nname = 'night'\n";
    assert_eq!(
        faults(&format!("{archive}{DOCUMENT}")),
        [
            " there is no theme in `themes/night/`, so the built-in one is used",
            "'logo.svg' there is neither `content/logo.svg` nor `themes/night/assets/logo.svg`"
        ]
    );
    assert_eq!(faults("-- site.toml --\n[theme]\nname = 'plain'\n"), [""; 0]);
}

#[test]
fn a_logo_is_no_attachment_and_no_page_that_is_refused() {
    let archive = format!(
        "-- site.toml --\n[site]\nlogo = 'logo.svg'\nicon = 'icon.png'\n-- content/logo.svg --\n<svg/>\n-- content/icon.png --\npng\n-- content/other.svg --\n<svg/>\n-- content/other.png --\npng\n{DOCUMENT}"
    );
    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let found = pipeline::check(&project, &understood, &[], jiff::civil::date(2026, 1, 1));
    let about: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.rule, finding.primary.path)).collect();
    assert_eq!(about, ["orphaned-attachment content/other.png", "skipped-input content/other.svg"]);
}

#[test]
fn whoever_a_logo_names_is_found_before_the_public_reads_it() {
    let archive = format!(
        "-- site.toml --\n[site]\nlogo = 'logo.svg'\n[editions.public]\n[people.ada]\nname = 'Ada Lovelace'\n[rules]\npublic = 'off'\nname-in-public = 'error'\n\
         -- content/logo.svg --\n<svg><desc>Drawn by Ada Lovelace</desc></svg>\n{DOCUMENT}"
    );
    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let found = pipeline::check(&project, &understood, &[], jiff::civil::date(2026, 1, 1));
    let about: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.primary.path, finding.message)).collect();
    assert_eq!(about, ["content/logo.svg `Ada Lovelace` is named in public"]);
}

#[test]
fn a_page_leads_to_its_file_and_in_public_to_none() {
    let page = |settings: &str, audience, url: &str| {
        let archive = format!(
            "-- site.toml --\n[site]\nedit_url = 'https://git.example/edit/{{path}}?at=a&b'\n{settings}{DOCUMENT}-- content/guide/a b.md --\n# A\n"
        );
        text(&site::site_for(&archive, audience, None), url)
    };
    let led = "<a href=\"https://git.example/edit/content/guide/a%20b.md?at=a&amp;b\" rel=\"nofollow\">Edit this page</a>";
    assert!(page("", Audience::Internal, "guide/a-b/").contains(led));
    let both = "[editions.public]\n";
    assert!(page(both, Audience::Internal, "incidents/a/").contains("/edit/content/postmortems/a.md?"));
    assert!(!page(both, Audience::Public, "incidents/a/").contains("git.example"));
}

#[test]
fn links_at_the_foot_lead_where_they_say_and_the_public_has_its_own() {
    let archive = format!(
        "-- site.toml --\n[[site.footer_links]]\ntitle = 'Wiki'\nurl = 'https://wiki.example/'\n[[site.footer_links]]\ntitle = 'All'\nurl = '/incidents/'\n\
         [[nav]]\ntitle = 'Status'\nurl = 'https://status.example/'\n\
         [[editions.public.footer_links]]\ntitle = 'Out'\nurl = 'mailto:press@out.example'\n{DOCUMENT}"
    );
    let page = |audience| text(&site::site_for(&archive, audience, None), "incidents/a/");
    let (internal, public) = (page(Audience::Internal), page(Audience::Public));
    assert!(internal.contains("<a href=\"https://wiki.example/\">Wiki</a>") && internal.contains("<a href=\"../../incidents/\">All</a>"));
    assert!(
        public.contains("<a href=\"mailto:press@out.example\">Out</a>") && !public.contains("wiki.example") && !public.contains(">All<")
    );
    for page in [internal, public] {
        assert!(page.contains("<a href=\"https://status.example/\">Status</a>"), "another site is not below this one");
    }
    let nowhere = "-- site.toml --\n[[site.footer_links]]\ntitle = 'A'\nurl = '/nowhere/'\n";
    let project = pipeline::from_archive(nowhere);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (_, findings) = pipeline::site(&project, &understood, Arc::new(pipeline::look(&project).0), Edition::default(), build);
    assert_eq!(findings.iter().map(|finding| &*finding.message).collect::<Vec<_>>(), ["this site has no page at `/nowhere/`"]);
}

#[test]
fn an_accent_is_in_the_style_sheet_or_told() {
    let archive = |colour: &str| format!("-- site.toml --\n[theme]\naccent = '{colour}'\n{DOCUMENT}");
    let site = site::site(&archive("#0a6b5e"));
    assert!(text(&site, asset(&site, "style", ".css")).ends_with("{ :root { --accent: light-dark(#0a6b5e, #82b4ad) } }\n"));
    assert_eq!(faults(&archive("#8fbaff")), ["'#8fbaff' `#8fbaff` has a contrast of 1.79:1 with the ground `#f4f4f0`; text needs 4.5:1"]);
}
