//! Files that pages refer to, under names that change with their content: a browser may keep them for ever.

use std::borrow::Cow;
use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{Layer, sheet};
use crate::config::Accent;
use crate::diagnostic::Diagnostic;

/// The name of the style sheet that every page has.
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

/// The parts of a style sheet by the paths of their files, each with the name of the theme it is from.
type Parts<'a> = BTreeMap<&'a str, (&'a str, &'a [u8])>;

/// The assets of some layers, by name, with what is wrong with their style sheets; a file of a later layer replaces the one of an earlier one at the
/// same path, and an empty one takes it away.
///
/// The style sheets of `assets/css/` become one, in order of path, which every page has; those of a folder in it become another, which is called
/// by the name of the folder and is for the pages that ask for it: `figures.css`. Where a layer has such a sheet whole (`assets/style.css`), nothing of
/// earlier layers is in it. The accent stands at the end of the one that every page has.
pub(super) fn bundle(layers: &[Layer<'_>], accent: Option<&Accent>) -> (BTreeMap<String, Asset>, Vec<Diagnostic>) {
    let mut sheets: BTreeMap<String, Parts<'_>> = BTreeMap::from([(STYLE.to_owned(), Parts::new())]);
    let mut assets = BTreeMap::new();
    for layer in layers {
        let mut parts = Vec::new();
        for (path, bytes) in layer.files.iter().copied() {
            let Some(below) = path.strip_prefix("assets/") else { continue };
            let is_sheet = below.rsplit('.').next() == Some("css");
            if let Some(sheet) = below.strip_prefix("css/").filter(|_| is_sheet) {
                let name = sheet.split_once('/').map_or_else(|| STYLE.to_owned(), |(folder, _)| format!("{folder}.css"));
                parts.push((name, path, bytes));
            } else if is_sheet && !below.contains('/') {
                sheets.insert(below.to_owned(), Parts::from([("", (layer.theme, bytes))]));
            } else {
                let name = below.strip_prefix("js/").unwrap_or(below);
                if bytes.is_empty() {
                    assets.remove(name);
                } else {
                    assets.insert(name.to_owned(), Asset::new(name, Cow::Borrowed(bytes)));
                }
            }
        }
        for (name, path, bytes) in parts {
            sheets.entry(name).or_default().insert(path, (layer.theme, bytes));
        }
    }
    let mut findings = Vec::new();
    for (name, parts) in sheets {
        let read = parts.into_iter().map(|(path, (theme, bytes))| {
            let whole = format!("assets/{name}");
            let path = format!("themes/{theme}/{}", if path.is_empty() { &whole } else { path });
            sheet::with_assets(&path, bytes, &assets, &mut findings)
        });
        // A line break between two sheets keeps the last line of the one from running into the next.
        let mut style = read.collect::<Vec<_>>().join(&b'\n');
        if let Some(accent) = accent.filter(|_| name == STYLE) {
            match sheet::accent(accent, &style) {
                Ok(set) => style.extend(set.into_bytes()),
                Err(finding) => findings.push(*finding),
            }
        }
        assets.insert(name.clone(), Asset::new(&name, Cow::Owned(style)));
    }
    (assets, findings)
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
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
