//! `missing-evidence`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::Evidence;
use crate::source::Kind;

declare_rule! {
    /// A file that `evidence` names is not there.
    ///
    /// ## Why
    ///
    /// Evidence that is listed and cannot be produced is worse than none: whoever asks for it will ask why. Most often the file was moved, or the
    /// path has a slip.
    ///
    /// ## Example
    ///
    /// `content/postmortems/logs/proxy.txt`, and in `content/postmortems/outage.md`:
    ///
    /// ```yaml
    /// evidence:
    ///   - path: log/proxy.txt
    /// ```
    ///
    /// ## Instead
    ///
    /// A path is taken from the folder of the document, as a link is, and with `/` in front from the project folder. It does not leave the project.
    ///
    /// ```yaml
    /// evidence:
    ///   - path: logs/proxy.txt
    ///   - path: /evidence/2024-03-17/memory.img
    /// ```
    ///
    /// Here only files within the content are judged, for no others are read. `afterword verify` looks for all, and reads their bytes.
    static MISSING_EVIDENCE = { name: "missing-evidence", group: Metadata, level: Error, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    postmortem.evidence.iter().filter_map(|evidence| of_entry(context, subject, evidence)).collect()
}

fn of_entry(context: &Context<'_>, subject: &Subject<'_>, evidence: &Evidence) -> Option<Diagnostic> {
    let path = &subject.head().path;
    let written = evidence.path.as_ref()?;
    let message = match evidence.file(path) {
        None => format!("`{}` is no file within the project", written.value),
        Some(file) if context.selection.kind(&file) == Kind::Ignored || context.sources.has(&file) => return None,
        Some(file) => format!("there is no file `{file}`"),
    };
    let finding = MISSING_EVIDENCE.finding(path, written.span, message);
    Some(finding.help("paths are taken from the folder of the document, and with `/` in front from the project folder"))
}
