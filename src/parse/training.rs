//! The field `training`: reading paths on pages, drills and questions on postmortems.

use super::INVALID_VALUE;
use super::cause::{answer, check_keys, plain, value, words};
use super::field::Fields;
use super::finding::Findings;
use crate::diagnostic::Spanned;
use crate::frontmatter::{Mapping, Node, ScalarKind, Value};
use crate::model::{Difficulty, DrillPlan, PromptPlan, ReadingEntry, Training};

/// What every document can say.
const SHARED: [&str; 5] = ["level", "audience", "minutes", "objectives", "questions"];

/// Reads what a postmortem says.
pub(super) fn of_postmortem(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<Training> {
    let mapping = mapping(fields, findings)?;
    check_keys(mapping, "training", &[&SHARED[..], &["drill"]].concat(), findings);
    let drill = value(mapping, "drill").and_then(|node| drill(node, findings));
    Some(Training { drill, ..shared(mapping, findings) })
}

/// Reads what a page says.
pub(super) fn of_page(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<Training> {
    let mapping = mapping(fields, findings)?;
    check_keys(mapping, "training", &[&SHARED[..], &["reading"]].concat(), findings);
    let items = value(mapping, "reading").map(Node::items_or_mapping).unwrap_or_default();
    let reading = items.iter().filter_map(|item| reading(item, findings)).collect();
    Some(Training { reading, ..shared(mapping, findings) })
}

fn mapping<'a>(fields: &Fields<'a>, findings: &mut Findings<'_>) -> Option<&'a Mapping> {
    let node = fields.get("training")?;
    let mapping = node.mapping();
    if mapping.is_none() {
        let finding = findings.error(INVALID_VALUE, node.span, "`training` is no mapping");
        findings.push(finding.help("write `training:` and below it keys such as `level`, `objectives` and `questions`"));
    }
    mapping
}

fn shared(mapping: &Mapping, findings: &mut Findings<'_>) -> Training {
    Training {
        level: answer(mapping, "level", "training.level", Difficulty::ALL, Difficulty::word, findings).map(|level| level.value),
        audience: words(mapping, "audience"),
        minutes: value(mapping, "minutes").and_then(|node| minutes(node, findings)),
        objectives: texts(mapping, "objectives", findings),
        questions: texts(mapping, "questions", findings),
        ..Training::default()
    }
}

fn minutes(node: &Node, findings: &mut Findings<'_>) -> Option<u32> {
    let minutes = node.text().and_then(|text| text.trim().parse().ok()).filter(|minutes| *minutes > 0);
    if minutes.is_none() {
        let finding = findings.error(INVALID_VALUE, node.span, "`training.minutes` is no number of minutes");
        findings.push(finding.help("write a whole number, such as `45`"));
    }
    minutes
}

/// The texts of a list.
fn texts(mapping: &Mapping, key: &str, findings: &mut Findings<'_>) -> Vec<String> {
    placed_texts(mapping, key, findings).into_iter().map(|text| text.value).collect()
}

fn placed_texts(mapping: &Mapping, key: &str, findings: &mut Findings<'_>) -> Vec<Spanned<String>> {
    let items = value(mapping, key).map(Node::items_or_mapping).unwrap_or_default();
    items.iter().filter_map(|item| plain(item, key, findings)).collect()
}

/// How an incident is played: `true`, or a mapping.
fn drill(node: &Node, findings: &mut Findings<'_>) -> Option<DrillPlan> {
    let Some(mapping) = node.mapping() else {
        return match &node.value {
            Value::Scalar(scalar) if scalar.kind == ScalarKind::Bool(true) => Some(DrillPlan { span: node.span, ..DrillPlan::default() }),
            Value::Scalar(scalar) if scalar.kind == ScalarKind::Bool(false) => None,
            _ => {
                let finding = findings.error(INVALID_VALUE, node.span, "`training.drill` is neither `true` nor a mapping");
                findings.push(finding.help("write `drill: true`, or `title`, `briefing`, `from`, `unknown` and `prompts` below it"));
                None
            }
        };
    };
    check_keys(mapping, "training.drill", &["title", "briefing", "from", "unknown", "prompts"], findings);
    let paragraphs = |text: &str| text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let items = value(mapping, "prompts").map(Node::items_or_mapping).unwrap_or_default();
    Some(DrillPlan {
        title: words(mapping, "title"),
        briefing: paragraphs(&words(mapping, "briefing")),
        from: value(mapping, "from").and_then(|node| plain(node, "from", findings)),
        unknown: placed_texts(mapping, "unknown", findings),
        prompts: items.iter().filter_map(|item| prompt(item, findings)).collect(),
        span: node.span,
    })
}

fn prompt(item: &Node, findings: &mut Findings<'_>) -> Option<PromptPlan> {
    let mapping = item.mapping();
    if let Some(mapping) = mapping {
        check_keys(mapping, "training.drill.prompts", &["before", "ask", "hints"], findings);
    }
    let before = mapping.and_then(|mapping| value(mapping, "before")).and_then(|node| plain(node, "before", findings));
    let (Some(mapping), Some(before)) = (mapping, before) else {
        let finding = findings.error(INVALID_VALUE, item.span, "this prompt does not say before which event it is asked");
        findings.push(finding.help("write `{before: \"14:02\", ask: …}` with the time of an event of the timeline"));
        return None;
    };
    Some(PromptPlan { before, ask: words(mapping, "ask"), hints: texts(mapping, "hints", findings) })
}

/// An entry of a path: a mapping of `incident`, `why` and `questions`, or the incident alone.
fn reading(item: &Node, findings: &mut Findings<'_>) -> Option<ReadingEntry> {
    let Some(mapping) = item.mapping() else {
        let incident = plain(item, "training.reading", findings)?;
        return Some(ReadingEntry { incident, why: String::new(), questions: Vec::new() });
    };
    check_keys(mapping, "training.reading", &["incident", "why", "questions"], findings);
    let Some(incident) = value(mapping, "incident").and_then(|node| plain(node, "incident", findings)) else {
        let finding = findings.error(INVALID_VALUE, item.span, "this entry of `training.reading` names no `incident`");
        findings.push(finding.help("write `{incident: …, why: …}` with the id of an incident, or the id alone"));
        return None;
    };
    Some(ReadingEntry { incident, why: words(mapping, "why"), questions: texts(mapping, "questions", findings) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::SourcePath;
    use crate::model::AnyDocument;
    use crate::parse::tests::postmortem;
    use crate::parse::{Role, document};

    #[test]
    fn a_drill_is_chosen_in_a_word_or_planned() {
        let (chosen, findings) = postmortem("---\ntraining: {drill: true, level: Introductory, minutes: 45}\n---\n");
        let training = chosen.training.as_ref().unwrap();
        assert_eq!((training.level, training.minutes, findings.as_slice()), (Some(Difficulty::Introductory), Some(45), [].as_slice()));
        assert!(training.drill.as_ref().is_some_and(|drill| drill.title.is_empty() && drill.prompts.is_empty()));
        let (planned, findings) = postmortem(
            "---\ntraining:\n  objectives: read a graph\n  drill:\n    title: Error pages\n    briefing: |\n      You are on call.\n\n      It is noon.\n\
             \x20   prompts: [{before: '14:02', ask: Who decides?, hints: [a, b]}]\n---\n",
        );
        assert_eq!(findings, [""; 0]);
        let training = planned.training.as_ref().unwrap();
        let drill = training.drill.as_ref().unwrap();
        assert_eq!(training.objectives, ["read a graph"]);
        assert_eq!(
            (drill.title.as_str(), drill.briefing.as_slice()),
            ("Error pages", ["You are on call.".into(), "It is noon.".into()].as_slice())
        );
        let [prompt] = drill.prompts.as_slice() else { panic!("{drill:?}") };
        assert_eq!((prompt.before.value.as_str(), prompt.ask.as_str(), prompt.hints.len()), ("14:02", "Who decides?", 2));
        assert!(postmortem("---\ntraining: {drill: false}\n---\n").0.training.as_ref().unwrap().drill.is_none());
    }

    #[test]
    fn what_is_no_value_is_a_finding() {
        let (_, findings) = postmortem(
            "---\ntraining:\n  level: hard\n  minutes: soon\n  reading: [A1]\n  drill: {prompts: [{ask: Why?}], title: T, brief: B}\n---\n",
        );
        assert_eq!(
            findings,
            [
                "invalid-value \"hard\": `hard` is no value of `training.level`",
                "invalid-value \"soon\": `training.minutes` is no number of minutes",
                "invalid-value \"reading\": `reading` is no key of `training`",
                "invalid-value \"{ask: Why?}\": this prompt does not say before which event it is asked",
                "invalid-value \"brief\": `brief` is no key of `training.drill`",
            ]
        );
        assert_eq!(postmortem("---\ntraining: a lot\n---\n").1, ["invalid-value \"a lot\": `training` is no mapping"]);
    }

    #[test]
    fn a_page_lists_incidents_in_order() {
        let text = "---\ntraining:\n  audience: everybody\n  reading:\n    - CS-1\n    - {incident: CS-2, why: It shows., questions: [What?]}\n    - {why: nothing}\n---\n";
        let parsed = document(&SourcePath::from("content/training/a.md"), text, Role::Page, &Config::default());
        let AnyDocument::Page(page) = parsed.document else { panic!("a page") };
        let reading = &page.training.as_ref().unwrap().reading;
        let told: Vec<_> = reading.iter().map(|entry| (entry.incident.value.as_str(), entry.why.as_str(), entry.questions.len())).collect();
        assert_eq!(told, [("CS-1", "", 0), ("CS-2", "It shows.", 1)]);
        assert_eq!(parsed.findings.len(), 1);
    }
}
