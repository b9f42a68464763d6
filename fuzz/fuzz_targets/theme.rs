//! Templates and messages of a site: what cannot be read is a finding at a place, and the built-in page stands.
#![no_main]

use afterword::theme::Theme;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: (bool, &str)| {
    let (is_template, text) = given;
    let file = if is_template { "templates/404.html" } else { "messages/de.ftl" };
    let (theme, findings) = Theme::load("default", "de", None, [(file, text.as_bytes())]);
    for finding in findings {
        assert!(text.get(finding.primary.span.range()).is_some(), "{finding:?}");
    }
    for id in ["nav-search", "duration-days", "list-and"] {
        assert!(!theme.words().get(id).is_empty());
        let _ = theme.words().count(id, 3);
    }
});
