//! Reading real folders.

#![expect(clippy::disallowed_methods, reason = "the tests make project folders")]

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

const PROJECT: &str = "\
A project, small and whole.
-- site.toml --
title = \"Incidents\"
-- content/about.md --
# About
-- content/postmortems/b/index.md --
The text of b.
-- content/postmortems/b/graph.png --
not a picture
-- content/postmortems/a.md --
-- content/postmortems/a-b.md --
between a and a/
-- content/evil.svg --
<svg/>
-- content/.hidden.md --
-- themes/night/base.css --
:root {}
-- themes/day/base.css --
:root {}
-- readme.md --
";

fn selection() -> Selection {
    Selection::default().theme("themes/night").unwrap().output("public").unwrap()
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn project(archive: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in archive_files(archive) {
        write(folder.path(), path, text);
    }
    folder
}

fn load(root: &Path) -> Sources {
    let mut sources = walk::load(root, &selection()).unwrap();
    if let Some(config) = walk::read_config(root, &SourcePath::from(CONFIG_FILE)).unwrap() {
        sources.insert(config);
    }
    sources
}

fn paths<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Vec<&'a str> {
    files.map(|file| file.path.as_str()).collect()
}

fn problems(sources: &Sources) -> Vec<String> {
    sources.problems().map(|p| format!("{} {} {}: {}", p.level.word(), p.rule, p.primary.path, p.message)).collect()
}

#[test]
fn a_project_on_disk_and_the_same_in_one_string_are_the_same_inputs() {
    let folder = project(PROJECT);
    let sources = Sources::from_archive(PROJECT, &selection());
    assert_eq!(load(folder.path()), sources);
    let documents = ["content/about.md", "content/postmortems/a-b.md", "content/postmortems/a.md", "content/postmortems/b/index.md"];
    assert_eq!(paths(sources.documents()), documents);
    assert_eq!(paths(sources.theme_files()), ["themes/night/base.css"]);
    assert_eq!(sources.get(CONFIG_FILE).map(|file| (file.role, &**file.text().unwrap())), Some((Role::Config, "title = \"Incidents\"\n")));
    let attachment = sources.attachment("content/postmortems/b/graph.png").unwrap();
    assert_eq!((attachment.len, attachment.hash), (14, xxh3_128(b"not a picture\n")));
    assert_eq!(sources.attachments().count(), 1);
    assert_eq!(problems(&sources), ["hint skipped-input content/evil.svg: not published, for a browser would run it"]);
    assert_eq!(walk::read_attachment(folder.path(), attachment).unwrap(), b"not a picture\n");
}

#[test]
fn the_order_in_which_files_came_to_be_does_not_show() {
    let names = ["b.md", "a.md", "ä.md", "z/y.md", "z.md", "c.png", "z-.md", "Z/x.svg"];
    let made = |order: &mut dyn Iterator<Item = &&str>| {
        let folder = tempfile::tempdir().unwrap();
        for name in order {
            write(folder.path(), &format!("content/{name}"), name);
        }
        walk::load(folder.path(), &Selection::default()).unwrap()
    };
    let expected = made(&mut names.iter());
    assert_eq!(expected.files().count() + expected.attachments().count() + expected.problems().count(), names.len());
    assert_eq!(made(&mut names.iter().rev()), expected);
    assert_eq!(made(&mut names.iter().skip(3).chain(names.iter().take(3))), expected);
}

#[test]
fn an_unsaved_text_lies_over_the_saved_one() {
    let sources = Sources::from_archive(PROJECT, &selection());
    let path = SourcePath::from("content/about.md");
    let edited = sources.with_file(&path, "# About us\n").with_file(&SourcePath::from("themes/night/base.css"), "a {}");
    assert_eq!(&**edited.get("content/about.md").unwrap().text().unwrap(), "# About us\n");
    assert_eq!(edited.get("themes/night/base.css").unwrap().role, Role::Theme);
    assert_eq!(&**sources.get("content/about.md").unwrap().text().unwrap(), "# About\n");
    assert_eq!(edited.with_file(&path, "# About\n").with_file(&SourcePath::from("themes/night/base.css"), ":root {}\n"), sources);
    assert_eq!(sources.with_file(&SourcePath::from("content/new.md"), "").documents().count(), 5);
}

