//! Incidents that are kept as issues of GitHub or GitLab.
//!
//! GitHub: the REST API (<https://docs.github.com/en/rest/issues/issues#list-repository-issues>) and `gh issue list --json` (<https://cli.github.com/manual/gh_issue_list>),
//! whose keys are in camel case. GitLab: the REST API (<https://docs.gitlab.com/api/issues/>) and `glab issue list --output json`, which prints the same.

use serde_json::{Map, Value};

use super::draft::{Draft, Guess};
use super::yaml::Yaml;
use super::{Format, Imported, Outcome, Skipped, WrongForm, facts, fields, headings, html};
use crate::config::Config;
use crate::markdown::text::on_one_line;
use crate::markdown::write::prefixed;
use crate::parse;

/// Keys that say nothing of the incident, and those that are read, in snake case.
const THEIRS: [&str; 72] = [
    "id",
    "node_id",
    "number",
    "iid",
    "url",
    "html_url",
    "web_url",
    "repository_url",
    "labels_url",
    "comments_url",
    "events_url",
    "timeline_url",
    "repository",
    "title",
    "body",
    "description",
    "state",
    "state_reason",
    "labels",
    "created_at",
    "updated_at",
    "closed_at",
    "user",
    "author",
    "assignee",
    "assignees",
    "comments",
    "user_notes_count",
    "closed",
    "closed_by",
    "milestone",
    "locked",
    "active_lock_reason",
    "author_association",
    "draft",
    "pull_request",
    "body_html",
    "body_text",
    "reactions",
    "reaction_groups",
    "performed_via_github_app",
    "score",
    "project_cards",
    "project_items",
    "is_pinned",
    "project_id",
    "upvotes",
    "downvotes",
    "merge_requests_count",
    "has_tasks",
    "task_status",
    "task_completion_status",
    "time_stats",
    "_links",
    "references",
    "subscribed",
    "discussion_locked",
    "issue_type",
    "type",
    "severity",
    "confidential",
    "moved_to_id",
    "imported",
    "imported_from",
    "service_desk_reply_to",
    "epic_iid",
    "blocking_issues_count",
    "sub_issues_summary",
    "issue_dependencies_summary",
    "closed_by_pull_requests_references",
    "issue_field_values",
    "type_id",
];

/// Makes a draft of every issue of GitHub; `Format::Gitlab` reads those of GitLab.
///
/// # Errors
/// The text is not JSON, or holds no issues.
pub fn read(format: Format, text: &str, config: &Config) -> Result<Imported, WrongForm> {
    let mut imported = Imported::default();
    for value in values(text)? {
        let issue = value.as_object().map(in_snake_case).filter(|issue| issue.contains_key("title"));
        let Some(issue) = issue else {
            imported.skipped.push(Skipped {
                from: "an entry".to_owned(),
                why: "it is no issue, for it has no title".to_owned(),
                wants_review: true,
            });
            continue;
        };
        if issue.get("pull_request").is_some_and(|value| !value.is_null()) {
            let from = issue.get("html_url").or(issue.get("title")).and_then(words).unwrap_or_default();
            imported.skipped.push(Skipped { from, why: "it is a pull request".to_owned(), wants_review: false });
            continue;
        }
        imported.drafts.push(draft(format, &issue, config));
    }
    if imported.drafts.is_empty() && imported.skipped.iter().any(|skipped| skipped.wants_review) {
        return Err(WrongForm(format!("these are no issues of {}", if format == Format::Gitlab { "GitLab" } else { "GitHub" })));
    }
    Ok(imported)
}

/// The values of a JSON text; those of lists one by one. Several texts may follow each other, as pages of an answer do.
pub(super) fn values(text: &str) -> Result<Vec<Value>, WrongForm> {
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<Value>() {
        match value.map_err(|error| WrongForm(format!("this is no JSON: {error}")))? {
            Value::Array(values) => all.extend(values),
            value => all.push(value),
        }
    }
    Ok(all)
}

