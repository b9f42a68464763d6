//! The promises of the environment, and every built-in template printed with the richest, the emptiest and the most hostile view.

use std::collections::BTreeSet;
use std::io::Write as _;

use minijinja::Value;
use minijinja::value::Serde;
use serde_json::{Value as Json, json};

use super::{Theme, Words, builtin};
use crate::diagnostic::Diagnostic;

macro_rules! fixtures {
    ($($template:literal),+ $(,)?) => {
        &[$((
            concat!($template, ".html"),
            include_str!(concat!("fixtures/rich/", $template, ".json")),
            include_str!(concat!("fixtures/empty/", $template, ".json")),
        )),+]
    };
}

/// Every page template with its rich and its empty view.
const PAGES: &[(&str, &str, &str)] = fixtures![
    "actions",
    "cause",
    "drill",
    "drill-step",
    "drills",
    "facilitator",
    "home",
    "incident",
    "incidents",
    "learn",
    "metrics",
    "not-found",
    "packet",
    "page",
    "path",
    "path-step",
    "pattern",
    "patterns",
    "redirect",
    "search",
    "takeaways",
    "taxonomy",
    "term"
];
const RICH_SITE: &str = include_str!("fixtures/rich/site.json");
const EMPTY_SITE: &str = include_str!("fixtures/empty/site.json");

/// The rich view of a template.
fn rich(template: &str) -> &'static str {
    PAGES.iter().find(|(name, ..)| *name == template).map(|(_, rich, _)| *rich).unwrap()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn site(text: &str, theme: &Theme) -> Value {
    let mut site = json(text);
    for (field, asset) in [("css", "style.css"), ("theme_js", "theme.js"), ("site_js", "site.js"), ("search_js", "search.js")] {
        site["assets"][field] = json!(theme.asset_url(asset));
    }
    Value::from(Serde(site))
}

fn built_in() -> Theme {
    let (theme, findings) = Theme::load("default", "en", None, []);
    assert_eq!(findings, []);
    theme
}

fn with(path: &str, text: &str) -> (Theme, Vec<Diagnostic>) {
    Theme::load("ours", "en", None, [(path, text.as_bytes())])
}

/// Prints a page made of one template.
fn print(template: &str, view: &Json) -> Result<String, Box<Diagnostic>> {
    let (theme, findings) = with("templates/x.html", template);
    assert_eq!(findings, []);
    theme.render("x.html", &Value::from(Serde(json!({"title": "Site"}))), view)
}

/// Where a finding is, what it says and how it helps; the bytes spoken of are those of `template`.
fn told(finding: &Diagnostic, template: &str) -> (String, String, String, String) {
    let help = finding.help.as_deref().unwrap_or_default().to_owned();
    (finding.primary.path.to_string(), finding.primary.span.slice(template).to_owned(), finding.message.clone(), help)
}

#[track_caller]
fn fails(template: &str, view: &Json, place: &str, message: &str, help: &str) {
    let finding = print(template, view).unwrap_err();
    assert_eq!(finding.rule.0, "template-error");
    let expected = ("themes/ours/templates/x.html".to_owned(), place.to_owned(), message.to_owned(), help.to_owned());
    assert_eq!(told(&finding, template), expected);
}

#[test]
fn the_tables_of_built_in_files_are_the_folders() {
    for (name, files) in builtin::NAMED.iter().copied().chain([("default", builtin::FILES)]) {
        let folder = format!("{}/themes/{name}", env!("CARGO_MANIFEST_DIR"));
        let there: BTreeSet<String> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        let listed: BTreeSet<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, there, "{name}");
    }
}

#[test]
fn every_page_template_has_a_fixture() {
    let theme = built_in();
    let pages: BTreeSet<&str> =
        theme.sources.keys().map(String::as_str).filter(|name| !name.contains('/') && *name != "base.html").collect();
    assert_eq!(pages, PAGES.iter().map(|(name, _, _)| *name).collect());
}

