//! Messages: laid over one another, faults told at their places, numbers and lists by the language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentValue;

use super::{Words, is_rtl, labelled, ungrouped, variables};
use crate::diagnostic::Diagnostic;

const ENGLISH: &str = include_str!("../../../themes/default/messages/en.ftl");
const GERMAN: &str = include_str!("../../../themes/default/messages/de.ftl");

fn words(language: &str, files: &[(&str, &str)]) -> (Words, Vec<Diagnostic>) {
    Words::load("ours", language, files.iter().map(|(path, text)| (*path, text.as_bytes())))
}

/// What is said, at which words of `text`, and what helps.
fn told<'t>(finding: &'t Diagnostic, text: &'t str) -> (&'t str, &'t str, &'t str, &'t str) {
    let help = finding.help.as_deref().unwrap_or_default();
    (finding.primary.path.as_str(), finding.primary.span.slice(text), finding.message.as_str(), help)
}

#[test]
fn german_says_what_english_says_with_the_same_values() {
    let (english, german) = (variables(ENGLISH), variables(GERMAN));
    let missing: Vec<&String> = english.keys().filter(|id| !german.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let further: Vec<&String> = german.keys().filter(|id| !english.contains_key(*id)).collect();
    assert!(further.is_empty(), "{further:?}");
    let differing: BTreeMap<&String, _> = german.iter().filter(|(id, values)| english[*id] != **values).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn the_built_in_files_have_no_fault_and_no_message_twice() {
    for (name, text) in [("messages/en.ftl", ENGLISH), ("messages/de.ftl", GERMAN)] {
        assert_eq!(words("en", &[(name, text)]).1, [], "{name}");
        let ids = text.lines().filter_map(|line| line.split_once(" = ").map(|(id, _)| id)).filter(|id| !id.starts_with([' ', '#']));
        let mut seen = BTreeSet::new();
        assert_eq!(ids.filter(|id| !seen.insert(*id)).collect::<Vec<_>>(), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn names_in_english_are_those_of_the_program() {
    for (id, name) in labelled::each() {
        assert_eq!(Words::english().get(&id), name, "{id}");
    }
}

#[test]
fn a_message_of_ones_own_goes_before_the_built_in_one_and_the_rest_stands() {
    let (ours, findings) = words("en", &[("messages/en.ftl", "search = Look for it\n"), ("messages/de.ftl", "search = Finden\n")]);
    assert_eq!(findings, []);
    assert_eq!([ours.get("search"), ours.get("learn")], ["Look for it", "Learn"]);
    assert_eq!(ours.count("incidents", 4120), "4,120 incidents");
}

#[test]
fn a_new_language_is_a_file_and_english_stands_where_it_is_silent() {
    let files = [(
        "messages/pl.ftl",
        "incidents = { $count ->\n    [one] { $count } incydent\n    [few] { $count } incydenty\n   *[many] { $count } incydentów\n}\nthousands-mark = { \"\u{a0}\" }\n",
    )];
    let (polish, findings) = words("pl", &files);
    assert_eq!(findings, []);
    let told = [1, 2, 5, 1022].map(|count| polish.count("incidents", count));
    assert_eq!(told, ["1 incydent", "2 incydenty", "5 incydentów", "1\u{a0}022 incydenty"]);
    assert_eq!(polish.get("learn"), "Learn");
}

#[test]
fn a_region_goes_before_its_language_and_that_before_english() {
    let files = [("messages/pt.ftl", "search = Pesquisa\nlearn = Aprender\n"), ("messages/pt-BR.ftl", "search = Busca\n")];
    let (words, _) = words("pt-BR", &files);
    assert_eq!([words.get("search"), words.get("learn"), words.get("metrics")], ["Busca", "Aprender", "Metrics"]);
}

#[test]
fn a_fault_is_told_at_its_place_and_the_built_in_message_stands() {
    let text = "search = Find\nlearn Learn\n\nmetrics = Figures\n";
    let (ours, findings) = words("en", &[("messages/en.ftl", text)]);
    assert_eq!(findings.len(), 1);
    assert_eq!(told(&findings[0], text), ("themes/ours/messages/en.ftl", "L", "syntax error: expected a token starting with \"=\"", ""));
    assert_eq!([ours.get("search"), ours.get("learn"), ours.get("metrics")], ["Find", "Learn", "Figures"]);
}

#[test]
fn a_value_that_nobody_gives_is_told_at_its_place() {
    let text = "incidents = { $number } incidents\nsearch = Search { $what }\n";
    let (_, findings) = words("en", &[("messages/en.ftl", text)]);
    let expected = [
        ("themes/ours/messages/en.ftl", "number", "`incidents` is given no `$number`", "it is given `$count`"),
        ("themes/ours/messages/en.ftl", "what", "`search` is given no `$what`", "it is given nothing"),
    ];
    assert_eq!(findings.iter().map(|finding| told(finding, text)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_file_that_is_no_language_or_no_text_is_told() {
    let (_, findings) = words("en", &[("messages/readme.txt", ""), ("messages/not a language.ftl", "")]);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["`readme.txt` is not called like a language", "`not a language.ftl` is not called like a language"]);
    let (_, findings) = Words::load("ours", "en", [("messages/en.ftl", b"a\xff".as_slice())]);
    assert_eq!((findings[0].message.as_str(), findings[0].primary.span.range()), ("the messages are not UTF-8 text", 1..1));
}

#[test]
fn numbers_have_the_marks_of_the_language() {
    let text = "thousands-mark = .\ndecimal-mark = ,\nx = { $n }\n";
    let (words, _) = words("de", &[("messages/de.ftl", text)]);
    let printed = |value: FluentValue<'static>| words.with("x", &[("n", value)]);
    assert_eq!([printed(1_234_567.into()), printed(6.5.into()), printed((-1234).into())], ["1.234.567", "6,5", "-1.234"]);
    assert_eq!(printed(ungrouped(45_149)), "45149");
    assert_eq!(words.number(45_149), "45.149");
}

#[test]
fn a_list_is_put_together_by_the_language() {
    let list = |items: &[&str]| Words::english().list(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    assert_eq!([list(&[]), list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"])], ["", "a", "a and b", "a, b and c"]);
}

#[test]
fn a_language_tells_which_way_it_is_written() {
    let rtl = ["ar", "he", "fa", "ur", "ar-EG", "az-Arab"];
    assert_eq!(rtl.map(is_rtl), [true; 6]);
    assert_eq!(["en", "de", "zh-Hans", "az", "ja", "nonsense!"].map(is_rtl), [false; 6]);
}
