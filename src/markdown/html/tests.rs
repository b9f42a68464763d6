//! What the tree is printed as.

use super::*;
use crate::diagnostic::Span;
use crate::markdown::{Document, read, walk};

fn english(label: Label<'_>) -> String {
    match label {
        Label::Done => "Done".to_owned(),
        Label::NotDone => "Not done".to_owned(),
        Label::Footnote(number) => format!("Footnote {number}"),
        Label::Back(number) => format!("Back to reference {number}"),
        Label::Table { number: None, columns } => format!("Table: {columns}"),
        Label::Table { number: Some(number), columns: "" } => format!("Table {number}"),
        Label::Table { number: Some(number), columns } => format!("Table {number}: {columns}"),
        Label::Footnotes(None) => "Footnotes".to_owned(),
        Label::Footnotes(Some(number)) => format!("Footnotes of part {number}"),
        Label::Alert(word) => format!("{}{}", &word[..1], word[1..].to_lowercase()),
    }
}

/// Prints as a page would that takes addresses as they are written.
fn print(document: &Document, first_level: u8) -> String {
    let layout = Layout::of(&document.blocks, first_level);
    let highlight = Highlighter::new();
    let writer = HtmlWriter {
        resolve: &|link, _| SafeUrl::new(&link.target),
        highlight: &highlight,
        layout: &layout,
        label: &english,
        mentions: None,
    };
    writer.blocks(&document.blocks) + &writer.footnotes()
}

fn html(text: &str) -> String {
    print(&read(text, Span::new(0, text.len())), 2)
}

/// The rows of a file of attacks, as JSON; nothing where the folder of attacks is not named in the environment.
#[expect(clippy::disallowed_methods, reason = "the attacks are no part of the crate; tests find them by the environment")]
fn attacks(name: &str) -> Vec<serde_json::Value> {
    let Ok(folder) = std::env::var("AFTERWORD_ATTACKS") else {
        println!("skipped: AFTERWORD_ATTACKS is not set");
        return Vec::new();
    };
    let rows = std::fs::read_to_string(std::path::Path::new(&folder).join(name)).unwrap();
    // A few rows hold half of a surrogate pair, which no text of ours can.
    rows.lines().filter_map(|row| serde_json::from_str(row).ok()).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let printed = html(text);
    audit(&printed);
    assert_eq!(printed, expected, "{text:?}");
}