#[test]
fn every_template_prints_the_richest_and_the_emptiest_view() {
    let (plain, findings) = Theme::load("plain", "en", None, []);
    assert_eq!(findings, []);
    for (theme, (template, rich, empty)) in [built_in(), plain].iter().flat_map(|theme| PAGES.iter().map(move |page| (theme, page))) {
        for (site_text, view) in [(RICH_SITE, rich), (EMPTY_SITE, empty), (RICH_SITE, empty), (EMPTY_SITE, rich)] {
            let page = theme.render(template, &site(site_text, theme), &json(view)).unwrap();
            assert!(page.starts_with("<!doctype html>\n<html lang=\"en\" data-root=\""), "{template}");
            for once in ["<h1>", "<main ", "</main>", "<title>", "</html>"] {
                assert_eq!(page.matches(once).count(), 1, "{once} in {template}");
            }
            for never in [" style=", "<style", "javascript:", " onclick", "src=\"http", "href=\"//"] {
                assert!(!page.contains(never), "{never} in {template}");
            }
        }
    }
}

#[test]
fn a_cause_says_what_it_is_not_and_what_others_call_it_though_nobody_wrote_how_it_shows_itself() {
    let theme = built_in();
    let (_, rich, _) = PAGES.iter().find(|(name, ..)| *name == "cause.html").unwrap();
    let mut view: serde_json::Value = serde_json::from_str(rich).unwrap();
    for (key, value) in
        [("signs", "[]"), ("gaps", "[]"), ("found", "\"\""), ("not_this", "\"the leaf beside it\""), ("also", "\"another word\"")]
    {
        view[key] = serde_json::from_str(value).unwrap();
    }
    let page = theme.render("cause.html", &site(RICH_SITE, &theme), &view).unwrap();
    assert!(page.contains("<b>Not this:</b> the leaf beside it") && page.contains("Also called: another word"), "{page}");
}

