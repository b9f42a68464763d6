//! The words people write, as data: zones, months, columns, the first words of events. No match arm elsewhere knows one.

use crate::model::{ActionKind, ActionStatus, Bound, Disclosure, EventKind, Secrecy};

/// Abbreviations of zones with a fixed offset, in minutes east of UTC. `IST` is left out: three countries mean three zones by it.
pub(super) const ZONES: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SGT", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
];

/// Abbreviations that stand for a region, summer time included, by its IANA name.
pub(super) const REGIONS: &[(&str, &str)] =
    &[("ET", "America/New_York"), ("CT", "America/Chicago"), ("MT", "America/Denver"), ("PT", "America/Los_Angeles")];

/// The words that announce the zone of all times of a document.
pub(super) const ZONE_ANNOUNCEMENTS: &[&str] = &["all times", "times are", "times in", "times:", "time zone", "timezone"];

/// The months; a name may be cut to three letters or more.
pub(super) const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The days of the week; a name may be cut to three letters or more. They are read over.
pub(super) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What may stand before a time to qualify it.
pub(super) const BOUNDS: &[(&str, Bound)] = &[
    ("~", Bound::About),
    ("≈", Bound::About),
    ("about ", Bound::About),
    ("around ", Bound::About),
    ("approx. ", Bound::About),
    ("approximately ", Bound::About),
    ("ca. ", Bound::About),
    ("circa ", Bound::About),
    (">=", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("≤", Bound::AtMost),
];

/// What may stand between the two ends of a stretch of time.
pub(super) const RANGE_WORDS: &[&str] = &["->", "-", "–", "—", "→", "to ", "until ", "till "];

/// The first words of an event that say what sort of thing it was. They count only where the sentence ends with them or goes on with
/// one of [`PHRASE_FOLLOWERS`]: "Resolved" is a resolution, "Resolved hostnames" is not.
pub(super) const PHRASES: &[(&str, EventKind)] = &[
    ("fault introduced", EventKind::Introduced),
    ("bug introduced", EventKind::Introduced),
    ("fault occurs", EventKind::Started),
    ("fault occurred", EventKind::Started),
    ("outage begins", EventKind::Started),
    ("outage began", EventKind::Started),
    ("outage starts", EventKind::Started),
    ("outage started", EventKind::Started),
    ("impact begins", EventKind::Started),
    ("impact began", EventKind::Started),
    ("impact starts", EventKind::Started),
    ("impact started", EventKind::Started),
    ("incident begins", EventKind::Started),
    ("incident began", EventKind::Started),
    ("incident starts", EventKind::Started),
    ("incident started", EventKind::Started),
    ("start of impact", EventKind::Started),
    ("first detected", EventKind::Detected),
    ("fault detected", EventKind::Detected),
    ("issue detected", EventKind::Detected),
    ("incident detected", EventKind::Detected),
    ("incident is detected", EventKind::Detected),
    ("incident was detected", EventKind::Detected),
    ("detected", EventKind::Detected),
    ("detection", EventKind::Detected),
    ("team aware", EventKind::Detected),
    ("acknowledged", EventKind::Acknowledged),
    ("alert acknowledged", EventKind::Acknowledged),
    ("page acknowledged", EventKind::Acknowledged),
    ("incident acknowledged", EventKind::Acknowledged),
    ("declared", EventKind::Declared),
    ("incident declared", EventKind::Declared),
    ("incident is declared", EventKind::Declared),
    ("incident was declared", EventKind::Declared),
    ("contained", EventKind::Contain),
    ("threat contained", EventKind::Contain),
    ("attack contained", EventKind::Contain),
    ("incident contained", EventKind::Contain),
    ("incident is contained", EventKind::Contain),
    ("incident was contained", EventKind::Contain),
    ("mitigated", EventKind::Mitigate),
    ("mitigation applied", EventKind::Mitigate),
    ("issue mitigated", EventKind::Mitigate),
    ("incident mitigated", EventKind::Mitigate),
    ("incident is mitigated", EventKind::Mitigate),
    ("incident was mitigated", EventKind::Mitigate),
    ("impact mitigated", EventKind::Mitigate),
    ("outage ends", EventKind::Mitigate),
    ("outage ended", EventKind::Mitigate),
    ("impact ends", EventKind::Mitigate),
    ("impact ended", EventKind::Mitigate),
    ("end of impact", EventKind::Mitigate),
    ("repaired", EventKind::Mitigate),
    ("incident repaired", EventKind::Mitigate),
    ("recovery", EventKind::Mitigate),
    ("service restored", EventKind::Mitigate),
    ("services restored", EventKind::Mitigate),
    ("resolved", EventKind::Resolved),
    ("issue resolved", EventKind::Resolved),
    ("incident resolved", EventKind::Resolved),
    ("incident is resolved", EventKind::Resolved),
    ("incident was resolved", EventKind::Resolved),
    ("incident closed", EventKind::Resolved),
    ("incident is closed", EventKind::Resolved),
    ("incident was closed", EventKind::Resolved),
];

/// The words after which a phrase still means what it says: "Detected by monitoring".
pub(super) const PHRASE_FOLLOWERS: &[&str] = &["by", "via", "through", "at", "on", "when", "after"];

/// The columns of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventColumn {
    /// The day, where the time has a column of its own.
    Date,
    /// The time, or day and time.
    Time,
    /// What happened.
    Event,
    /// The sort of event.
    Kind,
}

