//! A document from its bytes to its pages in both editions: no panic, every finding at a place, and no element or address in a page that the theme or
//! the writer of HTML did not put there.
#![no_main]

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use afterword::diagnostic::SourcePath;
use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, HTML, render};
use afterword::site::{BuildInfo, Look};
use afterword::source::{Role, SourceFile};
use html5gum::{StartTag, Token, Tokenizer};
use libfuzzer_sys::fuzz_target;
use url::Url;

const SETTINGS: &str = "-- site.toml --\n[site]\nbase_url = 'https://example.org/'\n[editions.public]\ntraining = true\n";
const PATH: &str = "content/postmortems/one.md";

/// What no page has, whoever wrote it.
const NEVER: [&str; 8] = ["base", "embed", "frame", "iframe", "math", "object", "style", "template"];

fn check_page(url: &str, page: &[u8]) {
    let here = Url::parse("https://site.example/").unwrap().join(url).unwrap();
    for Ok(token) in Tokenizer::new(page) {
        let Token::StartTag(StartTag { name, attributes, .. }) = token else { continue };
        let name = String::from_utf8_lossy(&name);
        assert!(!NEVER.contains(&&*name), "{url}: <{name}>");
        let attributes = attributes.iter().map(|(key, value)| (String::from_utf8_lossy(key), String::from_utf8_lossy(value)));
        let attributes: BTreeMap<_, _> = attributes.collect();
        if name == "script" {
            let is_ours = attributes.get("src").is_some_and(|src| src.contains("assets/"))
                || attributes.get("type").is_some_and(|kind| kind.ends_with("json"));
            assert!(is_ours, "{url}: {attributes:?}");
        }
        for (key, value) in &attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "srcdoc", "{url}: <{name} {key}>");
            let is_address = matches!(&**key, "action" | "cite" | "data" | "formaction" | "href" | "poster" | "src" | "xlink:href");
            if is_address && let Ok(led_to) = here.join(value) {
                assert!(matches!(led_to.scheme(), "http" | "https" | "mailto"), "{url}: {value:?}");
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    static LOOK: OnceLock<Arc<Look>> = OnceLock::new();
    let mut project = pipeline::from_archive(SETTINGS);
    let look = LOOK.get_or_init(|| Arc::new(pipeline::look(&project).0));
    Arc::make_mut(&mut project.sources).insert(SourceFile::new(SourcePath::from(PATH), Role::Document, bytes));
    let understood = pipeline::understand(&project, &mut Memo::default());
    let today = jiff::civil::date(2026, 1, 1);
    for finding in pipeline::check(&project, &understood, &[], today) {
        let Some(text) = project.text(&finding.primary.path) else { continue };
        assert!(text.get(finding.primary.span.range()).is_some(), "{finding:?}");
    }
    for audience in [Audience::Internal, Audience::Public] {
        let edition = Edition { audience, drafts: Drafts::Shown };
        let (site, _) = pipeline::site(&project, &understood, Arc::clone(look), edition, BuildInfo { today, base_url: None });
        for (url, route) in site.routes().filter(|(url, _)| url.starts_with("incidents/") || url.starts_with("postmortems/")) {
            let artifact = render(&site, *route).unwrap();
            if let (HTML, Body::Bytes(page)) = (artifact.media_type, artifact.body) {
                check_page(url, &page);
            }
        }
    }
});
