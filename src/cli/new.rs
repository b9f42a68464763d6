//! `afterword new`: a postmortem with the sections its kind asks for.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;

use super::{Failure, Outcome, Terminal, build_info};
use crate::config::{ActionAspect, Config, Profile};
use crate::diagnostic::did_you_mean;
use crate::model::portable;
use crate::pipeline;

/// The arguments of `new`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The title: name the effect, not the cause.
    title: String,

    /// What sort of incident it was; it decides which sections are asked for.
    #[arg(long, default_value = "outage")]
    kind: String,

    /// How bad it was, on the site's own scale.
    #[arg(long)]
    severity: Option<String>,

    /// A service that was affected; may be given more than once.
    #[arg(long = "service", value_name = "ID")]
    services: Vec<String>,

    /// When impact began, such as 2026-03-11T13:52Z; today where it is not said.
    #[arg(long, value_name = "TIME")]
    start: Option<String>,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    let config = &project.config;
    let profile = config.profiles.get(&arguments.kind).ok_or_else(|| {
        let known: Vec<&str> = config.profiles.keys().map(String::as_str).collect();
        let hint = did_you_mean(&arguments.kind, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Failure(format!("there is no kind `{}`; {hint}there are {}", arguments.kind, known.join(", ")))
    })?;
    let today = build_info(None)?.today.to_string();
    let start = arguments.start.clone().unwrap_or_else(|| today.clone());
    let slug = portable(&arguments.title);
    if slug.is_empty() {
        return Err(Failure("the title has no letter or digit that a file name can be made of".into()));
    }
    let day = start.get(..10).unwrap_or(&today);
    let folder = format!("{}/{}", config.content.root.trim_end_matches('/'), postmortem_folder(config));
    let path = format!("{}/{day}-{slug}.md", folder.trim_end_matches('/')).replace("./", "");
    let file = root.join(&path);
    super::init::write_new(&file, &document(config, profile, arguments, &start))?;
    terminal.data(&format!("{path}\n"))?;
    terminal.say("Fill in the sections; `afterword check` says what is missing, `afterword serve --open` shows the page.");
    Ok(Outcome::Done)
}

/// The folder new postmortems go to: the part of the first glob that has no wildcard.
fn postmortem_folder(config: &Config) -> &str {
    let glob = config.content.postmortems.first().map_or("", String::as_str);
    glob.split('*').next().unwrap_or_default().trim_end_matches('/')
}

/// The document: every field and section the profile asks for, each with what is to be written there in a comment.
fn document(config: &Config, profile: &Profile, arguments: &Arguments, start: &str) -> String {
    let mut text = "---\n".to_owned();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key}: {value}");
    };
    line("title", &quoted(&arguments.title));
    line("kind", &profile.name);
    line("status", "draft");
    let asked = |field: &str| profile.fields.iter().chain(&profile.reviewed_fields).any(|asked| asked == field);
    for field in &profile.fields {
        match field.as_str() {
            "title" | "kind" | "status" | "id" => {}
            "severity" => line("severity", arguments.severity.as_deref().unwrap_or("# one of the site's scale, such as sev2")),
            "services" => line("services", &format!("[{}]", arguments.services.join(", "))),
            "started_at" => line("started_at", start),
            "root_causes" => line("root_causes", "[]  # such as {cause: change/config, layer: technical, note: …}"),
            "impact" if !profile.impact.is_empty() => line("impact", &dimensions(profile)),
            field if field.ends_with("_at") => line(field, "# when; 2026-03-11T13:52Z"),
            field => line(field, &hint(config, field)),
        }
    }
    if !asked("services") && !arguments.services.is_empty() {
        line("services", &format!("[{}]", arguments.services.join(", ")));
    }
    line("tags", "[]");
    text.push_str("---\n");
    for key in &profile.required {
        let Some(section) = config.sections.iter().find(|section| section.key == *key) else { continue };
        let _ = write!(text, "\n## {}\n\n<!-- {} -->\n", section.title, section.prompt);
        match key.as_str() {
            "timeline" => text.push_str(&table(&["Time (UTC)", "Event"])),
            "actions" => text.push_str(&table(&action_columns(profile))),
            _ => {}
        }
    }
    text
}

/// What is to be said of the impact, a line for each dimension.
fn dimensions(profile: &Profile) -> String {
    let mut lines = "# in numbers where there are any; `none` and `unknown` are answers".to_owned();
    for dimension in &profile.impact {
        let _ = write!(lines, "\n  {dimension}:");
    }
    lines
}

/// The columns of a table of actions: what the profile asks for, beside what every action has.
fn action_columns(profile: &Profile) -> Vec<&'static str> {
    const ORDER: [ActionAspect; 7] = [
        ActionAspect::Kind,
        ActionAspect::Cause,
        ActionAspect::Owner,
        ActionAspect::Priority,
        ActionAspect::Due,
        ActionAspect::Status,
        ActionAspect::DoneWhen,
    ];
    let asked = ORDER.into_iter().filter(|aspect| profile.actions.contains(aspect));
    ["ID", "Action"].into_iter().chain(asked.map(ActionAspect::column)).collect()
}

/// A table without rows.
fn table(columns: &[&str]) -> String {
    format!("\n| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()))
}

fn hint(config: &Config, field: &str) -> String {
    config.fields.known.get(field).map_or_else(String::new, |field| format!("# {}", field.meaning))
}

/// A YAML scalar in double quotes (YAML 1.2 §7.3.1).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_document_asks_for_what_its_profile_asks_for() {
        let config = Config::default();
        let arguments =
            Arguments { title: "Checkout failed".into(), kind: "outage".into(), severity: None, services: Vec::new(), start: None };
        let text = |kind: &str| document(&config, &config.profiles[kind], &arguments, "2026-03-11");
        let outage = text("outage");
        assert!(outage.contains("\n  users:\n  downtime:\n  data:\n  financial:\n  reputation:\nowner:"), "{outage}");
        assert!(
            outage.ends_with("\n| ID | Action | Kind | Owner | Priority | Due | Status | Done when |\n|---|---|---|---|---|---|---|---|\n")
        );
        let mut own = config.profiles["outage"].clone();
        own.actions = vec![ActionAspect::Cause];
        assert_eq!(action_columns(&own), ["ID", "Action", "Cause"]);
        assert!(!text("minor").contains("impact:"));
    }
}
