//! The shape of the code: rooms, arrows and headers are what ARCHITECTURE.md says.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below `src/`, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found
}

fn room_of(path: &Path) -> String {
    let below = path.strip_prefix("src").unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms of ARCHITECTURE.md's table, in order: the first column of each row.
fn rooms_of_the_table() -> Vec<String> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| Room |")).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.split('`').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn the_table_of_rooms_is_the_code() {
    let in_code: BTreeSet<String> =
        sources().iter().map(|(path, _)| room_of(path)).filter(|room| !matches!(room.as_str(), "lib" | "main")).collect();
    let in_table = rooms_of_the_table();
    assert_eq!(in_table.iter().cloned().collect::<BTreeSet<_>>(), in_code);
    let library = fs::read_to_string("src/lib.rs").unwrap();
    let in_library: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(|name| name.trim_end_matches(';')).collect();
    assert_eq!(in_library, in_table, "lib.rs declares the rooms in the order of the table");
}

#[test]
fn a_room_names_only_rooms_above_it() {
    let order: BTreeMap<String, usize> = rooms_of_the_table().into_iter().enumerate().map(|(n, room)| (room, n)).collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path);
        let Some(place) = order.get(&room) else { continue };
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for (at, _) in code.match_indices("crate::") {
                let rest = &code[at + "crate::".len()..];
                let named: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if order.get(&named).is_some_and(|other| other > place) {
                    wrong.push(format!("{}:{}: `{room}` names `{named}`", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path.display().to_string()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn third_party_types_stay_at_the_door_that_owns_them() {
    let doors: &[(&str, &[&str])] = &[
        ("clap", &["cli"]),
        ("hyper", &["serve"]),
        ("tokio", &["serve"]),
        ("notify", &["serve"]),
        ("minijinja", &["theme", "site", "render"]),
        ("pulldown_cmark", &["markdown"]),
        ("syntaxmate", &["markdown"]),
        ("gray_matter", &["frontmatter"]),
        ("granit_parser", &["frontmatter"]),
        ("annotate_snippets", &["report"]),
        ("quick_xml", &["theme", "render", "report"]),
        ("regex", &["check", "config"]),
        ("base64", &["import"]),
        ("tar", &["evidence"]),
        ("sha2", &["checksum"]),
        ("lsp_server", &["lsp"]),
        ("gen_lsp_types", &["lsp"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path);
        for (name, rooms) in doors {
            let named = text.lines().map(|line| line.split("//").next().unwrap()).any(|line| line.contains(&format!("{name}::")));
            if named && !rooms.contains(&room.as_str()) {
                wrong.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_direct_dependency_has_its_reason() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let architecture = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let mut section = "";
    let mut missing = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if matches!(section, "[dependencies]" | "[dev-dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
            && !name.starts_with([' ', '"', '#'])
            && !architecture.contains(&format!("`{name}`"))
        {
            missing.push(name.to_owned());
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md gives no reason for {missing:?}");
}
