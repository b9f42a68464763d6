//! The guide to themes says what is so: the reference of views is made of the code, and its examples are laid over the shipped site and built.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod folder;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use std::path::Path;
use std::sync::Arc;

use afterword::edition::Edition;
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Site};
use views::{Code, Name, Shape};

const REFERENCE: &str = "content/guide/theme-views.md";

/// Where what is made of the code begins in it.
const MADE: &str = "<!-- Made of the code from here on: UPDATE=1 cargo test --test theme_guide -->\n";

/// Names of fields that say what they hold. The page says it once.
const PLAIN: [&str; 14] =
    ["count", "date", "description", "heading", "href", "html", "label", "lead", "name", "number", "text", "title", "total", "url"];

/// The built-in templates by name.
fn templates() -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new("themes/default/templates").into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |entry: &walkdir::DirEntry| entry.path().strip_prefix("themes/default/templates").unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(&entry), fs::read_to_string(entry.path()).unwrap())).collect()
}

#[test]
fn the_reference_of_views_is_the_code() {
    let (code, templates) = (Code::read(), templates());
    let views = code.views();
    let pages: Vec<&String> = templates.keys().filter(|name| !name.contains('/') && *name != "base.html").collect();
    assert_eq!(views.keys().collect::<Vec<_>>(), pages, "each template has a view");

    let shapes = code.shapes(views.values().cloned().chain([views::site(), views::meta()]));
    let is_wanting = |name: &str, kind: &str, about: &str| {
        let says_itself = PLAIN.contains(&name) || name.ends_with("_html") || name.ends_with("_url");
        about.is_empty() && !says_itself && !kind.contains('[')
    };
    let wanting = shapes.iter().flat_map(|((module, name), shape)| {
        let fields = shape.fields.iter().filter(|field| is_wanting(&field.name, &field.kind, &field.about));
        fields.map(move |field| format!("{module}::{name}.{}", field.name))
    });
    assert_eq!(wanting.collect::<Vec<_>>(), [""; 0], "a doc comment is wanting");

    let page = fs::read_to_string(REFERENCE).unwrap();
    let (written, _) = page.split_once(MADE).unwrap();
    let made = format!("{written}{MADE}{}", reference(&views, &shapes, &templates));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(REFERENCE, &made).unwrap();
    }
    let told = fs::read_to_string(REFERENCE).unwrap();
    let stale = told.lines().zip(made.lines()).find(|(told, made)| told != made);
    assert_eq!((stale, told.len()), (None, made.len()), "UPDATE=1 writes the page anew");
}

/// The part of the page that is made of the code.
fn reference(views: &BTreeMap<String, Name>, shapes: &BTreeMap<Name, Shape>, templates: &BTreeMap<String, String>) -> String {
    let titles = titles(shapes);
    let mut page = "\n## Site\n\nWhat every template has as `site`, the same on all pages.\n\n".to_owned();
    fields(&mut page, &shapes[&views::site()], &titles);
    page.push_str("\n## Page\n\nWhat a template has as `page`.\n\n");
    fields(&mut page, &shapes[&views::meta()], &titles);
    page.push_str("\n## Views\n\nWhat a template has beside `site`, `page` and `root`.\n");
    for (template, view) in views {
        let _ = write!(page, "\n### {template}\n\n");
        fields(&mut page, &shapes[view], &titles);
    }
    page.push_str("\n## Shapes\n\nWhat fields are made of.\n");
    let tops: BTreeSet<&Name> = views.values().collect();
    let others = shapes.iter().filter(|(name, _)| !tops.contains(name) && **name != views::site() && **name != views::meta());
    let others: BTreeMap<&String, &Shape> = others.map(|(name, shape)| (&titles[name], shape)).collect();
    for (title, shape) in others {
        let _ = write!(page, "\n### {title}\n\n");
        if !shape.about.is_empty() {
            let _ = write!(page, "{}\n\n", cell(&shape.about));
        }
        fields(&mut page, shape, &titles);
    }
    page.push_str(
        "\n## Templates\n\nWhat each template reads, and which include it. What it reads of `site`, `page` and `root` is left out.\n\n",
    );
    page.push_str("| Template | Reads | Is included by |\n|---|---|---|\n");
    for (template, text) in templates {
        let including = templates.iter().filter(|(_, other)| other.contains(&format!("include \"{template}\"")));
        let including: Vec<String> = including.map(|(name, _)| format!("`{name}`")).collect();
        let _ = writeln!(page, "| `{template}` | {} | {} |", reads(template, text), including.join(", "));
    }
    page
}

