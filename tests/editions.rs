//! Nothing internal is in the public bytes. Two proofs: whatever is internal can be changed or taken away and no byte of the public edition
//! changes (non-interference); and of words that stand in internal text alone, none is in it.
//!
//! Corpora are made from seeds.

#![expect(clippy::unwrap_used, reason = "a test panics when something is not what it made")]

mod numbers;
mod seeded;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

use afterword::edition::{Audience, Drafts, Edition};
use afterword::markdown::text::block_text;
use afterword::pipeline::{self, Memo};
use afterword::site::{BuildInfo, Site};
use seeded::{Form, Writer, files};

fn site(archive: &str, audience: Audience) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: Some("https://example.org/".into()) };
    pipeline::site(&project, &understood, Arc::new(look), Edition { audience, drafts: Drafts::Hidden }, build).0
}

/// The bytes of a file as somebody can read them.
fn readable(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    } else {
        plain.extend_from_slice(bytes);
    }
    plain.make_ascii_lowercase();
    plain
}

const SEEDS: u64 = 24;

#[test]
fn nothing_internal_changes_a_byte_of_the_public_edition() {
    for seed in 0..SEEDS {
        let archive = |form| Writer::new(seed, form).archive();
        let public = |form| files(&site(&archive(form), Audience::Public));
        let (full, changed, without) = (public(Form::Full), public(Form::Changed), public(Form::Without));
        assert!(full.len() > 60, "{} files", full.len());
        assert_eq!(full.contains_key("drills/pub-0/1/"), seed.is_multiple_of(2), "the public is taught where it was chosen");
        for (form, other) in [("changed", &changed), ("taken away", &without)] {
            assert_eq!(full.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "seed {seed}, {form}");
            for (url, bytes) in &full {
                if *bytes != other[url] {
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let (ours, theirs) = (text(bytes), text(&other[url]));
                    let line = ours.lines().zip(theirs.lines()).find(|(a, b)| a != b);
                    panic!("seed {seed}, internal text {form}: /{url} differs: {line:#?}");
                }
            }
        }
    }
}

/// Texts that mean to withhold something, rightly written and not; nothing of it may be in public.
const MEANT: &[&str] = &[
    "> [!INTERNAL] a | b\n> ---|---\n> Kanary | x\n",
    "> [!INTERNAL]\n> : Kanary\n",
    "> [!INTERNAL]\n> # Kanary\n",
    "> [!INTERNAL]\n> ```\n> Kanary\n> ```\n",
    "> [!INTERNAL][]\n> Kanary\n",
    "> [!INTERNAL ]\n> Kanary\n",
    "> [! INTERNAL]\n> Kanary\n",
    "> [INTERNAL]\n> Kanary\n",
    "> [!INTERNAL until 2099-01-01]\n> Kanary\n",
    "> [!Internal: a note]\n> Kanary\n",
    "[!INTERNAL until 2099-01-01]\nKanary\n",
    "> **[!INTERNAL]**\n> Kanary\n",
    "> \\[!INTERNAL\\]\n> Kanary\n",
    "> [!INTERNEL]\n> Kanary\n",
    "[!INTERNAL]\nKanary\n",
    "> Words.\n> [!INTERNAL]\n> Kanary\n",
    "> Words.\n>\n> [!internal] Kanary\n",
    "```\nnot closed\n\n> [!INTERNAL]\n> Kanary\n",
    "<pre>\n\n<!-- afterword: internal -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "10. > [!INTERNAL]\n    > x\n\n    <!-- Kanary note -->\n",
    "-   <!-- afterword: internal -->x<!-- afterword: end -->\n\n    <!-- Kanary -->\n",
    "Term\n:   > [!INTERNAL]\n    > x\n\n    <!-- Kanary -->\n",
    "## Call {internal}\n\nKanary\n",
    "## Call {.Internal}\n\nKanary\n",
    "## Call {.internal-only}\n\nKanary\n",
    "## Call {Visibility=internal}\n\nKanary\n",
    "## Call {visibilty=internal}\n\nKanary\n",
    "## Call {visibility: internal}\n\nKanary\n",
    "## Call {visibility=internal}{#b}\n\nKanary\n",
    "## Call {visibility=internal} <!-- c -->\n\nKanary\n",
    "## Call {visibility=internal\n\nKanary\n",
    "Call {visibility=internal}\n---\n\nKanary\n",
    "<!--- afterword: internal --->\n\nKanary\n\n<!--- afterword: end --->\n",
    "<!-- internal -->\n\nKanary\n\n<!-- end internal -->\n",
    "<!-- afterword.internal -->\n\nKanary\n\n<!-- afterword.end -->\n",
    "<!-- Afterword: internal -->\n\nKanary\n\n<!-- Afterword: end -->\n",
    "<!-- afterword：internal -->\n\nKanary\n\n<!-- afterword：end -->\n",
    "<!-- /* afterword: internal */ -->\n\nKanary\n\n<!-- /* afterword: end */ -->\n",
    "<!-- afterword: internal note -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal -->\n\na\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until 2099-01-01 -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until A1 done -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until A1 done -->\n\nKanary\n\n<!-- afterword: end -->\n\n## Actions\n\n| ID | Action | Status |\n|---|---|---|\n\
     | A1 | Do | done |\n| A1 | Do | open |\n",
    "<!-- afterword: internal until 2026-11-21 18:00 UTC -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until someday, perhaps -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until -->\n\nKanary\n\n<!-- afterword: end -->\n",
    "<!-- afterword: internal until 2020-01-01 -->\n\nKanary\n",
    "| a <!-- afterword: internal row --> |\n|---|\n| Kanary |\n",
    "a <!-- afterword: internal column --> | b\n--- | ---\nKanary | c\n",
    "<!-- afterword: internal -->\r\n\r\nKanary\r\n\r\n<!-- afterword: end -->\r\n",
    "<!-- afterword: allow unknown-directive: x -->\n\n> [!INTERNEL]\n> Kanary\n",
    "## Actions\n\n| Action | Owner |\n|---|---|\n| Fix it | @kanary, @bob |\n| Mend it | kanary (on call) |\n| Do it | kanary. |\n",
    "## Actions\n\n| Action | Owner | Assignee |\n|---|---|---|\n| Fix it | @bob | kanary |\n| Mend it | | kanary |\n",
    "## Actions\n\n| Action | DRI |\n|---|---|\n| Fix it | kanary |\n",
    "## Actions\n\n- [ ] Fix it (owner: @kanary and @bob)\n",
];