#[test]
fn the_policy_comes_before_anything_it_governs() {
    let theme = built_in();
    let (_, _, view) = PAGES.iter().find(|(name, ..)| *name == "search.html").unwrap();
    let page = theme.render("search.html", &site(EMPTY_SITE, &theme), &json(view)).unwrap();
    let head = page.split_once("<head>").unwrap().1.trim_start();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                  font-src 'self'; base-uri 'none'; form-action 'self'";
    let expected = format!("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
    assert!(head.starts_with(&expected), "{head}");
}

#[test]
fn text_is_escaped_everywhere_in_every_template() {
    const HOSTILE: &str = "</title>\"'><script>alert(1)</script>&amp;";
    /// Fields that hold HTML, numbers in disguise, or a word the program chose.
    fn is_text(key: &str) -> bool {
        !(key.ends_with("html") || key == "assets" || key == "word" || key == "id")
    }
    fn poison(value: &mut Json) {
        match value {
            Json::String(text) => HOSTILE.clone_into(text),
            Json::Array(items) => items.iter_mut().for_each(poison),
            Json::Object(fields) => {
                fields.iter_mut().filter(|(key, _)| is_text(key) && *key != "kind").for_each(|(_, value)| poison(value));
            }
            _ => {}
        }
    }
    let theme = built_in();
    for (template, rich, _) in PAGES {
        let (mut site_json, mut view) = (json(RICH_SITE), json(rich));
        poison(&mut site_json);
        poison(&mut view);
        let page = theme.render(template, &Value::from(Serde(site_json)), &view).unwrap();
        assert!(!page.contains("<script>alert"), "{template}");
        assert!(page.contains("&lt;/title&gt;&quot;&apos;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"), "{template}");
        let data = usize::from(["incident.html", "path.html", "path-step.html"].contains(template));
        assert_eq!(page.matches("<script").count(), 2 + data, "{template}");
    }
}

#[test]
fn a_title_is_text_and_html_is_html_only_where_it_says_so() {
    let view = json!({"title": "<script>alert('x')</script> a/b", "title_html": "<code>x</code>"});
    assert_eq!(
        print("{{ title }} {{ title_html|safe }} {{ 3 }}", &view).unwrap(),
        "&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt; a/b <code>x</code> 3"
    );
}

#[test]
fn a_name_that_is_not_there_is_told_at_its_place() {
    let view = json!({"page": {"title": "T", "url": "x/"}, "cards": [{"summary": "s"}]});
    fails("<h1>{{ page.titel }}</h1>", &view, "page.titel", "`page.titel` is undefined", "did you mean `title`? `page` has: title, url");
    fails("{% if lead %}{% endif %}", &view, "lead", "`lead` is undefined", "a page of this kind has: cards, page, site");
    fails(
        "{% for card in cards %}{{ card.sumary }}{% endfor %}",
        &view,
        "card.sumary",
        "`card.sumary` is undefined",
        "did you mean `summary`?",
    );
}

#[test]
fn an_absent_value_a_list_and_a_bare_truth_cannot_be_printed() {
    let view = json!({"nothing": null, "list": [1], "truth": true});
    let help = "";
    fails("{{ nothing }}", &view, "nothing", "an absent value (none) is printed; test it with `{% if %}` first", help);
    fails("{{ list }}", &view, "list", "a sequence is printed; only text and numbers can be", help);
    fails("{{ truth }}", &view, "truth", "a bool is printed; only text and numbers can be", help);
    let silent = "{{ 'x' if nothing }}";
    fails(silent, &view, "{{ 'x' if nothing", "nothing is printed; give the `if` expression an `else`", help);
}

#[test]
fn a_loop_that_does_not_end_runs_dry() {
    let digits = "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}";
    let finding = print(digits, &json!({})).unwrap_err();
    assert_eq!(finding.message, "the template takes too many steps; a loop in it does not end");
    let round = "{% include 'x.html' %}";
    assert!(print(round, &json!({})).unwrap_err().message.contains("recursion"));
}

#[test]
fn a_fault_in_a_partial_names_the_partial_and_who_included_it() {
    let page = "{% include 'partials/date.html' %}";
    let files = [("templates/x.html", page), ("templates/partials/date.html", "{{ dat }}")];
    let (theme, findings) = Theme::load("ours", "en", None, files.map(|(path, text)| (path, text.as_bytes())));
    assert_eq!(findings, []);
    let finding = theme.render("x.html", &Value::UNDEFINED, &json!({"date": "d"})).unwrap_err();
    assert_eq!(finding.primary.path.as_str(), "themes/ours/templates/partials/date.html");
    assert_eq!(finding.labels.len(), 1);
    assert_eq!(finding.labels[0].path.as_str(), "themes/ours/templates/x.html");
    assert_eq!(finding.labels[0].text, "included here");
    assert!(finding.labels[0].span.slice(page).contains("partials/date.html"));
}

#[test]
fn a_template_that_is_not_there_is_told_where_it_was_wanted() {
    let finding = print("{% include 'partials/dat.html' %}", &json!({})).unwrap_err();
    assert_eq!(finding.help.as_deref(), Some("did you mean `partials/date.html`?"));
    let finding = built_in().render("incidnet.html", &Value::UNDEFINED, &json!({})).unwrap_err();
    assert_eq!(finding.primary.path.as_str(), "themes/default/templates/incidnet.html");
    assert_eq!(finding.help.as_deref(), Some("did you mean `incident.html`?"));
}

#[test]
fn a_built_in_template_is_located_too() {
    let finding = built_in().render("page.html", &site(RICH_SITE, &built_in()), &json!({"root": "./"})).unwrap_err();
    assert_eq!(finding.primary.path.as_str(), "themes/default/templates/partials/head.html");
}

#[test]
fn a_file_of_ones_own_replaces_the_built_in_one() {
    let (theme, findings) = with("templates/partials/cards.html", "<p>{{ cards|length }} in all</p>\n");
    assert_eq!(findings, []);
    let page = theme.render("incidents.html", &site(RICH_SITE, &theme), &json(rich("incidents.html"))).unwrap();
    assert!(page.contains("<p>5 in all</p>"), "{page}");
}

#[test]
fn a_template_that_cannot_be_read_is_told_and_the_built_in_one_stands() {
    let broken = "{{ total }\n";
    let (theme, findings) = with("templates/partials/total.html", broken);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].primary.path.as_str(), "themes/ours/templates/partials/total.html");
    assert_eq!(findings[0].message, "syntax error: unexpected `}`, expected end of variable block");
    assert_eq!(findings[0].primary.span.slice(broken), "}");
    let page = theme.render("incidents.html", &site(RICH_SITE, &theme), &json(rich("incidents.html"))).unwrap();
    assert!(page.contains("16 incidents"));

    for broken in ["{{ \"", "{{ \"é", "<p>{{ a/b \" %}\n</p>\n"] {
        let (_, findings) = with("templates/partials/total.html", broken);
        assert_eq!(findings[0].message, "syntax error: unexpected end of string");
        assert!(broken.get(findings[0].primary.span.range()).is_some(), "{findings:?}");
    }

    let (_, findings) = with("messages/en.ftl", "aé = x\n");
    assert_eq!(findings[0].message, "syntax error: expected a token starting with \"=\"");
    assert_eq!(findings[0].primary.span.range(), 1..1);

    let (_, findings) = Theme::load("ours", "en", None, [("templates/page.html", b"a\xff".as_slice())]);
    assert_eq!(findings[0].message, "the template is not UTF-8 text");
    assert_eq!(findings[0].primary.span.range(), 1..1);
}

