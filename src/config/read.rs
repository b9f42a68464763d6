//! Reads `site.toml`: the defaults, with what the file says laid over them, key by key.
//!
//! The settings of the site itself are here, its words in the modules below. The order of [`overlay`] is the order in which settings depend on
//! each other: a profile names sections and fields, so those come first.

mod causes;
mod fields;
mod profiles;
mod rules;
mod sections;
mod terms;
mod training;

use toml::de::DeTable;

use super::table::{Findings, INVALID_SETTING, Setting, Table, UNKNOWN_SETTING, finding};
use super::value::{self, Refusal};
use super::{Accent, Config, Content, Deadlines, Editions, NavItem, PublicEdition, ReportDeadlines, SeverityTerm, Site, Theme};
use crate::diagnostic::{Diagnostic, RuleName, Span, Spanned};

/// The path of the configuration below the project folder.
pub const CONFIG_PATH: &str = "site.toml";

/// The rule on a configuration that is not TOML.
pub const UNREADABLE_CONFIG: RuleName = RuleName("unreadable-config");

/// Reads the text of `site.toml`; an empty text gives the defaults. Total: what cannot be read is a finding, and the default stands.
///
/// In a text that is not TOML only that is reported, since every other finding may come from the misreading; what could be made out of it
/// still counts. Findings are in the order of the file.
#[must_use]
pub fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut config = Config::default();
    let mut findings = Findings::new();
    overlay(&mut config, Table::root(document.get_ref()), &mut findings);
    if !errors.is_empty() {
        findings = unreadable(text, &errors);
    }
    Diagnostic::sort(&mut findings);
    (config, findings)
}

/// The keys that a table of `site.toml` may have, by its header as it is written (`[site]`, `[[nav]]`); those of the file without one. Nothing for a table
/// whose keys the site chooses.
///
/// Who reads the table knows: it is given a key that nobody has, and says which there are.
#[must_use]
pub fn keys(header: &str) -> Vec<String> {
    const NOBODYS: &str = "_";
    let (_, findings) = parse(&format!("{header}\n{NOBODYS} = 0\n"));
    let unknown = findings.iter().find(|found| found.rule == UNKNOWN_SETTING && found.message.trim_end_matches('`').ends_with(NOBODYS));
    let told = unknown.and_then(|found| found.help.as_deref()).unwrap_or_default();
    let table = usize::from(told.starts_with('`'));
    told.split('`').skip(1).step_by(2).skip(table).map(str::to_owned).collect()
}

fn overlay(config: &mut Config, mut file: Table<'_>, findings: &mut Findings) {
    if let Some(table) = file.table("site", findings) {
        site(table, &mut config.site, findings);
    }
    if let Some(table) = file.table("fields", findings) {
        fields::fields(table, &mut config.fields, findings);
    }
    if let Some(entries) = file.entries("taxonomies", findings) {
        config.taxonomies = fields::taxonomies(&entries, &mut config.fields, findings);
    }
    if let Some(entries) = file.entries("sections", findings) {
        sections::sections(&entries, config, findings);
    }
    if let Some(entries) = file.entries("profiles", findings) {
        profiles::profiles(&entries, config, findings);
    }
    if let Some(tables) = file.tables("severities", findings) {
        terms::severities(tables, &mut config.severities, findings);
    }
    if let Some(entries) = file.entries("owners", findings) {
        config.owners = terms::owners(&entries, findings);
    }
    if let Some(entries) = file.entries("people", findings) {
        config.people = terms::people(&entries, config, findings);
    }
    if let Some(entries) = file.entries("services", findings) {
        config.services = terms::terms(&entries, config, findings);
    }
    if let Some(entries) = file.entries("tags", findings) {
        config.tags = terms::terms(&entries, config, findings);
    }
    if let Some(table) = file.table("causes", findings) {
        causes::causes(table, &mut config.causes, findings);
    }
    if let Some(table) = file.table("content", findings) {
        content(table, config, findings);
    }
    if let Some(table) = file.table("rules", findings) {
        rules::rules(table, config, findings);
    }
    if let Some(table) = file.table("deadlines", findings) {
        config.deadlines = deadlines(table, &config.severities, findings);
    }
    if let Some(mut table) = file.table("metrics", findings) {
        set(&mut config.metrics.show_mean, table.flag("show_mean", findings));
        set(&mut config.metrics.recurrence_months, table.ask("recurrence_months").and_then(|months| months.whole_number(findings)));
        table.finish(findings);
    }
    if let Some(mut table) = file.table("wording", findings) {
        config.wording.acronyms = plain(table.texts("acronyms", value::filled, findings));
        table.finish(findings);
    }
    if let Some(mut table) = file.table("glossary", findings) {
        set(&mut config.glossary.page, table.text("page", value::folder, findings));
        set(&mut config.glossary.link, table.flag("link", findings));
        table.finish(findings);
    }
    if let Some(table) = file.table("training", findings) {
        training::training(table, &mut config.training, findings);
    }
    if let Some(mut table) = file.table("privacy", findings) {
        config.privacy.internal_hosts = plain(table.texts("internal_hosts", value::host, findings));
        config.privacy.public_addresses = plain(table.texts("public_addresses", value::address, findings));
        table.finish(findings);
    }
    if let Some(table) = file.table("editions", findings) {
        config.editions = editions(table, config, findings);
    }
    if let Some(table) = file.table("theme", findings) {
        theme(table, &mut config.theme, findings);
    }
    config.nav = links(&mut file, "nav", findings);
    file.finish(findings);
}

