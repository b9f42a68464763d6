//! Publishing to real folders.

#![expect(clippy::disallowed_methods, reason = "the tests look at what was published")]

use std::convert::Infallible;
use std::fs;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::checksum::{self, SUMS, Sha256};

type Routes<'a> = &'a [(&'a str, &'a str)];

const SITE: Routes = &[("index.html", "<h1>Home</h1>"), ("incidents/a/index.html", "a"), ("incidents/b/index.html", "b"), ("empty", "")];

fn routes(site: Routes<'_>) -> Vec<(OutPath, &str)> {
    site.iter().map(|(path, text)| (OutPath::new(path).unwrap(), *text)).collect()
}

fn build(folder: &Path, site: Routes) -> Result<Published, PublishError<Infallible>> {
    publish_patiently(folder, &[], &routes(site), |text| Ok(text.as_bytes().to_vec()), Duration::ZERO)
}

fn build_within(folder: &Path, site: Routes) -> Result<Published, PublishError<Infallible>> {
    let workshop = Workshop::within(folder.to_owned(), Duration::ZERO).map_err(|obstacle| obstacle.at(folder))?;
    publish_from(&workshop, &routes(site), |text| Ok(text.as_bytes().to_vec()))
}

/// Every file below `folder` with its content, by path.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let text = |path: &Path| if path.is_dir() { "/".to_owned() } else { fs::read_to_string(path).unwrap() };
    entries.map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), text(entry.path()))).collect()
}

fn pages(folder: &Path) -> Vec<(String, String)> {
    tree(folder).into_iter().filter(|(path, text)| text != "/" && !path.starts_with(OURS) && path != SUMS).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn expected(site: Routes) -> Vec<(String, String)> {
    let mut pages: Vec<_> = site.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    pages.sort();
    pages
}

/// The list of sums of a site, as it is published with it.
fn sums_of(site: Routes) -> String {
    checksum::list(expected(site).iter().map(|(path, text)| (path.as_str(), Sha256::of(text.as_bytes()))))
}

fn summary(published: Published) -> (usize, usize, usize, Swap) {
    (published.written, published.unchanged, published.removed, published.swap)
}

#[cfg(unix)]
fn identities(folder: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    use std::os::unix::fs::MetadataExt;
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().ino(), entry.metadata().unwrap().modified().unwrap())).collect()
}

#[test]
fn a_site_is_published_and_told_of() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("deep/public");
    let published = build(&folder, SITE).unwrap();
    assert_eq!(
        published,
        Published {
            written: 5,
            unchanged: 0,
            removed: 0,
            bytes: 15 + sums_of(SITE).len() as u64,
            sums: Sha256::of(sums_of(SITE).as_bytes()),
            swap: Swap::AtOnce
        }
    );
    assert_eq!(pages(&folder), expected(SITE));
    assert_eq!(names(&outer.path().join("deep")), ["public"]);
    assert_eq!(fs::read_to_string(folder.join(SUMS)).unwrap(), sums_of(SITE));
    let manifest = super::published(&folder).unwrap().unwrap();
    let mut paths = vec![SUMS, "empty", "incidents/a/index.html", "incidents/b/index.html", "index.html"];
    assert_eq!(manifest.files.keys().map(OutPath::as_str).collect::<Vec<_>>(), paths);
    paths.remove(0);
    assert_eq!(checksum::lines(&sums_of(SITE)).map(|line| line.unwrap().1).collect::<Vec<_>>(), paths, "all but the list itself");
    assert_eq!(super::published(outer.path()).unwrap(), None);
}

#[cfg(unix)]
#[test]
fn an_unchanged_site_is_not_touched_and_an_unchanged_file_is_the_same_file() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    let before = identities(&folder);
    assert_eq!(summary(build(&folder, SITE).unwrap()), (0, 5, 0, Swap::Untouched));
    assert_eq!(identities(&folder), before);

    let changed = [("index.html", "<h1>Hello</h1>"), ("incidents/a/index.html", "a"), ("c", "c"), ("empty", "")];
    assert_eq!(summary(build(&folder, &changed).unwrap()), (3, 2, 1, Swap::AtOnce));
    assert_eq!(pages(&folder), expected(&changed));
    assert!(!folder.join("incidents/b").exists());
    let after = identities(&folder);
    let kept = |path: &str| {
        let of = |all: &[(PathBuf, u64, std::time::SystemTime)]| all.iter().find(|entry| entry.0 == folder.join(path)).cloned();
        of(&before).is_some() && of(&before) == of(&after)
    };
    assert!(kept("incidents/a/index.html") && kept("empty") && !kept("index.html"));
    assert_eq!(names(outer.path()), ["public"]);
}

