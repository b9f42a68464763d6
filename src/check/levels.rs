//! How much a finding weighs: the rule's default, the site's wish, and mercy for drafts. Applied once, here.

use std::collections::HashMap;

use globset::GlobSet;

use super::rules::settings::invalid_setting::INVALID_SETTING;
use super::rules::settings::unknown_setting::UNKNOWN_SETTING;
use super::rules::{names, rule};
use super::{Group, Rule};
use crate::config::{CONFIG_PATH, Config, Levels};
use crate::diagnostic::{Diagnostic, Level, SourcePath, Spanned, did_you_mean};
use crate::model::{Corpus, DocumentRef, Status};
use crate::source::glob_set;

/// Gives every finding its level and takes away those that are off.
///
/// The levels of the site, of the document's profile and of its folders are asked in this order, and the last that speaks holds; in each, what
/// is said of a rule goes before what is said of its group. Where all are silent, the rule's default holds, or what the finder set where that
/// is lighter (a rule may have a mild case). In a draft a rule may have an upper bound, whatever the site says.
pub(super) fn apply(findings: &mut Vec<Diagnostic>, corpus: &Corpus, config: &Config) {
    let documents: HashMap<&SourcePath, DocumentRef<'_>> =
        corpus.documents().map(|(_, document)| (&document.head().path, document)).collect();
    // The globs were checked when site.toml was read.
    let folders: Vec<(GlobSet, &Levels)> =
        config.rules_in.iter().map(|folder| (glob_set(&[&folder.glob]).unwrap_or_default(), &folder.levels)).collect();
    for finding in findings.iter_mut() {
        let Some(rule) = rule(finding.rule.0) else { continue };
        let path = &finding.primary.path;
        let document = documents.get(path).copied();
        let of_profile = document.and_then(|document| profile_levels(document, config));
        let below = config.content.below(path.as_str());
        let of_folders = folders.iter().filter(|(glob, _)| glob.is_match(below)).map(|(_, levels)| *levels);
        let layers = std::iter::once(&config.rules).chain(of_profile).chain(of_folders);
        let wished = layers.rev().find_map(|levels| wished(rule, levels));
        let level = wished.unwrap_or_else(|| rule.level.min(finding.level));
        finding.level = if document.is_some_and(is_draft) { level.min(rule.in_draft) } else { level };
    }
    findings.retain(|finding| finding.level != Level::Off);
}

/// Entries of `[rules]`, and of the levels of profiles and folders, that name no rule and no group, or a rule whose level is not the site's to
/// choose.
pub(super) fn unknown_rules(config: &Config) -> Vec<Diagnostic> {
    let path = SourcePath::from(CONFIG_PATH);
    let finding = |(name, level): (&String, &Spanned<Level>)| match rule(name) {
        None if Group::ALL.iter().any(|group| group.word() == name) => None,
        None => {
            let finding = UNKNOWN_SETTING.finding(&path, level.span, format!("no rule or group of rules is called `{name}`"));
            Some(match did_you_mean(name, names()) {
                Some(meant) => finding.help(format!("is `{meant}` meant?")),
                None => finding.help("`afterword explain` lists the rules"),
            })
        }
        Some(rule) if rule.is_fixed() => {
            let message = format!("the level of `{name}` cannot be changed");
            Some(INVALID_SETTING.finding(&path, level.span, message).help("such a finding is wrong on any site"))
        }
        Some(_) => None,
    };
    // A profile that extends another has its levels too, at the same places.
    let profiles = config.profiles.values().flat_map(|profile| &profile.rules);
    let folders = config.rules_in.iter().flat_map(|folder| &folder.levels);
    let mut findings: Vec<Diagnostic> = config.rules.iter().chain(profiles).chain(folders).filter_map(finding).collect();
    Diagnostic::sort(&mut findings);
    findings.dedup();
    findings
}

/// What a table of levels says of a rule, where it may say anything.
pub(super) fn wished(rule: &Rule, levels: &Levels) -> Option<Level> {
    let level = levels.get(rule.name.0).or_else(|| levels.get(rule.group.word()))?;
    (!rule.is_fixed()).then_some(level.value)
}

fn profile_levels<'c>(document: DocumentRef<'_>, config: &'c Config) -> Option<&'c Levels> {
    let DocumentRef::Postmortem(postmortem) = document else { return None };
    let profile = config.profiles.get(postmortem.kind.as_ref()?.value.as_str())?;
    Some(&profile.rules)
}

