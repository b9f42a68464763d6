//! A search bundle that somebody else wrote: it answers or is refused, within bounds.
#![no_main]

use afterword::search::{Index, Query, texts};
use libfuzzer_sys::fuzz_target;

// A query and one file of each kind but `meta.bin`, each with its length in two bytes before it; the rest is `meta.bin`. A file is found under whatever
// name `meta.bin` has for one of its kind.
fuzz_target!(|bytes: &[u8]| {
    let mut rest = bytes;
    let mut next = || {
        let (length, after) = rest.split_first_chunk().map_or((0, rest), |(length, after)| (u16::from_le_bytes(*length).into(), after));
        let (part, after) = after.split_at_checked(length).unwrap_or((after, &[]));
        rest = after;
        part
    };
    let [query, shard, places, block, facet, vocabulary] = std::array::from_fn(|_| next());
    let meta = rest;
    let file = |path: &str| match path.split('/').nth(1)? {
        "meta.bin" => Some(meta),
        "s" => Some(shard),
        "p" => Some(places),
        "b" => Some(block),
        "f" => Some(facet),
        "v" => Some(vocabulary),
        _ => None,
    };
    for path in ["search/meta.bin", "search/s/0.bin", "search/p/0.bin", "search/b/0.bin", "search/f/0.bin", "search/v/0.bin"] {
        let _ = texts(path, file(path).unwrap_or_default());
    }
    let Ok(index) = Index::open(|path| file(path).map(<[u8]>::to_vec)) else { return };
    for text in [&*String::from_utf8_lossy(query), "dns", "\"dns failed\"", ""] {
        let query = Query { text: text.to_owned(), limit: 10, ..Query::default() };
        if let Ok(answer) = index.search(&query) {
            assert!(answer.hits.len() <= 10 && answer.hits.len() <= answer.total);
        }
    }
});