/// Words in the header of a timeline, in the order they are tried; a word counts where it stands alone in the header.
pub(super) const EVENT_COLUMNS: &[(&str, EventColumn)] = &[
    ("time", EventColumn::Time),
    ("times", EventColumn::Time),
    ("when", EventColumn::Time),
    ("timestamp", EventColumn::Time),
    ("datetime", EventColumn::Time),
    ("date", EventColumn::Date),
    ("day", EventColumn::Date),
    ("event", EventColumn::Event),
    ("events", EventColumn::Event),
    ("description", EventColumn::Event),
    ("what", EventColumn::Event),
    ("happened", EventColumn::Event),
    ("note", EventColumn::Event),
    ("notes", EventColumn::Event),
    ("details", EventColumn::Event),
    ("activity", EventColumn::Event),
    ("action", EventColumn::Event),
    ("type", EventColumn::Kind),
    ("kind", EventColumn::Kind),
];

/// The columns of an action table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ActionColumn {
    /// Its id or ticket.
    Id,
    /// What will be done.
    Action,
    /// What it is for.
    Kind,
    /// Who sees to it.
    Owner,
    /// By when.
    Due,
    /// How far it is.
    Status,
    /// How one will know that it is done.
    DoneWhen,
}

/// Headers of an action table, whole, in lower case without punctuation.
pub(super) const ACTION_COLUMNS: &[(&str, ActionColumn)] = &[
    ("action", ActionColumn::Action),
    ("actions", ActionColumn::Action),
    ("action item", ActionColumn::Action),
    ("action items", ActionColumn::Action),
    ("item", ActionColumn::Action),
    ("description", ActionColumn::Action),
    ("task", ActionColumn::Action),
    ("todo", ActionColumn::Action),
    ("what", ActionColumn::Action),
    ("follow up", ActionColumn::Action),
    ("corrective action", ActionColumn::Action),
    ("measure", ActionColumn::Action),
    ("kind", ActionColumn::Kind),
    ("type", ActionColumn::Kind),
    ("owner", ActionColumn::Owner),
    ("owners", ActionColumn::Owner),
    ("assignee", ActionColumn::Owner),
    ("assigned to", ActionColumn::Owner),
    ("responsible", ActionColumn::Owner),
    ("who", ActionColumn::Owner),
    ("dri", ActionColumn::Owner),
    ("action owner", ActionColumn::Owner),
    ("due", ActionColumn::Due),
    ("due date", ActionColumn::Due),
    ("due by", ActionColumn::Due),
    ("by", ActionColumn::Due),
    ("by when", ActionColumn::Due),
    ("deadline", ActionColumn::Due),
    ("target date", ActionColumn::Due),
    ("status", ActionColumn::Status),
    ("state", ActionColumn::Status),
    ("progress", ActionColumn::Status),
    ("done", ActionColumn::Status),
    ("id", ActionColumn::Id),
    ("no", ActionColumn::Id),
    ("nr", ActionColumn::Id),
    ("ticket", ActionColumn::Id),
    ("bug", ActionColumn::Id),
    ("issue", ActionColumn::Id),
    ("tracking", ActionColumn::Id),
    ("done when", ActionColumn::DoneWhen),
    ("criterion", ActionColumn::DoneWhen),
    ("evaluation criterion", ActionColumn::DoneWhen),
    ("evaluation criteria", ActionColumn::DoneWhen),
    ("success criterion", ActionColumn::DoneWhen),
    ("success criteria", ActionColumn::DoneWhen),
    ("acceptance criteria", ActionColumn::DoneWhen),
    ("exit criterion", ActionColumn::DoneWhen),
];

