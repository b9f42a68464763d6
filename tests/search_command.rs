//! `afterword search` from outside: what it finds, where it says that it stands, and that what it keeps never makes it answer otherwise.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use archive::project;
use program::afterword;
use serde_json::Value;

fn search(folder: &Path, arguments: &[&str]) -> Output {
    afterword(folder, &[&["search"], arguments].concat())
}

/// What is printed and said where all goes well.
#[track_caller]
fn searched(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = search(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&searched(folder, &[arguments, &["--format", "json"]].concat()).0).unwrap()
}

/// Each result as the name of its file and its line, with the text of the file from there up to the next blank.
fn places(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let word = |found: &Value| {
        let number = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
        let path = found["path"].as_str().unwrap();
        let text = fs::read_to_string(folder.join(path)).unwrap();
        let line = text.lines().nth(number("line") - 1).unwrap();
        let rest: String = line.chars().skip(number("column") - 1).take_while(|c| !c.is_whitespace()).collect();
        format!("{}:{} {rest}", path.rsplit_once('/').unwrap().1, number("line"))
    };
    json(folder, arguments)["results"].as_array().unwrap().iter().map(word).collect()
}

const HOUSE: &str = "\
-- site.toml --
[site]
title = \"House\"
-- content/postmortems/a.md --
---
title: Checkout answers with errors
id: INC-1
date: 2024-03-17
kind: outage
severity: sev2
services: [checkout, payments]
tags: [deploy]
root_causes: [change/config]
---

Some words &amp; more before the walrus\\!

## Impact

- one
- *two* and the **narwhal**,
  which goes on with a manatee

| What | How many |
|---|---|
| a | `dugong` calls |

## Timeline

- 14:05 UTC the otter was seen
- 14:07 UTC it went away

## Root cause

```yaml
first: line
beaver: built
```

    indented
    capybara code

## Actions

- [ ] Feed the platypus
-- content/postmortems/b.md --
---
title: Login is slow
date: 2025-06-01
kind: security
severity: sev1
services: [login]
---

## Wombat

Nothing to see.
-- content/postmortems/c.md --
---
title: Still written
status: draft
---

A quokka.
-- content/about.md --
# About us

The walrus lives here.
";

#[test]
fn what_is_found_is_found_at_its_line_and_column() {
    let house = project(HOUSE);
    let place = |word: &str| places(house.path(), &[word]);
    assert_eq!(place("walrus"), ["about.md:3 walrus", "a.md:12 walrus\\!"]);
    assert_eq!(place("narwhal"), ["a.md:17 narwhal**,"]);
    assert_eq!(place("manatee"), ["a.md:18 manatee"]);
    assert_eq!(place("dugong"), ["a.md:22 dugong`"]);
    assert_eq!(place("otter"), ["a.md:26 otter"]);
    assert_eq!(place("beaver"), ["a.md:33 beaver:"]);
    assert_eq!(place("capybara"), ["a.md:37 capybara"]);
    assert_eq!(place("platypus"), ["a.md:41 platypus"]);
    // Nothing but the heading has it, nothing but the title.
    assert_eq!(place("wombat"), ["b.md:9 ##"]);
    assert_eq!(place("INC-1"), ["a.md:2 Checkout"]);
}

#[test]
fn results_are_printed_for_people_and_for_programs() {
    let house = project(HOUSE);
    let (text, said) = searched(house.path(), &["narwhal"]);
    assert_eq!(
        text,
        "Checkout answers with errors  2024-03-17 · SEV2 · checkout · payments\n\
         content/postmortems/a.md:17:19\n    \
         Impact: one two and the narwhal, which goes on with a manatee What How many a dugong calls\n"
    );
    assert_eq!(said, "1 result\n");
    let found = json(house.path(), &["narwhol", "zzzzzz"]);
    assert_eq!(found["corrections"], serde_json::json!([{ "typed": "narwhol", "taken": "narwhal" }]));
    assert_eq!((&found["total"], &found["missing"]), (&Value::from(1), &serde_json::json!(["zzzzzz"])));
    let first = &found["results"][0];
    assert_eq!((&first["url"], &first["id"], &first["kind"]), (&"incidents/a/".into(), &"INC-1".into(), &"outage".into()));
    let marked: Vec<&Value> = first["passages"][0]["pieces"].as_array().unwrap().iter().filter(|piece| piece["marked"] == true).collect();
    assert_eq!(marked, [&serde_json::json!({ "text": "narwhal", "marked": true })]);
    assert_eq!(searched(house.path(), &["zzzzzz"]), (String::new(), "Nothing has `zzzzzz`.\nNothing was found.\n".to_owned()));
    assert_eq!(searched(house.path(), &["walrus", "--limit", "1"]).1, "1 of 2 results; `--limit` shows more\n");
}

