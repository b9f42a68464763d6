//! `missing-field`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Spanned};
use crate::frontmatter::Node;
use crate::model::{Milestone, Postmortem, Status};

declare_rule! {
    /// A field that the profile of a postmortem asks for is not there, or holds nothing.
    ///
    /// ## Why
    ///
    /// Fields are what pages are filtered, counted and measured by: without `detected_at` there is no time to detect, without `severity` the
    /// incident is missing from every list that asks for one.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// title: Checkout failed for 40 minutes
    /// kind: outage
    /// severity:
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// title: Checkout failed for 40 minutes
    /// kind: outage
    /// severity: sev2
    /// started_at: 2024-03-17T14:05Z
    /// services: [checkout]
    /// detection: {by: monitoring}
    /// impact: {data: none, users: unknown}
    /// ```
    ///
    /// Where there is nothing to say, say that: `none`, `unknown` and `n/a: reason` are answers. A milestone may stand in the timeline
    /// instead, marked by its word in brackets (`[detected]`), and a title may be the first heading.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are asked, the one that `kind` names or `content.profile` of `site.toml`. A profile lists its fields
    /// under `fields`, and under `reviewed_fields` those that are asked for once the status is `reviewed` or `closed`. In a draft this is
    /// a warning, and all fields that hold nothing yet are told at once.
    static MISSING_FIELD = { name: "missing-field", group: Metadata, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    let absent: Vec<&str> =
        asked_for(context, profile, postmortem).into_iter().filter(|field| !is_answered(context, postmortem, field)).collect();
    let (empty, missing): (Vec<&str>, Vec<&str>) =
        absent.into_iter().partition(|field| context.entries(&postmortem.head, field).next().is_some());
    missing_fields(postmortem, profile, &missing).into_iter().chain(empty_fields(context, postmortem, &empty)).collect()
}

/// The fields the profile asks for at once, in review, and under conditions that hold.
fn asked_for<'a>(context: &Context<'a>, profile: &'a Profile, postmortem: &'a Postmortem) -> Vec<&'a str> {
    let reviewed = if postmortem.status >= Status::Reviewed { profile.reviewed_fields.as_slice() } else { &[] };
    let conditional = context.conditions(postmortem).flat_map(|condition| &condition.fields);
    let mut asked: Vec<&str> = Vec::new();
    for field in profile.fields.iter().chain(reviewed).chain(conditional) {
        if !asked.contains(&field.as_str()) {
            asked.push(field);
        }
    }
    asked
}

/// Whether the document says what a field asks, in the metadata or elsewhere.
fn is_answered(context: &Context<'_>, postmortem: &Postmortem, field: &str) -> bool {
    let head = &postmortem.head;
    let elsewhere = match field {
        // These have defaults.
        "id" | "kind" | "status" | "visibility" => true,
        // A title made of the file name has no place in the file.
        "title" => head.title.span.start < head.title.span.end,
        "date" => postmortem.date.is_some(),
        _ => Milestone::from_word(field).is_some_and(|milestone| postmortem.milestones.contains_key(&milestone)),
    };
    elsewhere || context.entries(head, field).any(|entry| holds_something(&entry.value))
}

/// Whether something was written, in a mapping under any of its keys: a form of empty lines says nothing.
pub(in crate::check::rules) fn holds_something(value: &Node) -> bool {
    match value.mapping() {
        Some(mapping) => mapping.entries.iter().any(|entry| holds_something(&entry.value)),
        None => !value.is_empty(),
    }
}

/// One finding for all fields that are not there: they are missing at the same place and mended in one go.
fn missing_fields(postmortem: &Postmortem, profile: &Profile, missing: &[&str]) -> Option<Diagnostic> {
    let quoted: Vec<String> = missing.iter().map(|field| format!("`{field}`")).collect();
    let (message, them) = match quoted.as_slice() {
        [] => return None,
        [field] => (format!("the field {field} is missing"), "it"),
        fields => (format!("{} fields are missing: {}", fields.len(), fields.join(", ")), "them"),
    };
    let finding = MISSING_FIELD.finding(&postmortem.head.path, postmortem.head.title.span, message);
    let help = format!("the profile `{}` asks for {them}; `none`, `unknown` and `n/a: reason` are answers", profile.name);
    Some(finding.help(help))
}

