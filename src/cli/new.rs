//! `afterword new`: a postmortem with the sections its kind asks for; of a drill, with what was played.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::{Failure, Outcome, Terminal, build_info, incident};
use crate::config::{ActionAspect, Config, Profile};
use crate::diagnostic::did_you_mean;
use crate::edition::{Audience, Drafts, Edition};
use crate::markdown::text::on_one_line;
use crate::markdown::write::{cell_text, paragraph_text};
use crate::model::{Cause, Postmortem, RelatedWhy, portable};
use crate::parse;
use crate::pipeline::{self, Memo, Project};
use crate::site::{BuildInfo, Route};
use crate::training::drill;

/// The kind whose documents say what came of a drill.
const DRILL: &str = "drill";

/// The arguments of `new`.
#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// The title: name the effect, not the cause. A drill is called as what it replays unless this says otherwise. Without a title, a person at a
    /// terminal is asked for it and for what else is not said.
    title: Option<String>,

    /// What sort of incident it was; it decides which sections are asked for [default: outage].
    #[arg(long)]
    kind: Option<String>,

    /// How bad it was, on the site's own scale.
    #[arg(long)]
    severity: Option<String>,

    /// A service that was affected; may be given more than once.
    #[arg(long = "service", value_name = "ID")]
    services: Vec<String>,

    /// When impact began, such as 2026-03-11T13:52Z; today where it is not said.
    #[arg(long, value_name = "TIME")]
    start: Option<String>,

    /// The incident that was replayed: its id, the last part of its address, or its file. With `--kind drill` alone.
    #[arg(long, value_name = "ID")]
    from: Option<String>,

    /// Open the new file in the editor that `VISUAL` or `EDITOR` names.
    #[arg(long)]
    edit: bool,
}

/// The kind of an incident of which nobody says it.
const USUAL: &str = "outage";

/// What a drill replayed.
struct Replayed {
    /// The incident.
    id: String,
    /// What the report of the drill is called.
    title: String,
    services: Vec<String>,
    /// The causes that were rehearsed, as YAML.
    causes: Vec<String>,
    /// What was played, in Markdown.
    scenario: String,
    /// What the players were to learn.
    objectives: Vec<String>,
    /// How many questions there were.
    questions: usize,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    // A first postmortem needs no folder to be there yet.
    let config = &pipeline::settings(root)?.0;
    let build = build_info(None)?;
    let today = build.today.to_string();
    let answered;
    let arguments = if arguments.title.is_some() || arguments.from.is_some() {
        arguments
    } else if Terminal::can_ask() {
        answered = ask(config, arguments, &today)?;
        &answered
    } else {
        return Err(Failure("what happened? say it in one line: `afterword new \"Checkout down after config push\"`".into()));
    };
    let profile = kind(config, arguments.kind.as_deref().unwrap_or(USUAL)).map_err(Failure)?;
    let start = arguments.start.clone().unwrap_or_else(|| today.clone());
    let folder = postmortem_folder(config);
    let replayed = match &arguments.from {
        Some(_) if profile.name != DRILL => {
            return Err(Failure(format!("`--from` names what a drill replayed, and `{}` is no drill; add `--kind drill`", profile.name)));
        }
        Some(from) => Some(replayed(&pipeline::open(root)?, build, from, &folder)?),
        None => None,
    };
    let title = arguments.title.as_ref().or(replayed.as_ref().map(|replayed| &replayed.title)).map_or("", String::as_str);
    let slug = portable(title);
    if slug.is_empty() {
        return Err(Failure("the title has no letter or digit that a file name can be made of".into()));
    }
    let day = start.get(..10).unwrap_or(&today);
    let path = if folder.is_empty() { format!("{day}-{slug}.md") } else { format!("{folder}/{day}-{slug}.md") };
    let file = root.join(&path);
    super::init::write_new(&file, &document(config, profile, arguments, (title, &start), replayed.as_ref()))?;
    terminal.data(&format!("{path}\n"))?;
    if arguments.edit {
        edit(&file)?;
    }
    terminal.say("Fill in the sections; `afterword check` says what is missing, `afterword serve --open` shows the page.");
    Ok(Outcome::Done)
}

/// The profile of a kind, or why there is none.
fn kind<'c>(config: &'c Config, word: &str) -> Result<&'c Profile, String> {
    config.profiles.get(word).ok_or_else(|| unknown("kind", word, config.profiles.keys().map(String::as_str)))
}

fn unknown<'k>(what: &str, word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let hint = did_you_mean(word, known.clone()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    format!("there is no {what} `{word}`; {hint}there are {}", known.collect::<Vec<_>>().join(", "))
}