fn site(mut table: Table<'_>, site: &mut Site, findings: &mut Findings) {
    set(&mut site.title, table.text("title", value::filled, findings));
    set(&mut site.description, table.text("description", value::any, findings));
    let address = |text: &str| value::base_url(text).map(Some).map_err(Refusal::new);
    set(&mut site.base_url, table.text("base_url", address, findings));
    set(&mut site.language, table.text("language", value::language, findings));
    set(&mut site.timezone, table.text("timezone", value::time_zone, findings).map(Some));
    let picture = |table: &mut Table<'_>, key, findings: &mut Findings| table.ask(key)?.text(value::picture, findings);
    site.logo = picture(&mut table, "logo", findings);
    set(&mut site.logo_has_name, table.flag("logo_has_name", findings));
    site.icon = picture(&mut table, "icon", findings);
    set(&mut site.footer, table.text("footer", value::any, findings));
    site.footer_links = links(&mut table, "footer_links", findings);
    set(&mut site.edit_url, table.text("edit_url", |text| value::edit_url(text).map(Some).map_err(Refusal::new), findings));
    set(&mut site.rules, table.flag("rules", findings));
    set(&mut site.history, table.text("history", value::history, findings));
    table.finish(findings);
}

fn content(mut table: Table<'_>, config: &mut Config, findings: &mut Findings) {
    let Config { content, profiles, .. } = config;
    for (key, globs) in [("include", &mut content.include), ("exclude", &mut content.exclude), ("postmortems", &mut content.postmortems)] {
        set(globs, table.texts(key, value::glob, findings).map(|globs| globs.into_iter().map(|glob| glob.value).collect()));
    }
    let profile = |word: &str| match profiles.get(word) {
        Some(profile) => Ok(Some(profile.name.clone())),
        None => Err(value::unknown(word, "profile", profiles.keys().map(String::as_str))),
    };
    set(&mut content.profile, table.text("profile", profile, findings));
    let root = table.ask("root").and_then(|root| root.text(value::folder, findings));
    let output = table.ask("output").and_then(|folder| folder.text(output, findings));
    table.finish(findings);
    folders(content, root, output, findings);
}

/// Sets the two folders, unless one would lie in the other.
fn folders(content: &mut Content, root: Option<Spanned<String>>, output: Option<Spanned<String>>, findings: &mut Findings) {
    let written = output.as_ref().or(root.as_ref()).map(|folder| folder.span);
    let (mut settled, place) = (content.clone(), written.unwrap_or_default());
    set(&mut settled.root, root.map(|root| root.value));
    set(&mut settled.output, output.map(|output| output.value));
    let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if within(&settled.root, &settled.output) || within(&settled.output, &settled.root) {
        let message = format!("the content in `{}` and the output in `{}` must be apart", settled.root, settled.output);
        findings.push(finding(INVALID_SETTING, place, message).help("publishing replaces the output as a whole"));
    } else {
        *content = settled;
    }
}

/// A folder to write to, none of those that hold other inputs.
fn output(text: &str) -> Result<String, Refusal> {
    const INPUTS: [&str; 4] = ["themes", ".git", ".afterword", CONFIG_PATH];
    let output = value::folder(text)?;
    let top = output.split('/').next().unwrap_or_default();
    if output == "." {
        Err(Refusal::new("must not be the project folder").help("publishing replaces the output as a whole"))
    } else if INPUTS.contains(&top) {
        Err(Refusal::new(format!("must not be in `{top}`")).help("publishing replaces the output as a whole"))
    } else {
        Ok(output)
    }
}

/// Days by severity, for the review and for actions.
fn deadlines(mut table: Table<'_>, severities: &[SeverityTerm], findings: &mut Findings) -> Deadlines {
    let mut days = |key| {
        let entries = table.entries(key, findings).unwrap_or_default();
        let days = entries.iter().filter_map(|entry| {
            let days = entry.whole_number(findings);
            let Some(severity) = severities.iter().find(|severity| severity.id.eq_ignore_ascii_case(entry.key)) else {
                let known = severities.iter().map(|severity| severity.id.as_str());
                findings.push(entry.refused_key(value::unknown(entry.key, "severity", known)));
                return None;
            };
            Some((severity.id.clone(), days?))
        });
        days.collect()
    };
    let (review, actions) = (days("review"), days("actions"));
    let mut report = ReportDeadlines::default();
    if let Some(mut table) = table.table("report", findings) {
        let mut days = |key| table.ask(key).and_then(|days| days.whole_number(findings));
        report = ReportDeadlines { preliminary: days("preliminary"), full: days("full") };
        table.finish(findings);
    }
    table.finish(findings);
    Deadlines { review, actions, report }
}

