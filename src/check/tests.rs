//! The list of rules as a whole, and the way from rules to findings.

use std::sync::Arc;

use super::sample::{config, context, page, postmortem, section, written_link};
use super::{RULES, Run, check, rule};
use crate::diagnostic::{Diagnostic, Level, RuleName, SourcePath, Span, Spanned};
use crate::knowledge::link;
use crate::markdown::LinkOrigin;
use crate::model::{Allowance, Corpus, Status};

#[test]
fn names_are_kebab_case_sorted_and_unique() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name.0).collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    let is_kebab = |name: &&str| name.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    assert!(names.iter().all(is_kebab), "{names:?}");
    let commands = ["no-", "use-", "check-", "require-"];
    assert!(!names.iter().any(|name| commands.iter().any(|word| name.starts_with(word))), "a name is the defect: {names:?}");
}

#[test]
fn every_rule_is_found_by_its_name() {
    assert!(RULES.iter().all(|known| rule(known.name.0).is_some_and(|found| std::ptr::eq(*known, found))));
    assert!(rule("house-style").is_none());
}

#[test]
fn every_rule_has_a_manual() {
    for rule in RULES {
        let manual = rule.manual_text();
        let first = manual.lines().next().unwrap_or_default();
        assert!(first.len() > 20 && !first.starts_with('#'), "{}: says what it finds first", rule.name);
        for heading in ["\n## Why\n", "\n## Example\n", "\n## Instead\n"] {
            assert_eq!(manual.matches(heading).count(), 1, "{}: {heading:?}", rule.name);
        }
        assert_eq!(manual.matches("```").count() % 2, 0, "{}: an open fence", rule.name);
        assert!(manual.contains("```"), "{}: shows an example", rule.name);
        assert!(rule.in_draft != Level::Off, "{}: a draft is spoken of", rule.name);
        assert_eq!(rule.level == Level::Off, manual.contains("\nOff by default"), "{}: says whether it is on", rule.name);
    }
}

/// The TOML of a manual, with the heading it stands under.
fn settings_shown(manual: &str) -> Vec<(&str, &str)> {
    let sections = manual.split("\n## ").map(|section| section.split_once('\n').unwrap_or_default());
    sections
        .flat_map(|(heading, text)| {
            text.split("```toml\n").skip(1).map(move |block| (heading, block.split("```").next().unwrap_or_default()))
        })
        .collect()
}

#[test]
fn settings_in_manuals_are_what_they_are_said_to_be() {
    let mut shown = 0;
    for rule in RULES {
        let manual = rule.manual_text();
        for (heading, toml) in settings_shown(&manual) {
            shown += 1;
            let (config, mut findings) = crate::config::parse(toml);
            findings.extend(super::levels::unknown_rules(&config));
            let told: Vec<_> = findings.iter().map(|finding| (finding.rule, &finding.message)).collect();
            if heading == "Example" {
                assert!(!told.is_empty() && told.iter().all(|(name, _)| *name == rule.name), "{}: {told:?}", rule.name);
            } else {
                assert_eq!(told, [], "{}: {heading}", rule.name);
            }
        }
    }
    assert!(shown >= 9, "only {shown}");
}

#[test]
fn the_levels_of_built_in_profiles_are_of_rules_and_groups_that_there_are() {
    let config = crate::config::Config::default();
    assert_eq!(super::levels::unknown_rules(&config), []);
    let told: Vec<_> = config.profiles["ccadb"].rules.iter().map(|(name, level)| (name.as_str(), level.value)).collect();
    assert_eq!(
        told,
        ["ambiguous-time", "cause-without-action", "leftover-placeholder", "unaddressed-problem", "zoneless-time"]
            .map(|name| (name, Level::Error))
    );
}

#[test]
fn a_rule_explains_itself() {
    let text = rule("broken-anchor").unwrap().explain();
    assert!(
        text.starts_with("# broken-anchor (error, links)\n\nA link names a heading that its document does not have.\n\n## Why\n\n"),
        "{text}"
    );
    let end = "## Silence it\n\n\
        For the next block, or for the whole file when it stands before everything else:\n\n    \
            <!-- afterword: allow broken-anchor: the reason -->\n\n\
        For the whole site, for a folder, or for a kind of postmortem, in `site.toml` (off, hint, warning or error; `links` for all of its \
        group):\n\n    \
            rules.broken-anchor = \"off\"\n    rules.in.\"postmortems/2019/**\".broken-anchor = \"off\"\n    \
            profiles.minor.rules.broken-anchor = \"off\"\n";
    assert!(text.ends_with(end), "{text}");
    let text = rule("route-collision").unwrap().explain();
    assert!(text.ends_with("is never published.\n"), "{text}");
}