/// The same in the metadata.
const MEANT_IN_METADATA: &[&str] = &[
    "summary: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->'\n",
    "impact: { users: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->' }\n",
    "root_causes:\n  - { cause: change/config, note: 'a <!-- afterword: internal -->Kanary<!-- afterword: end -->' }\n",
    "status: drfat\nsummary: Kanary\n",
    "status: [draft]\nsummary: Kanary\n",
    "drfat: true\nsummary: Kanary\n",
    "publish_after: 2099-01-01\nsummary: Kanary\n",
    "publish_after: 2026-11-21T18:00Z\nsummary: Kanary\n",
    "publish_after: someday\nsummary: Kanary\n",
    "hold_until: [A1]\nsummary: Kanary\n",
];

#[test]
fn what_was_meant_to_be_withheld_is_withheld() {
    let settings = "-- site.toml --\n[site]\nbase_url = 'https://kanary.example/'\nfooter = 'Kanary'\n[rules]\nunknown-directive = 'off'\n\
                    [editions.public]\n[people.bob]\nrole = 'A second engineer'\n\
                    [[nav]]\ntitle = 'Kanary'\nurl = '/kanary/'\n[[nav]]\ntitle = 'All'\nurl = '/incidents/'\n";
    let texts = MEANT.iter().map(|text| ("", *text));
    for (metadata, text) in texts.chain(MEANT_IN_METADATA.iter().map(|metadata| (*metadata, "Text.\n"))) {
        let archive = format!(
            "{settings}-- content/kanary.md --\n# Kanary\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n{metadata}---\n\nPublic.\n\n{text}\n\
             -- content/postmortems/b.md --\n---\ntitle: B\nvisibility: public\n---\n\nMore.\n"
        );
        let project = pipeline::from_archive(&archive);
        let understood = pipeline::understand(&project, &mut Memo::default());
        let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: None };
        let edition = Edition { audience: Audience::Public, drafts: Drafts::Hidden };
        let (site, _) = pipeline::site(&project, &understood, Arc::new(pipeline::look(&project).0), edition, build);
        for (url, bytes) in files(&site) {
            let shown = String::from_utf8_lossy(&readable(&bytes)).into_owned();
            let place =
                shown.find("kanary").map(|at| shown.get(at.saturating_sub(80)..).unwrap_or(&shown).chars().take(160).collect::<String>());
            assert_eq!(place, None, "/{url} of {metadata}{text}");
        }
        assert!(site.route("incidents/b/").is_some(), "the other document is there");
    }
}

