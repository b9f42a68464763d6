//! What others wrote and we build with: `Cargo.lock` held to the lists of `deny.toml`, without a network. `cargo deny check` asks more, for advisories
//! that are not known here.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use toml::{Table, Value};

/// The packages there may be, for all systems together and those of tests among them. A new dependency that needs more has to change this figure.
const MOST_PACKAGES: usize = 177;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn read(path: &str) -> Table {
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Every package of `Cargo.lock`.
fn locked() -> Vec<Table> {
    let lock = read("Cargo.lock");
    lock["package"].as_array().unwrap().iter().map(|package| package.as_table().unwrap().clone()).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table[key].as_str().unwrap()
}

/// The crates that `deny.toml` bans, each with which of its versions are meant: `<1.2.3`, or nothing for all of them.
fn bans() -> Vec<(String, String)> {
    let deny = read("deny.toml");
    let split = |entry: &Value| {
        let named = text(entry.as_table().unwrap(), "crate");
        let (name, versions) = named.split_once(':').unwrap_or((named, ""));
        (name.to_owned(), versions.to_owned())
    };
    deny["bans"]["deny"].as_array().unwrap().iter().map(split).collect()
}

/// The three numbers of a version.
fn numbers(version: &str) -> [u64; 3] {
    let release = version.split(['-', '+']).next().unwrap();
    let numbers: Vec<u64> = release.split('.').map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

#[test]
fn every_package_but_ours_is_of_the_one_registry_and_has_a_checksum() {
    let packages = locked();
    for package in packages.iter().filter(|package| text(package, "name") != "afterword") {
        assert_eq!(package.get("source").and_then(Value::as_str), Some(REGISTRY), "{package}");
        assert_eq!(package["checksum"].as_str().unwrap().len(), 64, "{package}");
    }
    assert!(packages.len() <= MOST_PACKAGES, "{} packages", packages.len());
}

#[test]
fn nothing_is_built_with_that_is_banned_or_has_an_advisory() {
    let bans = bans();
    let is_banned = |name: &str, version: &str| {
        bans.iter().filter(|(banned, _)| banned == name).any(|(_, versions)| match versions.strip_prefix('<') {
            Some(floor) => numbers(version) < numbers(floor),
            None => versions.is_empty() || panic!("{name}: only `<` is understood"),
        })
    };
    assert!(is_banned("time", "0.3.46") && !is_banned("time", "0.3.47") && is_banned("yaml-rust", "0.4.5") && !is_banned("yaml", "0.4.5"));
    let packages = locked();
    let banned: Vec<String> = packages
        .iter()
        .map(|package| (text(package, "name"), text(package, "version")))
        .filter(|(name, version)| is_banned(name, version))
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    assert!(banned.is_empty(), "deny.toml bans {banned:?}");
}

#[test]
fn no_crate_is_built_in_two_versions() {
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for package in locked() {
        *versions.entry(text(&package, "name").to_owned()).or_default() += 1;
    }
    versions.retain(|_, count| *count > 1);
    // The second `syn` is that of `jiff-static`, which is locked for the sake of its version and never built.
    assert_eq!(versions.into_keys().collect::<Vec<_>>(), ["syn"]);
}

/// Whether a licence expression can be fulfilled with the `allowed` licences alone. What is joined by `AND` is taken apart first, whatever the
/// parentheses: that asks for the same or more.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace(['(', ')'], "").replace('/', " OR ");
    expression.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(&licence.trim())))
}

#[test]
fn every_licence_is_on_the_list() {
    let deny = read("deny.toml");
    let allowed: Vec<&str> = deny["licenses"]["allow"].as_array().unwrap().iter().map(|licence| licence.as_str().unwrap()).collect();
    assert!(is_allowed("(MIT OR GPL-2.0-only) AND Unicode-3.0", &allowed) && is_allowed("Unlicense/MIT", &allowed));
    assert!(!is_allowed("MIT AND GPL-2.0-only", &allowed) && !is_allowed("", &allowed) && !is_allowed("MITNFA", &allowed));

    // Only of this system: packages of another may never have been downloaded.
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let here = String::from_utf8(run("rustc", &["--print", "host-tuple"])).unwrap();
    let metadata = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", here.trim()];
    let metadata: serde_json::Value = serde_json::from_slice(&run(env!("CARGO"), &metadata)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{} is under {licence:?}", package["name"]);
    }
}