#[test]
fn the_same_site_is_the_same_tree_whatever_was_there_before() {
    let outer = tempfile::tempdir().unwrap();
    let (a, b) = (outer.path().join("a"), outer.path().join("b"));
    build(&a, SITE).unwrap();
    build(&b, &[("x", "x"), ("incidents", "a file"), ("index.html", "old")]).unwrap();
    build(&b, SITE).unwrap();
    assert_eq!(tree(&a), tree(&b));
}

#[test]
fn a_failed_render_leaves_the_old_site_and_nothing_else() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    let before = tree(outer.path());
    let pages: Vec<_> = (0..200).map(|n| (OutPath::new(&format!("p/{n}.html")).unwrap(), n)).collect();
    let render = |n: &i32| if *n >= 70 { Err(format!("page {n}")) } else { Ok(vec![0; 1000]) };
    match publish(&folder, &[], &pages, render) {
        Err(PublishError::Render(message)) => assert_eq!(message, "page 70"),
        other => panic!("{other:?}"),
    }
    assert_eq!(tree(outer.path()), before);

    let panicked = std::panic::catch_unwind(|| publish(&folder, &[], &pages, |_| -> Result<Vec<u8>, String> { panic!("a bug") }));
    assert!(panicked.is_err());
    assert_eq!(tree(outer.path()), before);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_not_touched() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().canonicalize().unwrap();
    for path in ["project/content/a.md", "thesis/chapter.txt", "file", "empty/.DS_Store", "other/sub/.keep"] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), "mine").unwrap();
    }
    fs::create_dir_all(root.join("hollow/inner")).unwrap();
    let before = tree(&root);
    let project = root.join("project");
    let sources = [project.as_path(), &project.join("content")];
    let refusal = |folder: &Path| match publish(folder, &sources, &routes(SITE), |text| Ok::<_, Infallible>(text.as_bytes())) {
        Err(PublishError::Refused { refusal, .. }) => refusal,
        other => panic!("{}: {other:?}", folder.display()),
    };
    let holds = |path: &Path| Refusal::Holds { path: path.to_owned() };
    assert_eq!(refusal(&project), holds(&project));
    assert_eq!(refusal(&project.join("content")), holds(&project.join("content")));
    assert_eq!(refusal(&project.join("content/..")), holds(&project));
    assert_eq!(refusal(&root), holds(&project));
    assert_eq!(refusal(Path::new("/")), Refusal::NoName);
    assert_eq!(refusal(&root.join("nowhere/..")), Refusal::NoName);
    assert_eq!(refusal(&root.join("file")), Refusal::NoFolder);
    assert_eq!(refusal(&root.join("thesis")), Refusal::NotOurs { path: root.join("thesis/chapter.txt") });
    assert_eq!(refusal(&root.join("other")), Refusal::NotOurs { path: root.join("other/sub") });
    assert_eq!(refusal(&root.join("hollow")), Refusal::NotOurs { path: root.join("hollow/inner") });
    if let Some(home) = std::env::home_dir().filter(|home| home.parent().is_some()) {
        assert!(matches!(refusal(&home), Refusal::Holds { .. }));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&project, root.join("link")).unwrap();
        assert_eq!(refusal(&root.join("link")), holds(&project));
        fs::remove_file(root.join("link")).unwrap();
    }
    assert_eq!(tree(&root), before);
    // A file browser's litter does not make a folder somebody's.
    assert_eq!(summary(build(&root.join("empty"), SITE).unwrap()), (5, 0, 0, Swap::AtOnce));
    assert_eq!(names(&root), ["empty", "file", "hollow", "other", "project", "thesis"]);
}

