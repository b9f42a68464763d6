//! What text is read as.

use super::*;
use crate::markdown::walk;

fn document(text: &str) -> Document {
    read(text, Span::new(0, text.len()))
}

/// The tree on one line, in the notation of the functions below.
fn show(text: &str) -> String {
    show_blocks(&document(text).blocks)
}

fn show_blocks(blocks: &[Block]) -> String {
    blocks.iter().map(show_block).collect::<Vec<_>>().join(" ")
}

fn show_block(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading(Heading { level, id, attributes, content }) => {
            let attributes = attributes.iter().map(|(key, value)| format!(" {key}={value}")).collect::<Vec<_>>().concat();
            format!("h{level}#{id}{attributes}({})", show_inlines(content))
        }
        BlockKind::Paragraph(content) => format!("p({})", show_inlines(content)),
        BlockKind::List(List { start, tight, items }) => {
            let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            let items = items.iter().map(|item| {
                let task = item.task.map_or("", |done| if done { "[x]" } else { "[ ]" });
                format!("li{task}({})", show_blocks(&item.blocks))
            });
            format!("{kind}{}({})", if *tight { "" } else { " loose" }, items.collect::<Vec<_>>().join(" "))
        }
        BlockKind::Table(Table { alignments, header, rows }) => {
            let row = |row: &TableRow| row.cells.iter().map(|cell| show_inlines(&cell.content)).collect::<Vec<_>>().join(" | ");
            format!("table{alignments:?}({} / {})", row(header), rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
        BlockKind::Code(CodeBlock { language, text }) => format!("code{language:?}({text:?})"),
        BlockKind::Quote(Quote { marker, blocks }) => {
            format!("quote{}({})", marker.as_ref().map_or(String::new(), |marker| format!("!{}", marker.value)), show_blocks(blocks))
        }
        BlockKind::Definitions(entries) => {
            let entry = |entry: &Definition| {
                let definitions = entry.definitions.iter().map(|blocks| format!(" dd({})", show_blocks(blocks)));
                format!("dt({}){}", show_inlines(&entry.term), definitions.collect::<String>())
            };
            format!("dl({})", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
        BlockKind::Footnote { label, blocks } => format!("fn^{label}({})", show_blocks(blocks)),
        BlockKind::Html(html) => format!("html({html:?})"),
        BlockKind::Comment(comment) => format!("comment({comment:?})"),
        BlockKind::Rule => "hr".to_owned(),
    }
}

fn show_inlines(inlines: &[Inline]) -> String {
    let link = |link: &Link| {
        let title = if link.title.is_empty() { String::new() } else { format!(" {:?}", link.title) };
        format!("{:?}:{}{title} {}", link.origin, link.target, show_inlines(&link.content))
    };
    inlines
        .iter()
        .map(|inline| match &inline.kind {
            InlineKind::Text(text) => text.to_string(),
            InlineKind::Code(text) => format!("`{text}`"),
            InlineKind::Emphasis(content) => format!("em({})", show_inlines(content)),
            InlineKind::Strong(content) => format!("strong({})", show_inlines(content)),
            InlineKind::Strikethrough(content) => format!("del({})", show_inlines(content)),
            InlineKind::Link(to) => format!("a<{}>", link(to)),
            InlineKind::Image(of) => format!("img<{}>", link(of)),
            InlineKind::FootnoteReference(label) => format!("^{label}"),
            InlineKind::Html(html) => format!("html({html:?})"),
            InlineKind::Comment(comment) => format!("comment({comment:?})"),
            InlineKind::SoftBreak => "~".to_owned(),
            InlineKind::HardBreak => "~~".to_owned(),
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(text), expected, "{text:?}");
}

/// Each link as written, its destination as written, its text as written.
fn links(text: &str) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    let at = |span: Span| span.slice(text).to_owned();
    walk::links(&document(text).blocks, &mut |inline, link, _| {
        let content = link.content.iter().map(|inline| at(inline.span)).collect();
        found.push([at(inline.span), at(link.target_span), content]);
    });
    found
}

#[test]
fn blocks_are_read() {
    check(
        "# A\n\nb\nc  \nd\n\n- e\n- f\n\n1. g\n\n   h\n2. i\n\n***\n",
        "h1#a(A) p(b~c~~d) ul(li(p(e)) li(p(f))) ol1 loose(li(p(g) p(h)) li(p(i))) hr",
    );
    check("- [x] a\n  - [ ] b\n- c\n\n* [ ] d\n\n  e\n", "ul(li[x](p(a) ul(li[ ](p(b)))) li(p(c))) ul loose(li[ ](p(d) p(e)))");
    check("| a | b |\n|:--|:-:|\n| `x` |\n| 1 | 2 | 3 |\n| | y |\n", "table[Left, Center](a | b / `x` / 1 | 2 /  | y)");
    check(
        "```rust,ignore x\r\n a\r\nb\r\n```\r\n\r\n    c\r\n\r\n``` YAML\r\n```\r\n",
        "codeSome(\"rust\")(\" a\\nb\\n\") codeNone(\"c\\n\") codeSome(\"yaml\")(\"\")",
    );
    check("T\n: d\n: e\n\n  f\n\nU *v*\n: g\n", "dl(dt(T) dd(p(d)) dd(p(e) p(f)) dt(U em(v)) dd(p(g)))");
    check("a[^1] [^2]\n\n[^1]: f\n    g\n\n    h\n", "p(a^1 [^2]) fn^1(p(f~g) p(h))");
    check("a ~~b~~ ***c*** &copy; \\& {{< s >}} {% t %}", "p(a del(b) em(strong(c)) © & {{< s >}} {% t %})");
    check("", "");
}

#[test]
fn every_place_is_that_of_the_file() {
    let text = "\u{feff}---\r\nt: é\r\n---\r\n# Ü\r\n\r\n- a *b*\r\n  c\r\n\r\n> [!Note]\r\n> d &amp; e\r\n";
    let document = read(text, Span::new(text.find('#').unwrap(), text.len()));
    let mut places = Vec::new();
    walk::blocks(&document.blocks, &mut |block| places.push(block.span.slice(text)));
    assert_eq!(places, ["# Ü", "- a *b*\r\n  c", "a *b*\r\n  c", "> [!Note]\r\n> d &amp; e", "d &amp; e"]);
    let mut places = Vec::new();
    walk::inlines(&document.blocks, &mut |inline| places.push(inline.span.slice(text)));
    assert_eq!(places, ["Ü", "a ", "*b*", "b", "\r\n", "c", "d &amp; e"]);
    let BlockKind::Quote(quote) = &document.blocks[2].kind else { panic!() };
    assert_eq!(quote.marker.as_ref().unwrap().span.slice(text), "[!Note]");
    let table = "| a |  b c |\n|---|---|\n||d|\n";
    let BlockKind::Table(table_read) = &self::document(table).blocks[0].kind else { panic!() };
    let cells = table_read.rows.iter().chain([&table_read.header]).flat_map(|row| &row.cells);
    assert_eq!(cells.map(|cell| cell.span.slice(table)).collect::<Vec<_>>(), ["", "d", "a", "b c"]);
}

#[test]
fn markers_are_found_whatever_the_word() {
    check("> [!note]\n> hi\n", "quote!NOTE(p(hi))");
    check("> [!Internal] said on the same line\n> and on", "quote!INTERNAL(p(said on the same line~and on))");
    check("> [!TIP]", "quote!TIP()");
    check("> [!NOTE]\n> - x\n", "quote!NOTE(ul(li(p(x))))");
    check("> [!INTERNAL]\n> ---\n> secret", "quote!INTERNAL(p(secret))");
    check("> [!INTERNAL]\n> secret\n\n[!internal]: /x", "quote!INTERNAL(p(secret))");
    check("> > [!NOTE]\n> > a", "quote(quote!NOTE(p(a)))");
    check("> \\[!NOTE] a", "quote(p([!NOTE] a))");
    check("> a [!NOTE]\n\n[!NOTE] b\n", "quote(p(a [!NOTE])) p([!NOTE] b)");
    check("> [!a b]\n\n> [!]\n\n> [!x](y)\n", "quote(p([!a b])) quote(p([!])) quote(p(a<Inline:y !x>))");
}

#[test]
fn comments_are_told_from_other_html() {
    check("<!-- a\n\nb --> c\n", "comment(\" a\\n\\nb \") html(\"c\")");
    check("d <!-- x\ny --> z <b>q</b> <!-- un\n", "p(d comment(\" x\\ny \") z html(\"<b>\")qhtml(\"</b>\") <!-- un)");
    check("<div>\n<!-- s -->\ntext\n</div>\n", "html(\"<div>\") comment(\" s \") html(\"text\\n</div>\")");
    check("> <!-- q\n> r --> t <!-->\n", "quote(comment(\" q\\nr \") html(\"t\") comment(\"\"))");
    check("<!-- unclosed\n\nmore\n", "html(\"<!-- unclosed\\n\\nmore\")");
    check("`<!-- x -->` <?php ?> <!X y>", "p(`<!-- x -->` html(\"<?php ?>\") html(\"<!X y>\"))");
    let text = "> <div>\n> <!-- q\n> r -->\n";
    let document = document(text);
    let mut places = Vec::new();
    walk::blocks(&document.blocks, &mut |block| places.push(block.span.slice(text)));
    assert_eq!(places[1..], ["<div>", "<!-- q\n> r -->"]);
}

#[test]
fn bare_addresses_become_links() {
    check("see https://a.b/c_d?e=1&amp;f=(g).", "p(see a<Bare:https://a.b/c_d?e=1&f=(g) https://a.b/c_d?e=1&f=(g)>.)");
    for (text, address) in [
        ("(https://x.y)", "https://x.y"),
        ("https://x.y/z)", "https://x.y/z"),
        ("[https://x.y]", "https://x.y"),
        ("\"https://x.y\";", "https://x.y"),
        ("https://x.y/a_(b)_c!?", "https://x.y/a_(b)_c"),
        ("**https://x.y**", "https://x.y"),
        ("https://a<b>", "https://a"),
        ("詳細はhttps://x.y。", "https://x.y。"),
        ("HTTP://localhost:8080/", "HTTP://localhost:8080/"),
        ("http://[::1]/x", "http://[::1]/x"),
    ] {
        assert_eq!(links(text), [[address, address, address]], "{text:?}");
    }
    for text in ["http://", "https:/x", "nohttp://x", "`https://c`", "ftp://x", "https://-", "www.example.org", "<a href=\"https://x\">"] {
        assert_eq!(links(text), [[""; 3]; 0], "{text:?}");
    }
    check("[https://x](y)", "p(a<Inline:y https://x>)");
    check("![https://x *https://z*](y)", "p(img<Inline:y https://x em(https://z)>)");
}

#[test]
fn wiki_links_are_found_in_text_and_nowhere_else() {
    check("[[Wiki]] [[a|b c]] x[[ d | e ]]", "p(a<Wiki:Wiki Wiki> a<Wiki:a b c> xa<Wiki:d e>)");
    assert_eq!(links("[[ a | b c ]]"), [["[[ a | b c ]]", "a", "b c"]]);
    check("| x |\n|---|\n| [[a\\|b]] |\n", "table[None](x / a<Wiki:a b>)");
    check("\\[[x]] [\\[x]] &#91;[x]] [[]] [[ ]] [[a[b]] `[[c]]` [[a]\n]", "p([[x]] [[x]] [[x]] [[]] [[ ]] [[a[b]] `[[c]]` [[a]~])");
    check("\\\\[[y]] ![[img]] [[a]](b) [[*x*]]", "p(\\a<Wiki:y y> !a<Wiki:img img> a<Inline:b [a]> [[em(x)]])");
    check("[[k]]\n\n[k]: /u", "p([a<Reference:/u k>])");
}

#[test]
fn destinations_are_found_where_they_are_written() {
    for (text, target) in [
        ("[a](b)", "b"),
        ("[a]( <b c> \"t\" )", "b c"),
        ("[a](x\\_y 't')", "x\\_y"),
        ("[a](b(c)d)", "b(c)d"),
        ("[a `](y)` b](z)", "z"),
        ("[a]()", ""),
        ("[a](?b&amp;c)", "?b&amp;c"),
        ("![a *b* ](c.png)", "c.png"),
        ("[a](\nb\n\"t\")", "b"),
        ("<https://x>", "https://x"),
        ("<a@b.c>", "a@b.c"),
    ] {
        let found = links(text);
        assert_eq!(found.last().unwrap()[1], target, "{text:?}");
    }
    // Where a line prefix lies between, the place is the whole link.
    assert_eq!(links("> [q](\n> z)")[0][1], "[q](\n> z)");
    assert_eq!(links("[r][k]\n\n[k]: /u")[0][1], "[r][k]");
    check(
        "<a@b.c> [r][k] [k][] [K]\n\n[k]: /u \"t\"",
        "p(a<Autolink:mailto:a@b.c a@b.c> a<Reference:/u \"t\" r> a<Reference:/u \"t\" k> a<Reference:/u \"t\" K>)",
    );
}

#[test]
fn undefined_references_are_told() {
    let text = "[t][none] [none][] [word] [[wiki]] [^no] a[0] `[x][y]`\n\n> [q]\n> [r s]\n";
    let undefined = document(text).undefined;
    let told: Vec<_> = undefined.iter().map(|label| (&*label.value, label.span.slice(text))).collect();
    assert_eq!(told, [("none", "[t][none]"), ("none", "[none]"), ("^no", "[^no]")]);
}

#[test]
fn headings_have_identifiers_of_their_own() {
    let ids = |text: &str| {
        let mut ids = Vec::new();
        walk::blocks(&document(text).blocks, &mut |block| {
            if let BlockKind::Heading(heading) = &block.kind {
                ids.push(heading.id.to_string());
            }
        });
        ids
    };
    assert_eq!(ids("# A *b* `c`\n## 1. Über\n# !\n# 影響[^1]\n\n[^1]: x\n"), ["a-b-c", "1-uber", "section", "ying-xiang"]);
    assert_eq!(ids("# x\n# x\n# x 2\n# x\n# x-2\n"), ["x", "x-2", "x-2-2", "x-3", "x-2-3"]);
    assert_eq!(ids("# impact\n# y {#impact}\n# z {#impact}\n# w {#Bad_}\n# v {#1a}\n"), ["impact-2", "impact", "impact-3", "w", "v"]);
    assert_eq!(ids("- # a\n> # a\n\nT\n: # a\n\n[^1]: # a\n"), ["a", "a-2", "a-3", "a-4"]);
    assert_eq!(ids(&"# a\n".repeat(20_000)).last().unwrap(), "a-20000");
    check("# H {#id .c k=v onclick=x}\n\nS\n===\n", "h1#id class=c k=v onclick=x(H) h1#s(S)");
}

#[test]
fn depth_is_bounded() {
    let cut = "the text is nested deeper than 100 levels; what is deeper is left out";
    for text in [
        "> ".repeat(30_000) + "a",
        "- ".repeat(30_000) + "a",
        "*".repeat(20_000) + "a" + &"*".repeat(20_000),
        "![".repeat(200) + "a" + &"](b)".repeat(200),
    ] {
        let document = document(&text);
        assert_eq!(document.limits.iter().map(|limit| &*limit.value).collect::<Vec<_>>(), [cut]);
        let mut count = 0;
        walk::blocks(&document.blocks, &mut |_| count += 1);
        walk::inlines(&document.blocks, &mut |_| count += 1);
        assert!(count <= MAX_DEPTH + 1, "{count}");
    }
    assert_eq!(document(&("> ".repeat(99) + "a")).limits, []);
}

#[test]
fn links_are_bounded() {
    for one in ["[a](b) ", "[[a]] ", "https://a ", "![a](b) "] {
        let text = one.repeat(MAX_LINKS + 5);
        let document = document(&text);
        assert_eq!(document.limits[0].span.slice(&text), one.trim());
        assert_eq!(document.limits.len(), 1);
        let mut count = 0;
        walk::links(&document.blocks, &mut |_, _, _| count += 1);
        assert_eq!(count, MAX_LINKS);
    }
}

/// A document that has something of everything, much of it broken.
pub(in crate::markdown) const NASTY: &str = "# *H* {#x .y}\r\n\r\n> [!NOTE] a\r\n> ---\r\n\r\n- [x] b [c](<d e> \"f\")\r\n\r\n  1. ```sh\r\n     g\r\n     ```\r\n\r\n| h | i |\n|---|:-:|\n| [[j\\|k]] | ![l](m)\n\nN\n: o[^1] [^p]\n\n[^1]: <!-- q --> https://é.x/(r)\n    [s][t] <u> &amp;&#0;\\\n    ~~v~~ **w `x`**\n\n<div>\n<!-- y -->\n</div>\n\n[s]: /z\n\u{0}\u{feff}\u{202e}[a](javascript:b)\n\n***\n<!-- open";

#[test]
fn every_prefix_is_read() {
    for (end, _) in NASTY.char_indices() {
        let text = &NASTY[..end];
        let check = |span: Span| assert!(span.end as usize <= end && text.get(span.range()).is_some(), "{text:?} {span:?}");
        let document = document(text);
        walk::blocks(&document.blocks, &mut |block| check(block.span));
        walk::inlines(&document.blocks, &mut |inline| check(inline.span));
    }
}
