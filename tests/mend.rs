//! Fixes: what `check --fix` does to every small project of `tests/rules`, to the shipped site and to real postmortems.
//!
//! After it nothing is left that has a fix, a second time changes nothing, and no line of anybody's text is lost or altered: lines may move
//! (a timeline is sorted), and headings with their prompts may come in.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test works on real files")]

mod folder;
mod lines;

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use afterword::diagnostic::Diagnostic;
use afterword::pipeline::{self, Memo, Project};

#[expect(clippy::unnecessary_wraps, reason = "laying out a site, which others do here, can fail")]
fn findings(project: &Project) -> Result<Vec<Diagnostic>, Infallible> {
    let understood = pipeline::understand(project, &mut Memo::default());
    Ok(pipeline::check(project, &understood, &[], jiff::civil::date(2026, 1, 1)))
}

/// Mends a project, and gives the number of fixes.
fn check(name: &str, project: &Project) -> usize {
    let Ok(mended) = pipeline::mend(project, findings);
    let Ok(left) = findings(&mended.project);
    let left: Vec<String> =
        left.iter().filter(|finding| finding.fix.is_some()).map(|f| format!("{}: {}", f.primary.path, f.message)).collect();
    assert_eq!(left, [""; 0], "{name}: is left to mend");
    let Ok(again) = pipeline::mend(&mended.project, findings);
    assert_eq!((again.fixes, again.changed), (0, Vec::new()), "{name}: a second time changes nothing");
    for path in &mended.changed {
        lines::none_is_lost(name, path, project.text(path).unwrap(), mended.project.text(path).unwrap());
    }
    mended.fixes
}

#[test]
fn small_projects() {
    let mut fixes = 0;
    for rule in fs::read_dir("tests/rules").unwrap() {
        for case in fs::read_dir(rule.unwrap().path()).unwrap() {
            let case = case.unwrap().path();
            let text = fs::read_to_string(&case).unwrap();
            let (project, _) = text.split_once("-- expected --\n").unwrap();
            fixes += check(&case.display().to_string(), &pipeline::from_archive(project));
            // A file from another system has other line ends.
            check(&case.display().to_string(), &pipeline::from_archive(&project.replace('\n', "\r\n")));
        }
    }
    assert!(fixes > 1, "the projects have something to mend: {fixes}");
}

#[test]
fn the_shipped_site() {
    check("the shipped site", &pipeline::open(Path::new(".")).unwrap());
}

#[test]
fn real_postmortems_asked_for_everything() {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return;
    };
    let mut fixes = 0;
    for settings in fs::read_dir("tests/corpora").unwrap() {
        let settings = settings.unwrap().path();
        let name = settings.file_stem().unwrap().to_str().unwrap().to_owned();
        let folder = tempfile::tempdir().unwrap();
        folder::copy(&corpora.join(&name), folder.path());
        let text = fs::read_to_string(&settings).unwrap().replacen("[content]\n", "[content]\nprofile = \"outage\"\n", 1);
        fs::write(folder.path().join("site.toml"), text).unwrap();
        fixes += check(&name, &pipeline::open(folder.path()).unwrap());
    }
    assert!(fixes > 300, "most lack a section: {fixes}");
}
