//! Settings for a folder that already holds postmortems: where they are, what they are called, and what is none of them.

use std::collections::BTreeSet;

/// What a repository has beside its postmortems, by the name before the first dot, in lower case.
const NOT_POSTMORTEMS: [&str; 8] = ["changelog", "code_of_conduct", "contributing", "license", "readme", "security", "agents", "claude"];

/// The `site.toml` for documents at these paths; nothing where none of them can be a postmortem.
pub(super) fn settings<'p>(paths: impl IntoIterator<Item = &'p str>) -> Option<String> {
    let (others, documents): (Vec<&str>, Vec<&str>) = paths.into_iter().partition(|path| other(path).is_some());
    let root = common_folder(&documents)?;
    let below = |path: &'p str| path.strip_prefix(root).map_or(path, |rest| rest.trim_start_matches('/'));
    let endings: BTreeSet<&str> = documents.iter().filter_map(|path| ending(path)).collect();
    let include: Vec<String> = endings.into_iter().map(|ending| format!("**/*{ending}")).collect();
    let is_below_root = |path: &&str| root.is_empty() || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
    let excluded = others.into_iter().filter_map(other).filter(is_below_root).map(|path| literally(below(path)));
    let exclude: BTreeSet<String> = excluded.collect();
    let shown_root = if root.is_empty() { "." } else { root };
    let mut settings = format!(
        "# Settings of this site. Everything has a default; `afterword check` says when a key or value here is wrong.\n\n\
         [site]\ntitle = \"Postmortems\"\n# timezone = \"Europe/Berlin\"   # of times written without one\n\n\
         [content]\nroot = {}\npostmortems = [\"**\"]\n",
        quoted(shown_root)
    );
    if include != ["**/*.md"] {
        settings.push_str(&list("include", include.iter().map(String::as_str)));
    }
    if !exclude.is_empty() {
        settings.push_str(&list("exclude", exclude.iter().map(String::as_str)));
    }
    settings
        .push_str("# profile = \"minor\"   # what is asked of a postmortem that names no kind; without it, nothing but to be readable\n");
    Some(settings)
}

/// What to leave out where a document is none of the postmortems: the folder of templates it lies in, else the document, if it is a template
/// for postmortems or what every repository has.
fn other(path: &str) -> Option<&str> {
    let folders = path.match_indices('/').map(|(end, _)| path.get(..end).unwrap_or_default());
    let of_templates = |folder: &&str| {
        let name = name(folder).to_lowercase();
        name.ends_with("templates") || name.trim_start_matches('_') == "template"
    };
    let is_other = || {
        let name = name(path).to_lowercase();
        let stem = name.split('.').next().unwrap_or(&name).trim_start_matches('_');
        stem.contains("template") || NOT_POSTMORTEMS.contains(&stem)
    };
    folders.into_iter().find(of_templates).or_else(|| is_other().then_some(path))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The ending a glob needs: from the part that says Markdown on (`.md`, `.html.md.erb`).
fn ending(path: &str) -> Option<&str> {
    let name = name(path);
    let lower = name.to_ascii_lowercase();
    let markdown = lower.rfind(".md").or_else(|| lower.rfind(".markdown"))?;
    let from = lower.get(..markdown)?.strip_suffix(".html").map_or(markdown, str::len);
    name.get(from..)
}

/// The deepest folder that holds all documents; empty for the folder itself.
fn common_folder<'p>(paths: &[&'p str]) -> Option<&'p str> {
    let folder = |path: &'p str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folders = paths.iter().map(|path| folder(path));
    let mut common = folders.next()?;
    for other in folders {
        while !(common.is_empty() || other == common || other.strip_prefix(common).is_some_and(|rest| rest.starts_with('/'))) {
            common = folder(common);
        }
    }
    Some(common)
}

fn list<'i>(key: &str, items: impl Iterator<Item = &'i str>) -> String {
    let items: Vec<String> = items.map(quoted).collect();
    format!("{key} = [{}]\n", items.join(", "))
}

/// A glob that matches a path and nothing else.
fn literally(path: &str) -> String {
    path.chars().fold(String::new(), |glob, c| if "*?[]{}".contains(c) { glob + "[" + &c.to_string() + "]" } else { glob + &c.to_string() })
}

/// A TOML text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(paths: &[&str]) -> String {
        let settings = settings(paths.iter().copied()).unwrap();
        let (_, findings) = crate::config::parse(&settings);
        assert!(findings.is_empty(), "{findings:?}\n{settings}");
        let content = settings.split("[content]\n").nth(1).unwrap();
        content.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_flat_folder_is_its_own_content() {
        assert_eq!(content(&["a.md", "b.md", "README.md"]), "root = \".\"\npostmortems = [\"**\"]\nexclude = [\"README.md\"]");
    }

    #[test]
    fn the_folder_that_holds_them_all_is_the_content() {
        assert_eq!(
            content(&["README.md", "docs/incidents/2024/a.md", "docs/incidents/2025/b.markdown", "docs/incidents/_Template.md"]),
            "root = \"docs/incidents\"\npostmortems = [\"**\"]\ninclude = [\"**/*.markdown\", \"**/*.md\"]\nexclude = [\"_Template.md\"]"
        );
        assert_eq!(content(&["a-b/x.md", "a/y.md"]), "root = \".\"\npostmortems = [\"**\"]");
    }

    #[test]
    fn a_folder_of_templates_is_left_out_whole() {
        assert_eq!(
            content(&["pm/templates/deep/outage.md", "pm/templates/a.md", "pm/2024/x.md", "pm/Template/b.md", "pm-templates/c.md"]),
            "root = \"pm/2024\"\npostmortems = [\"**\"]"
        );
        assert_eq!(
            content(&["pm/templates/deep/outage.md", "pm/templates/a.md", "pm/2024/x.md", "pm/y.md", "pm/Template/b.md"]),
            "root = \"pm\"\npostmortems = [\"**\"]\nexclude = [\"Template\", \"templates\"]"
        );
        assert_eq!(content(&["template-outage/x.md", "y.md"]), "root = \".\"\npostmortems = [\"**\"]");
    }

    #[test]
    fn names_of_other_generators_are_read_too_and_wildcards_in_names_are_none() {
        assert_eq!(content(&["a.md", "[template] {x}.md"]).lines().last(), Some(r#"exclude = ["[[]template[]] [{]x[}].md"]"#));
        assert_eq!(content(&["2020-02-25.html.md.erb"]), "root = \".\"\npostmortems = [\"**\"]\ninclude = [\"**/*.html.md.erb\"]");
    }

    #[test]
    fn a_repository_without_postmortems_is_not_taken_for_one_with() {
        assert_eq!(settings(["README.md", "CONTRIBUTING.md", "post_mortem_template.md"]), None);
        assert_eq!(settings([]), None);
    }
}