/// Other words for how far an action is, in lower case with blanks.
pub(super) const STATUS_WORDS: &[(&str, ActionStatus)] = &[
    ("todo", ActionStatus::Open),
    ("to do", ActionStatus::Open),
    ("new", ActionStatus::Open),
    ("planned", ActionStatus::Open),
    ("pending", ActionStatus::Open),
    ("not started", ActionStatus::Open),
    ("backlog", ActionStatus::Open),
    ("ongoing", ActionStatus::InProgress),
    ("started", ActionStatus::InProgress),
    ("wip", ActionStatus::InProgress),
    ("in review", ActionStatus::InProgress),
    ("complete", ActionStatus::Done),
    ("completed", ActionStatus::Done),
    ("closed", ActionStatus::Done),
    ("finished", ActionStatus::Done),
    ("fixed", ActionStatus::Done),
    ("resolved", ActionStatus::Done),
    ("merged", ActionStatus::Done),
    ("yes", ActionStatus::Done),
    ("no", ActionStatus::Open),
    ("✅", ActionStatus::Done),
    ("✔", ActionStatus::Done),
    ("✓", ActionStatus::Done),
    ("☑", ActionStatus::Done),
    ("postponed", ActionStatus::Delayed),
    ("blocked", ActionStatus::Delayed),
    ("overdue", ActionStatus::Delayed),
    ("canceled", ActionStatus::Cancelled),
    ("dropped", ActionStatus::Cancelled),
    ("rejected", ActionStatus::Cancelled),
    ("not doing", ActionStatus::Cancelled),
    ("wont do", ActionStatus::Cancelled),
    ("wontfix", ActionStatus::Cancelled),
    ("risk accepted", ActionStatus::AcceptedRisk),
    ("accepted", ActionStatus::AcceptedRisk),
];

/// Other words for what an action is for.
pub(super) const KIND_WORDS: &[(&str, ActionKind)] = &[
    ("prevention", ActionKind::Prevent),
    ("preventive", ActionKind::Prevent),
    ("preventative", ActionKind::Prevent),
    ("mitigation", ActionKind::Mitigate),
    ("mitigative", ActionKind::Mitigate),
    ("detection", ActionKind::Detect),
    ("detective", ActionKind::Detect),
    ("fix", ActionKind::Repair),
    ("corrective", ActionKind::Repair),
    ("cleanup", ActionKind::Repair),
    ("investigation", ActionKind::Investigate),
];

/// Signs before an item that say it is done.
pub(super) const TICKS: &[char] = &['✅', '☑', '✔', '✓'];

/// What is written where there is nothing to write, in lower case.
pub(super) const NOTHING: &[&str] =
    &["", "-", "–", "—", "none", "n/a", "na", "tbd", "tba", "tbc", "todo", "unknown", "other", "?", "…", "..."];

/// Whether a text says that there is nothing to say: "none", "n/a: reason".
pub(crate) fn is_nothing(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    NOTHING.contains(&text.as_str()) || ["n/a:", "none:", "unknown:"].iter().any(|word| text.starts_with(word))
}

/// Whether a text that says that there is nothing to say tells why: "n/a: not published".
pub(super) fn gives_reason(text: &str) -> bool {
    text.split_once(':').is_some_and(|(_, reason)| !reason.trim().is_empty())
}

/// What an amount's qualifier says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    /// It is not exact.
    About,
    /// There may be more.
    AtLeast,
    /// There may be less.
    AtMost,
    /// Two numbers follow, joined by "and".
    Between,
}

