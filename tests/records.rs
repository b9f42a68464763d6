//! Lists in the metadata and the glossary, as pages show them.

#![expect(clippy::unwrap_used, reason = "a test panics when a page is not what it expects")]

mod site;

use afterword::render::{Body, render};
use afterword::site::Site;
use site::site;

fn page(site: &Site, url: &str) -> String {
    let artifact = render(site, site.route(url).unwrap()).unwrap();
    let Body::Bytes(bytes) = artifact.body else { panic!("a page is made") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

const GLOSSARY: &str = "\
-- content/glossary.md --
---
title: Glossary
---

Proxy
: A program that passes \\<on> requests. A proxy server is one, too.

Proxy server
: See proxy.

Incident
: What this is about.

WAF
: A filter.

## Kill switch

A control that turns something off.
";

const POSTMORTEM: &str = "\
-- content/postmortems/a.md --
---
title: The WAF failed
date: 2024-01-01
summary: The proxy failed.
---

## Summary

The *proxies* and `proxy` of [a proxy](https://example.org) failed in this incident: the proxy
servers first, then the WAF. The proxy, the Proxy and the kill switch came later.

## Proxy

Another proxy server.
";

#[test]
fn terms_are_linked_where_the_text_mentions_them_first() {
    let html = page(&site(&format!("{GLOSSARY}{POSTMORTEM}")), "incidents/a/");
    let expected = "<p>The <em>proxies</em> and <code>proxy</code> of <a href=\"https://example.org\" rel=\"noopener\">a proxy</a> failed in this \
                    incident: the <a class=\"term\" href=\"../../glossary/#proxy-server\" title=\"See proxy.\">proxy\nservers</a> first, then the \
                    WAF. The <a class=\"term\" href=\"../../glossary/#proxy\" title=\"A program that passes &lt;on&gt; requests. A proxy server \
                    is one, too.\">proxy</a>, the Proxy and the <a class=\"term\" href=\"../../glossary/#kill-switch\" title=\"A control that \
                    turns something off.\">kill switch</a> came later.</p>";
    assert!(html.contains(expected), "{html}");
    assert_eq!(html.matches("class=\"term\"").count(), 3, "{html}");
}

#[test]
fn the_glossary_links_nothing_and_its_terms_can_be_linked_to() {
    let html = page(&site(&format!("{GLOSSARY}{POSTMORTEM}")), "glossary/");
    assert!(!html.contains("class=\"term\""), "{html}");
    assert!(html.contains("<dt id=\"proxy-server\">Proxy server</dt>"), "{html}");
}

#[test]
fn without_a_glossary_nothing_is_linked() {
    let internal = GLOSSARY.replace("title: Glossary", "title: Glossary\nvisibility: internal");
    let switched_off = format!("-- site.toml --\n[glossary]\nlink = false\n{GLOSSARY}");
    let elsewhere = format!("-- site.toml --\n[glossary]\npage = \"words.md\"\n{GLOSSARY}");
    for archive in [internal.as_str(), &switched_off, &elsewhere, ""] {
        assert!(!page(&site(&format!("{archive}{POSTMORTEM}")), "incidents/a/").contains("class=\"term\""), "{archive}");
    }
}

const RECORDS: &str = "\
-- content/postmortems/a.md --
---
title: A vault was emptied
date: 2024-01-01
funds:
  - {asset: ETH, amount: '>= 100', usd: ~$1M, state: lost, note: <b>}
  - {asset: ETH, amount: 40.5, usd: unknown, state: lost}
transactions:
  - {hash: 0xab, url: 'https://example.org/0xab'}
  - {hash: 0xcd, url: 'javascript:alert(1)'}
fixes: the guard was put back
---

## Impact

It was emptied.

## Funds

They are gone.
";

#[test]
fn lists_stand_before_the_text_of_their_section() {
    let html = page(&site(RECORDS), "incidents/a/");
    let (_, funds) = html.split_once("<h2 id=\"funds\">").unwrap();
    let (table, text) = funds.split_once("They are gone.").unwrap();
    for part in [
        "<td data-label=\"Amount\">at least 100 ETH</td>",
        "<td data-label=\"Worth at the time\">about US$1 million</td>",
        "<td data-label=\"State\"><span class=\"badge status status-lost\">Lost</span></td>",
        "<td data-label=\"Note\">&lt;b&gt;</td>",
        "<p class=\"records-total\">In all, lost: at least 140.5 ETH; lost: at least about US$1 million at the time.</p>",
        "<a href=\"https://example.org/0xab\" rel=\"noopener\"><code class=\"hash\">0xab</code></a>",
        "<code class=\"hash\">0xcd</code></td>",
        "Url: javascript:alert(1)",
    ] {
        assert!(table.contains(part), "{part} in {table}");
    }
    assert!(text.contains("<h2 id=\"fixes_\">Fixes") && text.contains("the guard was put back"), "{text}");
}

#[test]
fn what_was_lost_is_added_up_with_links_to_the_incidents() {
    let other = "-- content/postmortems/b.md --\n---\ntitle: B\ndate: 2024-02-01\nfunds: [{asset: ETH, state: lost}]\n---\n\nText.\n";
    let html = page(&site(&format!("{RECORDS}{other}")), "patterns/losses/");
    let row = "<td data-label=\"Amount\">at least 140.5 ETH <span class=\"cell-note\">no number for 1 of 3</span></td>\n\
               <td data-label=\"Worth at the time\">at least about US$1 million <span class=\"cell-note\">no number for 2 of 3</span></td>\n\
               <td data-label=\"Incidents\"><a href=\"../../incidents/b/\">B</a>; <a href=\"../../incidents/a/\">A vault was emptied</a></td>";
    assert!(html.contains(row), "{html}");
    let none = site("-- content/postmortems/b.md --\n---\ntitle: B\nimpact: {users: some}\n---\n\nText.\n");
    assert_eq!(none.route("patterns/losses/"), None);
}

const EVIDENCE: &str = "\
-- content/postmortems/a.md --
---
title: A vault was emptied
date: 2024-01-01
timezone: UTC
evidence:
  - id: E<1>
    path: logs/<proxy>.txt
    sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
    collected_by: <support>
    collected_at: 2024-01-02 14:05
    source: the proxy
    custody: [{at: 2024-01-03, by: legal, note: copied <b>}, sealed]
    retain_until: 2031-01-01
  - https://example.org/post
  - {url: 'javascript:alert(1)', collected_by: legal}
---

## Evidence

More of it is on paper.
";

#[test]
fn evidence_stands_in_its_section_with_the_whole_hash() {
    let html = page(&site(EVIDENCE), "incidents/a/");
    let (_, evidence) = html.split_once("<h2 id=\"evidence\">").unwrap();
    let (table, _) = evidence.split_once("More of it is on paper.").unwrap();
    let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    for part in [
        "<td data-label=\"What\">E&lt;1&gt;<br><code>logs/&lt;proxy&gt;.txt</code></td>",
        &format!("<td data-label=\"SHA-256\"><code class=\"hash sum\" title=\"{sum}\">{sum}</code></td>"),
        "<time datetime=\"2024-01-02T14:05:00Z\">2 Jan 2024, 14:05 UTC</time> <span class=\"cell-note\">by &lt;support&gt;</span></td>",
        "<td data-label=\"Source\">the proxy</td>",
        "<td data-label=\"Custody\">3 Jan 2024: legal, copied &lt;b&gt;<br>sealed</td>",
        "<time datetime=\"2031-01-01\">1 Jan 2031</time>",
        "<td data-label=\"What\"><a href=\"https://example.org/post\" rel=\"noopener\">example.org/post</a></td>",
        "<td data-label=\"What\">javascript:alert(1)</td>",
        "<td data-label=\"Collected\">By legal</td>",
    ] {
        assert!(table.contains(part), "{part} in {table}");
    }
    assert!(!html.contains("data-label=\"Note\""), "a column without a word is left out");
}

#[test]
fn the_source_is_an_address_or_is_not_linked() {
    let source = |written: &str| {
        let html =
            page(&site(&format!("-- content/postmortems/a.md --\n---\ntitle: A\nsource: '{written}'\n---\n\nText.\n")), "incidents/a/");
        html.lines().find(|line| line.contains(">Source: ")).map(str::to_owned)
    };
    assert_eq!(
        source("https://www.a.example/b, [see also](c d").unwrap(),
        "<p class=\"source\">Source: <a href=\"https://www.a.example/b,%20%5Bsee%20also%5D(c%20d\">a.example</a></p>"
    );
    assert_eq!(source("https:///nowhere"), None);
}