/// A field that holds nothing is told at its place. A draft begins as a form, and what of it is still to be filled in is one finding.
fn empty_fields(context: &Context<'_>, postmortem: &Postmortem, empty: &[&str]) -> Vec<Diagnostic> {
    let mut keys: Vec<&Spanned<Box<str>>> =
        empty.iter().filter_map(|field| Some(&context.entries(&postmortem.head, field).next()?.key)).collect();
    keys.sort_by_key(|key| key.span);
    let finding = |key: &Spanned<Box<str>>, message: String| {
        MISSING_FIELD.finding(&postmortem.head.path, key.span, message).help("`none`, `unknown` and `n/a: reason` are answers")
    };
    match keys.as_slice() {
        [first, _, ..] if postmortem.status == Status::Draft => {
            let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.value)).collect();
            vec![finding(first, format!("{} fields hold nothing yet: {}", names.len(), names.join(", ")))]
        }
        keys => keys.iter().map(|key| finding(key, format!("the field `{}` holds nothing", key.value))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{config, entry, postmortem, told_of};
    use crate::diagnostic::Span;
    use crate::model::{Bound, Clock, Moment, Precision};

    fn outage(status: Status, fields: &[(&str, &str)]) -> Postmortem {
        let mut document = postmortem("content/a.md");
        document.kind = Some(Spanned::new("outage".into(), Span::new(10, 16)));
        document.status = status;
        document.head.title.span = Span::new(4, 9);
        document.head.metadata.entries = fields.iter().enumerate().map(|(n, (key, value))| entry(key, value, 20 + n * 20)).collect();
        document
    }

    #[test]
    fn what_is_missing_is_told_at_once_and_what_is_empty_at_its_place() {
        assert_eq!(
            told_of(&MISSING_FIELD, outage(Status::Reviewed, &[("Severity", "")]), &config()),
            "content/a.md:4..9: 2 fields are missing: `started_at`, `root_causes`\n  \
               help: the profile `outage` asks for them; `none`, `unknown` and `n/a: reason` are answers\n\
             content/a.md:20..28: the field `Severity` holds nothing\n  \
               help: `none`, `unknown` and `n/a: reason` are answers\n"
        );
    }

    #[test]
    fn some_fields_are_asked_for_only_in_review() {
        let fields = [("severity", "unknown"), ("start", "2024-03-17")];
        assert_eq!(told_of(&MISSING_FIELD, outage(Status::InReview, &fields), &config()), "");
        assert!(told_of(&MISSING_FIELD, outage(Status::Closed, &fields), &config()).contains("the field `root_causes` is missing"));
    }

    #[test]
    fn an_answer_may_stand_elsewhere() {
        let mut document = outage(Status::Draft, &[("severity", "sev2")]);
        let at = "2024-03-17T14:05Z".parse().unwrap();
        let moment = Moment {
            at,
            until: None,
            offset: jiff::tz::Offset::UTC,
            precision: Precision::Minute,
            bound: Bound::Exact,
            clock: Clock::Written,
        };
        document.milestones.insert(Milestone::Started, Spanned::new(moment, Span::new(400, 405)));
        assert_eq!(told_of(&MISSING_FIELD, document.clone(), &config()), "");
        document.head.title.span = Span::at(0);
        assert!(told_of(&MISSING_FIELD, document, &config()).contains("the field `title` is missing"));
    }

    #[test]
    fn without_a_profile_nothing_is_asked() {
        assert_eq!(told_of(&MISSING_FIELD, postmortem("content/a.md"), &config()), "");
    }
}
