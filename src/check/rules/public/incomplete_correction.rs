//! `incomplete-correction`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// A correction does not say what was said, what is true, when it was corrected, or why it was said otherwise.
    ///
    /// ## Why
    ///
    /// A report that was wrong and says so is trusted more than one that was changed in silence. Readers who have acted on the first version have to
    /// be able to tell what is different, and whether it concerns them.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// corrections:
    ///   - now: 4,100 customers were affected.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// corrections:
    ///   - on: 2024-03-20
    ///     learned: 2024-03-19
    ///     said: 2,300 customers were affected.
    ///     now: 4,100 customers were affected.
    ///     why: We had counted only those whose payments failed, not those who gave up.
    /// ```
    ///
    /// `learned`, when it became known, is asked for by CCADB and may be left out here.
    static INCOMPLETE_CORRECTION = { name: "incomplete-correction", group: Public, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let findings = postmortem.corrections.iter().filter_map(|correction| {
        let asked = [
            ("on", correction.on.is_none()),
            ("said", correction.said.is_empty()),
            ("now", correction.now.is_empty()),
            ("why", correction.why.is_empty()),
        ];
        let missing: Vec<String> = asked.into_iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| format!("`{key}`")).collect();
        let message = format!("this correction lacks {}", missing.join(" and "));
        let finding = INCOMPLETE_CORRECTION.finding(&postmortem.head.path, correction.span, message);
        let help = "say when it was corrected, what was said, what is true, and why it was said otherwise";
        (!missing.is_empty()).then(|| finding.help(help))
    });
    findings.collect()
}