#[test]
fn an_embargo_ends() {
    let public = |metadata: &str, actions: &str| {
        let archive = format!(
            "-- site.toml --\n[editions.public]\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n{metadata}---\n\n## Actions\n\n| Id | Action | Status |\n|---|---|---|\n{actions}\n"
        );
        site(&archive, Audience::Public).route("incidents/a/").is_some()
    };
    let done = "| A1 | Mend | done |\n| A2 | Mend | open |\n";
    let shown = [
        public("", ""),
        public("publish_after: 2026-11-21\n", ""),
        public("publish_after: 2026-11-22\n", ""),
        public("hold_until: [a1]\n", done),
        public("hold_until: A1\n", done),
        public("hold_until: [A1, A2]\n", done),
        public("hold_until: [A9]\n", done),
        public("hold_until: []\n", done),
    ];
    assert_eq!(shown, [true, true, false, true, true, false, false, false]);
}

#[test]
fn what_was_read_on_one_day_is_read_anew_on_the_next() {
    let held = "<!-- afterword: internal until 2026-11-22 -->\n\nEarly.\n\n<!-- afterword: end -->\n";
    let project =
        pipeline::from_archive(&format!("-- site.toml --\n[editions.public]\n-- content/a.md --\n---\nvisibility: public\n---\n\n{held}"));
    let understood = pipeline::understand(&project, &mut Memo::default());
    let edition = Edition { audience: Audience::Public, drafts: Drafts::Hidden };
    let words = |day| {
        let projected = pipeline::projected(&project, &understood, edition, jiff::civil::date(2026, 11, day));
        block_text(&projected.corpus().pages[0].body.lead)
    };
    assert_eq!([21, 22, 21].map(words), ["", "Early.", ""]);
}

#[test]
fn what_is_withheld_for_a_time_appears_when_it_may() {
    let words = |until: &str, audience: Audience, settings: &str| {
        let archive = format!(
            "-- site.toml --\n{settings}\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\n---\n\nAlways <!-- afterword: internal until {until} -->early\
             <!-- afterword: end --> there.\n\n<!-- afterword: internal until {until} -->\n\nLate.\n\n> [!INTERNAL]\n> Never.\n\n<!-- afterword: end -->\n\n\
             ## Actions\n\n| Id | Action | Status |\n|---|---|---|\n| A1 | Mend | done |\n| A2 | Mend | open |\n"
        );
        let html = String::from_utf8(files(&site(&archive, audience)).remove("incidents/a/").unwrap()).unwrap();
        ["early", "Late.", "Never."].into_iter().filter(|word| html.contains(word)).collect::<Vec<_>>()
    };
    let public = |until: &str| words(until, Audience::Public, "[editions.public]");
    for come in ["2026-11-21", "A1", "a1 done", "A1, a1"] {
        assert_eq!(public(come), ["early", "Late."], "{come}");
    }
    for later in ["2026-11-22", "A2", "A1, A2 done", "A9"] {
        assert_eq!(public(later), [""; 0], "{later}");
        assert_eq!(words(later, Audience::Internal, "[editions.public]"), ["early", "Late.", "Never."], "{later}");
        assert_eq!(words(later, Audience::Internal, ""), [""; 0], "{later}: there is no other edition");
    }
    assert_eq!(words("2026-11-21", Audience::Internal, ""), ["early", "Late."]);
}

#[test]
fn no_word_of_internal_text_is_in_the_public_edition() {
    let (mut written, mut shown) = (0, 0);
    for seed in 0..SEEDS {
        let mut writer = Writer::new(seed, Form::Full);
        let archive = writer.archive();
        let public: BTreeMap<String, Vec<u8>> =
            files(&site(&archive, Audience::Public)).into_iter().map(|(url, bytes)| (url, readable(&bytes))).collect();
        let internal: Vec<Vec<u8>> = files(&site(&archive, Audience::Internal))
            .into_iter()
            .map(|(url, bytes)| [url.as_bytes(), &readable(&bytes)].concat())
            .collect();
        let canaries: BTreeSet<String> = writer.canaries.into_iter().collect();
        let found = |bytes: &[u8], canary: &str| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        let all: Vec<u8> = public.iter().flat_map(|(url, bytes)| [url.as_bytes(), b"\n", bytes].concat()).collect();
        let inside: Vec<u8> = internal.concat();
        let tokens = |bytes: &[u8]| -> BTreeSet<Vec<u8>> {
            bytes
                .windows(16)
                .filter(|window| window.starts_with(b"kb") && window[2..].iter().all(u8::is_ascii_hexdigit))
                .map(<[u8]>::to_vec)
                .collect()
        };
        let (in_public, in_internal) = (tokens(&all), tokens(&inside));
        for canary in &canaries {
            assert!(
                !in_public.contains(canary.as_bytes()),
                "seed {seed}: {canary} is in public: {:?}",
                public.iter().find(|(_, bytes)| found(bytes, canary)).map(|(url, _)| url)
            );
            written += 1;
            shown += usize::from(in_internal.contains(canary.as_bytes()));
        }
    }
    // That the words are looked for rightly shows where they should be found.
    assert!(written > 1_500 && shown * 10 > written * 7, "{shown} of {written} are in the internal edition");
}