/// What may stand before an amount to qualify it, in the order they are tried.
pub(super) const QUALIFIERS: &[(&str, Qualifier)] = &[
    ("~", Qualifier::About),
    ("≈", Qualifier::About),
    ("about", Qualifier::About),
    ("around", Qualifier::About),
    ("approximately", Qualifier::About),
    ("approx.", Qualifier::About),
    ("approx", Qualifier::About),
    ("roughly", Qualifier::About),
    ("ca.", Qualifier::About),
    ("circa", Qualifier::About),
    ("nearly", Qualifier::About),
    ("almost", Qualifier::About),
    (">=", Qualifier::AtLeast),
    ("≥", Qualifier::AtLeast),
    (">", Qualifier::AtLeast),
    ("at least", Qualifier::AtLeast),
    ("no fewer than", Qualifier::AtLeast),
    ("no less than", Qualifier::AtLeast),
    ("not less than", Qualifier::AtLeast),
    ("more than", Qualifier::AtLeast),
    ("over", Qualifier::AtLeast),
    ("<=", Qualifier::AtMost),
    ("≤", Qualifier::AtMost),
    ("<", Qualifier::AtMost),
    ("at most", Qualifier::AtMost),
    ("up to", Qualifier::AtMost),
    ("no more than", Qualifier::AtMost),
    ("not more than", Qualifier::AtMost),
    ("fewer than", Qualifier::AtMost),
    ("less than", Qualifier::AtMost),
    ("under", Qualifier::AtMost),
    ("between", Qualifier::Between),
];

/// Words for powers of ten behind a number.
pub(super) const MAGNITUDES: &[(&str, u8)] =
    &[("k", 3), ("m", 6), ("mn", 6), ("b", 9), ("bn", 9), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// Signs and names of currencies, before or behind a number, and their ISO 4217 codes.
pub(super) const CURRENCIES: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("USD", "USD"),
    ("$", "USD"),
    ("US dollars", "USD"),
    ("dollars", "USD"),
    ("EUR", "EUR"),
    ("€", "EUR"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("GBP", "GBP"),
    ("£", "GBP"),
    ("pounds", "GBP"),
];

/// Amounts that are nought.
pub(super) const NOUGHT: &[&str] = &["0", "none", "no", "zero", "nothing", "nobody", "no one"];

/// Amounts that are not known.
pub(super) const NOT_KNOWN: &[&str] =
    &["unknown", "not known", "undisclosed", "not published", "tbd", "tba", "tbc", "to be determined", "?"];

/// Other words for whether data was disclosed.
pub(super) const DISCLOSURE_WORDS: &[(&str, Disclosure)] = &[
    ("true", Disclosure::Yes),
    ("confirmed", Disclosure::Yes),
    ("false", Disclosure::No),
    ("none", Disclosure::No),
    ("potentially", Disclosure::Potential),
    ("possibly", Disclosure::Potential),
    ("suspected", Disclosure::Potential),
];

/// Words that cannot be part of what is counted: where one stands, more is told than an amount.
pub(super) const UNITS_END: &[&str] = &[
    "a", "an", "and", "at", "by", "each", "every", "for", "from", "in", "of", "on", "or", "out", "per", "the", "to", "was", "were", "with",
];

/// Fields that are lists: what stands under several of their names is put together.
pub(super) const LIST_FIELDS: &[&str] = &["services", "tags", "root_causes", "contributing", "authors", "related", "aliases"];

/// Keys that stand for a field only where no other key does.
pub(super) const WEAK_KEYS: &[&str] = &["date", "datetime"];

/// Endings of file names that say how a text is written, not what it is about.
pub(super) const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx", "html", "htm", "erb", "txt"];

/// The words of `> [!WORD]`.
pub const MARKERS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "INTERNAL", "REASONING"];

/// Those of them that are not for the public.
pub(super) const WITHHELD_MARKERS: &[(&str, Secrecy)] = &[("INTERNAL", Secrecy::Internal), ("REASONING", Secrecy::Reasoning)];

/// Sections that tell the story, where a list of full dates with times is a timeline too.
pub(super) const STORY_SECTIONS: &[&str] = &["leadup", "what-happened"];
