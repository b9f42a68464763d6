//! `unquantified-impact`

use crate::check::passage::is_among;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::{State, prose_under, state};
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::Postmortem;

declare_rule! {
    /// The impact of an incident is told without any quantity.
    ///
    /// ## Why
    ///
    /// "Some users saw errors" is true of three users and of three million. Without a number, no reader can tell whether the severity is
    /// right, and no one can say afterwards whether it got better. A bound is enough: at least, about, at most.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Impact
    ///
    /// Some users could not pay.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Impact
    ///
    /// About one payment in three was rejected for 40 minutes; at least 4,000 customers were affected.
    /// ```
    ///
    /// Digits and number words count, in the field `impact` or the section, and so do `none`, `unknown` and `n/a: reason`, and words that say
    /// it of all or of nobody.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at, and only where something is said of the impact.
    static UNQUANTIFIED_IMPACT = { name: "unquantified-impact", group: Impact, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

/// Words that are a quantity, or say that there is none.
const QUANTITIES: [&str; 56] = [
    "all",
    "both",
    "complete",
    "completely",
    "dozen",
    "dozens",
    "each",
    "eight",
    "eighty",
    "eleven",
    "entire",
    "entirely",
    "every",
    "everybody",
    "everyone",
    "fifteen",
    "fifty",
    "five",
    "forty",
    "four",
    "full",
    "fully",
    "half",
    "hundred",
    "hundreds",
    "million",
    "millions",
    "n/a",
    "nine",
    "ninety",
    "no",
    "nobody",
    "none",
    "nothing",
    "once",
    "one",
    "quarter",
    "seven",
    "seventy",
    "single",
    "six",
    "sixty",
    "ten",
    "third",
    "thirty",
    "thousand",
    "thousands",
    "three",
    "total",
    "twelve",
    "twenty",
    "twice",
    "two",
    "unknown",
    "whole",
    "zero",
];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    if is_quantified(postmortem) {
        return Vec::new();
    }
    let section = postmortem.body.sections.iter().find(|section| section.key.as_deref() == Some("impact"));
    let is_said = matches!(state(context, postmortem, "impact"), State::Filled);
    let Some(span) = section.filter(|_| is_said).map(|section| section.heading_span).or_else(|| Some(postmortem.impact.first()?.1.span))
    else {
        return Vec::new();
    };
    let finding = UNQUANTIFIED_IMPACT.finding(&postmortem.head.path, span, "the impact is told without any quantity");
    vec![finding.help("how many, how much, how long? A bound is enough (`at least 40`), and `none` and `unknown` are answers")]
}

fn is_quantified(postmortem: &Postmortem) -> bool {
    postmortem.impact.iter().any(|(_, words)| has_quantity(&words.value))
        || prose_under(postmortem, "impact").iter().any(|passage| has_quantity(&passage.text))
}

fn has_quantity(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '/');
    text.contains(|c: char| c.is_numeric()) || words().any(|word| is_among(word, &QUANTITIES))
}
