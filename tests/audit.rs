//! The audit of a built site: an untouched one has nothing internal, and whatever is put into it afterwards is found, with the line of the
//! sources it comes from and the reason why the public does not read it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod folder;
mod numbers;
mod program;
mod seeded;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use afterword::audit::{Audit, Audited, Why};
use afterword::edition::{Audience, Drafts, Edition, Reason};
use afterword::model::{Secrecy, Visibility};
use afterword::pipeline::{self, Memo, Project};
use afterword::site::BuildInfo;
use flate2::Compression;
use seeded::{Form, Writer, files};
use serde_json::Value;

const SEEDS: u64 = 8;

/// The audit of a project on a day late in 2026.
fn audit(project: &Project) -> (Audit, afterword::site::Site, afterword::site::Site) {
    let understood = pipeline::understand(project, &mut Memo::default());
    let look = Arc::new(pipeline::look(project).0);
    let site = |audience, drafts| {
        let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: Some("https://example.org/".into()) };
        pipeline::site(project, &understood, Arc::clone(&look), Edition { audience, drafts }, build).0
    };
    let (public, whole) = (site(Audience::Public, Drafts::Hidden), site(Audience::Internal, Drafts::Shown));
    (Audit::new(project, &understood, &public, &whole, Drafts::Hidden).unwrap(), public, whole)
}

/// Every file of a site with what is found in it, by its path on disk.
fn audited(audit: &Audit, site: &afterword::site::Site) -> Vec<(String, Audited)> {
    let on_disk = |url: String| if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url };
    files(site)
        .into_iter()
        .map(|(url, bytes)| (on_disk(url), bytes))
        .map(|(path, bytes)| (path.clone(), audit.file(&path, &bytes)))
        .collect()
}

#[track_caller]
fn assert_clean(audited: &[(String, Audited)], which: &str) {
    for (path, Audited { findings, is_of_build, .. }) in audited {
        assert_eq!((findings.as_slice(), is_of_build), (&[][..], &true), "{which}: {path}");
    }
}

#[test]
fn what_a_public_build_writes_is_clean_whatever_is_internal() {
    for seed in 0..SEEDS {
        for form in [Form::Full, Form::Changed, Form::Without] {
            let (audit, public, _) = audit(&pipeline::from_archive(&Writer::new(seed, form).archive()));
            assert_clean(&audited(&audit, &public), &format!("seed {seed}, {form:?}"));
        }
    }
}

#[test]
fn an_internal_build_is_found_out_document_by_document() {
    let (mut written, mut found) = (0, 0);
    for seed in 0..SEEDS {
        let mut writer = Writer::new(seed, Form::Full);
        let (audit, _, whole) = audit(&pipeline::from_archive(&writer.archive()));
        let audited = audited(&audit, &whole);
        let findings = || audited.iter().flat_map(|(_, audited)| &audited.findings);
        let sources: BTreeSet<_> = findings().filter_map(|finding| Some(&finding.source.as_ref()?.path)).collect();
        for withheld in audit.withheld().iter().filter(|withheld| withheld.is_whole) {
            assert!(sources.contains(&withheld.path), "seed {seed}: {}", withheld.path);
        }
        let words: String = findings().map(|finding| finding.words.as_str()).collect::<Vec<_>>().join(" ");
        let shown: String = files(&whole).values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        for canary in writer.canaries.iter().filter(|canary| shown.contains(canary.as_str())) {
            written += 1;
            found += usize::from(words.contains(canary.as_str()));
        }
    }
    assert!(written > 500, "{written}");
    assert_eq!(found, written, "every word that stands in internal text alone is in a passage");
}

