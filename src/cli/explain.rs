//! `afterword explain [rule or group]`

use std::fmt::Write as _;

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::check::{Group, RULES, names, rule};
use crate::diagnostic::did_you_mean;

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule, or a group of rules; without it, all rules are listed.
    name: Option<String>,
}

pub(super) fn run(terminal: Terminal, arguments: &Arguments) -> Result<Outcome, Failure> {
    let text = match &arguments.name {
        None => list(&Group::ALL),
        Some(name) => match (rule(name), Group::ALL.iter().find(|group| group.word() == name)) {
            (Some(rule), _) => rule.explain(),
            (None, Some(group)) => list(&[*group]),
            (None, None) => return Err(unknown(name)),
        },
    };
    terminal.data(&text)?;
    Ok(Outcome::Done)
}

/// The rules of some groups, a line each: name, level, what it finds.
fn list(groups: &[Group]) -> String {
    let width = RULES.iter().map(|rule| rule.name.0.len()).max().unwrap_or(0);
    let mut text = String::new();
    for group in groups {
        let of_group = RULES.iter().filter(|rule| rule.group == *group);
        let before = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{before}{}:", group.word());
        for rule in of_group {
            let _ = writeln!(text, "  {:width$}  {:7}  {}", rule.name.0, rule.level.word(), rule.summary());
        }
    }
    text
}

fn unknown(name: &str) -> Failure {
    let hint = did_you_mean(name, names()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Failure(format!("there is no rule or group of rules `{name}`{hint}"))
}
