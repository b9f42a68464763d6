//! The built-in vocabulary, embedded as data files, and the settings of a site that sets nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};

use super::heading::HeadingIndex;
use super::{
    CauseBranch, CauseLeaf, Causes, Config, Content, Deadlines, Editions, Field, Fields, HistoryShown, Levels, People, Privacy, Profile,
    PublicEdition, SectionKind, SeverityTerm, Site, Theme, Wording,
};
use crate::diagnostic::{Level, Span, Spanned};

static DEFAULTS: LazyLock<Config> = LazyLock::new(defaults);

impl Default for Config {
    /// What an empty `site.toml` says.
    fn default() -> Self {
        DEFAULTS.clone()
    }
}

static PUBLIC: LazyLock<PublicFile> = LazyLock::new(|| data(include_str!("data/public.toml")));

impl Default for PublicEdition {
    /// What an empty `[editions.public]` says.
    fn default() -> Self {
        Self {
            training: false,
            rules: false,
            history: HistoryShown::Off,
            required: PUBLIC.required.clone(),
            internal_fields: PUBLIC.internal_fields.clone(),
            public_fields: Vec::new(),
            title: None,
            description: None,
            base_url: None,
            footer: String::new(),
            footer_links: Vec::new(),
        }
    }
}

fn defaults() -> Config {
    let sections: Vec<SectionKind> = data::<SectionFile>(include_str!("data/sections.toml")).sections;
    let profiles = [include_str!("data/profiles.toml"), include_str!("data/houses.toml")].map(|text| data::<ProfileFile>(text).profiles);
    let causes: CauseFile = data(include_str!("data/causes.toml"));
    Config {
        site: Site {
            title: "Postmortems".to_owned(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
            timezone: None,
            logo: None,
            logo_has_name: false,
            icon: None,
            footer: String::new(),
            footer_links: Vec::new(),
            edit_url: None,
            rules: false,
            history: HistoryShown::Off,
        },
        content: Content {
            root: "content".to_owned(),
            include: vec!["**/*.md".to_owned(), "**/*.markdown".to_owned()],
            exclude: Vec::new(),
            postmortems: vec!["postmortems/**".to_owned()],
            profile: None,
            output: "_site".to_owned(),
        },
        fields: fields(data(include_str!("data/fields.toml"))),
        headings: HeadingIndex::new(&sections),
        sections,
        profiles: profiles.into_iter().flatten().map(|profile| (profile.name.clone(), profile)).collect(),
        severities: data::<SeverityFile>(include_str!("data/severities.toml")).severities,
        services: BTreeMap::new(),
        tags: BTreeMap::new(),
        owners: BTreeMap::new(),
        people: People::default(),
        causes: Causes { branches: causes.branches, triggers: causes.triggers, ..Causes::default() },
        taxonomies: Vec::new(),
        rules: BTreeMap::new(),
        rules_in: Vec::new(),
        deadlines: Deadlines::default(),
        metrics: super::Metrics::default(),
        wording: Wording::default(),
        glossary: super::GlossarySettings { page: "glossary.md".to_owned(), link: true },
        training: data(include_str!("data/training.toml")),
        privacy: Privacy::default(),
        editions: Editions::default(),
        theme: Theme { name: "default".to_owned(), accent: None },
        nav: Vec::new(),
    }
}

fn fields(file: FieldFile) -> Fields {
    let mut fields = Fields { extra: file.extra, ..Fields::default() };
    for FieldEntry { name, meaning, shape, aliases } in file.fields {
        fields.aliases.extend(aliases.into_iter().map(|alias| (alias, name.clone())));
        fields.known.insert(name, Field { meaning, shape });
    }
    fields
}

#[expect(clippy::expect_used, reason = "the data are part of the program, and a test reads every file")]
fn data<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("embedded data are well formed")
}

