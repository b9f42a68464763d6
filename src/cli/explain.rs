//! `afterword explain <rule>`

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::check::RULES;
use crate::diagnostic::did_you_mean;

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule; without it, all rules are listed.
    rule: Option<String>,
}

pub(super) fn run(terminal: Terminal, arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.rule else {
        let width = RULES.iter().map(|rule| rule.name.0.len()).max().unwrap_or(0);
        let lines = RULES.iter().map(|rule| format!("{:width$}  {:7}  {}\n", rule.name.0, rule.level.word(), rule.summary()));
        terminal.data(&lines.collect::<String>());
        return Ok(Outcome::Done);
    };
    if let Some(rule) = RULES.iter().find(|rule| rule.name.0 == name) {
        terminal.data(&rule.explain());
        return Ok(Outcome::Done);
    }
    let hint = did_you_mean(name, RULES.iter().map(|rule| rule.name.0)).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Err(Failure(format!("there is no rule `{name}`{hint}")))
}
