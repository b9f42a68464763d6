//! Evidence from outside: one archive for counsel, the same bytes on any machine, and any changed byte found in it, in a built site, in the project.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use afterword::checksum::Sha256;

/// Two files of evidence, one of which the public may see, beside an address and words.
const PROJECT: &str = "\
-- site.toml --
[editions.public]
public_fields = ['evidence']
[rules]
unfinished-public-report = 'off'
-- content/postmortems/inc-7.md --
---
title: A vault was emptied
id: INC-7
visibility: public
started_at: 2026-01-02T10:00Z
evidence:
  - id: E1
    path: logs/proxy.txt
    sha256: SUM-OF-LOG
    collected_by: support
    collected_at: 2026-01-02T12:00Z
    custody: [{at: 2026-01-03, by: legal}]
    visibility: public
  - {id: E2, path: /evidence/memory.img, sha256: SUM-OF-MEMORY, collected_by: security, collected_at: 2026-01-02}
  - {url: 'https://example.org/thread', sha256: 'n/a: it changes', collected_by: support, collected_at: 2026-01-02}
---

## Summary

See ![the graph](graph.png). <!-- afterword: internal -->The keys were on a laptop.<!-- afterword: end -->
-- content/postmortems/graph.png --
no picture
-- content/postmortems/logs/proxy.txt --
10:00 a withdrawal
-- evidence/memory.img --
what was in memory
";

const LOG: &str = "content/postmortems/logs/proxy.txt";

/// The project in a folder, its hashes those of the files.
fn project() -> tempfile::TempDir {
    let text = PROJECT.replace("SUM-OF-LOG", &Sha256::of(b"10:00 a withdrawal\n").to_string());
    archive::project(&text.replace("SUM-OF-MEMORY", &Sha256::of(b"what was in memory\n").to_string()))
}

fn afterword(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The exit status of a run, and its lines.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = afterword(folder, arguments);
    (output.status.code(), stdout(&output).lines().map(str::to_owned).collect())
}

/// The files of an archive.
fn files(archive: &Path) -> BTreeMap<String, String> {
    let mut archive = tar::Archive::new(fs::File::open(archive).unwrap());
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), String::from_utf8_lossy(&bytes).into_owned())
    });
    entries.collect()
}

/// Every file and folder below a folder.
fn tree(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path()).collect()
}

fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// What `sha256sum -c` says of a folder; nothing where there is no such program.
fn sha256sum(folder: &Path) -> Option<bool> {
    let check = Command::new("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(folder).output();
    check.inspect_err(|_| eprintln!("skipped: there is no sha256sum")).ok().map(|output| output.status.success())
}

#[test]
fn a_bundle_holds_what_was_written_the_evidence_and_its_manifest() {
    let project = project();
    let made = afterword(project.path(), &["bundle", "inc-7"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let archive = project.path().join("inc-7.tar");
    assert_eq!(stdout(&made), format!("{}  inc-7.tar\n", Sha256::of(&fs::read(&archive).unwrap())));
    assert_eq!(stderr(&made), "Bundled `INC-7` with 2 files of evidence; 1 piece without a file in the project.\n");
    let files = files(&archive);
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| !name.starts_with("inc-7/site/assets/")).collect();
    assert_eq!(
        names,
        [
            "inc-7/MANIFEST.json",
            "inc-7/SHA256SUMS",
            "inc-7/incident.json",
            "inc-7/project/content/postmortems/inc-7.md",
            "inc-7/project/content/postmortems/logs/proxy.txt",
            "inc-7/project/evidence/memory.img",
            "inc-7/site/incidents/inc-7/index.html",
            "inc-7/site/postmortems/graph.png",
        ]
    );
    let written = fs::read_to_string(project.path().join("content/postmortems/inc-7.md")).unwrap();
    assert_eq!(files["inc-7/project/content/postmortems/inc-7.md"], written);
    assert_eq!(files["inc-7/project/evidence/memory.img"], "what was in memory\n");
    assert!(files["inc-7/site/incidents/inc-7/index.html"].contains("The keys were on a laptop."));
    let row: serde_json::Value = serde_json::from_str(&files["inc-7/incident.json"]).unwrap();
    assert_eq!((&row["id"], &row["path"]), (&"INC-7".into(), &"content/postmortems/inc-7.md".into()));

    let manifest: serde_json::Value = serde_json::from_str(&files["inc-7/MANIFEST.json"]).unwrap();
    assert_eq!(
        (&manifest["format"], &manifest["edition"], &manifest["day"]),
        (&"afterword-bundle 1".into(), &"internal".into(), &"2026-01-01".into())
    );
    let sum = Sha256::of(b"10:00 a withdrawal\n").to_string();
    let expected = serde_json::json!({
        "id": "E1",
        "file": "project/content/postmortems/logs/proxy.txt",
        "path": LOG,
        "url": null,
        "sha256": sum,
        "sha256_found": sum,
        "bytes": 19,
        "collected_by": "support",
        "collected_at": "2026-01-02T12:00:00Z",
        "source": null,
        "custody": [{"at": "2026-01-03", "by": "legal", "note": null}],
        "retain_until": null,
        "visibility": "public",
        "note": null,
    });
    assert_eq!(manifest["evidence"][0], expected);
    assert_eq!(manifest["evidence"][2]["url"], "https://example.org/thread");
    assert_eq!(manifest["evidence"].as_array().unwrap().len(), 3);
}

#[test]
fn what_the_public_does_not_see_is_in_no_public_bundle() {
    let project = project();
    let made = afterword(project.path(), &["bundle", "INC-7", "--edition", "public", "-o", "public.tar"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let files = files(&project.path().join("public.tar"));
    assert!(
        files.contains_key("inc-7/project/content/postmortems/logs/proxy.txt") && files.contains_key("inc-7/site/postmortems/graph.png")
    );
    for internal in ["E2", "memory", "on a laptop", "support", "legal", "security"] {
        let place = files.iter().find(|(name, text)| !name.contains("/assets/") && (name.contains(internal) || text.contains(internal)));
        assert_eq!(place, None, "{internal}");
    }
}

#[test]
fn what_says_that_it_is_internal_is_in_no_bundle_of_a_site_with_one_edition() {
    let project = project();
    fs::write(project.path().join("site.toml"), "").unwrap();
    let file = project.path().join("content/postmortems/inc-7.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("{id: E2,", "{id: E2, visibility: internal,")).unwrap();
    assert_eq!(told(project.path(), &["bundle", "INC-7"]).0, Some(0));
    let files = files(&project.path().join("inc-7.tar"));
    let place =
        files.iter().find(|(name, text)| ["E2", "memory", "on a laptop"].iter().any(|word| name.contains(word) || text.contains(word)));
    assert_eq!(place, None);
    assert!(files["inc-7/MANIFEST.json"].contains("\"E1\""));
}

#[cfg(unix)]
#[test]
fn a_bundle_is_the_same_from_any_folder_whatever_its_files_look_like() {
    use std::os::unix::fs::PermissionsExt as _;
    let (one, other) = (project(), project());
    for path in tree(other.path()).iter().filter(|path| path.is_file()) {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(7)).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    }
    let bundle = |folder: &Path, umask: &str| {
        let script = format!("umask {umask}; exec '{}' bundle INC-7", env!("CARGO_BIN_EXE_afterword"));
        let made = Command::new("sh").args(["-c", &script]).current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
        fs::read(folder.join("inc-7.tar")).unwrap()
    };
    assert!(bundle(one.path(), "022") == bundle(other.path(), "077"), "the bytes differ");
}

#[test]
fn altered_or_missing_evidence_is_told_with_its_place_and_nothing_is_written() {
    let project = project();
    assert_eq!(told(project.path(), &["verify"]), (Some(0), vec![]));
    flip(&project.path().join(LOG), 3);
    fs::remove_file(project.path().join("evidence/memory.img")).unwrap();
    let before = tree(project.path());
    for arguments in [&["verify"][..], &["bundle", "INC-7"]] {
        let output = afterword(project.path(), arguments);
        assert_eq!(output.status.code(), Some(1));
        let text = stdout(&output) + &stderr(&output);
        for expected in [
            &format!("error[altered-evidence]: `{LOG}` has another SHA-256 than stated\n --> content/postmortems/inc-7.md:9:13\n"),
            "error[missing-evidence]: there is no file `evidence/memory.img`\n  --> content/postmortems/inc-7.md:14:20\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
    assert_eq!(tree(project.path()), before);
    // Of bytes alone nothing is said where they are not asked for.
    let check = stdout(&afterword(project.path(), &["check", "--format", "concise"]));
    assert!(!check.contains("evidence"), "{check}");
}

#[test]
fn what_cannot_be_read_of_evidence_is_not_taken_for_whole() {
    let project = project();
    let file = project.path().join("content/postmortems/inc-7.md");
    let text = fs::read_to_string(&file).unwrap();
    let unreadable = "content/postmortems/latin.md";
    for (changed, expected) in [
        (text.replace("    path: logs", "    pth: logs"), "error[invalid-value]: `pth` is no key of `evidence`"),
        (text.replace("sha256: a", "sha256: x"), "` is no SHA-256: it is not 64 hexadecimal digits"),
        (text.replace("evidence:", "evidence: ]"), "error[unreadable-front-matter]"),
        (text.clone(), "error[unreadable-file]"),
    ] {
        fs::write(&file, &changed).unwrap();
        if changed == text {
            fs::write(project.path().join(unreadable), b"evidence: \xff").unwrap();
        } else {
            let output = afterword(project.path(), &["bundle", "INC-7"]);
            assert!(output.status.code() == Some(1) && stderr(&output).contains(expected), "{}", stderr(&output));
        }
        let output = afterword(project.path(), &["verify"]);
        assert!(output.status.code() == Some(1) && stdout(&output).contains(expected), "{expected} in {}", stdout(&output));
    }
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_to_evidence() {
    let project = project();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("proxy.txt"), "10:00 a withdrawal\n").unwrap();
    fs::remove_dir_all(project.path().join("content/postmortems/logs")).unwrap();
    std::os::unix::fs::symlink(outside.path(), project.path().join("content/postmortems/logs")).unwrap();
    let (status, lines) = told(project.path(), &["verify"]);
    assert_eq!(status, Some(1));
    assert_eq!(lines[0], format!("error[missing-evidence]: `{LOG}` is reached through a link, and links are not followed"));
}

#[test]
fn a_file_that_is_there_is_written_over_only_by_force() {
    let project = project();
    let archive = project.path().join("inc-7.tar");
    fs::write(&archive, "mine").unwrap();
    let refused = afterword(project.path(), &["bundle", "INC-7"]);
    assert_eq!(
        (refused.status.code(), stderr(&refused).as_str()),
        (Some(2), "error: `inc-7.tar` is there already; `--force` writes over it\n")
    );
    assert_eq!(fs::read(&archive).unwrap(), b"mine");
    assert_eq!(told(project.path(), &["bundle", "INC-7", "--force"]).0, Some(0));
    assert_eq!(told(project.path(), &["verify", "inc-7.tar"]), (Some(0), vec![]));
    // Evidence that no longer holds leaves the archive that did.
    let before = fs::read(&archive).unwrap();
    flip(&project.path().join(LOG), 0);
    assert_eq!(told(project.path(), &["bundle", "INC-7", "--force"]).0, Some(1));
    assert!(fs::read(&archive).unwrap() == before);
    for (id, said) in [("inc7", "there is no postmortem `inc7`; did you mean `INC-7`?"), ("other", "there is no postmortem `other`")] {
        let output = afterword(project.path(), &["bundle", id]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(2), format!("error: {said}\n")));
    }
}

#[test]
fn an_incident_that_the_edition_does_not_see_is_in_no_bundle() {
    let project = project();
    let file = project.path().join("content/postmortems/inc-7.md");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("visibility: public\nstarted", "status: draft\nstarted")).unwrap();
    let output = afterword(project.path(), &["bundle", "INC-7"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: `INC-7` is a draft, which is not in the internal edition; `--drafts` takes drafts in\n");
    assert_eq!(told(project.path(), &["bundle", "INC-7", "--drafts"]).0, Some(0));
    let output = afterword(project.path(), &["bundle", "INC-7", "--drafts", "--edition", "public", "--force"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(2), "error: `INC-7` is not in the public edition\n"));
}

#[test]
fn a_changed_byte_is_found_in_a_bundle_and_in_the_folder_it_was_unpacked_to() {
    let project = project();
    assert_eq!(told(project.path(), &["bundle", "INC-7"]).0, Some(0));
    let archive = project.path().join("inc-7.tar");
    let outer = tempfile::tempdir().unwrap();
    tar::Archive::new(fs::File::open(&archive).unwrap()).unpack(outer.path()).unwrap();
    let folder = outer.path().join("inc-7");
    assert_ne!(sha256sum(&folder), Some(false));
    let verify = |path: &Path| told(outer.path(), &["verify", path.to_str().unwrap()]);
    assert_eq!(verify(&folder), (Some(0), vec![]));
    assert_eq!(verify(&archive), (Some(0), vec![]));

    let memory =
        format!("project/evidence/memory.img has other bytes than listed: their SHA-256 is {}", Sha256::of(b"vhat was in memory\n"));
    flip(&folder.join("project/evidence/memory.img"), 0);
    assert_eq!(verify(&folder), (Some(1), vec![memory.clone()]));
    assert_ne!(sha256sum(&folder), Some(true));
    let bytes = fs::read(&archive).unwrap();
    let at = bytes.windows(11).position(|window| window == b"what was in").unwrap();
    flip(&archive, at);
    assert_eq!(verify(&archive), (Some(1), vec![memory]));
    flip(&archive, at);
    flip(&archive, bytes.len() - 1);
    assert_eq!(verify(&archive), (Some(1), vec!["inc-7 has other bytes around its files than `afterword bundle` wrote".to_owned()]));
}

#[test]
fn a_built_site_is_listed_and_any_change_to_it_is_found() {
    let project = project();
    for (edition, site) in [("internal", "_site"), ("public", "_site-public")] {
        assert_eq!(told(project.path(), &["build", "--edition", edition]).0, Some(0));
        let folder = project.path().join(site);
        assert_ne!(sha256sum(&folder), Some(false));
        assert_eq!(told(project.path(), &["verify", site]), (Some(0), vec![]));
        let listed = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
        let there = tree(&folder).iter().filter(|path| path.is_file()).count();
        assert_eq!(listed.lines().count(), there - 2, "all but the list and the manifest");
        assert!(!listed.contains("logs/proxy.txt"), "evidence that nothing links to is not published");
    }
    let site = project.path().join("_site");
    flip(&site.join("incidents/inc-7/index.html"), 100);
    fs::remove_file(site.join("robots.txt")).unwrap();
    fs::write(site.join("stray\u{1b}.html"), "").unwrap();
    let changed = Sha256::of(&fs::read(site.join("incidents/inc-7/index.html")).unwrap());
    let expected = [
        format!("incidents/inc-7/index.html has other bytes than listed: their SHA-256 is {changed}"),
        "robots.txt is listed and is not there".to_owned(),
        "stray\\u{1b}.html is not listed".to_owned(),
    ];
    assert_eq!(told(project.path(), &["verify", "_site"]), (Some(1), expected.to_vec()));
    assert_ne!(sha256sum(&site), Some(true));
    #[cfg(unix)]
    {
        fs::remove_file(site.join("stray\u{1b}.html")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", site.join("robots.txt")).unwrap();
        let (_, lines) = told(project.path(), &["verify", "_site"]);
        assert_eq!(lines[1..], ["robots.txt is listed and is not there", "robots.txt is no ordinary file"]);
    }
    let none = afterword(project.path(), &["verify", "content"]);
    assert_eq!((none.status.code(), stderr(&none).as_str()), (Some(2), "error: `content` has no SHA256SUMS at its top\n"));
    assert_eq!(afterword(project.path(), &["verify", "nowhere"]).status.code(), Some(2));
}

#[test]
fn a_hostile_archive_is_refused_and_nothing_of_it_is_written() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("inner");
    fs::create_dir(&folder).unwrap();
    let mut archive = tar::Builder::new(Vec::new());
    for (name, kind) in
        [("../escaped", tar::EntryType::Regular), ("/tmp/escaped", tar::EntryType::Regular), ("x/link", tar::EntryType::Symlink)]
    {
        let mut header = tar::Header::new_gnu();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_size(0);
        if kind.is_symlink() {
            header.set_link_name("../..").unwrap();
        }
        header.set_cksum();
        archive.append(&header, std::io::empty()).unwrap();
    }
    fs::write(folder.join("hostile.tar"), archive.into_inner().unwrap()).unwrap();
    fs::create_dir(folder.join("listed")).unwrap();
    let sum = Sha256::of(b"secret");
    fs::write(outer.path().join("secret"), "secret").unwrap();
    fs::write(folder.join("listed/SHA256SUMS"), format!("{sum}  ../../secret\n{sum}  /etc/hostname\n")).unwrap();
    let before = tree(outer.path());
    let expected = [
        "../escaped has a name that no file of a bundle has",
        "/tmp/escaped has a name that no file of a bundle has",
        "archive has no SHA256SUMS",
        "x/link is no ordinary file",
    ];
    assert_eq!(told(&folder, &["verify", "hostile.tar"]), (Some(1), expected.map(str::to_owned).to_vec()));
    let expected = ["../../secret", "/etc/hostname"].map(|path| format!("{path} is listed, and cannot be the name of a file here"));
    assert_eq!(told(&folder, &["verify", "listed"]), (Some(1), expected.to_vec()));
    assert_eq!(tree(outer.path()), before);
}