#[test]
fn text_is_escaped_and_marked_up() {
    check("a < b & \"c\" > d\n", "<p>a &lt; b &amp; &quot;c&quot; &gt; d</p>\n");
    check("*a* **b** ~~c~~ `<d>`  \ne\n", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code><br>\ne</p>\n");
    check("a\u{0}b\u{1b}[31m\u{202e}", "<p>a\u{fffd}b\u{fffd}[31m\u{202e}</p>\n");
    check("{{ x }} {% y %}", "<p>{{ x }} {% y %}</p>\n");
    check("***\n", "<hr>\n");
}

#[test]
fn raw_html_is_text_and_comments_are_nothing() {
    check("a <b>c</b> <!-- d -->e", "<p>a &lt;b&gt;c&lt;/b&gt; e</p>\n");
    check("<img src=x onerror=alert(1)>\n", "<p class=\"raw-html\">&lt;img src=x onerror=alert(1)&gt;</p>\n");
    check("<div>\n<!-- x -->\n<p>\n", "<p class=\"raw-html\">&lt;div&gt;</p>\n<p class=\"raw-html\">&lt;p&gt;</p>\n");
    check("<div>\na\n</div>\n", "<pre class=\"raw-html\" tabindex=\"0\"><code>&lt;div&gt;\na\n&lt;/div&gt;</code></pre>\n");
    check("<!-- a -->\n\n<!-- b --> <!-- c -->", "");
    check("- a\n  <!-- b -->\n  c\n- <!-- d -->\n", "<ul>\n<li>a\nc</li>\n<li></li>\n</ul>\n");
}

#[test]
fn headings_skip_no_level() {
    let anchor = |id| format!(" <a class=\"anchor\" href=\"#{id}\" aria-hidden=\"true\" tabindex=\"-1\" data-pagefind-ignore>#</a>");
    check("### A\n# B {#c .d onclick=e}\n", &format!("<h2 id=\"a\">A{}</h2>\n<h2 id=\"c\">B{}</h2>\n", anchor("a"), anchor("c")));
    let levels = |text: &str| -> String {
        let printed = html(text);
        audit(&printed);
        printed.match_indices("<h").filter_map(|(at, _)| printed[at + 2..].chars().next()).filter(char::is_ascii_digit).collect()
    };
    assert_eq!(levels("# a\n### b\n##### c\n## d\n# e\n###### f\n"), "234323");
    assert_eq!(levels("## a\n# b\n## c\n"), "223");
    assert_eq!(levels("# a\n> # q\n> ### r\n\n## b\n"), "2233", "a quoted heading is no heading of the document");
    assert_eq!(levels("# a\n## b\n### c\n#### d\n##### e\n###### f\n"), "234566");
    assert_eq!(levels("#\n## <!-- x -->\n"), "", "an empty heading is none");
}

#[test]
fn lists_and_tasks() {
    check("- a\n- b\n  1. c\n", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n");
    check("3. a\n\n4. b\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n");
    let (done, open) = (
        "<li class=\"task done\"><span class=\"mark\" role=\"img\" aria-label=\"Done\">☑</span> ",
        "<li class=\"task\"><span class=\"mark\" role=\"img\" aria-label=\"Not done\">☐</span> ",
    );
    check("- [x] a\n- [ ] b\n- c\n", &format!("<ul class=\"tasks\">\n{done}a</li>\n{open}b</li>\n<li>c</li>\n</ul>\n"));
    let mark = open.strip_prefix("<li class=\"task\">").unwrap();
    check("- [ ] a\n\n  b\n", &format!("<ul class=\"tasks\">\n<li class=\"task\">\n<p>{mark}a</p>\n<p>b</p>\n</li>\n</ul>\n"));
}

#[test]
fn tables_scroll_have_a_name_and_stack() {
    check(
        "| a | b |\n|:-:|--:|\n| 1 |\n\nx\n\n| a |\n|---|\n",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Table 1: a, b\">\n<table>\n<thead>\n<tr>\n\
         <th scope=\"col\" class=\"align-center\">a</th>\n<th scope=\"col\" class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n\
         <tr>\n<td class=\"align-center\">1</td>\n<td></td>\n</tr>\n</tbody>\n</table>\n</section>\n<p>x</p>\n\
         <section class=\"table\" tabindex=\"0\" aria-label=\"Table 2: a\">\n<table>\n<thead>\n<tr>\n\
         <th scope=\"col\">a</th>\n</tr>\n</thead>\n</table>\n</section>\n",
    );
    let wide = html("| A | \"b\" | | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n| 5 |\n");
    audit(&wide);
    assert!(wide.contains("<table class=\"stack\">"));
    assert!(
        wide.contains("<td data-label=\"A\">1</td>\n<td data-label=\"&quot;b&quot;\">2</td>\n<td>3</td>\n<td data-label=\"d\">4</td>\n")
    );
    assert!(wide.contains("<td data-label=\"A\">5</td>\n<td colspan=\"3\"></td>\n"));
    assert!(wide.contains("<td></td>\n<th scope=\"col\">d</th>"), "an empty heading is no heading");
}

#[test]
fn a_wide_table_of_short_rows_stays_small() {
    let text = format!("|{}\n|{}\n{}", "x|".repeat(2_000), "-|".repeat(2_000), "a\n".repeat(2_000));
    assert!(html(&text).len() < 20 * text.len());
    let label = "y".repeat(5_000);
    let text = format!("|{label}|b|c|d|\n|-|-|-|-|\n{}", "|a|\n".repeat(1_000));
    assert!(html(&text).len() < 40 * text.len());
}

#[test]
fn alerts_have_titles() {
    check(
        "> [!warning]\n> a\n",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>a</p>\n</div>\n",
    );
    check("> [!REASONING] a\n", "<blockquote>\n<p class=\"alert-title\">Reasoning</p>\n<p>a</p>\n</blockquote>\n");
    check("> a\n> > b\n", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>\n");
}

#[test]
fn code_is_coloured_in_languages_that_are_known() {
    check(
        "```SH x\n# <a>\n```\n",
        "<pre tabindex=\"0\"><code class=\"language-shellscript\"><span class=\"comment\"># &lt;a&gt;</span>\n</code></pre>\n",
    );
    check("```\"><script>\n<a>\n```\n", "<pre tabindex=\"0\"><code>&lt;a&gt;\n</code></pre>\n");
}

#[test]
fn links_lead_where_they_may() {
    check(
        "[a](b \"c\\\"\") <https://d.e/?f&g>",
        "<p><a href=\"b\" title=\"c&quot;\">a</a> <a href=\"https://d.e/?f&amp;g\" rel=\"noopener\">https://d.e/?f&amp;g</a></p>\n",
    );
    check("[*a*](javascript:b) [c](//d) [e](data:x)", "<p><em>a</em> c e</p>\n");
    check("[](a) [![](b)](c)", "<p><a href=\"a\">a</a> <a href=\"c\"><img src=\"b\" alt=\"\" loading=\"lazy\">c</a></p>\n");
    check(
        "[[a]] <b@c.d> https://e",
        "<p><a href=\"a\">a</a> <a href=\"mailto:b@c.d\">b@c.d</a> <a href=\"https://e\" rel=\"noopener\">https://e</a></p>\n",
    );
}

#[test]
fn images_of_other_sites_are_links() {
    check("![a *b*](c.png \"d\")", "<p><img src=\"c.png\" alt=\"a b\" title=\"d\" loading=\"lazy\"></p>\n");
    check(
        "![a](https://b/c.png) ![](https://d)",
        "<p><a class=\"external-image\" href=\"https://b/c.png\" rel=\"noopener\">a</a> <a class=\"external-image\" href=\"https://d\" rel=\"noopener\">https://d</a></p>\n",
    );
    check("[![a](https://b)](c)", "<p><a href=\"c\">a</a></p>\n");
    check("![a](data:x) ![b](mailto:c)", "<p>a b</p>\n");
}

#[test]
fn footnotes_are_numbered_as_they_are_met() {
    check(
        "a[^b] c[^A] d[^B]\n\n[^a]: e\n[^b]: f[^x]\n\n    g\n[^x]: - h\n[^unused]: i\n",
        "<p>a<sup><a class=\"fnref\" href=\"#fn_1\" id=\"fnref_1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup> \
         c<sup><a class=\"fnref\" href=\"#fn_2\" id=\"fnref_2\" role=\"doc-noteref\" aria-label=\"Footnote 2\">2</a></sup> \
         d<sup><a class=\"fnref\" href=\"#fn_1\" id=\"fnref_1_2\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn_1\">\n<p>f<sup><a class=\"fnref\" href=\"#fn_3\" id=\"fnref_3\" role=\"doc-noteref\" aria-label=\"Footnote 3\">3</a></sup></p>\n\
         <p>g <a class=\"backref\" href=\"#fnref_1\" aria-label=\"Back to reference 1\">↩</a> \
         <a class=\"backref\" href=\"#fnref_1_2\" aria-label=\"Back to reference 1-2\">↩2</a></p>\n</li>\n\
         <li id=\"fn_2\">\n<p>e <a class=\"backref\" href=\"#fnref_2\" aria-label=\"Back to reference 2\">↩</a></p>\n</li>\n\
         <li id=\"fn_3\">\n<ul>\n<li>h</li>\n</ul>\n<p> <a class=\"backref\" href=\"#fnref_3\" aria-label=\"Back to reference 3\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n",
    );
    audit(&html("[a[^1]](b) ![c[^1]](d)\n\n[^1]: e[^1]\n"));
    let document = read("a[^1]\n\n[^1]: b\n", Span::new(0, 15));
    let highlight = Highlighter::new();
    let writer = HtmlWriter { resolve: &|_, _| None, highlight: &highlight, layout: &Layout::default(), label: &english, mentions: None };
    assert_eq!(writer.blocks(&document.blocks) + &writer.footnotes(), "<p>a</p>\n", "without a layout there are none");
}

#[test]
fn definitions() {
    check("a\n: b\n: c\n\n  d\n", "<dl>\n<dt id=\"a\">a</dt>\n<dd>b</dd>\n<dd>\n<p>c</p>\n<p>d</p>\n</dd>\n</dl>\n");
}

#[test]
fn a_document_may_be_printed_in_parts() {
    let text = "# a\n\n## b[^1]\n\nc[^2]\n\n| t |\n|---|\n\n[^2]: d\n[^1]: e\n";
    let document = read(text, Span::new(0, text.len()));
    let layout = Layout::of(&document.blocks, 2);
    let highlight = Highlighter::new();
    let writer = HtmlWriter { resolve: &|_, _| None, highlight: &highlight, layout: &layout, label: &english, mentions: None };
    let parts: String = document.blocks.iter().map(|block| writer.blocks(std::slice::from_ref(block))).collect();
    assert_eq!(parts, writer.blocks(&document.blocks));
    let BlockKind::Paragraph(content) = &document.blocks[2].kind else { panic!() };
    assert!(writer.inlines(content).starts_with("c<sup><a class=\"fnref\" href=\"#fn_2\""));
}

/// Reads printed HTML as strictly as we write it: known elements and attributes in double quotes, properly nested, addresses by allowed
/// schemes, no identifier twice, every link within the page to a place that exists.
#[track_caller]
fn audit(html: &str) {
    let elements = "a blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img li ol p pre section span strong sup table tbody td th thead tr ul";
    let attributes =
        "alt aria-hidden aria-label class colspan data-label data-pagefind-ignore href id loading rel role scope src start tabindex title";
    let mut open = Vec::new();
    let (mut ids, mut targets) = (std::collections::BTreeSet::new(), Vec::new());
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("no end of tag: {part:?}"));
        assert!(!text.contains('>') && !tag.contains('<'), "{part:?}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let (name, mut rest) = tag.split_at(tag.find(' ').unwrap_or(tag.len()));
        assert!(elements.split(' ').any(|known| known == name), "{tag:?}");
        while !rest.is_empty() {
            rest = rest.strip_prefix(' ').unwrap_or_else(|| panic!("{tag:?}"));
            let (attribute, after) = rest.split_at(rest.find(['=', ' ']).unwrap_or(rest.len()));
            assert!(attributes.split(' ').any(|known| known == attribute), "{attribute:?} in {tag:?}");
            let Some(after) = after.strip_prefix("=\"") else {
                rest = after;
                continue;
            };
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{tag:?}"));
            rest = after;
            let head = value.split(['/', '?', '#']).next().unwrap();
            match attribute {
                "id" => assert!(ids.insert(value), "{value} twice in {html}"),
                "href" if value.starts_with('#') => targets.push(&value[1..]),
                "href" => assert!(
                    !head.contains(':')
                        || ["http:", "https:"].contains(&head.to_lowercase().as_str())
                        || head.to_lowercase().starts_with("mailto:"),
                    "{value:?}"
                ),
                "src" => assert!(!head.contains(':') && !value.starts_with("//"), "{value:?}"),
                _ => {}
            }
        }
        if !["br", "hr", "img"].contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "{html}");
    assert!(targets.iter().all(|target| ids.contains(target) || !(target.starts_with("fn") && target.contains('_'))), "{html}");
}

#[test]
fn every_prefix_is_printed_soundly() {
    let nasty = read::NASTY;
    for (end, _) in nasty.char_indices() {
        audit(&html(&nasty[..end]));
    }
}

#[test]
fn attacks_come_out_as_text() {
    for (file, field) in [("xss-h5sc.jsonl", "payload"), ("xss-payloadbox-500.jsonl", "payload"), ("xss-markdown-own.jsonl", "markdown")] {
        for row in attacks(file) {
            let attack = row[field].as_str().unwrap();
            for text in [
                attack.to_owned(),
                format!("# {attack}\n"),
                format!("[{attack}](x) [x]({attack}) [x](<{attack}> \"{attack}\")"),
                format!("![{attack}](x) ![x]({attack})"),
                format!("| {attack} | b | c | d |\n|---|---|---|---|\n| {attack} |\n"),
                format!("``` {attack}\n{attack}\n```\n"),
                format!("```html\n{attack}\n```\n"),
                format!("> [!{attack}]\n> [[{attack}|{attack}]] [^{attack}]\n\n[^{attack}]: {attack}\n"),
            ] {
                let printed = html(&text);
                audit(&printed);
                assert!(!printed.to_lowercase().contains("<script"), "{printed}");
            }
        }
    }
}

#[test]
fn no_row_of_any_attack_does_harm() {
    fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => found.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
            _ => {}
        }
    }
    for file in [
        "collisions",
        "commonmark-spec",
        "field-values",
        "gfm-spec",
        "http-requests",
        "http-traversal-patt",
        "naughty-strings-blns",
        "pathological-markdown",
        "paths-frontmatter",
        "raw-documents",
        "template-injection",
        "yaml-test-suite",
    ] {
        for row in attacks(&format!("{file}.jsonl")) {
            let mut found = Vec::new();
            strings(&row, &mut found);
            for part in row["parts"].as_array().into_iter().flatten() {
                let count = usize::try_from(part[1].as_u64().unwrap()).unwrap().min(5_000);
                found.push(part[0].as_str().unwrap().repeat(count));
            }
            for text in found {
                let parts = crate::frontmatter::parse(&text);
                audit(&print(&read(&text, parts.body), 2));
            }
        }
    }
}

