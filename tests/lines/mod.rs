//! Whether fixes have kept what an author wrote.

use std::collections::BTreeMap;

use afterword::diagnostic::SourcePath;

/// Every line below the metadata is still there, as often as before, and what is new is a heading, a comment or nothing.
pub(crate) fn none_is_lost(name: &str, path: &SourcePath, old: &str, new: &str) {
    let mut lines: BTreeMap<&str, isize> = BTreeMap::new();
    for line in body(new).split(['\n', '\r']) {
        *lines.entry(line).or_default() += 1;
    }
    for line in body(old).split(['\n', '\r']) {
        *lines.entry(line).or_default() -= 1;
    }
    for (line, count) in lines {
        let is_ours = line.is_empty() || line.starts_with('#') || line.starts_with("<!-- ");
        assert!(count == 0 || (count > 0 && is_ours), "{name}: {path}: {count:+} of {line:?}");
    }
}

/// The text below metadata in YAML or TOML.
fn body(text: &str) -> &str {
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| text.trim_start_matches('\u{feff}').starts_with(fence)) else { return text };
    let end = text.split_inclusive(['\n', '\r']).skip(1).position(|line| line.trim_end() == fence);
    let metadata = end.map_or(0, |end| text.split_inclusive(['\n', '\r']).take(end + 2).map(str::len).sum());
    &text[metadata..]
}
