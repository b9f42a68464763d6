//! The reference in the guide is made of the program: settings, front matter, sections and kinds, commands. `UPDATE=1 cargo test --test reference`
//! writes it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use afterword::config::{Config, Profile};
use afterword::schema;
use serde_json::Value;

/// Holds a page to what it should be, or writes it.
fn hold(name: &str, title: &str, text: &str) {
    let path = format!("{}/content/guide/reference/{name}.md", env!("CARGO_MANIFEST_DIR"));
    let page = format!(
        "---\ntitle: {title}\nvisibility: public\n---\n\n<!-- Made of the program: UPDATE=1 cargo test --test reference -->\n\n{}\n",
        text.trim()
    );
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "{name}: not what the program is; `UPDATE=1 cargo test --test reference`"
    );
}

/// A row of a table.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn code(word: &str) -> String {
    format!("`{word}`")
}

/// Words as code, with commas between them.
fn codes<S: AsRef<str>>(words: &[S]) -> String {
    words.iter().map(|word| code(word.as_ref())).collect::<Vec<_>>().join(", ")
}

/// What a value of the schema may be, in words.
fn kind(schema: &Value, value: &Value) -> String {
    if let Some(to) = value["$ref"].as_str().or(value["allOf"][0]["$ref"].as_str()) {
        let name = to.rsplit('/').next().unwrap();
        let definition = &schema["definitions"][name];
        // Long vocabularies have pages of their own.
        return match (name, definition["enum"].as_array()) {
            ("level" | "history" | "aspect", Some(words)) => {
                words.iter().map(|word| code(word.as_str().unwrap())).collect::<Vec<_>>().join(", ")
            }
            ("words", _) => "text, or a list of them".to_owned(),
            ("rule_levels", _) => "levels by rule".to_owned(),
            _ => name.to_owned(),
        };
    }
    match value["type"].as_str() {
        Some("array") => format!("list of {}", plural(&kind(schema, &value["items"]))),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("integer") => "number".to_owned(),
        Some("object") => "table".to_owned(),
        Some("string") => "text".to_owned(),
        _ => "text or table".to_owned(),
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "text" => "texts".to_owned(),
        kind if kind.starts_with('`') => kind.to_owned(),
        "severity" => "severities".to_owned(),
        kind => format!("{kind}s"),
    }
}

/// The tables of settings, each with the rows of its keys.
fn tables(schema: &Value, value: &Value, header: &str, out: &mut String) {
    let value = value["$ref"].as_str().map_or(value, |to| schema.pointer(&to[1..]).unwrap());
    let (mut rows, mut below) = (String::new(), Vec::new());
    for (key, of) in value["properties"].as_object().into_iter().flatten() {
        let path = if header.is_empty() { key.clone() } else { format!("{header}.{key}") };
        let items = &of["items"];
        if of["type"] == "object" {
            below.push((path, of));
        } else if items["type"] == "object" {
            below.push((path, items));
        } else {
            let default = of.get("default").map_or_else(String::new, |default| code(&default.to_string()));
            rows.push_str(&row(&[&code(key), &kind(schema, of), &default, of["description"].as_str().unwrap_or_default()]));
        }
    }
    if !header.is_empty() {
        let _ = write!(out, "\n## `{header}`\n\n{}\n", value["description"].as_str().unwrap_or_default());
    }
    if !rows.is_empty() {
        let _ = write!(out, "\n| Key | Value | Default | Meaning |\n|---|---|---|---|\n{rows}");
    }
    if !header.is_empty() && value["additionalProperties"]["$ref"].is_string() {
        let _ = write!(out, "\nAny key, each with: {}.\n", kind(schema, &value["additionalProperties"]));
    }
    if value["additionalProperties"]["type"] == "object" {
        below.push((format!("{header}.<id>"), &value["additionalProperties"]));
    }
    for (path, of) in below {
        tables(schema, of, &path, out);
    }
}

#[test]
fn the_settings() {
    let schema = schema::settings(&Config::default());
    let mut text = "Every key of `site.toml`, by table. [Settings](../settings.md) shows them at work; `afterword schema config` is the same for editors.\n".to_owned();
    tables(&schema, &schema, "", &mut text);
    hold("settings", "Settings, key by key", &text);
}