#[test]
fn templates_in_content_stay_as_they_are() {
    for row in attacks("template-injection.jsonl") {
        let text = row["value"].as_str().unwrap().trim();
        let document = Document { blocks: vec![paragraph(text)], ..Document::default() };
        assert_eq!(print(&document, 2), format!("<p>{}</p>\n", escape(text)));
    }
}

fn paragraph(text: &str) -> Block {
    let text = Inline { span: Span::default(), kind: InlineKind::Text(text.into()) };
    Block { span: Span::default(), kind: BlockKind::Paragraph(vec![text]) }
}

/// Where we mean to differ from CommonMark beside raw HTML, by the numbers of its examples.
const DIFFERENCES: [(&str, &[u32]); 6] = [
    (
        "only http, https, mailto and relative addresses are linked, and none with a backslash",
        &[20, 204, 502, 504, 598, 600, 601, 603, 605],
    ),
    ("bare addresses are linked", &[604, 610, 613]),
    ("double brackets are wiki links", &[550, 592]),
    ("only known languages become a class", &[24, 34, 144, 146]),
    ("an empty heading is not printed", &[79]),
    ("a link without words shows its address", &[486]),
];

#[test]
fn the_examples_of_commonmark_come_out_as_printed_there() {
    let (mut total, mut with_raw_html) = (0, 0);
    let mut different = Vec::new();
    for row in attacks("commonmark-spec.jsonl") {
        let text = row["markdown"].as_str().unwrap();
        let document = read(text, Span::new(0, text.len()));
        let mut raw = false;
        walk::blocks(&document.blocks, &mut |block| raw |= matches!(block.kind, BlockKind::Html(_) | BlockKind::Comment(_)));
        walk::inlines(&document.blocks, &mut |inline| raw |= matches!(inline.kind, InlineKind::Html(_) | InlineKind::Comment(_)));
        total += 1;
        let same = plain(&print(&document, 1)) == plain(row["html"].as_str().unwrap());
        if raw && !same {
            with_raw_html += 1;
        } else if !same {
            different.push(row["id"].as_str().unwrap().trim_start_matches("cm-").parse::<u32>().unwrap());
        }
    }
    if total > 0 {
        let mut meant: Vec<u32> = DIFFERENCES.iter().flat_map(|(_, examples)| *examples).copied().collect();
        meant.sort_unstable();
        assert_eq!(different, meant);
        assert_eq!((total, with_raw_html), (655, 74));
    }
}

