//! How much a finding weighs: the rule's default, the site's wish, and mercy for drafts. Applied once, here.

use std::collections::HashSet;

use super::Rule;
use super::rules::settings::invalid_setting::INVALID_SETTING;
use super::rules::settings::unknown_setting::UNKNOWN_SETTING;
use super::rules::{RULES, rule};
use crate::config::{CONFIG_PATH, Config};
use crate::diagnostic::{Diagnostic, Level, SourcePath, did_you_mean};
use crate::model::{Corpus, DocumentRef, Status};

/// Gives every finding its level and takes away those that are off.
///
/// `[rules]` of `site.toml` says; where it is silent, the rule's default holds, or what the finder set where that is lighter (a rule may
/// have a mild case). In a draft a rule may have an upper bound, whatever the site says.
pub(super) fn apply(findings: &mut Vec<Diagnostic>, corpus: &Corpus, config: &Config) {
    let drafts = drafts(corpus);
    for finding in findings.iter_mut() {
        let Some(rule) = rule(finding.rule.0) else { continue };
        let level = wished(rule, config).unwrap_or_else(|| rule.level.min(finding.level));
        let is_draft = drafts.contains(&finding.primary.path);
        finding.level = if is_draft { level.min(rule.in_draft) } else { level };
    }
    findings.retain(|finding| finding.level != Level::Off);
}

/// Entries of `[rules]` that name no rule, or one whose level is not the site's to choose.
pub(super) fn unknown_rules(config: &Config) -> Vec<Diagnostic> {
    let path = SourcePath::from(CONFIG_PATH);
    let names = || RULES.iter().map(|rule| rule.name.0);
    let finding = |(name, level): (&String, &crate::diagnostic::Spanned<Level>)| match rule(name) {
        None => {
            let finding = UNKNOWN_SETTING.finding(&path, level.span, format!("no rule is called `{name}`"));
            Some(match did_you_mean(name, names()) {
                Some(meant) => finding.help(format!("is `{meant}` meant?")),
                None => finding.help("`afterword explain` lists the rules"),
            })
        }
        Some(rule) if rule.is_fixed() => {
            let message = format!("the level of `{name}` cannot be changed");
            Some(INVALID_SETTING.finding(&path, level.span, message).help("a site with such a finding is wrong and is never published"))
        }
        Some(_) => None,
    };
    config.rules.iter().filter_map(finding).collect()
}

/// What `[rules]` says of a rule, where it may say anything.
fn wished(rule: &Rule, config: &Config) -> Option<Level> {
    let level = config.rules.get(rule.name.0)?;
    (!rule.is_fixed()).then_some(level.value)
}

fn drafts(corpus: &Corpus) -> HashSet<&SourcePath> {
    let status = |document: DocumentRef<'_>| match document {
        DocumentRef::Postmortem(postmortem) => postmortem.status,
        DocumentRef::Page(page) => page.status,
    };
    let drafts = corpus.documents().filter(|(_, document)| status(*document) == Status::Draft);
    drafts.map(|(_, document)| &document.head().path).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, postmortem};
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
                expect("unknown-setting", 3, "no rule is called `broken-lnik`", "is `broken-link` meant?"),
                expect("unknown-setting", 20, "no rule is called `house-style`", "`afterword explain` lists the rules"),
                expect(
                    "invalid-setting",
                    40,
                    "the level of `route-collision` cannot be changed",
                    "a site with such a finding is wrong and is never published"
                ),
            ]
        );
    }
}
