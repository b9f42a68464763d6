//! Documents, settings and corpora for the tests of rules.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{Context, Subject};
use crate::config::{Config, Profile};
use crate::diagnostic::{Diagnostic, SourcePath, Span, Spanned};
use crate::frontmatter::{Entry, Mapping, Node, Scalar, ScalarKind, Value};
use crate::knowledge::{Knowledge, link};
use crate::markdown::{Block, BlockKind, Inline, InlineKind, LinkOrigin};
use crate::model::{
    Body, Corpus, Head, Page, Piece, Postmortem, Section, SectionOrigin, Status, Visibility, Withheld, WrittenLink, portable,
};
use crate::source::{Selection, Sources};

/// Words as inlines, at `start`.
pub(super) fn words(text: &str, start: usize) -> Vec<Inline> {
    vec![Inline { span: Span::new(start, start + text.len()), kind: InlineKind::Text(text.into()) }]
}

/// A paragraph at `start`.
pub(super) fn paragraph(text: &str, start: usize) -> Block {
    Block { span: Span::new(start, start + text.len()), kind: BlockKind::Paragraph(words(text, start)) }
}

/// A section of one paragraph; its heading stands at `start`, its text twenty bytes further on.
pub(super) fn section(key: &str, title: &str, text: &str, start: usize) -> Section {
    let content = if text.is_empty() { Vec::new() } else { vec![Piece::Prose(vec![paragraph(text, start + 20)])] };
    Section {
        key: (!key.is_empty()).then(|| key.to_owned()),
        title: words(title, start + 3),
        id: portable(title).into(),
        level: 2,
        origin: SectionOrigin::Heading,
        heading_span: Span::new(start, start + 3 + title.len()),
        span: Span::new(start, start + 20 + text.len()),
        attributes: Vec::new(),
        content,
    }
}

/// An entry of metadata whose key stands at `start`.
pub(super) fn entry(key: &str, value: &str, start: usize) -> Entry {
    let from = start + key.len() + 2;
    let scalar = Scalar { text: value.into(), kind: if value.is_empty() { ScalarKind::Null } else { ScalarKind::String } };
    Entry {
        key: Spanned::new(key.into(), Span::new(start, start + key.len())),
        value: Node { span: Span::new(from, from + value.len()), value: Value::Scalar(scalar) },
    }
}

/// A link whose target stands at `start`.
pub(super) fn written_link(target: &str, origin: LinkOrigin, start: usize) -> WrittenLink {
    let target = Spanned::new(target.into(), Span::new(start, start + target.len()));
    WrittenLink { span: target.span, target, origin, image: false, wordless: false }
}

fn head(path: &str) -> Head {
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    Head {
        path: SourcePath::from(path),
        title: Spanned::new(words(name, 0), Span::at(0)),
        title_text: name.to_owned(),
        slug: Spanned::new(portable(name), Span::at(0)),
        language: None,
        aliases: Vec::new(),
        metadata: Mapping::default(),
        extra: Vec::new(),
        allowances: Vec::new(),
        body_span: Span::default(),
        withheld: Withheld::default(),
        named: Vec::new(),
        words: 0,
        links: Vec::new(),
    }
}

/// A reviewed postmortem that says nothing.
pub(super) fn postmortem(path: &str) -> Postmortem {
    let head = head(path);
    Postmortem {
        id: head.slug.clone(),
        head,
        kind: None,
        status: Status::Reviewed,
        visibility: Visibility::Unstated,
        severity: None,
        summary: None,
        milestones: BTreeMap::new(),
        date: None,
        services: Vec::new(),
        tags: Vec::new(),
        trigger: None,
        root_causes: Vec::new(),
        contributing: Vec::new(),
        detection: None,
        impact: Vec::new(),
        impact_windows: Vec::new(),
        effort_minutes: None,
        published_at: None,
        updates: Vec::new(),
        stage: None,
        next_update: None,
        corrections: Vec::new(),
        review_on: None,
        owner: None,
        authors: Vec::new(),
        related: Vec::new(),
        records: crate::model::Records::default(),
        evidence: Vec::new(),
        plan_used: None,
        plan_updates: Vec::new(),
        acknowledgements: Vec::new(),
        training: None,
        custom: BTreeMap::new(),
        timeline: Arc::default(),
        actions: Vec::new(),
        body: Arc::default(),
    }
}

/// A page that says nothing.
pub(super) fn page(path: &str) -> Page {
    Page { head: head(path), visibility: Visibility::Unstated, status: Status::Reviewed, training: None, body: Body::default() }
}

/// The built-in settings, with a profile `outage` that asks for little.
pub(super) fn config() -> Config {
    let mut config = Config::default();
    let strings = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let outage = Profile {
        name: "outage".into(),
        description: String::new(),
        required: strings(&["summary", "timeline", "root-cause", "actions"]),
        optional: Vec::new(),
        fields: strings(&["title", "severity", "started_at"]),
        reviewed_fields: strings(&["root_causes"]),
        ..Profile::default()
    };
    config.profiles.insert("outage".into(), outage);
    for section in &mut config.sections {
        section.prompt = format!("Say what goes into {}.", section.key);
    }
    config
}

/// No files.
static NOTHING: LazyLock<Sources> = LazyLock::new(Sources::default);
static SELECTION: LazyLock<Selection> = LazyLock::new(Selection::default);

/// What a rule may look at, on New Year's Day of 2026.
pub(super) fn context<'a>(corpus: &'a Corpus, knowledge: &'a Knowledge, config: &'a Config) -> Context<'a> {
    Context { corpus, knowledge, config, sources: &NOTHING, selection: &SELECTION, today: jiff::civil::date(2026, 1, 1) }
}

/// What a rule says of a corpus, each finding as `path:start..end: message`, its labels and help on lines of their own.
pub(super) fn told(rule: &super::Rule, corpus: &Corpus, config: &Config) -> String {
    let knowledge = link(corpus, config, &|path| path == "content/postmortems/graph.png");
    let context = context(corpus, &knowledge, config);
    let mut findings = match rule.run {
        super::Run::Document(run) => corpus.documents().flat_map(|(id, document)| run(&context, &Subject::new(id, document))).collect(),
        super::Run::Corpus(run) => run(&context),
        super::Run::Elsewhere | super::Run::Verify => Vec::new(),
    };
    Diagnostic::sort(&mut findings);
    assert!(findings.iter().all(|finding| finding.rule == rule.name), "a rule speaks in its own name");
    findings.iter().map(tell).collect()
}

/// [`told`] of one postmortem.
pub(super) fn told_of(rule: &super::Rule, postmortem: Postmortem, config: &Config) -> String {
    told(rule, &Corpus { postmortems: vec![Arc::new(postmortem)], pages: Vec::new() }, config)
}

fn tell(finding: &Diagnostic) -> String {
    use std::fmt::Write as _;
    let place = |path: &SourcePath, span: Span| format!("{path}:{}..{}", span.start, span.end);
    let mut told = format!("{}: {}\n", place(&finding.primary.path, finding.primary.span), finding.message);
    for label in &finding.labels {
        let _ = writeln!(told, "  {}: {}", place(&label.path, label.span), label.text);
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(told, "  help: {help}");
    }
    told
}