/// Everything said of a draft with a broken link that is allowed, a page with one that is not, and a finding from elsewhere.
fn everything() -> Vec<String> {
    let mut draft = postmortem("content/b.md");
    draft.status = Status::Draft;
    draft.kind = Some(Spanned::new("outage".into(), Span::new(2, 8)));
    draft.head.links = vec![written_link("nowhere.md", LinkOrigin::Inline, 60)];
    let allowance = |rule: &str, start: usize, covers| Allowance {
        rule: Spanned::new(rule.to_owned(), Span::new(start, start + 5)),
        reason: "on its way".into(),
        covers,
    };
    draft.head.allowances = vec![allowance("broken-link", 40, Span::new(50, 80)), allowance("broken-anchor", 20, Span::new(0, 99))];
    Arc::make_mut(&mut draft.body).sections = vec![section("summary", "Summary", "TODO", 80)];
    let mut about = page("content/a.md");
    about.head.links = vec![written_link("nowhere.md", LinkOrigin::Inline, 5)];
    let corpus = Corpus { postmortems: vec![Arc::new(draft)], pages: vec![Arc::new(about)] };
    let mut config = config();
    config.rules.insert("unused-allowance".into(), Spanned::new(Level::Hint, Span::new(9, 12)));
    config.rules.insert("empty-section".into(), Spanned::new(Level::Off, Span::new(19, 22)));
    let knowledge = link(&corpus, &config, &|_| false);
    let found = vec![Diagnostic::new(RuleName("duplicate-field"), &SourcePath::from("content/b.md"), Span::new(3, 4), "twice")];
    let tell = |f: Diagnostic| format!("{}:{}: {}[{}] {}", f.primary.path, f.primary.span.start, f.level.word(), f.rule, f.message);
    check(&context(&corpus, &knowledge, &config), found).into_iter().map(tell).collect()
}

#[test]
fn all_findings_are_gathered_weighed_and_sorted() {
    assert_eq!(
        everything(),
        [
            "content/a.md:5: error[broken-link] the file `nowhere.md` does not exist",
            "content/b.md:0: warning[missing-field] 3 fields are missing: `title`, `severity`, `started_at`",
            "content/b.md:0: warning[missing-section] 3 sections are missing: `Timeline`, `Root cause`, `Action items`",
            "content/b.md:3: warning[duplicate-field] twice",
            "content/b.md:20: hint[unused-allowance] nothing here needs `allow broken-anchor`",
            "content/b.md:100: hint[leftover-placeholder] the placeholder `TODO` was left over",
        ]
    );
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let mut corpus = Corpus::default();
    for n in 0..200 {
        let mut document = postmortem(&format!("content/{n:03}.md"));
        document.head.links = vec![written_link("nowhere.md", LinkOrigin::Inline, 7), written_link("#x", LinkOrigin::Inline, 30)];
        Arc::make_mut(&mut document.body).lead = vec![super::sample::paragraph("TODO, TBD and [Date]", 50)];
        corpus.postmortems.push(Arc::new(document));
    }
    let config = config();
    let knowledge = link(&corpus, &config, &|_| false);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| check(&context(&corpus, &knowledge, &config), Vec::new()))
    };
    let alone = run(1);
    assert_eq!(alone.len(), 1000);
    assert_eq!(alone, run(4));
}

#[test]
fn what_other_stages_find_has_a_rule() {
    use crate::{config, parse, pipeline, site, source, theme};
    let mut found = [
        config::INVALID_SETTING,
        config::UNKNOWN_SETTING,
        config::UNREADABLE_CONFIG,
        parse::AMBIGUOUS_TIME,
        parse::BROKEN_LINK,
        parse::CONFLICTING_MILESTONE,
        parse::DUPLICATE_FIELD,
        parse::EXCESSIVE_MARKUP,
        parse::INVALID_VALUE,
        parse::UNKNOWN_DIRECTIVE,
        parse::UNREADABLE_DATE,
        parse::UNREADABLE_FRONT_MATTER,
        pipeline::INCOMPLETE_HISTORY,
        pipeline::UNREADABLE_FILE,
        site::ROUTE_COLLISION,
        source::SKIPPED_INPUT,
        theme::TEMPLATE_ERROR,
    ];
    assert!(found.iter().all(|name| rule(name.0).is_some()));
    // These are found when allowances and the baseline are applied, and broken links by a rule as well.
    let mut elsewhere: Vec<RuleName> = RULES.iter().filter(|rule| matches!(rule.run, Run::Elsewhere)).map(|rule| rule.name).collect();
    elsewhere.extend([parse::BROKEN_LINK]);
    elsewhere.retain(|name| !["stale-baseline", "unused-allowance"].contains(&name.0));
    found.sort();
    elsewhere.sort();
    assert_eq!(found.as_slice(), elsewhere);
}