/// The words of a value that is a text or a number.
pub(super) fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Says the title, or that there is none.
pub(super) fn title(draft: &mut Draft, key: &str, title: Option<String>) {
    if title.is_some() {
        draft.note(Outcome::Mapped, key, "title", "");
    } else {
        draft.note(Outcome::Guessed, "id", "title", "the source has none; name the effect, not the cause");
    }
    let title = title.unwrap_or_else(|| format!("Incident {}", draft.id));
    draft.set("title", Yaml::text(title));
}

/// Keeps what no field answers to, and tells what was left out.
pub(super) fn keep_rest(draft: &mut Draft, entry: &Map<String, Value>, theirs: &[&str]) {
    for (key, value) in entry.iter().filter(|(key, _)| !theirs.contains(&key.as_str())) {
        draft.keep(key, Yaml::of_json(value), "no field answers to it");
    }
}

/// The keys of `gh` as those of the REST API.
fn in_snake_case(issue: &Map<String, Value>) -> Map<String, Value> {
    let snake = |key: &str| {
        key.chars().fold(String::new(), |mut out, c| {
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        })
    };
    issue.iter().map(|(key, value)| (snake(key), value.clone())).collect()
}

fn draft(format: Format, issue: &Map<String, Value>, config: &Config) -> Draft {
    let text = |key: &str| issue.get(key).and_then(words);
    let address = ["html_url", "web_url", "url"].iter().find_map(|key| text(key));
    let id = address
        .clone()
        .or_else(|| text("number"))
        .or_else(|| text("iid"))
        .or_else(|| text("id"))
        .or_else(|| text("title"))
        .unwrap_or_default();
    let mut draft = Draft::new(format, id, &Value::Object(issue.clone()).to_string());
    title(&mut draft, "title", text("title"));
    if let Some(address) = address {
        fields::put(&mut draft, "url", "source", Yaml::text(address), config);
    }
    times(&mut draft, issue);
    labels(&mut draft, issue, config);
    if let Some(severity) = text("severity").filter(|severity| severity != "UNKNOWN" && draft.get("severity").is_none()) {
        fields::severity(&mut draft, "severity", &severity, config);
    }
    if issue.get("confidential").and_then(Value::as_bool) == Some(true) {
        fields::put(&mut draft, "confidential", "visibility", Yaml::text("internal"), config);
    }
    if text("state").is_some_and(|state| matches!(state.to_lowercase().as_str(), "open" | "opened")) {
        fields::be_draft(&mut draft, "state: open", Outcome::Mapped, "it is not over");
    }
    if let Some(reason) = text("state_reason").filter(|reason| !reason.eq_ignore_ascii_case("completed")) {
        draft.keep("state_reason", Yaml::text(reason), "why it was closed");
    }
    people(&mut draft, issue, config);
    if let Some(milestone) = issue.get("milestone").and_then(|milestone| milestone.get("title")).and_then(words) {
        draft.keep("milestone", Yaml::text(milestone), "a milestone of a project, not of an incident");
    }
    let said = [text("body"), text("description")].into_iter().flatten().collect::<Vec<_>>().join("\n\n").replace("\r\n", "\n");
    let said = html::to_markdown(&mut draft, &said);
    let said = headings::settle(&mut draft, &said, config);
    facts::take(&mut draft, &said, config);
    if said.contains("](/uploads/") {
        draft.note(Outcome::Lost, "/uploads/…", "", "files that were uploaded to the issue are not in a list of issues");
    }
    draft.body = said + &comments(&mut draft, issue);
    keep_rest(&mut draft, issue, &THEIRS);
    draft
}

fn times(draft: &mut Draft, issue: &Map<String, Value>) {
    const TIMES: [(&str, &str, &str); 2] = [
        ("created_at", "started_at", "it is when the issue was opened; say when the impact began"),
        ("closed_at", "resolved_at", "it is when the issue was closed; say when all was well again"),
    ];
    for (key, field, why) in TIMES {
        if let Some(moment) = issue.get(key).and_then(words).filter(|moment| parse::moment(moment).is_some()) {
            draft.guesses.push(Guess { field, moment, from: key.to_owned(), why, is_told: false });
        }
    }
}

