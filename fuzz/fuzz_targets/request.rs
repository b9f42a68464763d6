//! Requests to the preview: a path is given out only to who names this server, and is no way out of the site.
#![no_main]

use afterword::serve::path_asked_for;
use libfuzzer_sys::fuzz_target;

// The first line is the target, each further one a header.
fuzz_target!(|head: &[u8]| {
    let mut lines = head.split(|byte| *byte == b'\n');
    let target = lines.next().unwrap_or_default();
    let headers: Vec<(&[u8], &[u8])> = lines
        .filter_map(|line| Some(line.split_at(line.iter().position(|byte| *byte == b':')?)))
        .map(|(name, value)| (name, &value[1..]))
        .collect();
    let Some(path) = path_asked_for(4000, target, &headers) else { return };
    let parts = path.strip_prefix('/').expect("a path from the root");
    let parts: Vec<&str> = parts.strip_suffix('/').unwrap_or(parts).split('/').collect();
    assert!(parts == [""] || parts.iter().all(|part| !matches!(*part, "" | "." | "..")), "{path:?}");
    assert!(!path.contains(|c: char| c.is_control() || c == '\\' || c == ':'), "{path:?}");
    let told = |wanted: &str| {
        headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted.as_bytes())).map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let ours: [&[u8]; 3] = [b"localhost:4000", b"127.0.0.1:4000", b"[::1]:4000"];
    let is_ours = |authority: &[u8]| ours.iter().any(|one| authority.eq_ignore_ascii_case(one));
    assert!(matches!(told("host")[..], [host] if is_ours(host)), "{headers:?}");
    assert!(told("origin").iter().all(|origin| origin.strip_prefix(b"http://").is_some_and(is_ours)), "{headers:?}");
});