#[test]
fn a_document_is_text_or_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let limit = usize::try_from(FILE_LIMIT).unwrap();
    write(folder.path(), "content/bom.md", "\u{feff}# x\r\n");
    write(folder.path(), "content/bytes.md", b"ab\xffcd");
    write(folder.path(), "content/empty.md", "");
    write(folder.path(), "content/large.md", vec![b'a'; 5_000_000]);
    write(folder.path(), "content/limit.md", vec![b'a'; limit]);
    write(folder.path(), "content/over.md", vec![b'a'; limit + 1]);
    let sources = walk::load(folder.path(), &Selection::default()).unwrap();
    let content = |name: &str| &sources.get(&format!("content/{name}.md")).unwrap().content;
    assert_eq!(content("bom"), &Content::Text("\u{feff}# x\r\n".into()));
    assert_eq!(content("bytes"), &Content::NotUtf8 { valid_up_to: 2, len: 5 });
    assert_eq!(content("empty"), &Content::Text("".into()));
    assert!(matches!(content("large"), Content::Text(text) if text.len() == 5_000_000));
    assert!(matches!(content("limit"), Content::Text(text) if text.len() == limit));
    assert_eq!(content("over"), &Content::TooLarge { len: FILE_LIMIT + 1 });
}

#[test]
fn an_attachment_past_the_limit_is_left_out_without_being_read() {
    let folder = project("-- content/a.md --\n");
    let sparse = fs::File::create(folder.path().join("content/core.bin")).unwrap();
    sparse.set_len(1 << 40).unwrap();
    let sources = walk::load(folder.path(), &Selection::default()).unwrap();
    assert_eq!(sources.attachments().count(), 0);
    let expected = "warning skipped-input content/core.bin: not published, for its 1048576 MiB are more than the 100 such a file may have";
    assert_eq!(problems(&sources), [expected]);
}

#[cfg(target_os = "linux")]
#[test]
fn links_pipes_and_sockets_are_told_of_and_not_opened() {
    use std::os::unix::fs::symlink;
    let folder = project(PROJECT);
    let (root, outside) = (folder.path(), project("-- secret.md --\nsecret\n"));
    symlink(outside.path().join("secret.md"), root.join("content/secret.md")).unwrap();
    symlink(outside.path(), root.join("content/folder")).unwrap();
    symlink("..", root.join("content/postmortems/cycle")).unwrap();
    symlink("/dev/zero", root.join("content/zero.png")).unwrap();
    symlink("nowhere", root.join("content/.hidden")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, root.join("content/pipe.md"), rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(root.join("content/socket")).unwrap();

    let mut expected = Sources::from_archive(PROJECT, &selection());
    let sources = load(root);
    assert_eq!(
        problems(&sources),
        [
            "hint skipped-input content/evil.svg: not published, for a browser would run it",
            "warning skipped-input content/folder: not read, for it is a symbolic link",
            "warning skipped-input content/pipe.md: not read, for it is no ordinary file",
            "warning skipped-input content/postmortems/cycle: not read, for it is a symbolic link",
            "warning skipped-input content/secret.md: not read, for it is a symbolic link",
            "warning skipped-input content/socket: not read, for it is no ordinary file",
            "warning skipped-input content/zero.png: not read, for it is a symbolic link",
        ]
    );
    expected.problems = sources.problems.clone();
    assert_eq!(sources, expected);
    // Told of a file behind a link, the link is named, once.
    let behind = [root.join("content/folder/secret.md"), root.join("content/folder/other.md")];
    assert_eq!(walk::reload(&sources, root, &selection(), &behind).unwrap(), expected);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_told_of() {
    use std::os::unix::ffi::OsStrExt;
    let folder = project(PROJECT);
    let odd = folder.path().join("content").join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("a.md"), "x").unwrap();
    let expected = "warning skipped-input content/caf\u{fffd}: not read, for its name is not UTF-8";
    assert_eq!(
        problems(&load(folder.path())),
        [expected, "hint skipped-input content/evil.svg: not published, for a browser would run it"]
    );
}

#[test]
fn a_missing_folder_is_an_error_and_a_missing_config_is_not() {
    let folder = project("-- other/a.md --\n");
    let error = walk::load(folder.path(), &Selection::default()).unwrap_err();
    assert_eq!((error.path, error.cause.kind()), (folder.path().join("content"), std::io::ErrorKind::NotFound));
    assert!(walk::load(folder.path(), &Selection::default().content("other/a.md").unwrap()).is_err());
    assert!(walk::load(&folder.path().join("nowhere"), &Selection::default().content(".").unwrap()).is_err());
    assert_eq!(walk::read_config(folder.path(), &SourcePath::from(CONFIG_FILE)).unwrap(), None);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("other", folder.path().join("content")).unwrap();
        let error = walk::load(folder.path(), &Selection::default()).unwrap_err();
        assert!(error.to_string().ends_with("content: links are not followed; name the folder itself in site.toml"), "{error}");
    }
}

