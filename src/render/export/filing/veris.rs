//! A record of the Vocabulary for Event Recording and Incident Sharing (VERIS) 1.4.1, in JSON (<https://github.com/vz-risk/veris>,
//! `verisc-merged.json`).
//!
//! What VERIS asks for and the incident does not say is VERIS's own `Unknown`. A number stands in a field only where it is known exactly, and is
//! never rounded; what is known within bounds is told in the notes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::account::Account;
use super::{Unfit, sentence, sentences};
use crate::knowledge::{Measure, Minutes, is_security_incident};
use crate::model::{
    Amount, Bound, DataInvolved, Decimal, DetectedBy, Disclosure, Extent, Milestone, Moment, Precision, Reading, is_answer,
};
use crate::parse::quantity;

const UNKNOWN: &str = "Unknown";

/// The years that a record may have.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2050;

#[derive(Serialize)]
struct Record {
    schema_version: &'static str,
    incident_id: String,
    security_incident: &'static str,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    timeline: Timeline,
    victim: Victim,
    actor: BTreeMap<&'static str, Actor>,
    action: BTreeMap<&'static str, Action>,
    asset: AssetList,
    attribute: Attributes,
    discovery_method: Discovery,
    #[serde(skip_serializing_if = "Option::is_none")]
    discovery_notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact: Option<Impact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

#[derive(Serialize)]
struct Timeline {
    incident: Began,
    /// From the first action to the first compromise.
    compromise: Length,
    exfiltration: Length,
    /// From the first compromise to discovery.
    discovery: Length,
    /// From discovery to containment.
    containment: Length,
}

/// When it began, in UTC, as much of it as is known.
#[derive(Serialize)]
struct Began {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
}

/// A length of time: its order of magnitude, and how many of them where that is a whole number.
#[derive(Serialize)]
struct Length {
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
}

#[derive(Serialize)]
struct Victim {
    country: [&'static str; 1],
    employee_count: &'static str,
    government: [&'static str; 1],
    industry: &'static str,
}

#[derive(Serialize, Default)]
struct Actor {
    #[serde(skip_serializing_if = "Option::is_none")]
    motive: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variety: Option<[&'static str; 1]>,
}

#[derive(Serialize, Default)]
struct Action {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variety: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vector: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cve: Option<String>,
}

#[derive(Serialize)]
struct AssetList {
    assets: [Asset; 1],
    cloud: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

#[derive(Serialize)]
struct Asset {
    variety: &'static str,
}

#[derive(Serialize, Default)]
struct Attributes {
    #[serde(skip_serializing_if = "Option::is_none")]
    confidentiality: Option<Confidentiality>,
    #[serde(skip_serializing_if = "Option::is_none")]
    availability: Option<Availability>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Nothing>,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Confidentiality {
    data_disclosure: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    data: Vec<Data>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

#[derive(Serialize)]
struct Data {
    variety: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<u64>,
}

#[derive(Serialize)]
struct Availability {
    variety: [&'static str; 1],
    notes: String,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Discovery {
    Internal { variety: [&'static str; 1] },
    External { variety: [&'static str; 1] },
    Partner { variety: [&'static str; 1] },
    Unknown(bool),
}

#[derive(Serialize)]
struct Impact {
    overall_rating: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    iso_currency_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_min_amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall_max_amount: Option<u64>,
    notes: String,
}

/// The leaves of the taxonomy that are acts of somebody in the terms of VERIS: action and variety. Others say why the act succeeded.
const ACTS: [(&str, &str, &str); 9] = [
    ("security/vulnerability", "hacking", "Exploit vuln"),
    ("security/stolen-credentials", "hacking", "Use of stolen creds"),
    ("security/denial-of-service", "hacking", "DoS"),
    ("security/dns-frontend-hijack", "hacking", UNKNOWN),
    ("security/social-engineering", "social", UNKNOWN),
    ("custody/user-approval-phishing", "social", "Phishing"),
    ("security/malware-ransom", "malware", UNKNOWN),
    ("security/exposure", "error", UNKNOWN),
    ("security/insider-misuse", "misuse", UNKNOWN),
];

/// The varieties of data, which are taken only where the class is written with the same words.
const DATA: [&str; 17] = [
    "API key",
    "Bank",
    "Classified",
    "Copyrighted",
    "Credentials",
    "Digital certificate",
    "Internal",
    "Medical",
    "Multi-factor credential",
    "Payment",
    "Personal",
    "Sensitive Personal",
    "Secrets",
    "Session key",
    "Source code",
    "System",
    "Virtual currency",
];

/// The currencies that amounts are read in, of those VERIS knows.
const CURRENCIES: [&str; 9] = ["AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "INR", "JPY", "USD"];

pub(super) fn veris(account: &Account<'_>) -> Result<String, Unfit> {
    if !is_security_incident(account.postmortem) {
        return Err(Unfit::NoSecurityIncident(account.postmortem.kind.as_ref().map(|kind| super::plain(&kind.value))));
    }
    let began = account.began().and_then(began).ok_or(Unfit::NoYear)?;
    let detection = account.postmortem.detection.as_ref();
    let record = Record {
        schema_version: "1.4.1",
        incident_id: account.id(),
        security_incident: "Confirmed",
        summary: sentences([account.title()].into_iter().chain(account.summary())).unwrap_or_default(),
        reference: account.url(),
        timeline: Timeline {
            incident: began,
            compromise: length(None),
            exfiltration: length(None),
            discovery: length(account.measure(Measure::DwellTime)),
            containment: length(account.measure(Measure::TimeToContain)),
        },
        victim: Victim { country: [UNKNOWN], employee_count: UNKNOWN, government: [UNKNOWN], industry: "00" },
        actor: BTreeMap::from([actor(account)]),
        action: actions(account),
        asset: AssetList {
            assets: [Asset { variety: UNKNOWN }],
            cloud: [UNKNOWN],
            notes: account.services().map(|services| format!("Services: {services}.")),
        },
        attribute: attributes(account),
        discovery_method: discovery(detection.and_then(|detection| detection.by.as_ref()).map(|by| by.value)),
        discovery_notes: account.detection(),
        impact: impact(account),
        notes: notes(account),
    };
    // Words, numbers and lists always have a form in JSON.
    Ok(format!("{}\n", serde_json::to_string_pretty(&record).unwrap_or_default()))
}

fn began(moment: &Moment) -> Option<Began> {
    let civil = moment.civil_date();
    let is_exact = moment.bound == Bound::Exact && moment.until.is_none();
    let time = moment.at.strftime("%I:%M:%S %p").to_string();
    YEARS.contains(&civil.year()).then(|| Began {
        year: civil.year(),
        month: (moment.precision >= Precision::Month).then(|| civil.month()),
        day: (moment.precision >= Precision::Day).then(|| civil.day()),
        time: Some(time).filter(|_| is_exact && moment.has_time()),
    })
}

/// The unit that both ends have in common. Weeks have a length; months and years have none, so that thirty days and more are counted in them
/// only roughly and without a number.
fn length(minutes: Option<Minutes>) -> Length {
    const UNITS: [(i64, Option<i64>, &str); 6] = [
        (60, Some(1), "Minutes"),
        (24 * 60, Some(60), "Hours"),
        (7 * 24 * 60, Some(24 * 60), "Days"),
        (30 * 24 * 60, Some(7 * 24 * 60), "Weeks"),
        (365 * 24 * 60, None, "Months"),
        (i64::MAX, None, "Years"),
    ];
    let unit = |minutes: i64| UNITS.iter().find(|(end, ..)| minutes < *end);
    let Some(Minutes { least, most: Some(most) }) = minutes else { return Length { unit: UNKNOWN, value: None } };
    match (unit(least), unit(most)) {
        (Some((end, one, name)), Some((other, ..))) if end == other => {
            let value = one.filter(|one| least == most && least % one == 0).map(|one| least / one);
            Length { unit: name, value }
        }
        _ => Length { unit: UNKNOWN, value: None },
    }
}

/// The leaves among the root causes.
fn leaves<'a>(account: &'a Account<'_>) -> impl Iterator<Item = &'a str> {
    account.postmortem.root_causes.iter().filter(|cause| cause.known).map(|cause| cause.path.as_str())
}

fn actor(account: &Account<'_>) -> (&'static str, Actor) {
    if leaves(account).any(|leaf| leaf == "security/insider-misuse") {
        return ("internal", Actor { motive: Some([UNKNOWN]), variety: Some([UNKNOWN]) });
    }
    ("unknown", Actor::default())
}

fn actions(account: &Account<'_>) -> BTreeMap<&'static str, Action> {
    let mut actions: BTreeMap<&'static str, Action> = BTreeMap::new();
    for leaf in leaves(account) {
        // A fault in a contract is an act only where somebody used it.
        let used = leaf.starts_with("contract/") && account.is_by_attacker();
        let act = ACTS.iter().find(|(own, ..)| *own == leaf).map(|(_, action, variety)| (*action, *variety));
        let Some((name, variety)) = act.or(used.then_some(("hacking", "Exploit vuln"))) else { continue };
        let action = actions.entry(name).or_default();
        action.vector = Some([UNKNOWN]);
        action.target = (name == "social").then_some([UNKNOWN]);
        if !action.variety.contains(&variety) {
            action.variety.push(variety);
        }
    }
    for action in actions.values_mut().filter(|action| action.variety.len() > 1) {
        action.variety.retain(|variety| *variety != UNKNOWN);
    }
    if let Some(hacking) = actions.get_mut("hacking").filter(|hacking| hacking.variety.contains(&"Exploit vuln")) {
        let weaknesses = account.texts("weakness");
        let named: Vec<&str> = weaknesses.iter().map(String::as_str).filter(|id| id.to_ascii_uppercase().starts_with("CVE-")).collect();
        hacking.cve = (!named.is_empty()).then(|| named.join(", "));
    }
    if actions.is_empty() {
        actions.insert("unknown", Action::default());
    }
    actions
}

fn attributes(account: &Account<'_>) -> Attributes {
    let told = |dimension| account.impact_on(dimension).filter(|words| !is_answer(words));
    let confidentiality = confidentiality(account).or_else(|| {
        let words = account.impact_on("data")?;
        let data_disclosure = if is_none(&words) { Disclosure::No.name() } else { UNKNOWN };
        Some(Confidentiality { data_disclosure, data: Vec::new(), notes: Some(format!("Data: {}", sentence(&words))) })
    });
    let availability = told("downtime").filter(|words| !is_none(words));
    let availability = availability.map(|words| Availability { variety: [UNKNOWN], notes: format!("Downtime: {}", sentence(&words)) });
    let unknown = (confidentiality.is_none() && availability.is_none()).then_some(Nothing {});
    Attributes { confidentiality, availability, unknown }
}

/// Whether words on an amount say that there was none.
fn is_none(words: &str) -> bool {
    matches!(quantity(words), Reading::Quantity(quantity) if quantity.extent.is_none())
}

fn confidentiality(account: &Account<'_>) -> Option<Confidentiality> {
    let entries = &account.postmortem.records.data;
    if entries.is_empty() {
        return None;
    }
    let is_nothing = |entry: &DataInvolved| match &entry.records {
        Some(records) => records.quantity().is_some_and(|records| records.extent.is_none()),
        None => is_none(&entry.remarks.note),
    };
    let involved: Vec<&DataInvolved> = entries.iter().filter(|entry| !is_nothing(entry)).collect();
    let has = |disclosed| involved.iter().any(|entry| entry.disclosed == disclosed);
    let worst = [Some(Disclosure::Yes), Some(Disclosure::Potential), None].into_iter().find(|disclosed| has(*disclosed));
    let data_disclosure = worst.unwrap_or(Some(Disclosure::No)).map_or(UNKNOWN, Disclosure::name);
    // "unknown" alone is no data.
    let named = involved.iter().filter(|entry| !entry.class.is_empty() || !is_answer(&entry.remarks.note));
    let data = named.map(|entry| Data {
        variety: DATA.iter().find(|variety| variety.eq_ignore_ascii_case(entry.class.trim())).copied().unwrap_or(UNKNOWN),
        amount: entry.records.as_ref().and_then(Amount::quantity).and_then(|records| whole(records.extent)),
    });
    let data = data.collect();
    Some(Confidentiality { data_disclosure, data, notes: sentences(account.data()) })
}

/// A number that is known exactly and is whole.
fn whole(extent: Extent) -> Option<u64> {
    extent.exact()?.to_whole()
}

fn discovery(by: Option<DetectedBy>) -> Discovery {
    match by {
        Some(DetectedBy::Monitoring) => Discovery::Internal { variety: [UNKNOWN] },
        Some(DetectedBy::Staff) => Discovery::Internal { variety: ["Reported by employee"] },
        Some(DetectedBy::User) => Discovery::External { variety: ["Customer"] },
        Some(DetectedBy::Researcher) => Discovery::External { variety: ["Security researcher"] },
        Some(DetectedBy::ThirdParty) => Discovery::External { variety: [UNKNOWN] },
        Some(DetectedBy::Attacker) => Discovery::External { variety: ["Actor disclosure"] },
        Some(DetectedBy::Partner) => Discovery::Partner { variety: [UNKNOWN] },
        // An audit may be one's own or another's.
        Some(DetectedBy::Audit) | None => Discovery::Unknown(true),
    }
}

/// What it cost. A rating is nobody's to give but the authors', and they do not rate in the words of VERIS.
fn impact(account: &Account<'_>) -> Option<Impact> {
    let words = account.impact_on("financial")?;
    let mut impact = Impact {
        overall_rating: UNKNOWN,
        iso_currency_code: None,
        overall_amount: None,
        overall_min_amount: None,
        overall_max_amount: None,
        notes: format!("Financial: {}", sentence(&words)),
    };
    if let Reading::Quantity(quantity) = quantity(&words)
        && CURRENCIES.contains(&quantity.unit.as_str())
        && !quantity.extent.is_rough()
    {
        let (low, high) = quantity.extent.ends();
        impact.iso_currency_code = Some(quantity.unit);
        impact.overall_amount = whole(quantity.extent);
        impact.overall_min_amount = low.to_whole().filter(|low| impact.overall_amount.is_none() && *low > 0);
        impact.overall_max_amount = high.and_then(Decimal::to_whole).filter(|_| impact.overall_amount.is_none());
    }
    Some(impact)
}

/// What has no field in VERIS, or is known only within bounds.
fn notes(account: &Account<'_>) -> Option<String> {
    let listed = |name: &str, words: Vec<String>| (!words.is_empty()).then(|| format!("{name}: {}", words.join(", ")));
    let at = |name: &str, milestone| account.moment(milestone).map(|at| format!("{name}: {at}"));
    let took = |measure: Measure| account.measure(measure).map(|minutes| format!("{}: {minutes}", measure.name()));
    let causes: Vec<String> = account.causes().into_iter().map(|cause| cause.name).collect();
    let notes = [
        account.severity().map(|severity| format!("Severity: {severity}")),
        at("Began", Milestone::Started),
        at("Resolved", Milestone::Resolved),
        took(Measure::DwellTime),
        took(Measure::TimeToContain),
        listed("Causes", causes),
        listed("MITRE ATT&CK techniques", account.texts("attack")),
        listed("Weaknesses", account.texts("weakness")),
    ];
    let funds = account.funds().into_iter().map(|funds| format!("Funds: {funds}"));
    sentences(notes.into_iter().flatten().chain(funds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60;

    #[test]
    fn a_length_has_a_number_only_where_it_is_whole() {
        let said = |least, most| {
            let Length { unit, value } = length(Some(Minutes { least, most }));
            (unit, value)
        };
        assert_eq!(said(0, Some(0)), ("Minutes", Some(0)));
        assert_eq!(said(59, Some(59)), ("Minutes", Some(59)));
        assert_eq!(said(120, Some(120)), ("Hours", Some(2)));
        assert_eq!(said(125, Some(125)), ("Hours", None));
        assert_eq!(said(2 * DAY, Some(2 * DAY)), ("Days", Some(2)));
        assert_eq!(said(14 * DAY, Some(14 * DAY)), ("Weeks", Some(2)));
        assert_eq!(said(60 * DAY, Some(60 * DAY)), ("Months", None));
        assert_eq!(said(800 * DAY, Some(800 * DAY)), ("Years", None));
        assert_eq!(said(120, Some(130)), ("Hours", None), "within bounds");
        assert_eq!(said(50, Some(70)), (UNKNOWN, None), "the bounds have no unit in common");
        assert_eq!(said(120, None), (UNKNOWN, None));
        assert_eq!(length(None).unit, UNKNOWN);
    }
}