#[test]
fn the_front_matter() {
    let config = Config::default();
    let mut text = "What stands at the top of a postmortem. Other names are read as well: those of other tools, without regard to case, hyphens and blanks. `afterword schema postmortem` is the same for programs.\n\n\
                    | Field | Value | Meaning | Other names |\n|---|---|---|---|\n"
        .to_owned();
    for (name, field) in &config.fields.known {
        let others: Vec<&str> =
            config.fields.aliases.iter().filter(|(_, canonical)| *canonical == name).map(|(alias, _)| alias.as_str()).collect();
        text.push_str(&row(&[&code(name), &field.shape, &field.meaning, &codes(&others)]));
    }
    let _ = write!(text, "\nKept, shown to templates, and not spoken of: {}.\n", codes(&config.fields.extra));
    hold("front-matter", "Front matter, field by field", &text);
}

/// What a kind of document is asked for.
fn asked(profile: &Profile) -> String {
    let mut text = format!("\n### `{}`\n\n{}\n\n", profile.name, profile.description);
    let aspects: Vec<&str> = profile.actions.iter().map(|aspect| aspect.word()).collect();
    let lists = [
        ("Sections", codes(&profile.required)),
        ("Sections it offers", codes(&profile.optional)),
        ("Fields", codes(&profile.fields)),
        ("Fields once it is reviewed", codes(&profile.reviewed_fields)),
        ("Dimensions of impact", codes(&profile.impact)),
        ("Of every open action", codes(&aspects)),
    ];
    for (name, words) in lists.iter().filter(|(_, words)| !words.is_empty()) {
        let _ = writeln!(text, "- {name}: {words}");
    }
    for condition in &profile.when {
        let fields: Vec<String> = condition.fields_are.iter().map(|(field, values)| format!("`{field}` is {}", codes(values))).collect();
        let wanted: Vec<String> = condition.required.iter().chain(&condition.fields).map(|word| code(word)).collect();
        let _ = writeln!(text, "- Where {}: {}", fields.join(" and "), wanted.join(", "));
    }
    for (section, parts) in &profile.parts {
        let _ = writeln!(text, "- `{section}` speaks of {}", parts.join(", "));
    }
    text
}

#[test]
fn the_sections_and_kinds() {
    let config = Config::default();
    let mut text = "A heading is known by its text, whatever its level, in any of the forms below. Of a kind, `afterword check` asks for what is listed with it, and \
                    `afterword new` writes it down to be filled in.\n\n## Sections\n\n| Key | Heading | What to write | Other headings |\n|---|---|---|---|\n"
        .to_owned();
    for section in &config.sections {
        text.push_str(&row(&[&code(&section.key), &section.title, &section.prompt, &section.aliases.join(", ")]));
    }
    text.push_str("\n## Kinds\n");
    for profile in config.profiles.values() {
        text.push_str(&asked(profile));
    }
    hold("sections", "Sections and kinds", &text);
}

/// What a command says of itself.
fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_afterword")).args(arguments).env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// Options that every command has.
const SHARED: [&str; 5] = ["-C, --directory", "-q, --quiet", "--color", "-h, --help", "-V, --version"];

/// The commands that a help lists, but for the one that prints help.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.split_once("Commands:\n").map_or("", |(_, rest)| rest.split_once("\n\n").map_or(rest, |(listed, _)| listed));
    let names =
        listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn the_commands() {
    let whole = help(&["--help"]);
    let commands = subcommands(&whole);
    assert!(commands.len() > 15, "{commands:?}");
    let mut text = format!(
        "What each command says of itself. {}\n\nEvery command takes `-C <folder>` (work there), `-q` (say only what went wrong) and `--color auto|always|never`.\n",
        whole.split("\n\n").last().unwrap().trim().replace('\n', " ")
    );
    let mut pages = commands;
    let mut at = 0;
    // Commands of commands stand after them.
    while let Some(command) = pages.get(at).cloned() {
        let words: Vec<&str> = command.split(' ').collect();
        let told = help(&[&words[..], &["--help"]].concat());
        for (n, name) in subcommands(&told).into_iter().enumerate() {
            pages.insert(at + 1 + n, format!("{command} {name}"));
        }
        at += 1;
        // Options that every command has stand above, once.
        let mut kept = String::new();
        let mut is_shared = false;
        for line in told.lines() {
            let is_option = line.trim_start().starts_with('-') && line.starts_with("  ") && !line.starts_with("       ");
            if is_option {
                is_shared = SHARED.iter().any(|option| line.trim_start().starts_with(option));
            } else if !line.starts_with(' ') && !line.is_empty() {
                is_shared = false;
            }
            if !is_shared {
                kept.push_str(line.trim_end());
                kept.push('\n');
            }
        }
        let kept = kept.trim().trim_end_matches("Options:").trim();
        let _ = write!(text, "\n## `{command}`\n\n```text\n{kept}\n```\n");
    }
    hold("commands", "Commands, option by option", &text);
}
