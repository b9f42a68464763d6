//! `init --ci` and `--host`: the files for build servers and hosts, and the manual pages.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use afterword::frontmatter;
use afterword::render::{CONTENT_SECURITY_POLICY, HEADERS};
use program::afterword;
use tempfile::TempDir;

const SERVERS: &str = "--ci=github,gitlab,forgejo";
const HOSTS: &str = "--host=netlify,cloudflare,pages,nginx,caddy";
const FILES: [&str; 8] = [
    ".github/workflows/afterword.yml",
    ".gitlab-ci.yml",
    ".forgejo/workflows/afterword.yml",
    "netlify.toml",
    "wrangler.toml",
    ".github/workflows/pages.yml",
    "nginx.conf",
    "Caddyfile",
];

/// What `init` printed: the files written, and what it said.
fn init(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
    let output = afterword(folder, &[&["init"], arguments].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    (String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(), told)
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == ending)
}

/// The lines of a script that run the program.
fn runs(text: &str) -> Vec<&str> {
    let run = |line: &'_ &str| line.starts_with("afterword ");
    text.lines().map(|line| line.trim_start_matches([' ', '-', '#'])).filter(run).collect()
}

#[test]
fn each_server_and_host_gets_its_file_and_nothing_is_written_over() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    let (written, told) = init(root, &[SERVERS, HOSTS]);
    assert_eq!(written[5..], FILES);
    assert!(told.contains("site.toml has no `[editions.public]`, so everything but drafts is published"), "{told}");
    assert!(told.contains("put the address of the repository you have Afterword from"), "{told}");
    fs::write(root.join("netlify.toml"), "mine").unwrap();
    fs::remove_file(root.join("Caddyfile")).unwrap();
    let (written, told) = init(root, &["--host", "netlify,caddy"]);
    assert_eq!(written, ["Caddyfile"], "for a site that is there already");
    assert!(told.starts_with("`netlify.toml` is there already and stays as it is.\n"), "{told}");
    assert_eq!(read(root, "netlify.toml"), "mine");
    fs::create_dir(root.join(".git")).unwrap();
    fs::create_dir(root.join("below")).unwrap();
    assert_eq!(init(&root.join("below"), &["--host", "pages,nginx"]).0.last().unwrap(), "nginx.conf");
    fs::remove_file(root.join(".gitlab-ci.yml")).unwrap();
    assert_eq!(init(&root.join("below"), &["--ci", "gitlab"]).0, ["../.gitlab-ci.yml"], "at the top of the repository");
    let again = afterword(root, &["init"]);
    assert_eq!(again.status.code(), Some(2), "without either there is nothing to do");
}

#[test]
fn the_files_say_what_to_run() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    init(root, &[SERVERS, HOSTS]);
    assert_eq!(
        runs(&read(root, ".github/workflows/afterword.yml")),
        ["afterword check --strict --since \"$BASE\"", "afterword check --strict"]
    );
    assert_eq!(
        runs(&read(root, ".forgejo/workflows/afterword.yml")),
        ["afterword check --strict --format full --since \"$BASE\"", "afterword check --strict --format full"]
    );
    assert_eq!(
        runs(&read(root, ".gitlab-ci.yml")),
        [
            "afterword check -q --format gitlab --output-file gl-code-quality-report.json || test $? -eq 1",
            "afterword check -q --format junit --output-file junit.xml || test $? -eq 1",
            "afterword check --strict ${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--since \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"}"
        ]
    );
    assert_eq!(runs(&read(root, ".github/workflows/pages.yml")), ["afterword build --base-url \"$BASE_URL\""]);
    assert!(read(root, ".github/workflows/pages.yml").contains("        with:\n          path: \"_site\"\n"));
    let source = "--git https://git.example.com/afterword.git --tag v0.1.0";
    assert_eq!(
        read(root, "netlify.toml"),
        format!(
            "# Netlify builds and publishes the site. Headers and old addresses are in the site itself, in `_headers` and `_redirects`.\n[build]\n\
             command = \"\"\"\nrustup toolchain install stable --profile minimal --no-self-update &&\n\
             cargo +stable install --locked {source} &&\nafterword build --base-url $URL/\n\"\"\"\npublish = \"_site\"\n"
        )
    );
    let wrangler: toml::Table = read(root, "wrangler.toml").parse().unwrap();
    assert_eq!(wrangler, "name = 'postmortems'\npages_build_output_dir = '_site'".parse().unwrap());
    assert_eq!(runs(&read(root, "wrangler.toml")), ["afterword build --base-url https://postmortems.pages.dev/"]);
}

