//! `JUnit` XML: a suite for each file, a test case for each finding.
//!
//! There is no one definition of the format; what is written is what build servers agree on, without times and hosts, which a check does not
//! have. Errors and warnings fail. A hint is a case that passes and says its words on `system-out`: a hint never fails a run, and "skipped"
//! would claim that something was not looked at. GitLab knows a case by class and name and drops a second one with both, so a name is the
//! rule and the message, numbered where it comes again; with a line number, every edit above would make it a new case.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::place::Places;
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Level};

/// The name of the whole, and of the only suite where nothing was found.
const NAME: &str = "afterword";

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory does not fail, and what is written is UTF-8.
    let _ = report(&suites(findings, places), &mut writer);
    String::from_utf8(writer.into_inner()).unwrap_or_default() + "\n"
}

struct Case {
    name: String,
    outcome: Outcome,
}

enum Outcome {
    Clean,
    Remark { text: String },
    Failure { rule: &'static str, message: String, text: String },
}

/// The cases of each file. Build servers take a report without a case for a mistake, so a run without findings is one case that passes.
fn suites(findings: &[Diagnostic], places: &mut Places<'_, '_>) -> BTreeMap<String, Vec<Case>> {
    if findings.is_empty() {
        return BTreeMap::from([(NAME.to_owned(), vec![Case { name: "no findings".to_owned(), outcome: Outcome::Clean }])]);
    }
    let mut suites: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    let mut names: HashMap<(String, String), usize> = HashMap::new();
    for finding in findings {
        let path = visible(finding.primary.path.as_str()).into_owned();
        let name = format!("{}: {}", finding.rule, visible(&finding.message));
        let times = names.entry((path.clone(), name.clone())).or_default();
        *times += 1;
        let name = if *times == 1 { name } else { format!("{name} ({times})") };
        suites.entry(path).or_default().push(Case { name, outcome: outcome(finding, places) });
    }
    suites
}

fn outcome(finding: &Diagnostic, places: &mut Places<'_, '_>) -> Outcome {
    let (path, message) = (visible(finding.primary.path.as_str()), visible(&finding.message));
    let start = places.extent(&finding.primary).start;
    let mut text = format!("{path}:{}:{}: {}[{}] {message}", start.line, start.column, finding.level.word(), finding.rule);
    if let Some(help) = &finding.help {
        text.push('\n');
        text.push_str(&visible(help));
    }
    match finding.level {
        Level::Error | Level::Warning => Outcome::Failure { rule: finding.rule.0, message: message.into_owned(), text },
        Level::Hint | Level::Off => Outcome::Remark { text },
    }
}

fn report(suites: &BTreeMap<String, Vec<Case>>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let element = writer.create_element("testsuites").with_attribute(("name", NAME)).with_attributes(counts(suites.values().flatten()));
    element.write_inner_content(|writer| {
        for (path, cases) in suites {
            let element = writer.create_element("testsuite").with_attribute(("name", path.as_str())).with_attributes(counts(cases.iter()));
            element.write_inner_content(|writer| cases.iter().try_for_each(|case| write_case(path, case, writer)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn counts<'a>(cases: impl Iterator<Item = &'a Case>) -> [(&'static str, Cow<'static, str>); 3] {
    let (mut tests, mut failures) = (0_usize, 0_usize);
    for case in cases {
        tests += 1;
        failures += usize::from(matches!(case.outcome, Outcome::Failure { .. }));
    }
    [("tests", tests.to_string().into()), ("failures", failures.to_string().into()), ("errors", "0".into())]
}

fn write_case(path: &str, case: &Case, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let element = writer.create_element("testcase").with_attribute(("classname", path)).with_attribute(("name", case.name.as_str()));
    match &case.outcome {
        Outcome::Clean => element.write_empty()?,
        Outcome::Remark { text } => element.write_inner_content(|writer| {
            writer.create_element("system-out").write_text_content(BytesText::new(text))?;
            Ok(())
        })?,
        Outcome::Failure { rule, message, text } => element.write_inner_content(|writer| {
            let failure = writer.create_element("failure").with_attribute(("type", *rule)).with_attribute(("message", message.as_str()));
            failure.write_text_content(BytesText::new(text))?;
            Ok(())
        })?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{RuleName, SourcePath, Span};
    use crate::report::sample::{Sample, hostile, ordinary};
    use crate::report::{Format, Style};

    fn told(sample: &Sample) -> String {
        crate::report::write(Format::Junit, &sample.findings, &|path| sample.text(path), Style::default())
    }

    #[test]
    fn a_suite_for_each_file_and_a_case_for_each_finding() {
        assert_eq!(
            told(&ordinary()),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="afterword" tests="5" failures="4" errors="0">
 <testsuite name="content/graph.svg" tests="1" failures="0" errors="0">
  <testcase classname="content/graph.svg" name="skipped-input: not published">
   <system-out>content/graph.svg:1:1: hint[skipped-input] not published</system-out>
  </testcase>
 </testsuite>
 <testsuite name="content/postmortems/2024-03-17-checkout.md" tests="3" failures="3" errors="0">
  <testcase classname="content/postmortems/2024-03-17-checkout.md" name="renamed-field: `start` is now `started_at`">
   <failure type="renamed-field" message="`start` is now `started_at`">content/postmortems/2024-03-17-checkout.md:3:1: warning[renamed-field] `start` is now `started_at`</failure>
  </testcase>
  <testcase classname="content/postmortems/2024-03-17-checkout.md" name="broken-link: the file `../missing.md#cause` does not exist">
   <failure type="broken-link" message="the file `../missing.md#cause` does not exist">content/postmortems/2024-03-17-checkout.md:8:11: error[broken-link] the file `../missing.md#cause` does not exist
is `dns.md` meant?</failure>
  </testcase>
  <testcase classname="content/postmortems/2024-03-17-checkout.md" name="broken-link: the file `x.md` does not exist">
   <failure type="broken-link" message="the file `x.md` does not exist">content/postmortems/2024-03-17-checkout.md:8:44: error[broken-link] the file `x.md` does not exist</failure>
  </testcase>
 </testsuite>
 <testsuite name="content/postmortems/dns.md" tests="1" failures="1" errors="0">
  <testcase classname="content/postmortems/dns.md" name="duplicate-id: the id `INC-7` is taken">
   <failure type="duplicate-id" message="the id `INC-7` is taken">content/postmortems/dns.md:2:5: error[duplicate-id] the id `INC-7` is taken
give one of the two another id</failure>
  </testcase>
 </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn a_run_without_findings_is_a_case_that_passes() {
        assert_eq!(
            crate::report::write(Format::Junit, &[], &|_| None, Style::default()),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="afterword" tests="1" failures="0" errors="0">
 <testsuite name="afterword" tests="1" failures="0" errors="0">
  <testcase classname="afterword" name="no findings"/>
 </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn nothing_leaves_its_place() {
        let mut sample = hostile();
        sample.findings.truncate(1);
        assert_eq!(
            told(&sample),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="afterword" tests="1" failures="1" errors="0">
 <testsuite name="\u{3a}:error::a\u{1b}[2J,b:c.md" tests="1" failures="1" errors="0">
  <testcase classname="\u{3a}:error::a\u{1b}[2J,b:c.md" name="unknown-term: \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x">
   <failure type="unknown-term" message="\u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x">\u{3a}:error::a\u{1b}[2J,b:c.md:1:1: error[unknown-term] \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
\u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x</failure>
  </testcase>
 </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn equal_findings_have_names_of_their_own() {
        let mut sample = ordinary();
        sample.findings.retain(|finding| finding.rule.0 == "skipped-input");
        sample.findings.extend(sample.findings.clone());
        let told = told(&sample);
        let names: Vec<&str> = told.split(" name=\"").skip(3).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, ["skipped-input: not published", "skipped-input: not published (2)"]);
    }

    #[test]
    fn what_xml_means_or_cannot_hold_is_written_otherwise() {
        let message = "a \u{0}\u{ffff} ]]> <!-- &amp; </failure> \" '";
        let finding = Diagnostic::new(RuleName("unknown-term"), &SourcePath::from("\"<&>'.md"), Span::default(), message);
        let told = crate::report::write(Format::Junit, &[finding], &|_| None, Style::default());
        assert_eq!(
            told,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="afterword" tests="1" failures="1" errors="0">
 <testsuite name="&quot;&lt;&amp;&gt;&apos;.md" tests="1" failures="1" errors="0">
  <testcase classname="&quot;&lt;&amp;&gt;&apos;.md" name="unknown-term: a \u{0}\u{ffff} ]]&gt; &lt;!-- &amp;amp; &lt;/failure&gt; &quot; &apos;">
   <failure type="unknown-term" message="a \u{0}\u{ffff} ]]&gt; &lt;!-- &amp;amp; &lt;/failure&gt; &quot; &apos;">&quot;&lt;&amp;&gt;&apos;.md:1:1: error[unknown-term] a \u{0}\u{ffff} ]]&gt; &lt;!-- &amp;amp; &lt;/failure&gt; &quot; &apos;</failure>
  </testcase>
 </testsuite>
</testsuites>
"#
        );
    }
}
