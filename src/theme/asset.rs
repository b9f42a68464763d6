//! Files that pages refer to, under names that change with their content: a browser may keep them for ever.

use std::borrow::Cow;
use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// The name of the style sheet that holds all of `assets/css/`.
const STYLE: &str = "style.css";

/// A file that pages refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The name a template asks for: the path below `assets/`, without `js/`.
    pub name: String,
    /// The site-relative path it is published at: `assets/style.3f2a90bb71.css`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What a server should say it is.
    pub media_type: &'static str,
}

/// The assets among `files` (paths below a theme's folder), by name; a later file replaces an earlier one of the same path. The style
/// sheets of `assets/css/` become one, in order of name, which every page has; those of a folder in it become another, which is called by the
/// name of the folder and is for the pages that ask for it: `figures.css`.
pub(super) fn bundle<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> BTreeMap<String, Asset> {
    let mut sheets: BTreeMap<String, BTreeMap<&str, &[u8]>> = BTreeMap::from([(STYLE.to_owned(), BTreeMap::new())]);
    let mut assets = BTreeMap::new();
    for (path, bytes) in files.filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, bytes))) {
        if let Some(sheet) = path.strip_prefix("css/").filter(|sheet| sheet.rsplit('.').next() == Some("css")) {
            let name = sheet.split_once('/').map_or_else(|| STYLE.to_owned(), |(folder, _)| format!("{folder}.css"));
            sheets.entry(name).or_default().insert(sheet, bytes);
        } else {
            let asset = Asset::new(path.strip_prefix("js/").unwrap_or(path), Cow::Borrowed(bytes));
            assets.insert(asset.name.clone(), asset);
        }
    }
    for (name, parts) in sheets {
        // A line break between two sheets keeps the last line of the one from running into the next.
        let style = parts.into_values().collect::<Vec<_>>().join(&b'\n');
        let asset = Asset::new(&name, Cow::Owned(style));
        assets.insert(name, asset);
    }
    assets
}

impl Asset {
    fn new(name: &str, bytes: Cow<[u8]>) -> Self {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let digest = format!("{:016x}", xxh3_64(&bytes));
        let path = format!("assets/{}.{}.{}", portable(stem), digest.get(..10).unwrap_or_default(), portable(ending));
        Self { name: name.to_owned(), path, bytes: bytes.into_owned(), media_type: media_type(ending) }
    }
}

/// `path` in letters that need no escaping in an address and mean nothing to a file system.
fn portable(path: &str) -> String {
    path.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/') { c } else { '-' }).collect()
}

/// The media type for a file ending: IANA's registry, as far as themes need it.
fn media_type(ending: &str) -> &'static str {
    match ending.to_ascii_lowercase().as_str() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
