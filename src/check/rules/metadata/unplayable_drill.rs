//! `unplayable-drill`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::frontmatter::Entry;
use crate::model::{DocumentId, DrillPlan, Postmortem};
use crate::training::{drill, unasked, unmatched};

declare_rule! {
    /// An incident is chosen for a drill, and cannot be played as it stands. Nothing in its timeline can be asked for, a time that its plan names
    /// is that of no event or of one before which nothing can be asked, its title tells how it ends, or nothing tells the players where they are.
    ///
    /// ## Why
    ///
    /// A drill replays an incident forward: it asks before each thing that responders did, and tells it afterwards. Without such an event there is
    /// no question, and no page. A time that no event has is passed over, and with it the question or the hints that were meant for it. The title
    /// and the briefing are the first that players read: a title with the cause in it ends the drill before it begins.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// title: Checkout refused every card after a configuration change
    /// root_causes: [change/config]
    /// training:
    ///   drill:
    ///     title: A configuration change
    ///     prompts:
    ///       - before: "14:03"
    ///         ask: What do you do?
    /// ```
    ///
    /// ```markdown
    /// ## Timeline
    ///
    /// - 13:52 [detected] A page goes out
    /// - 14:02 [decision] The change is to be taken back
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// training:
    ///   drill:
    ///     title: No card will do
    ///     briefing: You are on call for the shop. It is a Tuesday, and nothing is planned.
    ///     prompts:
    ///       - before: "14:02"
    ///         ask: What do you do?
    /// ```
    ///
    /// Something to ask for is an event that is marked as done by responders: `[decision]`, `[action]`, `[contain]`, `[declared]`, `[comms]`, `[pause]`,
    /// `[resume]`, `[rollout]` or `[resolved]`, behind at least one that is not. A time is written as on the page of the incident (`14:02`,
    /// `2024-03-17 14:02`) or as in the timeline.
    static UNPLAYABLE_DRILL = { name: "unplayable-drill", group: Metadata, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (DocumentId::Postmortem(n), Some(postmortem)) = (subject.id, subject.postmortem()) else { return Vec::new() };
    let Some(plan) = postmortem.training.as_ref().and_then(|training| training.drill.as_ref()) else { return Vec::new() };
    let Some(written) = written(context, postmortem) else { return Vec::new() };
    let finding = |span: Span, message: String| UNPLAYABLE_DRILL.finding(&postmortem.head.path, span, message);
    let mut findings = Vec::new();
    let drill = drill(n, postmortem);
    if drill.is_none() {
        let message = "the timeline has nothing that responders did once something was known, so there is nothing to ask";
        findings.push(
            finding(written.key.span, message.into())
                .help("mark what was decided and done, such as `[decision]` or `[action]`, or take `drill` out"),
        );
    }
    if plan.briefing.is_empty() {
        let finding = finding(written.key.span, "nothing tells the players where they are when the drill begins".into());
        findings.push(finding.help("add `briefing`: who they are, what they look after, and what day it is"));
    }
    if let Some(told) = told_by_title(context, postmortem, plan) {
        let title = written.value.mapping().and_then(|plan| plan.get("title")).map_or(written.key.span, |title| title.value.span);
        findings.push(finding(title, told).help("name what the players meet first, not what it came from"));
    }
    for time in drill.iter().flat_map(|drill| unasked(postmortem, plan, drill)) {
        let message = format!(
            "what is asked before `{}` is not asked: nothing is known before it, or players learn of it only afterwards",
            time.value.trim()
        );
        findings.push(finding(time.span, message).help("ask it before a later event, or begin the drill sooner with `from`"));
    }
    findings.extend(unmatched(postmortem, plan).map(|time| {
        finding(time.span, format!("no event of the timeline is at `{}`", time.value.trim()))
            .help("write the time as the page of the incident shows it, such as `14:02`, where several days have it with the date")
    }));
    findings
}

/// Where the drill is written.
fn written<'a>(context: &Context<'_>, postmortem: &'a Postmortem) -> Option<&'a Entry> {
    context.entries(&postmortem.head, "training").find_map(|training| training.value.mapping()?.get("drill"))
}

/// What the title of a drill gives away.
fn told_by_title(context: &Context<'_>, postmortem: &Postmortem, plan: &DrillPlan) -> Option<String> {
    let title = words(&plan.title);
    if !title.trim().is_empty() && title == words(&postmortem.head.title_text) {
        return Some("the title of the drill is that of the incident, which tells how it ends".into());
    }
    let names = postmortem.root_causes.iter().filter_map(|cause| Some(context.config.causes.get(&cause.path)?.1.name.as_str()));
    let told = names.into_iter().find(|name| title.contains(&words(name)))?;
    Some(format!("the title of the drill names a root cause of the incident: {told}"))
}

/// The words of a text in lower case, a blank around each.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |text, word| text + &word.to_lowercase() + " ")
}