#[test]
fn what_somebody_put_into_the_output_is_not_thrown_away() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    for (strange, is_folder) in [("CNAME", false), ("incidents/.git", true), ("a\u{301}", false), ("b:c", false)] {
        let path = folder.canonicalize().unwrap().join(strange);
        if is_folder {
            fs::create_dir(&path).unwrap();
            fs::write(path.join("config"), "").unwrap();
        } else {
            fs::write(&path, "").unwrap();
        }
        let before = tree(outer.path());
        let error = build(&folder, &[]).unwrap_err();
        assert!(
            matches!(&error, PublishError::Refused { refusal: Refusal::Strange { path: named }, .. } if named.starts_with(&path)),
            "{error}"
        );
        assert_eq!(tree(outer.path()), before);
        if is_folder {
            fs::remove_dir_all(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
    }
    fs::write(folder.join(MANIFEST), "afterword-manifest 2\nrubbish\n").unwrap();
    assert!(matches!(build(&folder, SITE), Err(PublishError::Refused { refusal: Refusal::DamagedManifest, .. })));
}

#[test]
fn damage_to_the_published_site_is_mended() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    fs::write(folder.join("incidents/a/index.html"), "A").unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (1, 4, 0, Swap::AtOnce), "other bytes of the same length");
    fs::remove_dir_all(folder.join("incidents")).unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (2, 3, 0, Swap::AtOnce), "files that are gone");
    fs::write(folder.join(SUMS), sums_of(SITE).replace("index", "Index")).unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (1, 4, 0, Swap::AtOnce), "the list of sums");
    assert_eq!(fs::read_to_string(folder.join(SUMS)).unwrap(), sums_of(SITE));
    fs::write(folder.join("incidents/a/index.html"), "a").unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (0, 5, 0, Swap::Untouched), "the same bytes, written later");
    assert_eq!(pages(&folder), expected(SITE));
}

#[test]
fn a_site_of_the_version_before_is_ours_and_written_anew() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    fs::remove_file(folder.join(SUMS)).unwrap();
    let former: Vec<String> = SITE.iter().map(|(path, text)| format!("{:032x} {} {path}\n", 7, text.len())).collect();
    fs::write(folder.join(MANIFEST), format!("afterword-manifest 1\n{}", former.concat())).unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (5, 0, 0, Swap::AtOnce));
    assert_eq!(summary(build(&folder, SITE).unwrap()), (0, 5, 0, Swap::Untouched));
    assert_eq!(fs::read_to_string(folder.join(SUMS)).unwrap(), sums_of(SITE));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_written_through() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    fs::write(outer.path().join("precious"), "<h1>Home</h1>").unwrap();
    fs::remove_file(folder.join("index.html")).unwrap();
    std::os::unix::fs::symlink(outer.path().join("precious"), folder.join("index.html")).unwrap();
    assert!(matches!(build(&folder, &[("index.html", "new")]), Err(PublishError::Refused { refusal: Refusal::Strange { .. }, .. })));
    assert_eq!(fs::read_to_string(outer.path().join("precious")).unwrap(), "<h1>Home</h1>");

    // An output folder that is itself a link is published to where it leads.
    fs::create_dir(outer.path().join("www")).unwrap();
    std::os::unix::fs::symlink("www", outer.path().join("out")).unwrap();
    build(&outer.path().join("out"), SITE).unwrap();
    assert_eq!(pages(&outer.path().join("www")), expected(SITE));
    std::os::unix::fs::symlink("nowhere", outer.path().join("dangling")).unwrap();
    assert!(matches!(build(&outer.path().join("dangling"), SITE), Err(PublishError::Io { .. })));
}

#[test]
fn two_routes_cannot_be_one_file_on_any_system() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    for site in
        [[("a", ""), ("a", "")], [("A/x", ""), ("a/X", "")], [("é", ""), ("É", "")], [("a", ""), ("A/b", "")], [("a/b/c", ""), ("a/b", "")]]
    {
        assert!(matches!(build(&folder, &site), Err(PublishError::Clash(..))), "{site:?}");
    }
    assert_eq!(names(outer.path()), [""; 0]);
    assert!(build(&folder, &[("a/b", ""), ("a.b", ""), ("A/c", "")]).is_ok());
}