#[test]
fn what_is_published_is_the_public_edition_where_there_is_one_wherever_the_site_is() {
    let folder = TempDir::new().unwrap();
    let (root, project) = (folder.path(), folder.path().join("docs/site"));
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(project.join("content")).unwrap();
    fs::write(project.join("site.toml"), "[content]\noutput = 'out'\n[editions.public]\n").unwrap();
    let (written, told) = init(root, &["docs/site", SERVERS, HOSTS]);
    let there = |path: &&str| {
        if has_ending(path, "yml") || *path == "netlify.toml" { (*path).to_owned() } else { format!("docs/site/{path}") }
    };
    assert_eq!(written, FILES.iter().map(there).collect::<Vec<_>>());
    assert!(!told.contains("editions.public"), "{told}");
    let pages = read(root, ".github/workflows/pages.yml");
    assert_eq!(runs(&pages), ["afterword -C docs/site build --edition public --base-url \"$BASE_URL\""]);
    assert!(pages.contains("path: \"docs/site/out-public\"\n"), "{pages}");
    assert!(
        read(root, "netlify.toml")
            .ends_with("afterword -C docs/site build --edition public --base-url $URL/\n\"\"\"\npublish = \"docs/site/out-public\"\n")
    );
    assert!(read(root, ".gitlab-ci.yml").contains("    - afterword -C docs/site check --strict ${CI"));
    assert_eq!(runs(&read(&project, "wrangler.toml")), ["afterword build --edition public --base-url https://postmortems.pages.dev/"]);
    assert!(read(&project, "nginx.conf").contains("`out-public`"));
    fs::create_dir_all(root.join("a b/content")).unwrap();
    let refused = afterword(root, &["init", "a b", "--ci", "github"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("`a b/` has characters that the files for servers and hosts cannot hold"));
    assert!(!root.join("a b/site.toml").exists(), "nothing was written");
}

#[test]
fn the_files_can_be_read_as_what_they_are() {
    let folder = TempDir::new().unwrap();
    init(folder.path(), &[SERVERS, HOSTS]);
    for path in FILES {
        let text = read(folder.path(), path);
        // What is in braces without a dollar before and a blank behind is a place of the template.
        let unfilled =
            text.match_indices('{').find(|(at, _)| !text[..*at].ends_with(['$', '{']) && text[at + 1..].starts_with(char::is_lowercase));
        assert_eq!(unfilled, None, "{path}");
        if has_ending(path, "yml") {
            let read = frontmatter::parse(&format!("---\n{text}---\n"));
            assert!(read.problems.is_empty(), "{path}: {:?}", read.problems);
        } else if has_ending(path, "toml") {
            text.parse::<toml::Table>().unwrap();
        } else {
            assert_eq!(text.matches('{').count(), text.matches('}').count(), "{path}");
        }
    }
}

#[test]
fn servers_of_ones_own_send_the_headers_of_the_site() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    init(root, &["--host=nginx,caddy"]);
    afterword(root, &["build", "-q"]);
    let (published, nginx, caddy) = (read(root, "_site/_headers"), read(root, "nginx.conf"), read(root, "Caddyfile"));
    assert_eq!(HEADERS[0], ("Content-Security-Policy", CONTENT_SECURITY_POLICY));
    for (name, value) in HEADERS {
        assert!(published.contains(&format!("\n  {name}: {value}\n")), "{published}");
        assert!(nginx.contains(&format!("\n    add_header {name} \"{value}\" always;\n")), "{nginx}");
        assert!(caddy.contains(&format!("\n\t\t{name} \"{value}\"\n")), "{caddy}");
    }
    // All that is published, and no more.
    assert_eq!(published.matches(": ").count(), HEADERS.len() + 1, "{published}");
    for text in [&published, &nginx, &caddy] {
        assert_eq!(text.matches("public, max-age=31536000, immutable").count(), 1, "{text}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = TempDir::new().unwrap();
    assert_eq!(afterword(folder.path(), &["man", "a/man1"]).status.code(), Some(0));
    let entries = fs::read_dir(folder.path().join("a/man1")).unwrap();
    let pages: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let commands = |of: &[&str]| -> Vec<String> {
        let help = String::from_utf8(afterword(folder.path(), &[of, &["--help"]].concat()).stdout).unwrap();
        let listed = help.split("Commands:\n").nth(1).unwrap_or_default().lines().take_while(|line| !line.is_empty());
        // The help of a command begins in its line, or in one that is indented further.
        let listed = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
    };
    let mut expected = BTreeSet::from(["afterword.1".to_owned()]);
    for command in commands(&[]) {
        expected.extend(commands(&[&command]).iter().map(|below| format!("afterword-{command}-{below}.1")));
        expected.insert(format!("afterword-{command}.1"));
    }
    assert!(expected.len() > 16, "{expected:?}");
    assert_eq!(pages, expected);
    for page in &pages {
        let text = read(&folder.path().join("a/man1"), page);
        assert!(text.contains("\n.SH NAME\n") && text.contains("\n.SH SYNOPSIS\n"), "{page}");
    }
    fs::write(folder.path().join("file"), "").unwrap();
    let refused = afterword(folder.path(), &["man", "file"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().starts_with("error: the manual pages cannot be written to `file`: "));
}

#[test]
fn the_image_is_built_by_the_rust_that_the_package_asks_for() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = read(project, "Cargo.toml").parse().unwrap();
    let version = manifest["package"]["rust-version"].as_str().unwrap();
    assert!(read(project, "Dockerfile").contains(&format!("\nFROM rust:{version}-alpine")), "{version}");
    assert!(read(project, "README.md").contains(&format!("You need [Rust](https://rustup.rs) {version} or later.")), "{version}");
}