#[test]
fn reading_what_changed_gives_what_reading_everything_gives() {
    let folder = project(PROJECT);
    let root = folder.path();
    let mut sources = load(root);
    let mut step = |what: &str, changed: &[&str], change: &dyn Fn()| {
        change();
        let changed: Vec<PathBuf> = changed.iter().map(|path| root.join(path)).collect();
        sources = walk::reload(&sources, root, &selection(), &changed).unwrap();
        assert_eq!(sources, load(root), "{what}");
    };
    step("nothing", &["content/about.md", "content/nowhere.md", "elsewhere", "content/.git/index"], &|| {});
    step("an edit", &["content/about.md"], &|| write(root, "content/about.md", "other"));
    step("a new folder", &["content/new"], &|| {
        write(root, "content/new/deep/a.md", "a");
        write(root, "content/new/deep/b.png", "b");
        write(root, "content/new/c.js", "c");
    });
    step("a removed file", &["content/postmortems/a.md"], &|| fs::remove_file(root.join("content/postmortems/a.md")).unwrap());
    step("a renamed folder", &["content/new", "content/n"], &|| fs::rename(root.join("content/new"), root.join("content/n")).unwrap());
    step("a file for a folder", &["content/n"], &|| {
        fs::remove_dir_all(root.join("content/n")).unwrap();
        write(root, "content/n", "n");
    });
    step("the theme", &["themes/night/base.css"], &|| write(root, "themes/night/base.css", "a {}"));
    step("everything", &[""], &|| {
        write(root, "content/x.md", "x");
        write(root, "themes/night/y.html", "y");
    });
    step("the content", &["content"], &|| fs::remove_file(root.join("content/x.md")).unwrap());
}

#[test]
fn a_changed_path_may_be_told_in_several_ways() {
    let folder = project(PROJECT);
    let (root, sources) = (folder.path(), load(folder.path()));
    write(root, "content/about.md", "new");
    let told = |root: &Path, path: PathBuf| walk::reload(&sources, root, &selection(), &[path]).unwrap();
    let expected = load(root);
    assert_eq!(told(root, root.join("content/about.md")), expected);
    assert_eq!(told(root, PathBuf::from("content/about.md")), expected);
    assert_eq!(told(root, PathBuf::from("content/../content/about.md")), sources);
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(root, &link).unwrap();
        assert_eq!(told(&link, root.join("content/about.md")), expected);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project(PROJECT);
    let path = folder.path().join("content/about.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let error = walk::load(folder.path(), &selection()).unwrap_err();
    assert_eq!((error.path, error.cause.kind()), (path, std::io::ErrorKind::PermissionDenied));
}