#[test]
fn what_killed_builds_left_is_cleared_away_and_nothing_else() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    let make = |path: &str, text: &str| {
        fs::create_dir_all(outer.path().join(path).parent().unwrap()).unwrap();
        fs::write(outer.path().join(path), text).unwrap();
    };
    make("public.tmp-1/.afterword-manifest", "");
    make("public.tmp-1/a/index.html", "half");
    fs::create_dir(outer.path().join("public.tmp-22")).unwrap();
    make("public.lock", "");
    for path in
        ["public.tmp-3/mine", "public.tmp-x/.afterword-manifest", "public.tmp-/mine", "public2.tmp-4/.afterword-manifest", "public.tmp-5"]
    {
        make(path, "");
    }
    build(&folder, SITE).unwrap();
    assert_eq!(names(outer.path()), ["public", "public.tmp-", "public.tmp-3", "public.tmp-5", "public.tmp-x", "public2.tmp-4"]);
}

#[test]
fn a_build_that_died_between_the_two_steps_is_undone() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    fs::rename(&folder, outer.path().join("public.tmp-7-old")).unwrap();
    fs::create_dir(outer.path().join("public.tmp-7")).unwrap();
    assert_eq!(summary(build(&folder, SITE).unwrap()), (0, 5, 0, Swap::Untouched));
    assert_eq!(names(outer.path()), ["public"]);
}

#[test]
fn without_an_exchange_two_steps_do_the_same() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    let stage = Stage::new(outer.path().join("public.tmp-1")).unwrap();
    stage.write(&OutPath::new("new").unwrap(), b"new").unwrap();
    stage.finish(&BTreeMap::from([(OutPath::new("new").unwrap(), Print::of(b"new"))])).unwrap();
    stage.swap_in_two_steps(&folder).unwrap();
    assert_eq!(pages(&folder), expected(&[("new", "new")]));
    assert_eq!(pages(&outer.path().join("public.tmp-1")), expected(SITE));
    drop(stage);
    assert_eq!(names(outer.path()), ["public"]);
    // The new site cannot be moved: the old one is put back.
    let gone = Stage::new(outer.path().join("public.tmp-2")).unwrap();
    fs::remove_dir_all(outer.path().join("public.tmp-2")).unwrap();
    assert!(gone.swap_in_two_steps(&folder).is_err());
    assert_eq!(pages(&folder), expected(&[("new", "new")]));
}

#[test]
fn a_folder_that_cannot_be_moved_is_published_to_file_by_file() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    fs::create_dir(&folder).unwrap();
    assert_eq!(summary(build_within(&folder, SITE).unwrap()), (5, 0, 0, Swap::FileByFile));
    assert_eq!(summary(build_within(&folder, SITE).unwrap()), (0, 5, 0, Swap::Untouched));
    let next =
        [("incidents/a", "a file where a folder was"), ("empty/index.html", "a folder where a file was"), ("index.html", "<h1>Home</h1>")];
    assert_eq!(summary(build_within(&folder, &next).unwrap()), (3, 1, 3, Swap::FileByFile));
    assert_eq!(pages(&folder), expected(&next));
    assert_eq!(names(&folder), [".afterword-manifest", "SHA256SUMS", "empty", "incidents", "index.html"]);
    assert_eq!(summary(build(&folder, &next).unwrap()), (0, 4, 0, Swap::Untouched));

    let foreign = outer.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("mine"), "").unwrap();
    assert!(build_within(&foreign, SITE).is_err());
    assert_eq!(names(&foreign), ["mine"]);
}

