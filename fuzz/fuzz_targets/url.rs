//! Addresses: what passes means nothing else to a browser than it says, on any page of the site.
#![no_main]

use afterword::markdown::SafeUrl;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    let Some(address) = SafeUrl::new(text) else { return };
    let written = address.as_str();
    assert!(written.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)), "{written:?}");
    assert_eq!(SafeUrl::new(written).as_ref(), Some(&address));
    // As browsers read it (WHATWG), from a page in a folder. An address that they take for none leads nowhere.
    let page = Url::parse("https://site.example/incidents/one/").unwrap();
    let Ok(led_to) = page.join(written) else { return };
    match (address.is_relative(), address.is_external()) {
        (true, _) => assert_eq!(led_to.origin(), page.origin(), "{written:?} leads to {led_to}"),
        (_, true) => assert!(matches!(led_to.scheme(), "http" | "https"), "{written:?} leads to {led_to}"),
        _ => assert_eq!(led_to.scheme(), "mailto", "{written:?} leads to {led_to}"),
    }
});
