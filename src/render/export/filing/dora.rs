//! A sheet of the fields that a report of a major ICT-related incident has under DORA.
//!
//! Numbers and names are those of Annex I of Commission Implementing Regulation (EU) 2025/302 (OJ L, 2025/302, 20.2.2025,
//! <http://data.europa.eu/eli/reg_impl/2025/302/oj>); what belongs into each is said in its Annex II. What the regulation has chosen from a list
//! or decided under a criterion (type of submission, thresholds, type of incident, categories of root cause) is for the reporting entity to
//! decide, and is never inferred.

use std::fmt::Write as _;

use super::account::Account;
use super::markdown::table;
use super::{or_not_stated, sentences};
use crate::knowledge::{Measure, Minutes};
use crate::markdown::write::paragraph_text;
use crate::model::{DetectedBy, FundState, Milestone};
use crate::render::wording::moment_machine;

/// A part of the template: its heading, and its fields by number and name.
type Part = (&'static str, &'static [(&'static str, &'static str)]);

const PARTS: [Part; 4] = [
    (
        "General information about the financial entity",
        &[
            ("1.1", "Type of submission"),
            ("1.2", "Name of the entity submitting the report"),
            ("1.3", "Identification code of the entity submitting the report"),
            ("1.4", "Type of financial entity affected"),
            ("1.5", "Name of the financial entity affected"),
            ("1.6", "LEI code of the financial entity affected"),
            ("1.7", "Primary contact person name"),
            ("1.8", "Primary contact person email"),
            ("1.9", "Primary contact person telephone"),
            ("1.10", "Second contact person name"),
            ("1.11", "Second contact person email"),
            ("1.12", "Second contact person telephone"),
            ("1.13", "Name of the ultimate parent undertaking"),
            ("1.14", "LEI code of the ultimate parent undertaking"),
            ("1.15", "Reporting currency"),
        ],
    ),
    (
        "Content of the initial notification",
        &[
            ("2.1", "Incident reference code assigned by the financial entity"),
            ("2.2", "Date and time of detection of the major ICT-related incident"),
            ("2.3", "Date and time of classification of the ICT-related incident as major"),
            ("2.4", "Description of the major ICT-related incident"),
            ("2.5", "Classification criteria that triggered the incident report"),
            ("2.6", "Materiality thresholds for the classification criterion ‘Geographical spread’"),
            ("2.7", "Discovery of the major ICT-related incident"),
            ("2.8", "Indication whether the major ICT-related incident originates from a third-party provider or another financial entity"),
            ("2.9", "Activation of business continuity plan, if activated"),
            ("2.10", "Other relevant information"),
        ],
    ),
    (
        "Content of the intermediate report",
        &[
            ("3.1", "Incident reference code provided by the competent authority"),
            ("3.2", "Date and time of occurrence of the major ICT-related incident"),
            ("3.3", "Date and time when services, activities or operations have been recovered"),
            ("3.4", "Number of clients affected"),
            ("3.5", "Percentage of clients affected"),
            ("3.6", "Number of financial counterparts affected"),
            ("3.7", "Percentage of financial counterparts affected"),
            ("3.8", "Impact on relevant clients or financial counterparts"),
            ("3.9", "Number of affected transactions"),
            ("3.10", "Percentage of affected transactions"),
            ("3.11", "Value of affected transactions"),
            ("3.12", "Information on whether the numbers are actual or estimates, or whether there has not been any impact"),
            ("3.13", "Reputational impact"),
            ("3.14", "Contextual information about the reputational impact"),
            ("3.15", "Duration of the major ICT-related incident"),
            ("3.16", "Service downtime"),
            ("3.17", "Information on whether the numbers for duration and service downtime are actual or estimates"),
            ("3.18", "Types of impact in the Member States"),
            ("3.19", "Description of how the major ICT-related incident has an impact in other Member States"),
            ("3.20", "Materiality thresholds for the classification criterion ‘Data losses’"),
            ("3.21", "Description of the data losses"),
            ("3.22", "Classification criterion ‘Critical services affected’"),
            ("3.23", "Type of the major ICT-related incident"),
            ("3.24", "Other types of incidents"),
            ("3.25", "Threats and techniques used by the threat actor"),
            ("3.26", "Other types of techniques"),
            ("3.27", "Information about affected functional areas and business processes"),
            ("3.28", "Affected infrastructure components supporting business processes"),
            ("3.29", "Information about affected infrastructure components supporting business processes"),
            ("3.30", "Impact on the financial interest of clients"),
            ("3.31", "Reporting to other authorities"),
            ("3.32", "Specification of ‘other’ authorities"),
            ("3.33", "Temporary actions/measures taken or planned to be taken to recover from the incident"),
            ("3.34", "Description of any temporary actions and measures taken or planned to be taken to recover from the incident"),
            ("3.35", "Indicators of compromise"),
        ],
    ),
    (
        "Content of the final report",
        &[
            ("4.1", "High-level classification of root causes of the incident"),
            ("4.2", "Detailed classification of root causes of the incident"),
            ("4.3", "Additional classification of root causes of the incident"),
            ("4.4", "Other types of root cause types"),
            ("4.5", "Information about the root causes of the incident"),
            ("4.6", "Incident resolution summary"),
            ("4.7", "Date and time when the incident root cause was addressed"),
            ("4.8", "Date and time when the incident was resolved"),
            ("4.9", "Information if the permanent resolution date of the incident differs from the initially planned implementation date"),
            ("4.10", "Assessment of risk to critical functions for resolution purposes"),
            ("4.11", "Information relevant for resolution authorities"),
            ("4.12", "Materiality threshold for the classification criterion ‘Economic impact’"),
            ("4.13", "Amount of gross direct and indirect costs and losses"),
            ("4.14", "Amount of financial recoveries"),
            ("4.15", "Information on whether the non-major incidents have been recurring"),
            ("4.16", "Date and time of occurrence of recurring incidents"),
        ],
    ),
];

