//! The findings that every format is shown with.

use crate::diagnostic::{Diagnostic, Edit, Level, RuleName, SourcePath, Span};

/// Findings and the texts they speak of.
pub(super) struct Sample {
    pub(super) findings: Vec<Diagnostic>,
    texts: Vec<(&'static str, &'static str)>,
}

impl Sample {
    pub(super) fn text(&self, path: &SourcePath) -> Option<&'static str> {
        self.texts.iter().find(|(known, _)| *known == path.as_str()).map(|(_, text)| *text)
    }
}

const OUTAGE: &str = "---\nid: INC-7\nstart: 2024-03-17\n---\n\n## Impact\n\nSee [why](../missing.md#cause),\tor 停 [how](x.md).\n";
const DNS: &str = "---\r\nid: INC-7\r\n---\r\n";

/// One finding of each shape: with a label and help, in two files, with a mend, in a file without a text, of each level.
pub(super) fn ordinary() -> Sample {
    let outage = SourcePath::from("content/postmortems/2024-03-17-checkout.md");
    let dns = SourcePath::from("content/postmortems/dns.md");
    let at = |text: &str, words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let mut rename = Diagnostic::new(RuleName("renamed-field"), &outage, at(OUTAGE, "start"), "`start` is now `started_at`")
        .fix("rename the field", vec![Edit { span: at(OUTAGE, "start"), replacement: "started_at".into() }]);
    rename.level = Level::Warning;
    let link = Diagnostic::new(
        RuleName("broken-link"),
        &outage,
        at(OUTAGE, "../missing.md#cause"),
        "the file `../missing.md#cause` does not exist",
    )
    .labelled("no such file")
    .help("is `dns.md` meant?");
    let wide = Diagnostic::new(RuleName("broken-link"), &outage, at(OUTAGE, "x.md"), "the file `x.md` does not exist").also(
        &outage,
        at(OUTAGE, "## Impact"),
        "in this section",
    );
    let id = Diagnostic::new(RuleName("duplicate-id"), &dns, at(DNS, "INC-7"), "the id `INC-7` is taken")
        .also(&outage, at(OUTAGE, "INC-7"), "first used here")
        .help("give one of the two another id");
    let mut skipped = Diagnostic::new(RuleName("skipped-input"), &SourcePath::from("content/graph.svg"), Span::default(), "not published");
    skipped.level = Level::Hint;
    Sample {
        findings: vec![rename, link, wide, id, skipped],
        texts: vec![("content/postmortems/2024-03-17-checkout.md", OUTAGE), ("content/postmortems/dns.md", DNS)],
    }
}

/// Findings in which everything an author can write tries to leave its place.
pub(super) fn hostile() -> Sample {
    const PATH: &str = "::error::a\u{1b}[2J,b:c.md";
    const TEXT: &str =
        "\u{feff}a \u{1b}]0;pwned\u{7} \u{9b}31m \u{202e}gnp \u{200b}\u{e0041} b\r::stop-commands::t\r\n ##[set-env name=PATH;]evil\n";
    let path = SourcePath::from(PATH);
    let words = "\u{1b}[31m\n::set-output name=a::b\r\n##[add-mask]\u{202e}\u{7f}%0A::warning::x";
    let finding = |start: usize, end: usize| {
        Diagnostic::new(RuleName("unknown-term"), &path, Span::new(start, end), words)
            .labelled(words)
            .also(&path, Span::new(end, end + 9), words)
            .help(words)
            .fix(words, vec![Edit { span: Span::new(start, start), replacement: words.into() }])
    };
    Sample { findings: vec![finding(3, 9), finding(20, 22), finding(34, 60), finding(900, 901)], texts: vec![(PATH, TEXT)] }
}