/// What a person at the terminal says of an incident that the arguments do not.
fn ask(config: &Config, arguments: &Arguments, today: &str) -> Result<Arguments, Failure> {
    let mut arguments = arguments.clone();
    let filled = |answer: &str| if portable(answer).is_empty() { Err("a few words are needed".to_owned()) } else { Ok(answer.to_owned()) };
    arguments.title = Some(Terminal::ask("What happened, in one line: the effect, not the cause", "", filled)?);
    if arguments.kind.is_none() {
        let known = config.profiles.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let read = |answer: &str| kind(config, answer).map(|profile| profile.name.clone());
        arguments.kind = Some(Terminal::ask(&format!("Kind ({known})"), USUAL, read)?);
    }
    if arguments.severity.is_none() {
        let known = || config.severities.iter().map(|severity| severity.id.as_str());
        let read = |answer: &str| match known().find(|id| id.eq_ignore_ascii_case(answer)) {
            _ if answer.is_empty() => Ok(None),
            Some(id) => Ok(Some(id.to_owned())),
            None => Err(unknown("severity", answer, known())),
        };
        arguments.severity =
            Terminal::ask(&format!("Severity ({}; empty: not known yet)", known().collect::<Vec<_>>().join(", ")), "", read)?;
    }
    if arguments.services.is_empty() {
        let known = || config.services.keys().map(String::as_str);
        let read = |answer: &str| {
            let named: Vec<String> = answer.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
            match named.iter().find(|word| !config.services.is_empty() && !config.services.contains_key(*word)) {
                Some(word) => Err(unknown("service", word, known())),
                None => Ok(named),
            }
        };
        let known = known().take(12).collect::<Vec<_>>().join(", ");
        let known = if known.is_empty() { String::new() } else { format!(" ({known})") };
        arguments.services = Terminal::ask(&format!("Services, with commas between them{known}"), "", read)?;
    }
    if arguments.start.is_none() {
        let read = |answer: &str| match parse::moment(answer) {
            Some(_) => Ok(answer.to_owned()),
            None => Err("write it as 2026-03-11T13:52Z or 2026-03-11".to_owned()),
        };
        arguments.start = Some(Terminal::ask("When did impact begin", today, read)?);
    }
    Ok(arguments)
}

/// Opens a file in the person's editor, and waits for it.
fn edit(file: &Path) -> Result<(), Failure> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read and other programs are run")]
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty()));
    let Some(editor) = editor else { return Err(Failure("`--edit` needs an editor: set VISUAL or EDITOR".into())) };
    // It may have arguments of its own: `code --wait`.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read and other programs are run")]
    let status = std::process::Command::new(program).args(words).arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("the editor `{editor}` ended with {status}; the file is written"))),
        Err(error) => Err(Failure(format!("the editor `{editor}` cannot be run: {error}; the file is written"))),
    }
}

/// The folder of the project that new postmortems go to: that of the content, and the folders of the first glob that have no wildcard.
pub(super) fn postmortem_folder(config: &Config) -> String {
    let glob = config.content.postmortems.first().map_or("", String::as_str);
    let literal = glob.split(['*', '?', '[', '{']).next().unwrap_or_default();
    let folder = literal.rsplit_once('/').map_or("", |(folder, _)| folder);
    config.content.path(folder).trim_end_matches('/').to_owned()
}

/// What is to be said of the incident that a drill replayed, in a document of `folder`.
fn replayed(project: &Project, build: BuildInfo, from: &str, folder: &str) -> Result<Replayed, Failure> {
    let understood = pipeline::understand(project, &mut Memo::default());
    let edition = Edition { audience: Audience::Internal, drafts: Drafts::Shown };
    let (site, _) = pipeline::site(project, &understood, Arc::new(pipeline::look(project).0), edition, build);
    let (n, postmortem) = incident::named(from, edition, site.corpus(), &site.knowledge().references, &understood.corpus)?;
    let training = postmortem.training.as_ref();
    let planned =
        training.and_then(|training| training.drill.as_ref()).map(|plan| on_one_line(&plan.title)).filter(|title| !title.is_empty());
    let id = &postmortem.id.value;
    let page = site.programme().drill_of(n).map(Route::Drill).filter(|route| site.has(*route));
    let report = link(&postmortem.head.title_text, &postmortem.head.path.seen_from(folder));
    Ok(Replayed {
        id: id.clone(),
        title: planned.as_ref().map_or_else(|| format!("Drill of {id}"), |title| format!("Drill: {title}")),
        services: postmortem.services.iter().map(|service| service.value.clone()).collect(),
        causes: causes(postmortem),
        scenario: match page {
            Some(page) => {
                format!("Played as {}, which replays {report}.", link(planned.as_ref().unwrap_or(id), &format!("/{}", site.url(page))))
            }
            None => format!("It replays {report}."),
        },
        objectives: training.map(|training| training.objectives.clone()).unwrap_or_default(),
        questions: drill(n, postmortem).map_or(0, |drill| drill.steps.len()),
    })
}