#[test]
fn a_name_whose_escaping_is_not_known_is_refused() {
    for name in ["templates/feed.atom", "templates/x.HTML", "templates/README", "templates/x.html.j2"] {
        let (theme, findings) = with(name, "{{ title }}");
        assert_eq!(findings.len(), 1, "{name}");
        assert_eq!(findings[0].help.as_deref(), Some("the name of a template ends in `.html`"));
        assert!(theme.render(name.trim_start_matches("templates/"), &Value::UNDEFINED, &json!({"title": "x"})).is_err());
    }
    let mut environment =
        super::environment::strict(std::collections::BTreeMap::new(), std::sync::Arc::new(Words::load("ours", "en", []).0));
    environment.add_template("x.atom", "{{ 'a' }}").unwrap();
    assert!(environment.get_template("x.atom").unwrap().render(()).is_err(), "the second wall");
}

#[test]
fn the_name_of_an_asset_follows_its_content_and_nothing_else() {
    let path = |text: &str| with("assets/js/site.js", text).0.asset_url("site.js").unwrap().to_owned();
    assert_eq!(path("let a;"), path("let a;"));
    assert_ne!(path("let a;"), path("let b;"));
    assert_eq!(path("let a;"), "assets/site.21c07e0846.js");
}

#[test]
fn style_sheets_become_one_in_order_of_name() {
    let files = [("assets/css/zzz.css", "z{}"), ("assets/css/0.css", "b{}"), ("assets/img/our mark.png", "png"), ("readme.md", "x")];
    let (theme, _) = Theme::load("ours", "en", None, files.map(|(path, text)| (path, text.as_bytes())));
    let style = theme.assets().find(|asset| asset.name == "style.css").unwrap();
    let text = std::str::from_utf8(&style.bytes).unwrap();
    assert!(text.starts_with("b{}\n") && text.ends_with("\nz{}"), "{text}");
    assert_eq!(style.media_type, "text/css; charset=utf-8");
    let image = theme.assets().find(|asset| asset.name == "img/our mark.png").unwrap();
    assert!(image.path.starts_with("assets/img/our-mark."), "{}", image.path);
    assert_eq!(image.path.rsplit('.').next(), Some("png"));
    assert_eq!(image.media_type, "image/png");
    assert_eq!(theme.asset_url("readme.md"), None);
}