/// Without what is ours alone: levels and identifiers of headings, links to them, focus, lazy loading, colours; and void elements written
/// one way.
fn plain(html: &str) -> String {
    let mut html = html.replace(" />", ">").replace("</span>", "");
    for ours in [
        " tabindex=\"0\"",
        " loading=\"lazy\"",
        " rel=\"noopener\"",
        "<span class=\"keyword\">",
        "<span class=\"function\">",
        "<span class=\"number\">",
        "<span class=\"punctuation\">",
    ] {
        html = html.replace(ours, "");
    }
    for level in 1..=6 {
        html = html.replace(&format!("<h{level}"), "<h").replace(&format!("</h{level}>"), "</h>");
    }
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<h id=\"") {
        out.push_str(before);
        out.push_str("<h>");
        rest = after.split_once('>').map_or("", |(_, after)| after);
        if let Some((heading, after)) = rest.split_once(" <a class=\"anchor\"") {
            out.push_str(heading);
            rest = after.split_once("</a>").map_or("", |(_, after)| after);
        }
    }
    out + rest
}

#[test]
fn a_document_taken_apart_has_the_footnotes_of_the_whole() {
    let text = "One[^x].\n\nTwo[^y].\n\n[^x]: X.\n[^y]: Y.\n";
    let document = read(text, Span::new(0, text.len()));
    let highlight = Highlighter::new();
    let parts: Vec<Part<'_>> = document.blocks.iter().map(|block| Part::Blocks(std::slice::from_ref(block))).collect();
    let layout = Layout::of_parts(&parts, 2);
    let writer = HtmlWriter { resolve: &|_, _| None, highlight: &highlight, layout: &layout, label: &english, mentions: None };
    let second = writer.blocks(&document.blocks[1..2]);
    assert!(second.contains("href=\"#fn_2\""), "{second}");
    assert_eq!(writer.footnotes().matches("<li id=").count(), 2);
}

