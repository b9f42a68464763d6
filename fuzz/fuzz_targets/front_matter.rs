//! Metadata in any of its formats: whatever is read stands at a place in the text, and what is left is the body.
#![no_main]

use afterword::diagnostic::Span;
use afterword::frontmatter::{self, Mapping, Node, Value};
use libfuzzer_sys::fuzz_target;

fn check_node(text: &str, node: &Node) {
    check_span(text, node.span);
    match &node.value {
        Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| check_node(text, item)),
        Value::Mapping(mapping) => check_mapping(text, mapping),
    }
}

fn check_mapping(text: &str, mapping: &Mapping) {
    for entry in &mapping.entries {
        check_span(text, entry.key.span);
        check_node(text, &entry.value);
        assert!(std::ptr::eq(mapping.get(&entry.key.value).unwrap(), entry), "the key {:?} twice", entry.key.value);
    }
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?}");
}

fuzz_target!(|text: &str| {
    let parts = frontmatter::parse(text);
    check_mapping(text, &parts.metadata);
    for span in [parts.block, parts.body].into_iter().chain(parts.problems.iter().map(|problem| problem.span)) {
        check_span(text, span);
    }
});
