//! `nonstandard-time`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Edit, Span, Spanned};
use crate::frontmatter::{Entry, Scalar, ScalarKind, Value};
use crate::model::{Bound, Clock, Milestone, Moment, Postmortem, Precision};

declare_rule! {
    /// A milestone in the metadata whose time is not written as RFC 3339 has it, with an offset.
    ///
    /// ## Why
    ///
    /// The metadata are for machines: scripts, dashboards and other tools read `2024-03-17T14:05Z` alike, and each reads `17 March, 3.05 pm`
    /// as it likes. Only documents whose kind has a profile are held to it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// started_at: 17 March 2024, 3:05 pm
    /// timezone: Europe/Copenhagen
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// ```
    ///
    /// A date alone, a time that is only about right (`~14:30`) and a stretch of time are left as they are. The offered mend writes the moment
    /// in UTC; there is none where no zone is known, or where the clocks showed this time twice.
    static NONSTANDARD_TIME = { name: "nonstandard-time", group: Timeline, level: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    let told = |(milestone, at): (&Milestone, &Spanned<Moment>)| {
        let entry = context.entries(&postmortem.head, milestone.word()).find(|entry| entry.value.span == at.span)?;
        of_entry(context, postmortem, entry, &at.value)
    };
    postmortem.milestones.iter().filter_map(told).collect()
}

fn of_entry(context: &Context<'_>, postmortem: &Postmortem, entry: &Entry, at: &Moment) -> Option<Diagnostic> {
    let Value::Scalar(scalar) = &entry.value.value else { return None };
    let is_plain = at.has_time() && at.bound == Bound::Exact && at.until.is_none();
    if !is_plain || is_rfc3339(scalar.text.trim()) {
        return None;
    }
    let message = format!("`{}` is not written as RFC 3339 has it", scalar.text.trim());
    let finding = NONSTANDARD_TIME.finding(&postmortem.head.path, entry.value.span, message);
    let Some(standard) = in_utc(context, scalar, at) else {
        return Some(finding.help("write it with its offset, as in `2024-03-17T14:05+01:00`, or in UTC, as in `2024-03-17T13:05Z`"));
    };
    let finding = finding.help(format!("in UTC it is `{standard}`"));
    match inside_quotes(context.text(&postmortem.head.path), entry.value.span, &scalar.text) {
        Some(span) => Some(finding.fix(format!("write `{standard}`"), vec![Edit { span, replacement: standard }])),
        None => Some(finding),
    }
}

/// The moment in UTC, as exactly as it is written; nothing where it is not certain which moment that is, or fractions would be lost.
fn in_utc(context: &Context<'_>, scalar: &Scalar, at: &Moment) -> Option<String> {
    let is_known = match at.clock {
        Clock::Written | Clock::Stated => true,
        // The default is nobody's word.
        Clock::Assumed => context.config.site.timezone.is_some(),
        Clock::Ambiguous => false,
    };
    if !is_known || at.precision == Precision::Second && scalar.text.contains(['.', ',']) {
        return None;
    }
    // TOML has no times without seconds outside of strings.
    let seconds = at.precision == Precision::Second || scalar.kind == ScalarKind::Datetime;
    Some(at.at.strftime(if seconds { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%MZ" }).to_string())
}

/// Where the text of a value is written, without quotes; nothing where it is written in another way, with escapes or over several lines.
fn inside_quotes(source: &str, span: Span, text: &str) -> Option<Span> {
    let written = span.slice(source);
    let quoted = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
    match quoted('"').or_else(|| quoted('\'')) {
        Some(inner) if inner == text => Some(Span::new(span.range().start + 1, span.range().end - 1)),
        None if written == text => Some(span),
        _ => None,
    }
}

/// Whether a text is a date and time with an offset (RFC 3339 §5.6, and without seconds, as ISO 8601 allows).
fn is_rfc3339(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked("2024-03-17".len()) else { return false };
    let Some(time) = rest.strip_prefix(['T', 't', ' ']) else { return false };
    let (time, zulu) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, true),
        None => (time, false),
    };
    let time = match time.len().checked_sub("+01:00".len()).and_then(|at| time.split_at_checked(at)) {
        Some((time, offset)) if !zulu && (has_shape(offset, "+00:00") || has_shape(offset, "-00:00")) => time,
        _ if zulu => time,
        _ => return false,
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_time = has_shape(time, "00:00") && fraction == "0" || has_shape(time, "00:00:00");
    has_shape(date, "0000-00-00") && is_time && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has a digit wherever the shape has a zero, and otherwise the same letters.
fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, shape)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_an_offset_are_standard_and_others_are_not() {
        for text in
            ["2024-03-17T14:05Z", "2024-03-17T14:05:30Z", "2024-03-17 14:05:30.123+01:00", "2024-03-17t14:05z", "2024-03-17T14:05-07:00"]
        {
            assert!(is_rfc3339(text), "{text}");
        }
        for text in [
            "2024-03-17",
            "2024-03-17T14:05",
            "2024-03-17T14:05:30",
            "2024-03-17 14:05 UTC",
            "2024-3-17T14:05Z",
            "2024-03-17T14:05+0100",
            "2024-03-17T14:05:30.Z",
            "17 March 2024, 14:05",
            "é024-03-17T14:05Z",
        ] {
            assert!(!is_rfc3339(text), "{text}");
        }
    }
}