#[test]
fn filters_are_those_of_list_and_know_their_words() {
    let house = project(HOUSE);
    let files = |arguments: &[&str]| -> Vec<String> {
        places(house.path(), arguments).iter().map(|place| place.split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(files(&["walrus", "--service", "Checkout"]), ["a.md"]);
    assert_eq!(files(&["walrus", "--since", "2025"]), [""; 0]);
    assert_eq!(files(&["walrus", "--until", "2024-03", "--kind", "outage", "--severity", "sev2", "--tag", "Deploy"]), ["a.md"]);
    assert_eq!(files(&["walrus", "--cause", "change"]), ["a.md"]);
    assert_eq!(files(&["walrus", "--cause", "change", "--kind", "security"]), [""; 0]);
    assert_eq!(files(&["quokka"]), [""; 0]);
    assert_eq!(files(&["quokka", "--drafts"]), ["c.md"]);
    assert_eq!(files(&["quokka"]), [""; 0], "what is kept with drafts is not taken without");
    let refused = search(house.path(), &["walrus", "--service", "chekout"]);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert_eq!(String::from_utf8(refused.stderr).unwrap(), "error: there is no service `chekout`; did you mean `checkout`?\n");
}

fn kept(folder: &Path) -> PathBuf {
    folder.join(".afterword/cache/search")
}

#[test]
fn what_is_kept_is_as_fresh_as_the_files_and_never_trusted() {
    let house = project(HOUSE);
    let first = searched(house.path(), &["walrus"]);
    let whole = fs::read(kept(house.path())).unwrap();
    assert_eq!(searched(house.path(), &["walrus"]), first);
    assert_eq!(fs::read(kept(house.path())).unwrap(), whole);
    // A file is changed, added, removed.
    let b = house.path().join("content/postmortems/b.md");
    fs::write(&b, fs::read_to_string(&b).unwrap().replace("Nothing to see", "A walrus to see")).unwrap();
    assert_eq!(places(house.path(), &["walrus"]).len(), 3);
    fs::copy(&b, house.path().join("content/postmortems/d.md")).unwrap();
    assert_eq!(places(house.path(), &["walrus"]).len(), 4);
    fs::remove_file(house.path().join("content/postmortems/d.md")).unwrap();
    fs::write(&b, fs::read_to_string(&b).unwrap().replace("A walrus to see", "Nothing to see")).unwrap();
    assert_eq!(searched(house.path(), &["walrus"]), first);
    // The file of the cache is damaged, or is none.
    let fresh = fs::read(kept(house.path())).unwrap();
    for damaged in [&b""[..], b"nonsense", &fresh[..fresh.len() / 2], &[&fresh[..fresh.len() - 1], b"x"].concat()] {
        fs::write(kept(house.path()), damaged).unwrap();
        assert_eq!(searched(house.path(), &["walrus"]), first);
        assert_eq!(fs::read(kept(house.path())).unwrap(), fresh, "the same is kept again");
    }
    fs::remove_file(kept(house.path())).unwrap();
    fs::create_dir(kept(house.path())).unwrap();
    assert_eq!(searched(house.path(), &["walrus"]), first);
    fs::remove_dir_all(house.path().join(".afterword")).unwrap();
    fs::write(house.path().join(".afterword"), "").unwrap();
    assert_eq!(searched(house.path(), &["walrus"]), first);
}

#[test]
fn the_public_edition_is_searched_as_the_public_reads_it() {
    let house = project(
        "-- site.toml --\n[editions.public]\n[rules]\nunfinished-public-report = 'off'\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\nowner: kanary\n---\n\n> [!INTERNAL]\n\
         > The walrus and Kanary.\n\nWords. The walrus alone.\n-- content/postmortems/b.md --\n# A walrus\n",
    );
    let (text, _) = searched(house.path(), &["walrus", "--edition", "public"]);
    assert_eq!(text, "A\ncontent/postmortems/a.md:10:12\n    Words. The walrus alone.\n");
    assert!(searched(house.path(), &["walrus"]).0.contains("Kanary"));
    let (nothing, _) = searched(house.path(), &["kanary", "--edition", "public"]);
    assert_eq!(nothing, "");
    let refused = search(project("-- content/postmortems/a.md --\n# A\n").path(), &["a", "--edition", "public"]);
    assert_eq!(
        String::from_utf8(refused.stderr).unwrap(),
        "error: site.toml has no `[editions.public]`, so there is no public edition\nBegin one with a line `[editions.public]` and the `base_url` that it will be found at.\n"
    );
}

#[test]
fn what_documents_say_does_not_reach_the_terminal_as_commands() {
    let house = project("-- content/postmortems/a.md --\n# Red \u{1b}[31m alert\n\nThe walrus \u{1b}]0;x\u{7} and \u{202e}more.\n");
    let (text, _) = searched(house.path(), &["walrus"]);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    assert!(text.contains("\\u{1b}]0;x\\u{7} and \\u{202e}more"), "{text:?}");
}

#[test]
fn the_pages_on_rules_have_no_file_and_are_no_result() {
    let house = project("-- site.toml --\n[site]\nrules = true\n-- content/postmortems/a.md --\n# Broken link\n\nThe broken link.\n");
    let found = json(house.path(), &["broken", "link"]);
    assert_eq!((&found["total"], &found["results"][0]["path"]), (&Value::from(1), &"content/postmortems/a.md".into()));
}