/// The causes of an incident that the site knows, as YAML.
fn causes(postmortem: &Postmortem) -> Vec<String> {
    let known = postmortem.root_causes.iter().filter(|cause| cause.known);
    let cause = |cause: &Cause| match cause.layer {
        Some(layer) => format!("{{cause: {}, layer: {}}}", cause.path.value, layer.word()),
        None => cause.path.value.clone(),
    };
    known.map(cause).collect()
}

/// A link in Markdown.
fn link(words: &str, target: &str) -> String {
    let is_plain = !target.contains([' ', '(', ')', '<', '>']);
    let target = if is_plain { target.to_owned() } else { format!("<{target}>") };
    format!("[{}]({target})", paragraph_text(&on_one_line(words)))
}

/// The document: every field and section the profile asks for, each with what is to be written there in a comment.
fn document(
    config: &Config,
    profile: &Profile,
    arguments: &Arguments,
    (title, start): (&str, &str),
    replayed: Option<&Replayed>,
) -> String {
    let services = match replayed {
        Some(replayed) if arguments.services.is_empty() => &replayed.services,
        _ => &arguments.services,
    };
    let mut text = "---\n".to_owned();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key}: {value}");
    };
    line("title", &quoted(title));
    line("kind", &profile.name);
    line("status", "draft");
    let asked = |field: &str| profile.fields.iter().chain(&profile.reviewed_fields).any(|asked| asked == field);
    for field in &profile.fields {
        match field.as_str() {
            "title" | "kind" | "status" | "id" => {}
            "severity" => line("severity", arguments.severity.as_deref().unwrap_or("# one of the site's scale, such as sev2")),
            "services" => line("services", &format!("[{}]", services.join(", "))),
            "started_at" => line("started_at", start),
            "root_causes" => line("root_causes", "[]  # such as {cause: change/config, layer: technical, note: …}"),
            "impact" if !profile.impact.is_empty() => line("impact", &dimensions(profile)),
            field if field.ends_with("_at") => line(field, "# when; 2026-03-11T13:52Z"),
            field => line(field, &hint(config, field)),
        }
    }
    if !asked("services") && !services.is_empty() {
        line("services", &format!("[{}]", services.join(", ")));
    }
    if let Some(replayed) = replayed {
        line("related", &format!("[{{id: {}, why: {}}}]", quoted(&replayed.id), RelatedWhy::DrillOf.word()));
        line("root_causes", &format!("[{}]  # what was rehearsed", replayed.causes.join(", ")));
    }
    line("tags", "[]");
    text.push_str("---\n");
    if let Some(replayed) = replayed {
        text.push_str(&scenario(replayed));
    }
    for key in &profile.required {
        let Some(section) = config.sections.iter().find(|section| section.key == *key) else { continue };
        let _ = write!(text, "\n## {}\n\n<!-- {} -->\n", section.title, section.prompt);
        match key.as_str() {
            "timeline" => {
                text.push_str(&table(&["Time (UTC)", "Event"]));
                text.push_str(&replayed.map(moments).unwrap_or_default());
            }
            "actions" => text.push_str(&table(&action_columns(profile))),
            _ => {}
        }
    }
    text
}

/// What was played, and a table of what the players were to learn.
fn scenario(replayed: &Replayed) -> String {
    let mut text = format!("\n## Scenario\n\n{}\n", replayed.scenario);
    if !replayed.objectives.is_empty() {
        text.push_str(&table(&["Objective", "Met", "What showed it"]));
        for objective in &replayed.objectives {
            let _ = writeln!(text, "| {} | | |", cell_text(&on_one_line(objective)));
        }
    }
    text
}

/// The rows of the timeline of a drill, whose times are what it measures.
fn moments(replayed: &Replayed) -> String {
    let questions = (1..=replayed.questions).map(|n| format!("[decision] Step {n}: what was decided, and why"));
    let begin = ["[started] The drill began".to_owned(), "[detected] The players said that something was wrong".to_owned()];
    let moments = begin.into_iter().chain(questions).chain(["[resolved] The drill ended".to_owned()]);
    moments.fold(String::new(), |rows, moment| rows + "| | " + &moment + " |\n")
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
        let arguments = Arguments { title: None, kind: None, severity: None, services: Vec::new(), start: None, from: None, edit: false };
        let text = |kind: &str| document(&config, &config.profiles[kind], &arguments, ("Checkout failed", "2026-03-11"), None);
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

    #[test]
    fn a_target_with_blanks_or_brackets_is_put_into_angles() {
        assert_eq!(link("a [b]", "x (1).md"), "[a \\[b\\]](<x (1).md>)");
    }
}
