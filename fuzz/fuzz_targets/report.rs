//! Findings in every format, wherever they point and whatever they say: formats for machines can be read, those for people hold no control character.
#![no_main]

use afterword::diagnostic::{Diagnostic, Edit, Level, RuleName, SourcePath, Span};
use afterword::report::{self, Colour, Format, Style};
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Findings {
    text: String,
    path: String,
    width: u8,
    findings: Vec<Finding>,
}

#[derive(Arbitrary, Debug)]
struct Finding {
    level: u8,
    message: String,
    label: String,
    place: (u16, u16),
    further: Vec<(u16, u16, String)>,
    help: Option<String>,
    fix: Option<(String, Vec<(u16, u16, String)>)>,
    quoted: bool,
}

fn diagnostic(path: &SourcePath, finding: &Finding) -> Diagnostic {
    let span = |start: u16, length: u16| Span::new(start.into(), usize::from(start) + usize::from(length));
    let mut told = Diagnostic::new(RuleName("broken-link"), path, span(finding.place.0, finding.place.1), finding.message.as_str())
        .labelled(finding.label.as_str());
    told.level = [Level::Hint, Level::Warning, Level::Error][usize::from(finding.level % 3)];
    for (start, length, text) in &finding.further {
        told = told.also(path, span(*start, *length), text.as_str());
    }
    if let Some(help) = &finding.help {
        told = told.help(help.clone());
    }
    if let Some((title, edits)) = &finding.fix {
        let edits = edits.iter().map(|(start, length, text)| Edit { span: span(*start, *length), replacement: text.clone() });
        told = told.fix(title.as_str(), edits.collect());
    }
    if finding.quoted { told } else { told.unquoted() }
}

fuzz_target!(|given: Findings| {
    let path = SourcePath::from(given.path.as_str());
    let findings: Vec<Diagnostic> = given.findings.iter().map(|finding| diagnostic(&path, finding)).collect();
    let text = |_: &SourcePath| Some(given.text.as_str());
    for format in Format::ALL {
        let told = report::write(format, &findings, &text, Style { colour: Colour::Never, width: given.width.into() });
        let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
        match format {
            Format::Json | Format::Sarif | Format::Gitlab => assert!(is_json(&told), "{told}"),
            Format::Jsonl => assert!(told.lines().all(is_json), "{told}"),
            Format::Full | Format::Concise | Format::Github | Format::Junit => {
                let control = told.chars().find(|c| c.is_control() && *c != '\n');
                assert_eq!(control, None, "{format:?}: {told:?}");
            }
        }
    }
});