fn plain(texts: Option<Vec<Spanned<String>>>) -> Vec<String> {
    texts.unwrap_or_default().into_iter().map(|text| text.value).collect()
}

/// Whoever writes anything under `[editions]` means to have a public one: a slip of the pen there must not make public what says nothing of
/// who may see it.
fn editions(mut table: Table<'_>, config: &Config, findings: &mut Findings) -> Editions {
    let is_meant = !table.is_empty();
    let public = table.table("public", findings).map(|table| public(table, config, findings));
    table.finish(findings);
    Editions { public: public.or_else(|| is_meant.then(PublicEdition::default)) }
}

/// `required` adds sections to those a public report must have, `drop` takes them away. They stay in the order of the sections. `internal_fields` and
/// `public_fields` do the same with fields.
fn public(mut table: Table<'_>, config: &Config, findings: &mut Findings) -> PublicEdition {
    let mut public = PublicEdition { training: table.flag("training", findings).unwrap_or_default(), ..PublicEdition::default() };
    set(&mut public.rules, table.flag("rules", findings));
    let section = |word: &str| profiles::section(word, config);
    let added = plain(table.texts("required", section, findings));
    let dropped = plain(table.texts("drop", section, findings));
    let is_required = |key: &String| (public.required.contains(key) || added.contains(key)) && !dropped.contains(key);
    public.required = config.sections.iter().map(|section| section.key.clone()).filter(is_required).collect();
    let field = |word: &str| Ok(config.fields.canonical(word).unwrap_or(word).to_owned());
    let shown = plain(table.texts("public_fields", field, findings));
    public.internal_fields.extend(plain(table.texts("internal_fields", field, findings)));
    public.internal_fields.retain(|field| !shown.contains(field));
    public.public_fields = shown;
    set(&mut public.history, table.text("history", value::history, findings));
    public.title = table.text("title", value::filled, findings);
    public.description = table.text("description", value::any, findings);
    public.base_url = table.text("base_url", |text: &str| value::base_url(text).map_err(Refusal::new), findings);
    set(&mut public.footer, table.text("footer", value::any, findings));
    public.footer_links = links(&mut table, "footer_links", findings);
    table.finish(findings);
    public
}

fn theme(mut table: Table<'_>, theme: &mut Theme, findings: &mut Findings) {
    set(&mut theme.name, table.text("name", value::folder_name, findings));
    theme.accent = table.ask("accent").and_then(|setting| accent(&setting, findings));
    table.finish(findings);
}

/// One colour, or a table with one for each scheme.
fn accent(setting: &Setting<'_>, findings: &mut Findings) -> Option<Accent> {
    if !setting.is_table() {
        return setting.text(value::colour, findings).map(|light| Accent { light, dark: None });
    }
    let mut table = setting.table(findings)?;
    let light = table.required_text("light", value::colour, findings);
    let dark = table.required_text("dark", value::colour, findings);
    table.finish(findings);
    Some(Accent { light: light?, dark: Some(dark?) })
}

/// A list of links.
fn links(table: &mut Table<'_>, key: &'static str, findings: &mut Findings) -> Vec<NavItem> {
    let tables = table.tables(key, findings).unwrap_or_default();
    tables.into_iter().filter_map(|table| nav_item(table, findings)).collect()
}

fn nav_item(mut table: Table<'_>, findings: &mut Findings) -> Option<NavItem> {
    let title = table.required_text("title", value::filled, findings);
    let url = table.required_text("url", value::link, findings);
    table.finish(findings);
    Some(NavItem { title: title?.value, url: url? })
}

/// Lays a value over the default, if there is one.
fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// The key of a setting as an id that can stand in an address.
fn key(setting: &Setting<'_>, findings: &mut Findings) -> Option<String> {
    value::slug(setting.key).map_err(|refusal| findings.push(setting.refused_key(refusal))).ok()
}

/// An id as words: "edge-case" is "Edge case".
fn words(id: &str) -> String {
    let mut chars = id.chars().map(|char| if char == '-' { ' ' } else { char });
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// What is wrong with a text that is not TOML: the first error of every line, as the others of a line follow from it.
fn unreadable(text: &str, errors: &[toml::de::Error]) -> Findings {
    let mut errors: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or_default(), error.message())).collect();
    errors.sort_by_key(|(span, _)| span.start);
    let mut told_up_to = 0;
    errors.retain(|(span, _)| {
        let is_first = span.start >= told_up_to;
        if is_first {
            let rest = text.get(span.start..).unwrap_or_default();
            told_up_to = rest.find('\n').map_or(usize::MAX, |line_end| span.start + line_end + 1);
        }
        is_first
    });
    let told = errors.into_iter().map(|(span, message)| {
        finding(UNREADABLE_CONFIG, Span::new(span.start, span.end), format!("`{CONFIG_PATH}` is not TOML: {message}"))
            .help("the settings themselves are checked once this is mended")
    });
    told.collect()
}

#[cfg(test)]
mod tests;