#[test]
fn publishing_file_by_file_can_be_cut_short_anywhere() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    fs::create_dir(&folder).unwrap();
    build_within(&folder, SITE).unwrap();
    // One file that is to be replaced is missing from the stage, so that moving stops there, as if the process had been killed.
    let next = [("index.html", "<h1>Haus</h1>"), ("incidents/a/index.html", "A"), ("incidents/c/index.html", "c"), ("z", "z")];
    for missing in 0..next.len() {
        let standing = survey(&folder).unwrap_or_else(|obstacle| panic!("{obstacle:?}"));
        let stage = Stage::new(folder.join(".afterword-tmp-1")).unwrap();
        let files: BTreeMap<_, _> = next.iter().map(|(path, text)| (OutPath::new(path).unwrap(), Print::of(text.as_bytes()))).collect();
        for (_, (path, text)) in next.iter().enumerate().filter(|(n, _)| *n != missing) {
            stage.write(&OutPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        assert!(stage.move_files(&folder, &standing, &files).is_err());
        std::mem::forget(stage);
        build_within(&folder, &next).unwrap();
        assert_eq!(pages(&folder), expected(&next), "without {missing}");
        build_within(&folder, SITE).unwrap();
        assert_eq!(pages(&folder), expected(SITE));
    }
}

#[test]
fn a_second_build_waits_for_the_first() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    let within_first = Barrier::new(2);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let render = |_: &&str| {
                within_first.wait();
                within_first.wait();
                Ok::<_, Infallible>(b"first")
            };
            publish(&folder, &[], &routes(&[("page", "")]), render).unwrap();
        });
        within_first.wait();
        let error = build(&folder, SITE).unwrap_err();
        assert!(matches!(&error, PublishError::Busy { lock } if lock.ends_with("public.lock")), "{error}");
        let second = threads.spawn(|| publish(&folder, &[], &routes(&[("page", "")]), |_| Ok::<_, Infallible>(b"second")).unwrap());
        within_first.wait();
        assert_eq!(summary(second.join().unwrap()), (2, 0, 0, Swap::AtOnce));
    });
    assert_eq!(pages(&folder), expected(&[("page", "second")]));
    assert_eq!(names(outer.path()), ["public"]);
}

#[test]
fn a_lock_that_cannot_be_taken_is_told_with_its_cause() {
    use std::error::Error as _;

    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, SITE).unwrap();
    fs::create_dir(outer.path().join("public.lock")).unwrap();
    let error = build(&folder, &[("index.html", "new")]).unwrap_err();
    let PublishError::Io { doing: "cannot create", path, .. } = &error else { panic!("{error}") };
    assert!(path.ends_with("public.lock"), "{error}");
    assert!(error.source().is_some());
    assert_eq!(pages(&folder), expected(SITE), "what is in the way beside a site is no reason to write into it");
}

#[test]
fn builds_side_by_side_take_turns_and_a_reader_sees_whole_sites() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("public");
    build(&folder, &[("a", "0"), ("b", "0")]).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let reader = threads.spawn(|| {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) {
                assert!(fs::read_to_string(folder.join("a")).is_ok());
                looks += 1;
            }
            looks
        });
        let builders: Vec<_> = (1..=4)
            .map(|builder: usize| {
                threads.spawn({
                    let folder = &folder;
                    move || {
                        for turn in 0..5 {
                            let text = (builder * 10 + turn).to_string();
                            publish(folder, &[], &routes(&[("a", &text), ("b", &text)]), |text| Ok::<_, Infallible>((*text).to_owned()))
                                .unwrap();
                        }
                    }
                })
            })
            .collect();
        for builder in builders {
            builder.join().unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    let texts: Vec<_> = pages(&folder).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts.first(), texts.last());
    assert_eq!(names(outer.path()), ["public"]);
}

#[test]
fn no_path_anyone_asks_for_leads_out_of_the_folder() {
    let Ok(attacks) = std::env::var("AFTERWORD_ATTACKS") else {
        eprintln!("skipped: AFTERWORD_ATTACKS names no folder");
        return;
    };
    let rows = fs::read_to_string(Path::new(&attacks).join("paths-frontmatter.jsonl")).unwrap();
    let values: Vec<serde_json::Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert!(values.len() >= 200);
    for value in values.iter().filter_map(|row| row["value"].as_str()) {
        for path in [value.to_owned(), format!("incidents/{value}/index.html")] {
            if let Ok(path) = OutPath::new(&path) {
                let parts: Vec<_> = Path::new(path.as_str()).components().collect();
                assert!(parts.iter().all(|part| matches!(part, std::path::Component::Normal(_))), "{path}");
            }
        }
    }
}
