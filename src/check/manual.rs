//! The rules and profiles of a site as pages of it: what is asked of a postmortem here, and why.

use std::fmt::Write as _;

use super::rule::{Group, Rule};
use super::rules::RULES;
use crate::config::{ActionAspect, Config, Profile};
use crate::diagnostic::Level;
use crate::markdown::text::capitalised;

/// The pages, each as its path below the content folder and its Markdown: one for all rules, and one for each.
#[must_use]
pub fn pages(config: &Config) -> Vec<(String, String)> {
    let rules = RULES.iter().map(|rule| (format!("rules/{}.md", rule.name), page(rule, config)));
    std::iter::once(("rules/index.md".to_owned(), index(config))).chain(rules).collect()
}

fn index(config: &Config) -> String {
    let mut text = format!(
        "{}\nWhat `afterword check` asks of the postmortems of this site. An **error** fails the check, a **warning** fails a strict one, a \
         **hint** never does.\n",
        head("Rules", config)
    );
    for group in Group::ALL {
        let of_group: Vec<&&Rule> = RULES.iter().filter(|rule| rule.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {}\n\n| Rule | Level | What it finds |\n|---|---|---|\n", capitalised(group.word()));
        for rule in of_group {
            let name = rule.name;
            let _ = writeln!(text, "| [`{name}`]({name}.md) | {} | {} |", here(rule, config).word(), cell(&rule.summary()));
        }
    }
    text.push_str("\n## What each kind of postmortem must hold\n\nThe `kind` of a postmortem selects its profile.\n");
    for profile in config.profiles.values() {
        text.push_str(&demands(profile, config));
    }
    text
}

fn page(rule: &Rule, config: &Config) -> String {
    let Rule { name, group, .. } = rule;
    let level = here(rule, config).word();
    let about = format!("A rule about {}, on this site: **{level}**. [All rules](index.md)\n", group.word());
    format!("{}\n{about}\n{}\n{}", head(&name.to_string(), config), rule.manual_text(), rule.how_to_silence())
}

/// The metadata of a page.
fn head(title: &str, config: &Config) -> String {
    let visibility = if config.public_edition().rules { "visibility: public\n" } else { "" };
    format!("---\ntitle: {title}\n{visibility}---\n")
}

/// What a rule's findings weigh on this site, kinds and folders aside.
fn here(rule: &Rule, config: &Config) -> Level {
    super::levels::wished(rule, &config.rules).unwrap_or(rule.level)
}

fn demands(profile: &Profile, config: &Config) -> String {
    let Profile { name, description, required, fields, reviewed_fields, impact, actions, when, .. } = profile;
    let mut text = format!("\n### {name}\n\n{}\n\n", if description.is_empty() { "A profile of this site." } else { description });
    let title = |key: &String| config.section(key).map_or(key.clone(), |kind| kind.title.clone());
    let titles = |keys: &[String]| keys.iter().map(title).collect::<Vec<_>>().join(", ");
    let code = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut line = |what: &str, names: String| {
        if !names.is_empty() {
            let _ = writeln!(text, "- {what}: {names}");
        }
    };
    line("Sections", titles(required));
    line("Fields", code(fields));
    line("Fields once it is reviewed", code(reviewed_fields));
    line("Impact on", impact.join(", "));
    line("Of every action", actions.iter().map(|aspect| ActionAspect::word(*aspect).replace('_', " ")).collect::<Vec<_>>().join(", "));
    for condition in when {
        let is = condition.fields_are.iter().map(|(field, values)| format!("`{field}` is {}", values.join(" or ")));
        let mut asked = condition.required.iter().map(title).collect::<Vec<_>>();
        asked.extend(condition.fields.iter().map(|field| format!("`{field}`")));
        line(&format!("If {}", is.collect::<Vec<_>>().join(" and ")), asked.join(", "));
    }
    text
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Span, Spanned};

    #[test]
    fn a_page_for_each_rule_and_one_for_all() {
        let mut config = Config::default();
        config.rules.insert("broken-link".into(), Spanned::new(Level::Warning, Span::default()));
        let pages = pages(&config);
        assert_eq!(pages.len(), RULES.len() + 1);
        let (path, index) = &pages[0];
        assert_eq!(path, "rules/index.md");
        assert!(RULES.iter().all(|rule| index.contains(&format!("[`{0}`]({0}.md)", rule.name))));
        assert!(index.contains("\n| [`broken-link`](broken-link.md) | warning | "), "{index}");
        assert!(index.contains("\n### outage\n\nA service failed or was degraded.\n\n- Sections: Summary, Impact, Timeline, "), "{index}");
        assert!(index.contains("- If `data_integrity` is affected: Data migration\n"), "{index}");
        let (_, page) = pages.iter().find(|(path, _)| path == "rules/broken-link.md").unwrap();
        assert!(page.contains("on this site: **warning**") && page.contains("\n## Why\n") && page.contains("\n## Silence it\n"), "{page}");
    }
}
