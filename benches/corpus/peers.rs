//! The settings and templates that make a site of the postmortems: a home, lists, a page for each, and pages of the terms.
//!
//! Those for other generators are the least that gives the same pages. Everything that Afterword adds to them (search, feeds, metrics, related
//! incidents, findings) they do not have to make.

use super::Flavour;

/// The files of a site beside its postmortems, by path.
pub(super) fn site(flavour: Flavour) -> &'static [(&'static str, &'static str)] {
    match flavour {
        Flavour::Afterword => AFTERWORD,
        Flavour::Hugo => HUGO,
        Flavour::Zola => ZOLA,
    }
}

const AFTERWORD: &[(&str, &str)] = &[("site.toml", "[site]\ntitle = \"Postmortems\"\n")];

const HUGO: &[(&str, &str)] = &[
    (
        "hugo.toml",
        r#"baseURL = "https://postmortems.example/"
title = "Postmortems"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[pagination]
pagerSize = 50
[taxonomies]
tag = "tags"
service = "services"
cause = "causes"
"#,
    ),
    ("content/postmortems/_index.md", "---\ntitle: Incidents\n---\n"),
    (
        "layouts/index.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"#,
    ),
    (
        "layouts/_default/single.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<p>{{ .Date.Format "2006-01-02" }} {{ .Params.severity }} {{ .Params.owner }}</p>
<ul>{{ range slice "tags" "services" "causes" }}{{ range $.GetTerms . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ul>
{{ .TableOfContents }}{{ .Content }}</body></html>
"#,
    ),
    (
        "layouts/_default/list.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
<ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>
{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</body></html>
"#,
    ),
];

// Code is not highlighted here: the setting has changed its name between versions.
const ZOLA: &[(&str, &str)] = &[
    (
        "config.toml",
        r#"base_url = "https://postmortems.example"
title = "Postmortems"
taxonomies = [
    { name = "tags", paginate_by = 50 },
    { name = "services", paginate_by = 50 },
    { name = "causes", paginate_by = 50 },
]
"#,
    ),
    ("content/_index.md", "+++\ntitle = \"Postmortems\"\n+++\n"),
    ("content/postmortems/_index.md", "+++\ntitle = \"Incidents\"\nsort_by = \"date\"\npaginate_by = 50\n+++\n"),
    (
        "templates/page.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>
<p>{{ page.date }} {{ page.extra.severity }} {{ page.extra.owner }}</p>
<ul>{% for kind, terms in page.taxonomies %}{% for term in terms %}<li><a href="{{ get_taxonomy_url(kind=kind, name=term) }}">{{ term }}</a></li>{% endfor %}{% endfor %}</ul>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.permalink }}">{{ heading.title }}</a></li>{% endfor %}</ul>
{{ page.content | safe }}</body></html>
"#,
    ),
    (
        "templates/section.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ section.title }}</title></head><body><h1>{{ section.title }}</h1>
<ul>{% for page in paginator.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a> {{ page.date }}</li>{% endfor %}</ul>
{% if paginator.next %}<a href="{{ paginator.next }}">Older</a>{% endif %}</body></html>
"#,
    ),
    (
        "templates/index.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ section.title }}</title></head><body><h1>{{ section.title }}</h1>
<ul>{% for path in section.subsections %}{% set inner = get_section(path=path) %}<li><a href="{{ inner.permalink }}">{{ inner.title }}</a></li>{% endfor %}</ul></body></html>
"#,
    ),
    (
        "templates/taxonomy_list.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ taxonomy.name }}</title></head><body><h1>{{ taxonomy.name }}</h1>
<ul>{% for term in terms %}<li><a href="{{ term.permalink }}">{{ term.name }}</a></li>{% endfor %}</ul></body></html>
"#,
    ),
    (
        "templates/taxonomy_single.html",
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ term.name }}</title></head><body><h1>{{ term.name }}</h1>
<ul>{% for page in paginator.pages %}<li><a href="{{ page.permalink }}">{{ page.title }}</a> {{ page.date }}</li>{% endfor %}</ul>
{% if paginator.next %}<a href="{{ paginator.next }}">Older</a>{% endif %}</body></html>
"#,
    ),
];