/// The content of this repository: as it is, and with every second or third document for the organisation alone.
#[test]
fn the_shipped_content_is_clean_in_public() {
    for every in [usize::MAX, 2, 3] {
        let folder = tempfile::tempdir().unwrap();
        folder::copy(Path::new("content"), &folder.path().join("content"));
        fs::copy("site.toml", folder.path().join("site.toml")).unwrap();
        let project = pipeline::open(folder.path()).unwrap();
        for (_, document) in project.sources.documents().enumerate().filter(|(n, _)| (n + 1) % every == 0) {
            let text = document.text().unwrap().replacen("visibility: public\n", "", 1);
            fs::write(folder.path().join(document.path.as_str()), text).unwrap();
        }
        let (audit, public, whole) = audit(&pipeline::open(folder.path()).unwrap());
        assert!(!public.corpus().postmortems.is_empty() && !audit.withheld().is_empty());
        assert_clean(&audited(&audit, &public), &format!("every {every}"));
        let found = audited(&audit, &whole).iter().filter(|(_, audited)| !audited.findings.is_empty()).count();
        assert!(found > if every == usize::MAX { 10 } else { 100 }, "{found} files of the internal edition");
    }
}

const HOUSE: &str = "\
-- site.toml --
[site]
title = 'Acme incidents'
base_url = 'https://intranet.acme.example/'
[editions.public]
base_url = 'https://status.acme.example/'
[rules]
unfinished-public-report = 'off'
[privacy]
internal_hosts = ['corp.acme.example']
[people.ada]
name = 'Ada Lovelace'
role = 'On-call engineer'
[owners.payments]
name = 'Payments'
description = 'The team that keeps the ledger of the house in order.'
-- content/postmortems/2026-03-04-checkout-outage.md --
---
title: Checkout was down for an hour
visibility: public
# Ask the lawyers before this is ever shown to a customer.
effort_hours: 40
customer: The Royal Mail of Denmark
---

The payment service answered every request with an error.

![Graph](graph.csv)

> [!INTERNAL]
> The password of the replica was written on a whiteboard in the kitchen.

> [!REASONING]
> We believed that the load balancer had lost its configuration again.

<!-- the intern did it, and we have told nobody about that -->

## Actions

| Action | Owner |
|---|---|
| Mend the pool | Grace Hopper |
| Watch the pool | Payments, @ada |
| Drain the pool | Annie Easley and Katherine Johnson |
-- content/postmortems/2026-05-06-ledger-theft.md --
---
id: SEC-2026-014
title: Somebody copied the ledger
---

An attacker read every row of the ledger through a forgotten endpoint of the report server.
The token was 9f86d081884c7d659a2f.
-- content/postmortems/2026-07-08-draft.md --
---
title: Water in the second machine room
visibility: public
status: draft
---

The pump in the basement had been switched off for the inspection.
-- content/postmortems/graph.csv --
minute,errors
1,2
-- content/postmortems/customers.csv --
name,loss
Danish Mail,7
";

/// A folder with the house and its public site.
struct House(tempfile::TempDir);

impl House {
    fn new() -> Self {
        let house = Self(archive::project(HOUSE));
        let build = house.afterword(&["build", "--edition", "public"]);
        assert_eq!(build.status.code(), Some(0), "{}", String::from_utf8_lossy(&build.stderr));
        house
    }

    fn afterword(&self, arguments: &[&str]) -> Output {
        program::afterword(self.0.path(), arguments)
    }

    /// What the audit says, as JSON, with its exit status.
    fn audit(&self) -> (Option<i32>, Value) {
        let output = self.afterword(&["audit", "_site-public", "--format", "json"]);
        let told = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        (output.status.code(), told)
    }

