//! The language server in a real editor: Neovim without its windows. Skipped where there is none, and says so.

#![expect(clippy::disallowed_methods, reason = "a test works on real files and processes")]

use std::fs;
use std::path::Path;
use std::process::Command;

const SETTINGS: &str = "[content]\nprofile = \"note\"\n\n[profiles.note]\nrequired = [\"summary\", \"impact\"]\n";
const DOCUMENT: &str = "---\ntitle: Checkout failed\nseverity: sev2\nsummary: 𝄞\ntag: [dns]\n---\n\n## Summary\n\nIt failed.\n";

#[test]
fn neovim_shows_findings_completes_and_mends() {
    if Command::new("nvim").arg("--version").output().is_err() {
        eprintln!("skipped: there is no Neovim (nvim) here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("content/postmortems")).unwrap();
    fs::write(root.join("site.toml"), SETTINGS).unwrap();
    fs::write(root.join("content/postmortems/a.md"), DOCUMENT).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editor/neovim.lua");
    let run = Command::new("nvim")
        .args(["--headless", "--clean", "content/postmortems/a.md", "-c"])
        .arg(format!("luafile {}", script.display()))
        .env("AFTERWORD", env!("CARGO_BIN_EXE_afterword"))
        .env("XDG_STATE_HOME", &root)
        .env("XDG_CACHE_HOME", &root)
        .current_dir(&root)
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "finding 1:7 missing-section the section `Impact` is missing",
            "finding 4:0 aliased-field `tag` is another name for the field `tags`",
            "offer sev1",
            "offer sev2",
            "offer sev3",
            "offer sev4",
            "offer sev5",
            "action Mend all: 2 fixes",
            "| ---",
            "| title: Checkout failed",
            "| severity: sev2",
            "| summary: 𝄞",
            "| tags: [dns]",
            "| ---",
            "| ",
            "| ## Summary",
            "| ",
            "| It failed.",
            "| ",
            "| ## Impact",
            "| ",
            "| <!-- Who was affected, how and for how long, in numbers where there are any. Say of users, requests, data, money and trust what is \
             known, and what is not. -->",
            "left empty-section",
        ],
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(run.status.success());
}