#[test]
fn mentions_in_running_text_are_linked() {
    let find = |text: &str| {
        let found = text.match_indices("cat").map(|(at, word)| Mention {
            range: at..at + word.len(),
            url: "../g/#a\"b".into(),
            title: "A <b>".into(),
        });
        found.collect::<Vec<_>>()
    };
    let highlight = Highlighter::new();
    let check = |source: &str, expected: &str| {
        let document = read(source, Span::new(0, source.len()));
        let layout = Layout::of(&document.blocks, 2);
        let writer = HtmlWriter {
            resolve: &|link, _| SafeUrl::new(&link.target),
            highlight: &highlight,
            layout: &layout,
            label: &english,
            mentions: Some(&find),
        };
        assert_eq!(writer.blocks(&document.blocks), expected, "{source}");
    };
    let cat = "<a class=\"term\" href=\"../g/#a&quot;b\" title=\"A &lt;b&gt;\">cat</a>";
    check("A cat & a\ncat.\n", &format!("<p>A {cat} &amp; a\n{cat}.</p>\n"));
    check(
        "*cat* `cat` [the *cat*](x) ![cat](y.png)\n",
        &format!(
            "<p><em>{cat}</em> <code>cat</code> <a href=\"x\">the <em>cat</em></a> <img src=\"y.png\" alt=\"cat\" loading=\"lazy\"></p>\n"
        ),
    );
    check("cat\n: cat\n", &format!("<dl>\n<dt id=\"cat\">cat</dt>\n<dd>{cat}</dd>\n</dl>\n"));
    let table = "<section class=\"table\" tabindex=\"0\" aria-label=\"Table 1: cat\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">cat</th>\n</tr>\n</thead>\n<tbody>\n";
    check("| cat |\n|---|\n| cat |\n", &format!("{table}<tr>\n<td>{cat}</td>\n</tr>\n</tbody>\n</table>\n</section>\n"));
    check("ca\\\nt <!-- cat --> ca*t*\n", "<p>ca<br>\nt  ca<em>t</em></p>\n");
}

#[test]
fn a_term_has_an_identifier_of_its_own() {
    let source = "# A\n\na\n: b\n\na\n: c\n\n???\n: d\n";
    let document = read(source, Span::new(0, source.len()));
    let mut ids = Vec::new();
    walk::blocks(&document.blocks, &mut |block| match &block.kind {
        BlockKind::Heading(heading) => ids.push(heading.id.to_string()),
        BlockKind::Definitions(entries) => ids.extend(entries.iter().map(|entry| entry.id.to_string())),
        _ => {}
    });
    assert_eq!(ids, ["a", "a-2", "a-3", "section"]);
}