#[test]
fn the_style_sheet_is_small_and_defines_what_other_sheets_lean_on() {
    let theme = built_in();
    let style = theme.assets().find(|asset| asset.name == "style.css").unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&style.bytes).unwrap();
    let size = packed.finish().unwrap().len();
    assert!(size <= 8 * 1024, "{size} bytes");
    let text = std::str::from_utf8(&style.bytes).unwrap();
    for token in ["bg", "fg", "muted", "line", "accent", "mark-bg", "radius"] {
        assert!(text.contains(&format!("  --{token}: ")), "{token}");
    }
    for elsewhere in ["@import", "url(", "//"] {
        assert!(!text.contains(elsewhere), "{elsewhere}");
    }
}

#[test]
fn the_style_sheets_of_a_folder_are_for_the_pages_that_ask() {
    let files: [(&str, &[u8]); 3] = [("assets/css/x/b.css", b"b{}"), ("assets/css/x/a.css", b"a{}"), ("assets/css/y.css", b"y{}")];
    let (theme, _) = Theme::load("ours", "en", None, files);
    let of = |name: &str| theme.assets().find(|asset| asset.name == name).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
    assert_eq!(of("x.css").as_deref(), Some("a{}\nb{}"));
    assert!(of("style.css").unwrap().ends_with("y{}") || of("style.css").unwrap().contains("\ny{}\n"));
    assert!(!of("style.css").unwrap().contains("a{}"));
}

#[test]
fn one_theme_serves_every_thread() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&built_in());
}

#[test]
fn a_template_asks_for_an_asset_by_name() {
    assert!(print("{{ asset('favicon.svg') }}", &json!({})).unwrap().starts_with("assets/favicon."));
    fails(
        "{{ asset('favicon.sgv') }}",
        &json!({}),
        "asset('favicon.sgv')",
        "the theme has no asset `favicon.sgv`, did you mean `favicon.svg`?",
        "",
    );
}

#[test]
fn the_plain_theme_is_small_and_has_no_part_of_the_default_sheet() {
    let (theme, _) = Theme::load("plain", "en", None, []);
    let sheets: Vec<&super::Asset> = theme.assets().filter(|asset| asset.media_type.starts_with("text/css")).collect();
    let size: usize = sheets.iter().map(|sheet| sheet.bytes.len()).sum();
    assert!(size <= 3 * 1024, "{size} bytes");
    assert!(!sheets.iter().any(|sheet| String::from_utf8_lossy(&sheet.bytes).contains(".site-bar")));
    assert_eq!(theme.asset_url("theme.js"), None, "nothing switches the colour scheme");
    let others: Vec<&str> = theme.assets().map(|asset| asset.name.as_str()).filter(|name| !name.ends_with("css")).collect();
    assert_eq!(others, ["favicon.svg", "learn.js", "search.js", "site.js"]);
}

/// The style sheet of a theme, and what is wrong with it, by place, message and help.
fn sheet(name: &str, accent: &str, files: &[(&str, &str)]) -> (String, Vec<String>) {
    let settings = format!("[theme]\naccent = {accent}\n");
    let accent = crate::config::parse(&settings).0.theme.accent;
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let (theme, findings) = Theme::load(name, "en", accent.as_ref(), files);
    let style = theme.assets().find(|asset| asset.name == "style.css").unwrap();
    let told = |finding: Diagnostic| format!("{} {} [{}]", finding.primary.path, finding.message, finding.help.unwrap_or_default());
    (String::from_utf8(style.bytes.clone()).unwrap(), findings.into_iter().map(told).collect())
}

#[test]
fn a_whole_sheet_takes_the_place_of_its_parts_and_parts_can_be_laid_over_it() {
    assert_eq!(sheet("ours", "''", &[("assets/style.css", "a{}")]), ("a{}".to_owned(), vec![]));
    let (style, _) = sheet("plain", "''", &[("assets/css/x.css", "x{}")]);
    assert!(style.starts_with(":root {") && style.ends_with("\nx{}"), "{style}");
}