pub(super) fn dora(account: &Account<'_>) -> String {
    let mut text = format!(
        "# {}\n\nFields of Annex I to Implementing Regulation (EU) 2025/302. What is chosen from a list of the regulation or decided under its \
         criteria is for the reporting entity to fill in; times are in UTC, and what is known within bounds is told with them.\n",
        paragraph_text(&account.title())
    );
    for (heading, fields) in PARTS {
        let rows: Vec<[String; 3]> =
            fields.iter().map(|(number, name)| [(*number).to_owned(), (*name).to_owned(), or_not_stated(value(account, number))]).collect();
        let _ = write!(text, "\n## {heading}\n\n{}", table(["Field number", "Field", "Value"], &rows));
    }
    text
}

/// What the incident says of a field.
fn value(account: &Account<'_>, number: &str) -> Option<String> {
    match number {
        "2.1" => Some(account.id()),
        "2.2" => account.stamp(Milestone::Detected),
        "2.4" => description(account),
        "2.7" => discovery(account),
        "2.10" => account.url().map(|url| format!("The report: {url}")),
        "3.2" => account.stamp(Milestone::Started),
        "3.3" => account.stamp(Milestone::Mitigated),
        "3.4" => clients(account),
        "3.9" => account.impact_on("transactions"),
        "3.14" => account.impact_on("reputation"),
        "3.15" => account.measure(Measure::TimeToResolve).map(duration),
        "3.16" => account.impact_on("downtime"),
        "3.21" => sentences(account.data().into_iter().chain(account.impact_on("data"))),
        "3.27" => account.services().map(|services| format!("Services: {services}")),
        "3.34" => account.prose("containment"),
        "4.5" => causes(account),
        "4.6" => resolution(account),
        "4.7" => account
            .postmortem
            .records
            .fixes
            .iter()
            .filter_map(|fix| fix.deployed_at)
            .max_by_key(|at| at.value.at)
            .map(|at| moment_machine(&at.value)),
        "4.8" => account.stamp(Milestone::Resolved),
        "4.13" => account.impact_on("financial"),
        "4.14" => sentences(account.funds_in(FundState::Recovered)),
        _ => None,
    }
}

/// The summary, with the severity that the entity itself gives it, as Annex II asks.
fn description(account: &Account<'_>) -> Option<String> {
    sentences([account.summary(), account.severity().map(|severity| format!("Internal severity: {severity}"))].into_iter().flatten())
}

/// Who found it, in the words of the regulation where they are ours, too.
fn discovery(account: &Account<'_>) -> Option<String> {
    let by = account.postmortem.detection.as_ref()?.by.as_ref()?.value;
    let words = match by {
        DetectedBy::Monitoring => "monitoring systems",
        DetectedBy::Staff => "staff",
        DetectedBy::Attacker => "attacker",
        DetectedBy::Audit => "audit; whether internal or external is not stated",
        DetectedBy::User | DetectedBy::Researcher | DetectedBy::Partner | DetectedBy::ThirdParty => by.word(),
    };
    Some(words.to_owned())
}

/// Who was affected, with the name they go by: whether users are clients is for the reporting entity to say.
fn clients(account: &Account<'_>) -> Option<String> {
    ["clients", "customers", "users"].iter().find_map(|dimension| Some(format!("{dimension}: {}", account.impact_on(dimension)?)))
}

/// Days, hours and minutes as Annex II wants them, DD:HH:MM, with the bounds.
fn duration(Minutes { least, most }: Minutes) -> String {
    let text = |minutes: i64| format!("{:02}:{:02}:{:02}", minutes / 1440, minutes / 60 % 24, minutes % 60);
    match most {
        Some(most) if most == least => text(least),
        Some(most) => format!("{} to {}", text(least), text(most)),
        None => format!("at least {}", text(least)),
    }
}

fn causes(account: &Account<'_>) -> Option<String> {
    let named = account.causes().into_iter().map(|cause| {
        let note = cause.note.map(|note| format!(": {note}")).unwrap_or_default();
        format!("{}: {}{note}", cause.role, cause.name)
    });
    let techniques = account.texts("attack");
    let techniques = (!techniques.is_empty()).then(|| format!("MITRE ATT&CK techniques: {}", techniques.join(", ")));
    sentences(named.chain(account.prose("root-cause")).chain(techniques))
}

fn resolution(account: &Account<'_>) -> Option<String> {
    let actions = account.actions().into_iter().map(|action| format!("Action: {}", action.told()));
    let lessons = account.prose("lessons").map(|lessons| format!("Lessons: {lessons}"));
    sentences(account.prose("resolution").into_iter().chain(actions).chain(lessons))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_days_hours_and_minutes() {
        let text = |least, most| duration(Minutes { least, most });
        assert_eq!(text(47, Some(47)), "00:00:47");
        assert_eq!(text(3 * 1440 + 60, Some(3 * 1440 + 65)), "03:01:00 to 03:01:05");
        assert_eq!(text(120, None), "at least 00:02:00");
    }

    #[test]
    fn the_sheet_has_every_field_once_and_in_order() {
        let numbers: Vec<&str> = PARTS.iter().flat_map(|(_, fields)| fields.iter().map(|(number, _)| *number)).collect();
        let expected =
            [(1, 15), (2, 10), (3, 35), (4, 16)].into_iter().flat_map(|(part, count)| (1..=count).map(move |n| format!("{part}.{n}")));
        assert_eq!(numbers, expected.collect::<Vec<_>>());
    }
}
