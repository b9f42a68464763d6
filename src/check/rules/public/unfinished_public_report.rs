//! `unfinished-public-report`

use crate::check::rule::declare_rule;
use crate::check::rules::sections::{Reading, State, required, title};
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::Visibility;

declare_rule! {
    /// A public document does not say what every public report must: what happened, why, and what is done about it.
    ///
    /// ## Why
    ///
    /// A report that leaves one of these out raises the question it was written to answer. What only the organisation reads does not count: a
    /// root cause in an internal quote is a heading with nothing below it to everybody else.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// visibility: public
    /// ---
    ///
    /// ## Root cause
    ///
    /// > [!INTERNAL]
    /// > The credentials of the vendor's account had leaked.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ---
    /// visibility: public
    /// ---
    ///
    /// ## Root cause
    ///
    /// Somebody used the credentials of an account at one of our vendors.
    ///
    /// > [!INTERNAL]
    /// > The account was that of the mail service.
    /// ```
    ///
    /// A report with `stage: preliminary` is asked for summary and impact alone. A timeline or a list of actions counts wherever it stands, and so
    /// does a `summary` in the metadata. `n/a: reason` is an answer.
    ///
    /// ## Options
    ///
    /// Asked are documents with `visibility: public` once the site has `[editions.public]`; asked for are summary, impact, timeline, root cause,
    /// resolution, lessons and actions, as far as the profile of the document has room for them. Of a section that the profile requires and
    /// that nobody can read, `missing-section` and `empty-section` tell. In the built-in profile `minor` this is a hint.
    ///
    /// ```toml
    /// [editions.public]
    /// required = ["communication"]
    /// drop = ["lessons"]
    /// ```
    static UNFINISHED_PUBLIC_REPORT = {
        name: "unfinished-public-report",
        group: Public,
        level: Error,
        in_draft: Warning,
        run: Run::Document(find),
    }
}

/// What a preliminary report has to say already.
const AT_ONCE: [&str; 2] = ["summary", "impact"];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let public = subject.postmortem().filter(|postmortem| postmortem.visibility == Visibility::Public);
    let (Some(postmortem), Some(edition)) = (public, &context.config.editions.public) else { return Vec::new() };
    let withheld = &subject.document.head().withheld;
    let reading = Reading { context, postmortem, withheld };
    let has_room = |key: &&String| {
        context.profile(postmortem).is_none_or(|profile| [&profile.required, &profile.optional].iter().any(|keys| keys.contains(key)))
    };
    // What nobody can read, and the profile asks for, is told by `missing-section` and `empty-section`.
    let told = required(context, postmortem).into_iter().filter(|(_, state)| !matches!(state, State::Filled));
    let told: Vec<&str> = told.map(|(key, _)| key).collect();
    let is_unsaid = |key: &&String| !told.contains(&key.as_str()) && !matches!(reading.state(key), State::Filled);
    let is_asked = |key: &&String| !postmortem.is_preliminary() || AT_ONCE.contains(&key.as_str());
    let unsaid = edition.required.iter().filter(is_asked).filter(has_room).filter(is_unsaid);
    let titles: Vec<String> = unsaid.map(|key| format!("`{}`", title(context, key))).collect();
    let (message, them) = match titles.as_slice() {
        [] => return Vec::new(),
        [title] => (format!("the public report says nothing under {title}"), "this section"),
        titles => (format!("the public report says nothing under {} sections: {}", titles.len(), titles.join(", ")), "these sections"),
    };
    let finding = UNFINISHED_PUBLIC_REPORT.finding(&postmortem.head.path, postmortem.head.title.span, message);
    vec![finding.help(format!("every public report has {them}; what only the organisation reads does not count"))]
}