/// Labels say the severity, what was affected and why, where they have a scope that says so; the others are words to find it by.
fn labels(draft: &mut Draft, issue: &Map<String, Value>, config: &Config) {
    let labels = issue.get("labels").and_then(Value::as_array).cloned().unwrap_or_default();
    for label in labels.iter().filter_map(|label| words(label.get("name").unwrap_or(label))) {
        let (scope, value) = label.split_once("::").or_else(|| label.split_once([':', '/'])).unwrap_or(("", &label));
        let value = value.trim();
        let (from, has_severity) = (format!("label {label}"), draft.get("severity").is_some());
        match scope.trim().to_lowercase().replace([' ', '-', '_'], "").as_str() {
            "severity" | "sev" if !has_severity => fields::severity(draft, &from, value, config),
            "" if !has_severity && is_severity(value, config) => fields::severity(draft, &from, value, config),
            "service" | "component" | "system" => fields::add(draft, &from, "services", &fields::service(value, config)),
            "rootcause" | "cause" => fields::cause(draft, &from, value, config),
            _ => fields::add(draft, &from, "tags", &label),
        }
    }
}

/// Whether a label by itself is a severity: a step of the site's scale, or `sev-2`, `S2`.
fn is_severity(label: &str, config: &Config) -> bool {
    let lower = label.to_lowercase();
    let number = lower.strip_prefix("sev").or_else(|| lower.strip_prefix('s')).map(|rest| rest.trim_start_matches(['-', ' ']));
    config.severities.iter().any(|term| [&term.id, &term.name].iter().any(|name| name.eq_ignore_ascii_case(label)))
        || number.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| (b'1'..=b'5').contains(&digit)))
}

fn login(person: &Value) -> Option<String> {
    ["login", "username", "name"].iter().find_map(|key| words(person.get(*key)?))
}

fn people(draft: &mut Draft, issue: &Map<String, Value>, config: &Config) {
    if let Some(author) = issue.get("user").or(issue.get("author")).and_then(login) {
        fields::put(draft, "author", "authors", Yaml::texts([author]), config);
    }
    let several = issue.get("assignees").and_then(Value::as_array).cloned().unwrap_or_default();
    let one = issue.get("assignee").cloned().filter(|_| several.is_empty());
    draft.keep("assignees", Yaml::texts(several.iter().chain(&one).filter_map(login)), "who the issue was given to");
}

/// What was said below the issue, each comment as a quote; where there is only a number of comments, that they are missing.
fn comments(draft: &mut Draft, issue: &Map<String, Value>) -> String {
    let mut out = String::new();
    match issue.get("comments").or(issue.get("user_notes_count")) {
        Some(Value::Array(comments)) => {
            for comment in comments {
                let said = comment.get("body").and_then(words).unwrap_or_default().replace("\r\n", "\n");
                let at = ["createdAt", "created_at"].iter().find_map(|key| words(comment.get(*key)?)).unwrap_or_default();
                let by = comment.get("author").or(comment.get("user")).and_then(login).unwrap_or_default();
                let said = html::to_markdown(draft, &said);
                out.extend(["\n**", &on_one_line(&[at, by].join(" ")), "**\n\n", &prefixed(&format!("{}\n", said.trim()), "> ", "> ")]);
            }
        }
        Some(Value::Number(count)) if count.as_u64() != Some(0) => {
            let hint = if draft.format == Format::Github { "; `gh issue list --json comments,…` has them" } else { "" };
            draft.note(Outcome::Lost, format!("{count} comments"), "", format!("they are not in this list{hint}"));
        }
        _ => {}
    }
    if out.is_empty() {
        return out;
    }
    draft.note(Outcome::Kept, "comments", "Comments", "");
    format!("\n\n## Comments\n{out}")
}
