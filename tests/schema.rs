//! The schema of the settings has the keys that the program asks for, and says what it takes each to be.

#![expect(clippy::unwrap_used, reason = "a test panics when the schema is not what the program reads")]

use std::collections::BTreeSet;

use afterword::config::{self, Config};
use afterword::schema::{Setting, front_matter, in_force, settings};
use serde_json::Value;

/// The keys of an object of the schema.
fn keys(object: &Value) -> BTreeSet<String> {
    object["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
}

/// Looks through the objects of the schema whose keys are fixed: `header` is how the table that they describe is written.
fn look(schema: &Value, object: &Value, header: &str, seen: &mut usize) {
    let object = object["$ref"].as_str().map_or(object, |to| schema.pointer(&to[1..]).unwrap());
    if object["additionalProperties"] == Value::Bool(false) && object["properties"].is_object() {
        assert_eq!(keys(object), config::keys(header).into_iter().collect(), "{header}");
        *seen += 1;
    }
    let path = header.trim_matches(['[', ']']);
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, value) in object["properties"].as_object().into_iter().flatten() {
        // Of the levels of rules any key might be one.
        if value["type"] == "object" && !["rules", "in"].contains(&key.as_str()) {
            look(schema, value, &format!("[{}]", below(key)), seen);
        } else if value["type"] == "array" && (value["items"]["type"] == "object" || value["items"]["$ref"] == "#/definitions/link") {
            look(schema, &value["items"], &format!("[[{}]]", below(key)), seen);
        }
    }
    if object["additionalProperties"]["type"] == "object" {
        // Some words stand only where they are known.
        let key = if header == "[causes]" { "branch" } else { "outage" };
        look(schema, &object["additionalProperties"], &format!("[{}]", below(key)), seen);
    }
}

#[test]
fn the_settings_have_the_keys_that_are_read() {
    let schema = settings(&Config::default());
    let mut seen = 0;
    look(&schema, &schema, "", &mut seen);
    assert!(seen >= 28, "{seen}");
}

#[test]
fn words_of_the_project_are_in_its_schemas() {
    let (config, _) = config::parse(
        "[[severities]]\nid = 'p0'\n[services.web]\nname = 'Web'\n[profiles.database]\nextends = 'outage'\n[causes.change.own]\nname = 'Own'\n\
         [taxonomies.product]\nplural = 'Products'\n",
    );
    let schema = settings(&config);
    let of = |name: &str, kind: &str| schema["definitions"][name][kind].as_array().unwrap().clone();
    assert_eq!(of("severity", "enum"), ["p0"]);
    assert!(of("profile", "examples").contains(&"database".into()) && of("cause", "enum").contains(&"change/own".into()));
    let levels = &schema["definitions"]["rule_levels"]["properties"];
    assert!(levels["broken-link"]["description"].as_str().unwrap().contains("link") && levels["actions"].is_object(), "{levels}");

    let schema = front_matter(&config);
    let properties = &schema["properties"];
    assert_eq!(properties["severity"]["enum"], serde_json::json!(["p0"]));
    assert_eq!(properties["status"]["enum"], serde_json::json!(["draft", "in-review", "reviewed", "closed"]));
    assert_eq!(properties["visibility"]["enum"], serde_json::json!(["internal", "public"]));
    assert_eq!(properties["services"]["anyOf"][0]["items"]["enum"], serde_json::json!(["web"]));
    assert_eq!(properties["product"]["description"], "Products");
    assert_eq!(properties["draft"]["type"], "boolean");
    let keys = |field: &str| properties[field]["items"]["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let choices = |field: &str| config.fields.known[field].choices();
    assert_eq!(choices("data_integrity"), ["affected", "intact", "unknown"]);
    assert_eq!([choices("published_at"), choices("plan_used"), choices("related")], [[""; 0]; 3], "these may be anything of their shape");
    assert_eq!(keys("fixes"), "commit deployed_at link transaction");
    assert_eq!(keys("root_causes"), "cause layer note origin");
    assert_eq!(keys("evidence"), "collected_at collected_by custody id note path retain_until sha256 source url visibility");
    assert_eq!(properties["detection"]["properties"].as_object().unwrap().len(), 3);
    let every: BTreeSet<&String> = config.fields.known.keys().collect();
    assert!(every.iter().all(|field| properties[field.as_str()]["description"].is_string()), "every field is described");
}

#[test]
fn the_defaults_are_those_of_the_program() {
    let lines: Vec<String> = in_force("").iter().map(|Setting { key, value, .. }| format!("{key} = {value}")).collect();
    let text = lines.join("\n");
    assert!(text.contains("site.title = \"Postmortems\"\n") && text.lines().count() >= 18, "{text}");
    let (config, findings) = config::parse(&text);
    assert_eq!(findings, []);
    // A zone that nobody writes is UTC, but need not be that of a document.
    assert_eq!(config.site.timezone.as_deref(), Some("UTC"));
    let mut expected = Config::default();
    expected.site.timezone.clone_from(&config.site.timezone);
    assert!(config == expected, "{text}");
}

#[test]
fn settings_are_told_as_they_are_written_with_their_lines() {
    let text = "[site]\ntitle = 'Ours'\n\n[services.\"check out\"]\nname = \"Check\\tout\"\n[[nav]]\ntitle = 'A'\nurl = '/a/'\n[[nav]]\ntitle = 'B'\nurl = '/b/'\n";
    let told: Vec<String> =
        in_force(text).into_iter().filter_map(|Setting { key, value, line }| Some(format!("{key} = {value} {}", line?))).collect();
    let expected = [
        "site.title = 'Ours' 2",
        "services.\"check out\".name = \"Check\\tout\" 5",
        "nav.1.title = 'A' 7",
        "nav.1.url = '/a/' 8",
        "nav.2.title = 'B' 10",
        "nav.2.url = '/b/' 11",
    ];
    assert_eq!(told, expected);
    assert!(!in_force(text).iter().any(|setting| setting.key == "site.title" && setting.line.is_none()));
    assert!(in_force("[site\ntitle = 1").iter().any(|setting| setting.key == "site.title"), "what cannot be read has defaults");
}