fn is_draft(document: DocumentRef<'_>) -> bool {
    let status = match document {
        DocumentRef::Postmortem(postmortem) => postmortem.status,
        DocumentRef::Page(page) => page.status,
    };
    status == Status::Draft
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, postmortem};
    use crate::config::LevelsIn;
    use crate::diagnostic::{RuleName, Span, Spanned};

    fn level_of(rule: &'static str, found: Level, status: Status, wish: Option<Level>) -> Option<Level> {
        let mut draft = postmortem("content/a.md");
        draft.status = status;
        let corpus = Corpus { postmortems: vec![Arc::new(draft)], pages: Vec::new() };
        let mut config = config();
        config.rules.extend(wish.map(|level| (rule.to_owned(), Spanned::new(level, Span::new(4, 9)))));
        let mut finding = Diagnostic::new(RuleName(rule), &SourcePath::from("content/a.md"), Span::new(0, 1), "x");
        finding.level = found;
        let mut findings = vec![finding];
        apply(&mut findings, &corpus, &config);
        findings.first().map(|finding| finding.level)
    }

    #[test]
    fn the_site_says_then_the_rule_then_the_finder() {
        use Level::{Error, Hint, Off};
        assert_eq!(level_of("broken-link", Error, Status::Reviewed, None), Some(Error));
        assert_eq!(level_of("broken-link", Error, Status::Reviewed, Some(Hint)), Some(Hint));
        assert_eq!(level_of("broken-link", Error, Status::Reviewed, Some(Off)), None);
        assert_eq!(level_of("skipped-input", Hint, Status::Reviewed, None), Some(Hint), "a mild case stays mild");
        assert_eq!(level_of("skipped-input", Hint, Status::Reviewed, Some(Error)), Some(Error));
    }

    #[test]
    fn the_last_layer_that_speaks_holds_and_in_it_a_rule_goes_before_its_group() {
        use Level::{Error, Hint, Off, Warning};
        let levels = |levels: &[(&str, Level)]| -> Levels {
            levels.iter().map(|(name, level)| ((*name).to_owned(), Spanned::new(*level, Span::default()))).collect()
        };
        let mut document = postmortem("content/old/a.md");
        document.kind = Some(Spanned::new("outage".into(), Span::default()));
        let corpus = Corpus { postmortems: vec![Arc::new(document)], pages: Vec::new() };
        let level = |site: &[(&str, Level)], profile: &[(&str, Level)], folder: &[(&str, Level)]| {
            let mut config = config();
            config.rules = levels(site);
            config.profiles.get_mut("outage").unwrap().rules = levels(profile);
            config.rules_in = vec![LevelsIn { glob: "old/**".into(), levels: levels(folder) }];
            let path = SourcePath::from("content/old/a.md");
            let mut findings = vec![Diagnostic::new(RuleName("broken-link"), &path, Span::new(0, 1), "x")];
            apply(&mut findings, &corpus, &config);
            findings.first().map(|finding| finding.level)
        };
        assert_eq!(level(&[("links", Hint)], &[], &[]), Some(Hint));
        assert_eq!(level(&[("links", Hint), ("broken-link", Warning)], &[], &[]), Some(Warning));
        assert_eq!(level(&[("broken-link", Warning)], &[("links", Hint)], &[]), Some(Hint));
        assert_eq!(level(&[("broken-link", Warning)], &[("links", Hint)], &[("links", Off)]), None);
        assert_eq!(level(&[("broken-link", Warning)], &[("timeline", Off)], &[("broken-link", Error)]), Some(Error));
    }

    #[test]
    fn a_draft_is_shown_mercy_but_only_where_the_rule_says_so() {
        use Level::{Error, Hint, Warning};
        assert_eq!(level_of("missing-section", Error, Status::Draft, None), Some(Warning));
        assert_eq!(level_of("missing-section", Error, Status::Draft, Some(Error)), Some(Warning));
        assert_eq!(level_of("missing-section", Error, Status::Draft, Some(Hint)), Some(Hint));
        assert_eq!(level_of("missing-section", Error, Status::InReview, None), Some(Error));
        assert_eq!(level_of("broken-link", Error, Status::Draft, None), Some(Error));
    }

    #[test]
    fn what_makes_a_site_wrong_is_always_an_error() {
        assert_eq!(level_of("route-collision", Level::Error, Status::Draft, Some(Level::Off)), Some(Level::Error));
    }

    #[test]
    fn a_rule_nobody_wrote_is_pointed_out_in_the_settings() {
        let mut config = config();
        for (name, start) in [("broken-lnik", 3), ("house-style", 20), ("route-collision", 40), ("broken-link", 60)] {
            config.rules.insert(name.to_owned(), Spanned::new(Level::Off, Span::new(start, start + 2)));
        }
        let found: Vec<_> = unknown_rules(&config)
            .into_iter()
            .map(|f| (f.rule.0, f.primary.path.to_string(), f.primary.span.start, f.message, f.help.unwrap_or_default().into_owned()))
            .collect();
        let expect = |rule, start, message: &str, help: &str| (rule, "site.toml".to_owned(), start, message.to_owned(), help.to_owned());
        assert_eq!(
            found,
            [
                expect("unknown-setting", 3, "no rule or group of rules is called `broken-lnik`", "is `broken-link` meant?"),
                expect("unknown-setting", 20, "no rule or group of rules is called `house-style`", "`afterword explain` lists the rules"),
                expect("invalid-setting", 40, "the level of `route-collision` cannot be changed", "such a finding is wrong on any site"),
            ]
        );
    }
}