#[test]
fn an_empty_file_takes_an_asset_away() {
    let (theme, findings) = with("assets/js/site.js", "");
    assert_eq!((theme.asset_url("site.js"), findings), (None, vec![]));
    let finding = theme.render("home.html", &site(EMPTY_SITE, &theme), &json(rich("home.html"))).unwrap_err();
    assert_eq!(finding.primary.path.as_str(), "themes/default/templates/partials/head.html", "who asks for it all the same is told");
}

#[test]
fn a_style_sheet_names_assets_as_templates_do() {
    let files = [("assets/fonts/x.woff2", "font"), ("assets/css/own.css", "a{b:url( 'fonts/x.woff2' )}c{d:url(data:,x)url(#e)}")];
    let (style, findings) = sheet("ours", "''", &files);
    assert_eq!(findings, [""; 0]);
    let (theme, _) = Theme::load("ours", "en", None, files.map(|(path, text)| (path, text.as_bytes())));
    let font = theme.asset_url("fonts/x.woff2").unwrap().strip_prefix("assets/").unwrap();
    assert!(style.contains(&format!("a{{b:url({font})}}c{{d:url(data:,x)url(#e)}}")), "{style}");

    let wrong = "a{b:url(\"fonts/x.wof2\")}c{d:url(https://x.example/y.png)}e{f:url(";
    assert_eq!(
        sheet("ours", "''", &[("assets/fonts/x.woff2", "font"), ("assets/css/own.css", wrong)]).1,
        [
            "themes/ours/assets/css/own.css the theme has no asset `fonts/x.wof2` [did you mean `fonts/x.woff2`?]",
            "themes/ours/assets/css/own.css the theme has no asset `https://x.example/y.png` \
             [a file below `assets/` is called by its path from there; nothing is loaded from other hosts]",
        ]
    );
}

#[test]
fn an_accent_is_set_where_it_can_be_read() {
    let set = |accent: &str| sheet("ours", accent, &[]).0.lines().last().unwrap().to_owned();
    assert_eq!(
        set("{ light = '#0a6b5e', dark = '#7fd1c4' }"),
        "@media not (prefers-contrast: more) { :root { --accent: light-dark(#0a6b5e, #7fd1c4) } }"
    );
    assert_eq!(set("'#0a6b5e'"), "@media not (prefers-contrast: more) { :root { --accent: light-dark(#0a6b5e, #82b4ad) } }");
    let told = |accent: &str, files: &[(&str, &str)]| sheet("ours", accent, files).1;
    assert_eq!(told("'#0a6b5e'", &[]), [""; 0]);
    assert_eq!(
        told("'#8fbaff'", &[]),
        [
            "site.toml `#8fbaff` has a contrast of 1.79:1 with the ground `#f4f4f0`; text needs 4.5:1 [`#567099` would do; as it is the theme keeps \
          its own accent]"
        ]
    );
    assert_eq!(
        told("{ light = '#0a6b5e', dark = '#0a6b5e' }", &[]),
        [
            "site.toml `#0a6b5e` has a contrast of 2.57:1 with the ground `#1c1f25`; text needs 4.5:1 [`#4c9389` would do; as it is the theme keeps \
          its own accent]"
        ]
    );
    assert_eq!(
        told("'#0a6b5e'", &[("assets/css/tokens.css", ":root { --bg: white }")]),
        [
            "site.toml `theme.accent` is not used, for whether it can be read on the ground of this theme is not known [the style sheet of the theme \
          says on what its text stands: `--bg: light-dark(#…, #…)`, and `--surface` likewise]"
        ]
    );
    // What the built-in theme has for its own can be set by hand as well.
    assert_eq!(told("{ light = '#1a4f9c', dark = '#8fbaff' }", &[]), [""; 0]);
    assert_eq!(sheet("plain", "'#0a6b5e'", &[]).1, [""; 0]);
}