/// A table of fields.
fn fields(page: &mut String, shape: &Shape, titles: &BTreeMap<Name, String>) {
    if shape.fields.is_empty() {
        page.push_str("Nothing more.\n");
        return;
    }
    page.push_str("| Field | Kind | What it is |\n|---|---|---|\n");
    for field in &shape.fields {
        let mut kind = field.kind.clone();
        if let Some((before, path, after)) =
            kind.split_once('[').and_then(|(before, rest)| rest.split_once(']').map(|(path, after)| (before, path, after)))
        {
            let (module, name) = path.rsplit_once("::").unwrap();
            let title = &titles[&(module.to_owned(), name.to_owned())];
            kind = format!("{before}[{title}](#{}){after}", title.to_lowercase().replace(' ', "-"));
        }
        let _ = writeln!(page, "| `{}` | {kind} | {} |", field.name, cell(&field.about));
    }
}

/// What shapes are called on the page: by their names, and where several have one, by where they are at home, too.
fn titles(shapes: &BTreeMap<Name, Shape>) -> BTreeMap<Name, String> {
    let shared = |name: &str| shapes.keys().filter(|(_, other)| other == name).count() > 1;
    let title = |(module, name): &Name| match module.rsplit("::").next() {
        Some(home) if shared(name) => format!("{name} of {}", home.replace('_', " ")),
        _ => name.clone(),
    };
    shapes.keys().map(|name| (name.clone(), title(name))).collect()
}

/// A doc comment in a cell of a table.
fn cell(about: &str) -> String {
    about.replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

/// The names that a template takes from what it is given, in order.
fn reads(name: &str, text: &str) -> String {
    let mut environment = minijinja::Environment::new();
    environment.add_template(name, text).unwrap();
    let all = environment.get_template(name).unwrap().undeclared_variables(true);
    let is_own = |read: &&String| !matches!(read.split('.').next(), Some("site" | "page" | "root" | "asset" | "range" | "t"));
    let names: BTreeSet<String> = all.iter().filter(is_own).map(|read| format!("`{read}`")).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

const GUIDE: &str = "content/guide/theming.md";

/// A section of the guide that says what to put where: its heading, and files with what is in them.
struct Example {
    heading: String,
    files: Vec<(String, String)>,
}

/// The examples of the guide: a file is a block of code behind a line that is nothing but its path, in backticks and with a colon.
fn examples() -> Vec<Example> {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let mut examples: Vec<Example> = Vec::new();
    let (mut path, mut lines) = (None, guide.lines());
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("### ") {
            examples.push(Example { heading: heading.to_owned(), files: Vec::new() });
        } else if let Some(named) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
            path = Some(named.to_owned());
        } else if let (Some(path), true) = (&path, line.starts_with("```")) {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").chain([""]).collect();
            examples.last_mut().unwrap().files.push((path.clone(), text.join("\n")));
        }
        if !line.is_empty() && !line.starts_with('`') {
            path = None;
        }
    }
    examples.retain(|example| !example.files.is_empty());
    examples
}