    /// What is found when a file of the site has other bytes, one line for each: place, kind, words, source; and its reason.
    fn with(&self, path: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<String> {
        let file = self.0.path().join("_site-public").join(path);
        let before = fs::read(&file).ok();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, change(before.clone().unwrap_or_default())).unwrap();
        let (status, told) = self.audit();
        match before {
            Some(bytes) => fs::write(&file, bytes).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let findings = told["findings"].as_array().unwrap();
        assert_eq!(status, Some(i32::from(!findings.is_empty())));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let line = |finding: &Value| {
            assert_eq!(finding["file"], path);
            let source = &finding["source"];
            let source = if source.is_null() { "-".to_owned() } else { format!("{}:{}", text(&source["path"]), source["line"]) };
            format!(
                "{} {} `{}` {source}: {}",
                text(&finding["place"]),
                text(&finding["kind"]),
                text(&finding["words"]),
                text(&finding["reason"])
            )
        };
        findings.iter().map(line).collect()
    }

    /// The same with words added at the end of a file.
    fn and(&self, path: &str, added: &str) -> Vec<String> {
        self.with(path, |bytes| [&bytes, added.as_bytes()].concat())
    }
}

const OUTAGE: &str = "content/postmortems/2026-03-04-checkout-outage.md";
const THEFT: &str = "content/postmortems/2026-05-06-ledger-theft.md";
const DRAFT: &str = "content/postmortems/2026-07-08-draft.md";
const PAGE: &str = "incidents/2026-03-04-checkout-outage/index.html";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

#[test]
fn an_untouched_site_is_clean() {
    let (status, told) = House::new().audit();
    assert_eq!(status, Some(0));
    for list in ["findings", "not_of_build", "unread", "unseen"] {
        assert_eq!(told[list], Value::Array(Vec::new()), "{list}");
    }
    let withheld = told["withheld"].as_array().unwrap();
    let parts = |kept: &Value| -> Vec<String> {
        let parts = kept["parts"].as_array().unwrap();
        parts.iter().map(|part| format!("{}-{} {}", part["line"], part["end_line"], part["reason"].as_str().unwrap())).collect()
    };
    let withheld: Vec<_> = withheld.iter().map(|kept| (kept["path"].as_str().unwrap(), kept["whole"] == true, parts(kept))).collect();
    let reason = |reason: Reason| reason.words().to_owned();
    assert_eq!(
        withheld,
        [
            (
                OUTAGE,
                false,
                vec![
                    format!("5-5 {}", reason(Reason::Field)),
                    format!("6-6 {}", reason(Reason::UnknownField)),
                    format!("13-14 {}", reason(Reason::Marked(Secrecy::Internal))),
                    format!("16-17 {}", reason(Reason::Marked(Secrecy::Reasoning))),
                    format!("19-19 {}", reason(Reason::Marked(Secrecy::Comment))),
                ]
            ),
            (THEFT, true, vec![format!("3-3 {}", reason(Reason::Document(Visibility::Unstated)))]),
            (DRAFT, true, vec![format!("2-2 {}", reason(Reason::Draft))]),
        ]
    );
}

#[test]
fn internal_words_are_found_wherever_somebody_puts_them() {
    let house = House::new();
    let marked =
        |place: &str, words: &str| vec![format!("{place} withheld `{words}` {OUTAGE}:14: {}", Reason::Marked(Secrecy::Internal).words())];
    let words = "the password of the replica was written on a whiteboard";
    let cases: [(&str, String, &str); 10] = [
        ("index.html", format!("<p>{words}.</p>"), words),
        (PAGE, format!("<!-- {words} -->"), words),
        (PAGE, format!("<img alt=\"{words}\">"), words),
        (PAGE, "<p>the password of the <b>rep</b>lica&#32;was\n written on a white&shy;bo<wbr>ard</p>".into(), words),
        (PAGE, format!("<script type=\"application/ld+json\">{{\"x\": \"{words}\"}}</script>"), words),
        ("incidents.json", "{\"x\":\"the \\u0070assword of the repl\\u0069ca was written on a whiteboard\"}".into(), words),
        ("feed.xml", format!("<x>&lt;p&gt;{}&lt;/p&gt;</x>", words.replace("replica", "&lt;i&gt;replica&lt;/i&gt;")), words),
        ("actions.csv", format!("1,\"{words}\",2\n"), words),
        ("a.js", format!("const a='{words}'"), words),
        (
            "deep/er/a.txt",
            format!("The PASSWORD, of the replica: was written (on a) {}", "whiteboard"),
            "The PASSWORD, of the replica: was written (on a) whiteboard",
        ),
    ];
    for (path, added, found) in cases {
        assert_eq!(house.and(path, &added), marked("text", found), "{path}: {added}");
    }
    assert_eq!(house.with("a.html.gz", |_| gzip(format!("<p>{words}</p>").as_bytes())), marked("packed", words));
    assert_eq!(house.with(PAGE, |bytes| gzip(&[&bytes, words.as_bytes()].concat())), marked("packed", words));
}

#[test]
fn each_reason_is_told_with_its_line() {
    let house = House::new();
    let unstated = Reason::Document(Visibility::Unstated);
    let cases: [(&str, &str, u32, Reason); 11] = [
        ("Ask the lawyers before this is ever shown to a customer", OUTAGE, 4, Reason::Marked(Secrecy::Comment)),
        ("Royal Mail of Denmark", OUTAGE, 6, Reason::UnknownField),
        ("that the load balancer had lost its configuration", OUTAGE, 17, Reason::Marked(Secrecy::Reasoning)),
        ("the intern did it, and we have told nobody about that", OUTAGE, 19, Reason::Marked(Secrecy::Comment)),
        ("Grace Hopper", OUTAGE, 25, Reason::Field),
        ("Katherine Johnson", OUTAGE, 27, Reason::Field),
        ("SEC-2026-014", THEFT, 2, unstated),
        ("Somebody copied the ledger", THEFT, 3, unstated),
        ("read every row of the ledger through a forgotten", THEFT, 6, unstated),
        ("9f86d081884c7d659a2f", THEFT, 7, unstated),
        ("The pump in the basement had been switched off", DRAFT, 7, Reason::Draft),
    ];
    for (words, source, line, reason) in cases {
        let words = if words == "Royal Mail of Denmark" { "The Royal Mail of Denmark" } else { words };
        let expected = format!("text withheld `{words}` {source}:{line}: {}", reason.words());
        assert_eq!(house.and(PAGE, &format!("<p>It says: {words}</p>")), [expected]);
    }
    let setting = "The team that keeps the ledger of the house in order";
    assert_eq!(house.and(PAGE, &format!("<p>{setting}</p>")), [format!("text setting `{setting}` site.toml:15: {}", Why::Setting.words())]);
}

#[test]
fn a_withheld_document_is_known_by_its_address() {
    let house = House::new();
    let reason = Reason::Document(Visibility::Unstated);
    let sitemap = house.and("sitemap.xml", "<url><loc>https://status.acme.example/incidents/2026-05-06-ledger-theft/</loc></url>");
    assert_eq!(sitemap, [format!("text withheld `incidents/2026-05-06-ledger-theft` {THEFT}:3: {}", reason.words())]);
    let page = house.and("incidents/2026-05-06-ledger-theft/index.html", "<p>Gone.</p>");
    assert_eq!(page, [format!("path withheld `incidents/2026-05-06-ledger-theft` {THEFT}:3: {}", reason.words())]);
    let page = house.and("incidents/2026-07-08-draft/old.html", "<p>Gone.</p>");
    assert_eq!(page.len(), 1);
    assert!(page[0].ends_with(&format!("{DRAFT}:2: {}", Reason::Draft.words())), "{page:?}");
}

#[test]
fn names_hosts_and_secrets_are_found_by_the_rules() {
    let house = House::new();
    let cases = [
        ("<p>Ada\n Lovelace saw it</p>", "text name-in-public `Ada Lovelace` -: somebody of `[people]` (`name-in-public`)"),
        ("<p>thanks, @ada</p>", "text name-in-public `@ada` -: somebody of `[people]` (`name-in-public`)"),
        (
            "<a href=\"http://db1.corp.acme.example/\">x</a>",
            "text internal-host `db1.corp.acme.example` -: an internal host (`internal-host`)",
        ),
        ("<p>PASSWORD=Tr0ub4dor-and-3</p>", "text exposed-secret `Tr0…` -: a password (`exposed-secret`)"),
        ("<p>jane.roe@mail.net</p>", "text personal-data `ja…@mail.net` -: a mail address (`personal-data`)"),
    ];
    for (added, expected) in cases {
        assert_eq!(house.and(PAGE, added), [expected], "{added}");
    }
}

/// A PNG with a chunk of text, and a JPEG with a comment and an author in UTF-16, neither of them with a picture.
#[test]
fn what_is_written_into_pictures_is_found() {
    let house = House::new();
    let words = "We believed that the load balancer had lost";
    let chunk = |kind: &[u8], data: &[u8]| [&u32::try_from(data.len()).unwrap().to_be_bytes(), kind, data, &[0; 4]].concat();
    let png = |chunk: Vec<u8>| [b"\x89PNG\r\n\x1a\n", &chunk[..], &[0xff; 8]].concat();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(words.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let reasoning = |place: &str| format!("{place} withheld `{words}` {OUTAGE}:17: {}", Reason::Marked(Secrecy::Reasoning).words());
    let text = png(chunk(b"tEXt", format!("Comment\0{words}").as_bytes()));
    let ztxt = png(chunk(b"zTXt", &[b"Comment\0\0", &packed[..]].concat()));
    let itxt = png(chunk(b"iTXt", &[b"Comment\0\x01\0\0\0", &packed[..]].concat()));
    for picture in [text, ztxt, itxt] {
        assert_eq!(house.with("a.png", |_| picture), [reasoning("bytes")]);
    }
    let jpeg = |segment: &[u8]| [b"\xff\xd8\xff\xe1\x00\x40Exif\0\0", segment, b"\xff\xd9"].concat();
    assert_eq!(house.with("a.jpg", |_| jpeg(words.as_bytes())), [reasoning("bytes")]);
    let wide: Vec<u8> = "Ada Lovelace".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(house.with("a.jpg", |_| jpeg(&wide)), ["bytes name-in-public `Ada Lovelace` -: somebody of `[people]` (`name-in-public`)"]);
    assert_eq!(house.and("a.svg", &format!("<svg><metadata>{words}</metadata></svg>")), [reasoning("text")]);
}

#[test]
fn a_file_that_nothing_public_links_to_is_known_by_its_content() {
    let house = House::new();
    let customers = fs::read(house.0.path().join("content/postmortems/customers.csv")).unwrap();
    let found = house.with("downloads/x.csv", |_| customers);
    assert_eq!(found, [format!("file attachment `` content/postmortems/customers.csv:1: {}", Why::Attachment.words())]);
    let graph = fs::read(house.0.path().join("content/postmortems/graph.csv")).unwrap();
    assert_eq!(house.with("downloads/x.csv", |_| graph), [""; 0], "this one is public");
}

#[test]
fn the_search_files_of_an_internal_build_are_read() {
    let house = House::new();
    let internal = house.afterword(&["build"]);
    assert_eq!(internal.status.code(), Some(0));
    let (site, public) = (house.0.path().join("_site/search"), house.0.path().join("_site-public/search"));
    folder::copy(&site, &public);
    let (status, told) = house.audit();
    assert_eq!(status, Some(1));
    let of_index = |finding: &&Value| finding["file"] != "search/index.html";
    let findings: Vec<&Value> = told["findings"].as_array().unwrap().iter().filter(of_index).collect();
    assert!(findings.iter().all(|finding| finding["place"] == "packed"));
    let sources: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["source"]["path"].as_str()).collect();
    assert!(sources.contains(THEFT), "{sources:?}");
    assert!(findings.iter().any(|finding| finding["words"] == "9f86d081884c7d659a2f"), "a term of the index");
}

/// Something at the end of a search file, where nobody who searches ever reads it, and in a file that is only named like one.
#[test]
fn words_beside_what_a_search_reads_are_found() {
    let house = House::new();
    let words = "the password of the replica was written on a whiteboard";
    let reason = format!("withheld `{words}` {OUTAGE}:14: {}", Reason::Marked(Secrecy::Internal).words());
    let site = house.0.path().join("_site-public");
    let first = |kind: &str| {
        let file = fs::read_dir(site.join("search").join(kind)).unwrap().next().unwrap().unwrap();
        format!("search/{kind}/{}", file.file_name().to_str().unwrap())
    };
    let kinds = ["s", "p", "b", "f", "v"].map(first);
    for path in kinds.iter().map(String::as_str).chain(["search/meta.bin"]) {
        let with_words = |bytes: Vec<u8>| {
            let words = format!(" {words}");
            let mut plain = Vec::new();
            match flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut plain) {
                Ok(_) => gzip(&[&plain, words.as_bytes()].concat()),
                Err(_) => [&bytes, words.as_bytes()].concat(),
            }
        };
        let found = house.with(path, with_words);
        assert!(matches!(&*found, [only] if only.ends_with(&reason)), "{path}: {found:?}");
    }
    assert_eq!(house.and("search/p/note.txt", words), [format!("packed {reason}")]);
    assert_eq!(house.and("research/p/note.txt", words), [format!("text {reason}")]);
}