/// Somebody of their own for each place of the settings: `{0}` is a name, `{0-}` the same as a key.
const SETTINGS: &str = r#"
[site]
title = "{0}"
description = "{1}"
base_url = "https://{2-}.example/"
footer = "{3}"
footer_links = [{ title = "{52}", url = "https://out.example/{53-}" }]
edit_url = "https://out.example/{65-}/{path}"
logo = "{54-}.svg"
icon = "{55-}.png"
timezone = "UTC"
[content]
exclude = ["{4-}/**"]
[fields]
"{5-}" = "summary"
[sections.root-cause]
title = "{6}"
prompt = "{7}"
aliases = ["{8}"]
[sections.{9-}]
title = "Ten"
[profiles.{10-}]
description = "{11}"
[profiles.outage]
description = "{12}"
impact = ["{13}"]
[[severities]]
id = "{14-}"
name = "{15}"
description = "{16}"
[[severities]]
id = "low"
[services.web]
name = "{17}"
description = "{18}"
owner = "{19-}"
[services.{20-}]
name = "{21}"
owner = "{19-}"
[tags.dns]
name = "{22}"
description = "{23}"
[tags.{24-}]
description = "{25}"
[owners.{19-}]
name = "{26}"
description = "{27}"
[owners.{28-}]
[theme]
name = "{56-}"
[people.deputy]
role = "{29}"
team = "{28-}"
[causes]
ignore = ["{30}"]
[causes.{31-}]
name = "{32}"
definition = "{33}"
[causes.{31-}.leaf]
name = "{34}"
definition = "{35}"
signs = ["{36}"]
prevention = ["{37}"]
not = "{38}"
maps = ["{39}"]
[causes.{31-}.{40-}]
[causes.trigger.own]
name = "{41}"
definition = "{42}"
[causes.map]
"{43}" = "change/config"
[taxonomies.company]
name = "{44}"
plural = "{45}"
[taxonomies.{46-}]
field = "other"
[wording]
acronyms = ["{47}"]
[glossary]
page = "{48-}.md"
[[nav]]
title = "{49}"
url = "/incidents/"
[[nav]]
title = "{50}"
url = "/nowhere/"
[[nav]]
title = "Out"
url = "https://out.example/{51-}"
[rules]
unfinished-public-report = "off"
[editions.public]
{public}
"#;

/// Settings that are found and that no page of this corpus shows, though one of another may: the key of a section, a kind and a severity that no document
/// has, an entry of the navigation that leads nowhere.
const FOUND_THOUGH_NOT_SHOWN: [usize; 6] = [9, 10, 14, 15, 16, 50];

/// The name of the n-th of them.
fn nth_name(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    format!("Zelda Quix{}{}", letter(n / 26), letter(n))
}

/// A postmortem that uses them.
const USE: &str = "\
-- content/{54-}.svg --
<svg/>
-- content/{55-}.png --
png
-- content/postmortems/a.md --
---
title: A
visibility: public
kind: outage
severity: low
started_at: 2026-01-01T10:00Z
resolved_at: 2026-01-01T11:00Z
services: [web]
tags: [dns]
root_causes: ['{31-}/leaf']
trigger: own
company: C
other: D
---

## Summary

@deputy saw it.

## Actions

| ID | Action | Owner | Status |
|---|---|---|---|
| A1 | Mend | {19-} | open |
| A2 | Find | {28-} | done |
";