/// The shipped site with an example laid over it, and a font where one may ask for it.
fn site_with(example: &Example) -> Site {
    let project = tempfile::tempdir().unwrap();
    let root = project.path();
    folder::copy(Path::new("content"), &root.join("content"));
    fs::copy("site.toml", root.join("site.toml")).unwrap();
    let font = ("themes/default/assets/fonts/house.woff2", b"\xff\x00font".as_slice());
    for (path, bytes) in example.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).chain([font]) {
        let target = root.join(path);
        // Settings are written behind those that there are.
        let before = fs::read(&target).unwrap_or_default();
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, [&before, bytes].concat()).unwrap();
    }
    let project = pipeline::open(root).unwrap();
    let understood = pipeline::understand(&project, &mut Memo::default());
    assert_eq!(understood.findings, [], "{}", example.heading);
    let (look, findings) = pipeline::look(&project);
    assert_eq!(findings, [], "{}", example.heading);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (site, findings) = pipeline::site(&project, &understood, Arc::new(look), Edition::default(), build);
    assert_eq!(findings, [], "{}", example.heading);
    site
}

/// What is at an address, where it is text.
fn text(site: &Site, url: &str) -> String {
    match render(site, site.route(url).unwrap()).unwrap().body {
        Body::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Body::File(path) => panic!("{path} is a file"),
    }
}

/// The addresses of assets whose names begin so.
fn assets<'s>(site: &'s Site, stem: &str) -> Vec<&'s str> {
    site.routes().map(|(url, _)| url).filter(|url| url.starts_with(&format!("assets/{stem}"))).collect()
}

#[test]
fn the_examples_do_what_the_guide_says() {
    let built: Vec<(String, Site)> = examples().into_iter().map(|example| (example.heading.clone(), site_with(&example))).collect();
    let headings: Vec<&str> = built.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(headings, ["Another footer", "A font", "A word on every page of text", "A small theme"]);
    for (heading, site) in &built {
        for (url, route) in site.routes().filter(|(url, _)| url.is_empty() || url.ends_with('/')) {
            render(site, *route).unwrap_or_else(|finding| panic!("{heading}: {url}: {}", finding.message));
        }
    }
    let [(_, footer), (_, font), (_, word), (_, small)] = built.as_slice() else { unreachable!() };
    let home = text(footer, "");
    assert!(home.contains("<p>Public incidents, written up") && !home.contains("Made with"), "{home}");
    assert!(home.contains(&format!("theme API {}\">", afterword::theme::API)), "{home}");

    let [file] = assets(font, "fonts/house.")[..] else { panic!("one font") };
    let [style] = assets(font, "style.")[..] else { panic!("one style sheet") };
    assert!(text(font, style).contains(&format!("src: url({})", file.strip_prefix("assets/").unwrap())));

    assert!(text(word, "about/").contains("<p class=\"kicker\">about/ · "), "{}", text(word, "about/"));
    assert!(!text(word, "incidents/").contains("about/ · "));

    let [style] = assets(small, "style.")[..] else { panic!("one style sheet") };
    let css = text(small, style);
    assert!(css.starts_with(":root {") && css.len() < 1000, "{css}");
    assert_eq!(assets(small, "theme."), [""; 0]);
    assert!(text(small, "incidents/2019-07-02-cloudflare-waf/").contains("<nav aria-label=\"Main\">"));
}

#[test]
fn the_guide_names_what_there_is() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    assert!(guide.contains(&format!("theme API {}", afterword::theme::API)));
    let base = fs::read_to_string("themes/default/templates/base.html").unwrap();
    for block in base.split("{% block ").skip(1).filter_map(|rest| rest.split(' ').next()) {
        assert!(guide.contains(&format!("| `{block}` |")), "the block {block}");
    }
    for asset in ["style.css", "figures.css", "search.css", "training.css", "favicon.svg", "theme.js", "site.js", "search.js", "learn.js"] {
        assert!(guide.contains(&format!("| `{asset}` |")), "the asset {asset}");
    }
    for directive in afterword::render::CONTENT_SECURITY_POLICY.split("; ").filter_map(|directive| directive.split(' ').next()) {
        assert!(guide.contains(&format!("`{directive}`")), "the directive {directive}");
    }
}