#[test]
fn what_is_public_too_is_no_finding() {
    let house = House::new();
    for added in [
        "<p>Checkout was down for an hour. The payment service answered every request with an error.</p>",
        "<p>at the end of the day it was not possible to say more about it in public</p>",
        "<p>What went well. Root cause analysis. Lessons learned. Timeline of events.</p>",
        "<script>!function(e){var t=e.document.querySelectorAll(\"a[href]\");for(var n=0;n<t.length;n++)t[n].rel=\"noopener\"}(window)</script>",
    ] {
        assert_eq!(house.and(PAGE, added), [""; 0], "{added}");
    }
}

#[test]
fn what_cannot_be_read_or_seen_is_told() {
    let house = House::new();
    let site = house.0.path().join("_site-public");
    fs::write(site.join("a.pdf"), b"%PDF-1.7\n\0").unwrap();
    fs::write(site.join("b.png"), b"\x89PNG\r\n\x1a\n\0\0\0\0IEND").unwrap();
    let output = house.afterword(&["audit", "_site-public"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "Of 1 picture what is written into the file was read; nobody looked at what it shows.",
        "1 file can be looked into for plain words only: a.pdf (PDF)",
        "2 files not of this build: a.pdf, b.png",
        "Nothing internal was found in ",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    fs::write(site.join("c.gz"), b"\x1f\x8b\x08").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", site.join("d.txt")).unwrap();
    let output = house.afterword(&["audit", "_site-public"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("c.gz: it cannot be unpacked"), "{said}");
    #[cfg(unix)]
    assert!(said.contains("d.txt: it is a link"), "{said}");
}

#[test]
fn an_audit_of_nothing_is_no_proof() {
    let house = House::new();
    let folder = house.0.path();
    fs::create_dir(folder.join("empty")).unwrap();
    let fails = |arguments: &[&str], expected: &str| {
        let output = house.afterword(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.trim_end()), (Some(2), expected));
    };
    fails(&["audit", "none"], "error: there is no folder `none`");
    let empty = house.afterword(&["audit", "empty"]);
    assert_eq!(empty.status.code(), Some(2));
    fs::write(folder.join("site.toml"), "[site]\ntitle = 'House'\n").unwrap();
    let none = "error: site.toml has no `[editions.public]`, so there is no public edition\nBegin one with a line `[editions.public]` and the `base_url` \
                that it will be found at.";
    fails(&["audit", "_site-public"], none);
}

#[test]
fn findings_are_told_with_their_places() {
    let house = House::new();
    fs::write(house.0.path().join("_site-public/note.txt"), "Hello.\nThe token was 9f86d081884c7d659a2f, they say.\n").unwrap();
    let output = house.afterword(&["audit", "_site-public", "--withheld", "--color", "never"]);
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "note.txt
  2:15: 9f86d081884c7d659a2f
    {THEFT}:7: it does not say `visibility: public`

Withheld from the public:
  {OUTAGE}:5: a field for the organisation
  {OUTAGE}:6: a field that the program does not know, and that `public_fields` does not name
  {OUTAGE}:13-14: marked as internal
  {OUTAGE}:16-17: what responders thought at the time
  {OUTAGE}:19: a comment
  {THEFT}:3: the whole document, for it does not say `visibility: public`
  {DRAFT}:2: the whole document, for it is a draft
"
    );
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}