/// The levels of a built-in profile. They stand in no file of the site, so their place is none.
pub(super) fn levels<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Levels, D::Error> {
    let words = BTreeMap::<String, String>::deserialize(deserializer)?;
    let level = |(name, word): (String, String)| match Level::from_word(&word) {
        Some(level) => Ok((name, Spanned::new(level, Span::default()))),
        None => Err(D::Error::custom(format!("`{word}` is no level"))),
    };
    words.into_iter().map(level).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    sections: Vec<SectionKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicFile {
    required: Vec<String>,
    internal_fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeverityFile {
    severities: Vec<SeverityTerm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CauseFile {
    branches: Vec<CauseBranch>,
    triggers: Vec<CauseLeaf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    extra: Vec<String>,
    fields: Vec<FieldEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    name: String,
    meaning: String,
    shape: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::heading::fold;
    use super::super::{fold as fold_cause, fold_key};
    use super::*;

    /// That nothing occurs twice.
    fn assert_unique<T: Ord + std::fmt::Debug>(items: impl IntoIterator<Item = T>) {
        let mut seen = BTreeSet::new();
        for item in items {
            assert!(!seen.contains(&item), "{item:?} is there twice");
            seen.insert(item);
        }
    }

    #[test]
    fn no_heading_stands_for_two_sections_and_none_is_listed_twice() {
        let config = Config::default();
        assert_unique(config.sections.iter().map(|section| &section.key));
        let headings = config.sections.iter().flat_map(|section| std::iter::once(&section.title).chain(&section.aliases));
        assert_unique(headings.map(|heading| fold(heading)));
        for section in &config.sections {
            for heading in [&section.key, &section.title].into_iter().chain(&section.aliases) {
                assert_eq!(config.section_for(heading), Some(section), "{heading}");
            }
            assert!(section.prompt.ends_with(['.', '?']), "{}", section.key);
        }
    }

    /// The headings and bold labels of real postmortems that plainly are a canonical section, and some that are none.
    #[test]
    fn headings_of_real_postmortems_lead_to_their_sections() {
        let config = Config::default();
        for (key, headings) in [
            ("summary", "Summary|Overview"),
            ("impact", "Impact|Affected services|Customer impact|Data integrity"),
            ("scope", "Scope"),
            ("leadup", "Context|Background"),
            ("timeline", "Timeline|Key events|Events/Timeline:|Incident timeline|Timeline summary"),
            ("detection", "Identified|Detection|Detection delay|Detection gaps"),
            ("what-happened", "What happened|What happened?"),
            (
                "root-cause",
                "Contributing Factors|Contributing Factors (findings)|Root cause|Root Causes|Root cause analysis|Cause|Causes|The Technical \
                 Problem|Why it failed|Why it wasn't caught|Why It Wasn’t Caught|Why did it happen?|How did it happen?|Identified cause (to be \
                 done pre-meeting)",
            ),
            ("trigger", "Trigger"),
            ("resolution", "Resolution|Resolutions|Resolution and recovery|Recovery|Rollback|Short term fix"),
            ("response", "Escalation"),
            ("went-well", "What went well|What Went Well?"),
            ("went-wrong", "What went wrong|What Went Poorly|What didn't go well|What could have gone better?"),
            ("lucky", "Where we got lucky"),
            ("lessons", "Lessons Learned|Lessons|Key Takeaways|Insights"),
            (
                "actions",
                "Action Items|Action item|Review actions|Actions following review|Corrective and preventative measures|Corrective actions|\
                 Immediate Actions (Completed)|Immediate actions|Future Actions|Moving Forward|Long term solution|Remediation|\
                 Short-term Improvements (Follow along here)|Medium-term improvements|Long-term improvements (Target: Q4 2025 - Q1 2026)|\
                 Planned Actions (planned or in-progress)|How are we preventing it from happening again?|Prevention|Follow-ups",
            ),
            ("evidence", "Supporting information"),
            (
                "-",
                "Attendees|Atendees|Responders|Owner: @somebody|Involved|Authors|Stats|Time to repair|Time to resolve|Mean time to repair|\
                 Duration|Date|Severity|Metadata|Status|Anything else|2021-06-11 21:40|Primary root cause: CPU resource undersizing|\
                 Root cause discovery and isolation|Traefik rule preventing some inbound traffic|All services returning 503 in Kubernetes",
            ),
        ] {
            for heading in headings.split('|') {
                assert_eq!(config.section_for(heading).map_or("-", |section| &section.key), key, "{heading}");
            }
        }
    }

    /// The headings of published templates, by the house that has them.
    #[test]
    fn headings_of_published_templates_lead_to_their_sections() {
        let config = Config::default();
        for (key, headings) in [
            ("summary", "Summary|Overview|Executive Summary|Incident summary|Issue Summary|Brief description|TL;DR"),
            ("impact", "Impact|Customer impact|Summary of impact|Affected users|Impact Assessment|Business Impact|End User Impact"),
            ("leadup", "Leadup|Background|Context|Prelude"),
            ("timeline", "Timeline|Chain of Events|Incident Timeline|Events Timeline|Sequence of Events|What happened and when"),
            ("detection", "Detection|Discovery|How we found out"),
            ("what-happened", "What Happened|Fault|Outage Description|Incident description|Issue Description"),
            (
                "root-cause",
                "Root Cause(s)|Primary Cause|Root Cause Analysis|Contributing Conditions Analysis|What caused the incident?|Five Whys|\
                 Contributing Factors|What were the root causes?|Root cause identification: The Five Whys|5 Whys",
            ),
            ("trigger", "Trigger(s)"),
            ("scope", "Scope|Affected Systems|Affected Addresses / Contracts|Data Involved"),
            ("containment", "Containment|Containment and Eradication|Contain the Damage|Mitigation"),
            ("resolution", "Resolution|Recovery|Resolution and recovery|Root cause and mitigation|Mitigation & Resolution"),
            ("funds", "Funds|Financial|Funds Movement|Losses and Recovery"),
            ("fix-verification", "Fix, Patch and Test|Verification|Audit of the fix"),
            ("data-migration", "Data Migration|Data Repair"),
            ("redeploy", "Redeployment|Redeploy and Resume|Rollout"),
            ("governance", "Governance and Privileges|Multisig Governance"),
            (
                "response",
                "Response|Response Evaluation|Performance of the team|Plan vs. reality|What information was needed sooner|\
                 Incident Response Analysis",
            ),
            ("business-support", "Business Support|Stakeholder support"),
            ("communication", "Communications|Communications Sent|External message|Updates|Messaging|Internal Email"),
            ("went-well", "What went well"),
            (
                "went-wrong",
                "What went wrong|What didn't go well|What Didn't Go So Well?|What went poorly|What went badly|What could have gone better",
            ),
            ("lucky", "Where we got lucky|Where did we get lucky|Luck"),
            ("surprised", "Why were we surprised?|What surprised us"),
            ("lessons", "Lessons Learned|Takeaways|Learnings|Key takeaways|Conclusions"),
            (
                "actions",
                "Action Items|Corrective Actions|Actionables|Follow-up actions|Next steps|Corrective and Preventative Measures|\
                 Recommendations|What are we doing about this|Remediation",
            ),
            ("related", "Related Incidents|Recurrence|Similar incidents"),
            ("plan-updates", "Lessons for Runbooks|Plan Updates|Documentation Updates"),
            ("acknowledgements", "Acknowledgements|Credits|Thanks|Community Contributions"),
            (
                "evidence",
                "Evidence|Links & Evidence|Appendix|Supporting information|Supporting Documents|Links|Links to relevant documentation",
            ),
            ("glossary", "Glossary"),
            ("commitment", "Our commitment|Commitment summary"),
        ] {
            for heading in headings.split('|') {
                assert_eq!(config.section_for(heading).map_or("-", |section| &section.key), key, "{heading}");
            }
        }
    }

    #[test]
    fn what_is_within_a_section_is_within_one_that_is_there() {
        let config = Config::default();
        let within: Vec<_> =
            config.sections.iter().filter_map(|section| Some((section.key.as_str(), section.within.as_deref()?))).collect();
        assert_eq!(within, ["went-well", "went-wrong", "lucky", "surprised"].map(|key| (key, "lessons")));
        assert!(config.section("lessons").is_some());
    }

    #[test]
    fn profiles_name_sections_and_fields_that_are_there() {
        let config = Config::default();
        let names: Vec<_> = config.profiles.keys().map(String::as_str).collect();
        let houses = ["atlassian", "ccadb", "gitlab", "google-sre", "pagerduty", "seal", "wikimedia"];
        let mut expected = ["catalogue", "drill", "minor", "near-miss", "outage", "security", "smart-contract", "vendor"].to_vec();
        expected.extend(houses);
        expected.sort_unstable();
        assert_eq!(names, expected);
        for profile in config.profiles.values() {
            let place = |key: &String| config.sections.iter().position(|section| section.key == *key).expect(key);
            for keys in [&profile.required, &profile.optional] {
                assert!(keys.iter().map(place).is_sorted(), "{}: sections stand in their order", profile.name);
            }
            assert_unique(profile.required.iter().chain(&profile.optional));
            assert_unique(profile.fields.iter().chain(&profile.reviewed_fields));
            for field in profile.fields.iter().chain(&profile.reviewed_fields) {
                assert!(config.fields.known.contains_key(field), "{}: {field}", profile.name);
            }
            assert!(!profile.description.is_empty() && !profile.required.is_empty());
        }
        let place = |key: &String| config.sections.iter().position(|section| section.key == *key).expect(key);
        assert!(PublicEdition::default().required.iter().map(place).is_sorted());
        let asked: BTreeSet<_> = config.profiles.values().flat_map(|profile| profile.required.iter().chain(&profile.optional)).collect();
        let unasked: Vec<_> = config.sections.iter().map(|section| &section.key).filter(|key| !asked.contains(key)).collect();
        assert_eq!(unasked, ["commitment"], "only what public reports have is in no profile");
    }

    #[test]
    fn every_other_name_of_a_field_is_one_name_of_one_field() {
        let file: FieldFile = data(include_str!("data/fields.toml"));
        let (names, aliases) = (file.fields.iter().map(|field| &field.name), file.fields.iter().flat_map(|field| &field.aliases));
        assert_unique(names.chain(aliases).chain(&file.extra));
        let config = Config::default();
        for (alias, name) in &config.fields.aliases {
            assert_eq!(*alias, fold_key(alias));
            assert_eq!(config.fields.canonical(alias), Some(name.as_str()));
        }
        assert!(config.fields.extra.iter().all(|key| *key == fold_key(key) && config.fields.canonical(key).is_none()));
        assert!(config.fields.known.values().all(|field| field.meaning.ends_with('.') && !field.shape.is_empty()));
    }

    #[test]
    fn the_names_people_use_lead_to_our_fields() {
        let fields = Config::default().fields;
        for (name, keys) in [
            ("id", "uuid incident_id incident"),
            ("kind", "type incident_type"),
            ("summary", "description tldr abstract excerpt"),
            ("started_at", "date start_time starttime start impact_start incident_date Start-Time"),
            ("detected_at", "detecttime detected"),
            ("resolved_at", "end_time endtime end resolved_when resolvedWhen"),
            ("services", "affected affectedsystems affected_systems components service systems"),
            ("tags", "tag keywords categories labels topics"),
            ("root_causes", "root_cause cause causes rootcause"),
            ("authors", "author"),
            ("source", "url source_url"),
            ("archive", "archive_url"),
            ("published_at", "source_published_at"),
            ("lang", "language"),
            ("draft", "draft"),
            ("resolved", "resolved"),
            ("x", "x"),
        ] {
            for key in keys.split(' ') {
                assert_eq!(fields.canonical(key), Some(name), "{key}");
            }
        }
        assert!(fields.is_extra("weight") && fields.is_extra("layout"));
        for key in ["company", "product"] {
            assert!(fields.canonical(key).is_none() && !fields.is_extra(key), "{key}");
        }
    }

    #[test]
    fn causes_have_ids_that_stand_in_addresses_and_one_sentence() {
        let causes = Config::default().causes;
        let leaves: Vec<_> = causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf))).collect();
        assert_eq!((causes.branches.len(), leaves.len(), causes.triggers.len()), (12, 56, 9));
        assert_unique(leaves.iter().map(|(branch, leaf)| format!("{}/{}", branch.id, leaf.id)));
        assert_unique(causes.triggers.iter().map(|trigger| &trigger.id));
        for (id, name, definition) in causes.branches.iter().map(|branch| (&branch.id, &branch.name, &branch.definition)).chain(
            leaves.iter().map(|(_, leaf)| leaf).copied().chain(&causes.triggers).map(|leaf| (&leaf.id, &leaf.name, &leaf.definition)),
        ) {
            assert_eq!(*id, fold_cause(id));
            assert!(super::super::value::slug(id).is_ok(), "{id}");
            assert!(!name.is_empty() && definition.ends_with('.'), "{id}");
            assert_eq!(definition.matches(". ").count(), 0, "{id}: one sentence");
        }
        assert_eq!(causes.resolve("Input Handling").as_deref(), Some("software/input-handling"));
        assert_eq!(causes.resolve("change/rollout_plan").as_deref(), Some("change/rollout-plan"));
    }

    #[test]
    fn every_leaf_says_how_it_shows_itself_what_holds_and_what_it_is_not() {
        let causes = Config::default().causes;
        let mut words = BTreeSet::new();
        for leaf in causes.branches.iter().flat_map(|branch| &branch.leaves) {
            for list in [&leaf.signs, &leaf.prevention] {
                assert!((2..=4).contains(&list.len()), "{}: two to four", leaf.id);
                assert!(list.iter().all(|sentence| sentence.ends_with(['.', '"', '?'])), "{}: sentences", leaf.id);
            }
            assert!(leaf.not.ends_with('.'), "{}: {}", leaf.id, leaf.not);
            assert!(!leaf.maps.is_empty());
            for word in &leaf.maps {
                assert!(words.insert(fold_cause(word.strip_prefix("RootCause::").unwrap_or(word))), "{word} stands for two leaves");
            }
        }
        for branch in &causes.branches {
            assert!(!words.contains(&branch.id), "`{}` is a branch: a document that names it is asked what was wrong", branch.id);
        }
    }

    #[test]
    fn the_words_of_other_houses_lead_to_our_leaves() {
        let causes = Config::default().causes;
        for (path, words) in [
            ("change/code-defect", "RootCause::Software-Change|Bug"),
            ("change/config", "RootCause::Config-Change|config-change|Configuration|Misconfiguration"),
            ("change/feature-flag", "RootCause::Feature-Flag"),
            ("change/release-compat", "RootCause::Release-Compatibility"),
            ("capacity/saturation", "RootCause::Saturation|Scale"),
            ("capacity/retry-storm", "cascading-failure"),
            ("architecture/single-point", "RootCause::SPoF|Single point of failure"),
            ("dependency/provider-outage", "RootCause::External-Dependency"),
            ("security/denial-of-service", "RootCause::Malicious-Traffic"),
            ("security/vulnerability", "T1190|Exploit vuln"),
            ("contract/reentrancy", "SCWE-046"),
            ("unknown/indeterminate", "RootCause::Indeterminate"),
        ] {
            for word in words.split('|') {
                assert_eq!(causes.resolve(word).as_deref(), Some(path), "{word}");
            }
        }
        for word in ["data", "change", "human error", "none", "RootCause::"] {
            assert_eq!(causes.resolve(word), None, "{word}");
        }
    }

    #[test]
    fn severities_are_five_steps_worst_first() {
        let steps = Config::default().severities;
        assert_eq!(steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["SEV1", "SEV2", "SEV3", "SEV4", "SEV5"]);
    }
}