/// Who is shown by the public edition, and who is found in the settings.
fn shown_and_found(public: &str) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let written = SETTINGS.replace("{public}", public);
    let is_there = |n: &usize| [format!("{{{n}}}"), format!("{{{n}-}}")].iter().any(|place| written.contains(place));
    let all: Vec<usize> = (0..80).filter(is_there).collect();
    let key = |n: usize| nth_name(n).to_lowercase().replace(' ', "-");
    let people = all.iter().fold(written.clone(), |text, n| format!("{text}[people.p{n}]\nname = '{}'\n", nth_name(*n)));
    let archive = format!("-- site.toml --\n{people}{USE}");
    let archive =
        all.iter().fold(archive, |text, n| text.replace(&format!("{{{n}}}"), &nth_name(*n)).replace(&format!("{{{n}-}}"), &key(*n)));

    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let findings = pipeline::check_settings(&project, &understood, &[], jiff::civil::date(2026, 11, 21));
    let text = project.text(&"site.toml".into()).unwrap();
    let names = findings.iter().filter(|finding| finding.rule.0 == "name-in-public").map(|finding| finding.primary.span.slice(text));
    let names: BTreeSet<String> = names.map(|name| name.to_lowercase().replace(' ', "-")).collect();

    let files = files(&site(&archive, Audience::Public));
    let said = files.iter().map(|(url, bytes)| format!("{url} {}", String::from_utf8_lossy(&readable(bytes))).replace(' ', "-"));
    let said: Vec<String> = said.collect();
    let shown = all.iter().copied().filter(|n| said.iter().any(|file| file.contains(&key(*n))));
    (shown.collect(), all.iter().copied().filter(|n| names.contains(&key(*n))).collect())
}

#[test]
fn whoever_a_setting_names_in_public_is_found_there() {
    let own = "title = '{60}'\ndescription = '{61}'\nfooter = '{62}'\npublic_fields = ['owner']\n\
               footer_links = [{title = '{63}', url = 'https://out.example/{64-}'}]\n";
    let (shown, found) = shown_and_found("");
    let (shown_of_own, found_of_own) = shown_and_found(own);
    for (shown, found) in [(&shown, &found), (&shown_of_own, &found_of_own)] {
        assert_eq!(shown.difference(found).collect::<Vec<_>>(), [&0; 0], "shown and not found");
        assert_eq!(found.difference(shown).copied().collect::<Vec<_>>(), FOUND_THOUGH_NOT_SHOWN, "found and not shown");
    }
    let only = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| one.difference(other).copied().collect::<Vec<_>>();
    assert_eq!(only(&shown, &shown_of_own), [0, 1], "title and description that are not those of the public edition");
    assert_eq!(only(&shown_of_own, &shown), [19, 27, 60, 61, 62, 63, 64], "those that are, the address of a team and what it does");
    assert!(shown.len() > 25, "{shown:?}");
}

#[test]
fn evidence_is_seen_in_public_where_the_site_and_the_entry_say_so() {
    let archive = |public: &str| {
        format!(
            "-- site.toml --\n[editions.public]\n{public}\n-- content/postmortems/a.md --\n---\ntitle: A\nvisibility: public\nevidence:\n\
             \x20 - {{id: E-public, note: for all, visibility: PUBLIC, collected_by: Ada, custody: [{{by: Bob}}]}}\n\
             \x20 - {{id: E-internal, visibility: internal}}\n  - {{id: E-unstated}}\n  - {{id: E-misspelt, visiblity: public}}\n\
             \x20 - {{id: E-other, visibility: pubic}}\n  - E-text\n---\n\nText.\n"
        )
    };
    let page = |public: &str, audience| {
        let bytes = files(&site(&archive(public), audience)).remove("incidents/a/").unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let all = ["E-public", "E-internal", "E-unstated", "E-misspelt", "E-other", "E-text", "Ada", "Bob"];
    let seen = |html: &str| all.into_iter().filter(|word| html.contains(word)).collect::<Vec<_>>();
    let open = "public_fields = ['evidence']";
    assert_eq!(seen(&page("", Audience::Internal)), all);
    assert_eq!(seen(&page(open, Audience::Internal)), all);
    assert_eq!(seen(&page("", Audience::Public)), [""; 0]);
    assert_eq!(seen(&page(open, Audience::Public)), ["E-public"]);
    // Where there is no public edition, what says that it is internal is withheld all the same.
    let alone = archive("").replace("[editions.public]", "");
    let bytes = files(&site(&alone, Audience::Internal)).remove("incidents/a/").unwrap();
    assert_eq!(seen(&String::from_utf8(bytes).unwrap()), ["E-public", "E-unstated", "E-misspelt", "E-text", "Ada", "Bob"]);
    let twice = archive(open).replace("visibility: internal}", "visibility: public, visibility: internal}");
    assert_eq!(site(&twice, Audience::Public).route("incidents/a/"), None, "what is written twice makes the document doubtful");
}
