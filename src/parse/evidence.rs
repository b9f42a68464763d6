//! The field `evidence`: files and addresses with their hashes, who collected them, and through whose hands they went.

use super::INVALID_VALUE;
use super::cause::{check_keys, value};
use super::field::Fields;
use super::finding::Findings;
use super::involved::{is_address, spelt, words};
use super::moment::Anchor;
use super::record::stated;
use super::setting::visibility_named;
use super::vocabulary::is_nothing;
use crate::checksum::Sha256;
use crate::diagnostic::Spanned;
use crate::frontmatter::{Mapping, Node};
use crate::model::{Evidence, Handover, Moment};

/// The keys of an entry.
const KEYS: [&str; 11] =
    ["id", "path", "url", "sha256", "collected_by", "collected_at", "source", "custody", "retain_until", "visibility", "note"];

/// Reads the entries: mappings, or texts. Times without a zone are those of `clock`.
pub(super) fn evidence(fields: &Fields<'_>, clock: &Anchor, findings: &mut Findings<'_>) -> Vec<Evidence> {
    let items = fields.items("evidence").filter(|item| !item.is_empty() && !item.text().is_some_and(is_nothing));
    items.map(|item| entry(item, clock, findings)).collect()
}

fn entry(item: &Node, clock: &Anchor, findings: &mut Findings<'_>) -> Evidence {
    let Some(mapping) = item.mapping() else {
        let text = spelt(item);
        let (url, note) = if is_address(&text) { (text, String::new()) } else { (String::new(), text) };
        return Evidence { url, note, span: item.span, ..Evidence::default() };
    };
    check_keys(mapping, "evidence", &KEYS, findings);
    let mut moment = |key| moment(mapping, key, clock, findings);
    let (collected_at, retain_until) = (moment("collected_at"), moment("retain_until"));
    let path = told(mapping, "path").map(|node| Spanned::new(spelt(node), node.span));
    let visibility = value(mapping, "visibility").map(|node| visibility_named(node, "evidence.visibility", findings));
    Evidence {
        id: words(mapping, "id"),
        path,
        url: words(mapping, "url"),
        sha256: sha256(mapping, findings),
        collected_by: words(mapping, "collected_by"),
        collected_at,
        source: words(mapping, "source"),
        custody: custody(mapping, clock, findings),
        retain_until,
        visibility: visibility.unwrap_or_default(),
        note: words(mapping, "note"),
        span: item.span,
    }
}

/// The hash of an entry, with `sha256:` in front or without.
fn sha256(mapping: &Mapping, findings: &mut Findings<'_>) -> Option<Spanned<Sha256>> {
    let node = told(mapping, "sha256")?;
    let text = spelt(node);
    let sum = Sha256::parse(text.strip_prefix("sha256:").unwrap_or(&text));
    if sum.is_none() {
        let finding = findings.error(INVALID_VALUE, node.span, format!("`{text}` is no SHA-256: it is not 64 hexadecimal digits"));
        findings.push(finding.help("write what `sha256sum` says of the file as it was collected"));
    }
    sum.map(|sum| Spanned::new(sum, node.span))
}

/// The steps of `custody`: mappings of `at`, `by` and `note`, or texts.
fn custody(mapping: &Mapping, clock: &Anchor, findings: &mut Findings<'_>) -> Vec<Handover> {
    let Some(node) = told(mapping, "custody") else { return Vec::new() };
    let mut handovers = Vec::new();
    for step in node.items_or_mapping().iter().filter(|step| !step.is_empty()) {
        handovers.push(match step.mapping() {
            None => Handover { note: spelt(step), ..Handover::default() },
            Some(mapping) => {
                check_keys(mapping, "evidence.custody", &["at", "by", "note"], findings);
                let at = moment(mapping, "at", clock, findings).map(|at| at.value);
                Handover { at, by: words(mapping, "by"), note: words(mapping, "note") }
            }
        });
    }
    handovers
}

/// The moment of a key.
fn moment(mapping: &Mapping, key: &str, clock: &Anchor, findings: &mut Findings<'_>) -> Option<Spanned<Moment>> {
    let node = value(mapping, key)?;
    stated(node, key, clock, findings).map(|moment| Spanned::new(moment, node.span))
}

/// The value of a key, unless it says that there is none: "n/a: handed over on paper".
fn told<'a>(mapping: &'a Mapping, key: &str) -> Option<&'a Node> {
    value(mapping, key).filter(|node| !node.text().is_some_and(is_nothing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourcePath;
    use crate::model::Visibility;
    use crate::parse::tests::postmortem;

    fn evidence(metadata: &str) -> (Vec<Evidence>, Vec<String>) {
        let (postmortem, findings) = postmortem(&format!("---\ntitle: T\ntimezone: UTC\n{metadata}---\n\nText.\n"));
        (postmortem.evidence.clone(), findings)
    }

    const SUM: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn entries_are_typed() {
        let (evidence, findings) = evidence(&format!(
            "evidence:\n  - id: E1\n    path: logs/proxy.txt\n    sha256: sha256:{}\n    collected_by: [support, security]\n    collected_at: 2026-03-17 14:05\n\
             \x20   source: the proxy of the shop\n    custody:\n      - {{at: 2026-03-18, by: legal, note: copied to the archive}}\n      - sealed\n\
             \x20   retain_until: 2033-03-17\n    visibility: public\n    note: The first hour.\n",
            SUM.to_uppercase()
        ));
        assert_eq!(findings, [""; 0]);
        let [entry] = evidence.as_slice() else { panic!("{evidence:?}") };
        assert_eq!((entry.id.as_str(), entry.path.as_ref().unwrap().value.as_str()), ("E1", "logs/proxy.txt"));
        assert_eq!(entry.file(&SourcePath::from("content/a.md")).as_deref(), Some("content/logs/proxy.txt"));
        assert_eq!(entry.sha256.map(|sum| sum.value), Some(Sha256::of(b"abc")));
        assert_eq!((entry.collected_by.as_str(), entry.source.as_str()), ("support, security", "the proxy of the shop"));
        let machine = |moment: Option<Spanned<Moment>>| moment.map(|moment| moment.value.machine()).unwrap_or_default();
        assert_eq!([entry.collected_at, entry.retain_until].map(machine), ["2026-03-17T14:05:00Z", "2033-03-17"]);
        let custody: Vec<_> = entry.custody.iter().map(|step| (step.at.map(|at| at.machine()), &*step.by, &*step.note)).collect();
        assert_eq!(custody, [(Some("2026-03-18".to_owned()), "legal", "copied to the archive"), (None, "", "sealed")]);
        assert_eq!((entry.visibility, entry.note.as_str()), (Visibility::Public, "The first hour."));
    }

    #[test]
    fn a_text_alone_and_a_mapping_alone_are_entries() {
        let told = |entry: &Evidence| format!("{}|{}|{}", entry.path.as_ref().map_or("", |path| &path.value), entry.url, entry.note);
        let (entries, findings) = evidence("evidence: [https://example.org/a, a printed page, ~, none]\n");
        assert_eq!(
            (entries.iter().map(told).collect::<Vec<_>>(), findings),
            (vec!["|https://example.org/a|".into(), "||a printed page".into()], vec![])
        );
        let (entries, findings) =
            evidence("evidence: {path: a.txt, sha256: 'n/a: not hashed then', collected_at: unknown, custody: sealed}\n");
        assert_eq!((entries.iter().map(told).collect::<Vec<_>>(), findings), (vec!["a.txt||".into()], vec![]));
        assert_eq!(entries[0].custody, [Handover { note: "sealed".into(), ..Handover::default() }]);
    }

    #[test]
    fn what_is_no_value_is_a_finding() {
        let (evidence, findings) = evidence(
            "evidence:\n  - {path: a.txt, sha256: abc, collected_at: soon, visibility: everybody, collector: support}\n\
             \x20 - {path: b.txt, custody: [{when: 2026-03-18, by: legal}]}\n",
        );
        assert_eq!(
            findings,
            [
                "invalid-value \"abc\": `abc` is no SHA-256: it is not 64 hexadecimal digits",
                "unreadable-date \"soon\": `soon` cannot be read: it is no date or time",
                "invalid-value \"everybody\": `everybody` is no value of `evidence.visibility`",
                "invalid-value \"collector\": `collector` is no key of `evidence`",
                "invalid-value \"when\": `when` is no key of `evidence.custody`",
            ]
        );
        assert_eq!((evidence[0].sha256, evidence[0].collected_at, evidence[0].visibility), (None, None, Visibility::Unreadable));
        assert_eq!(evidence[1].custody[0].by, "legal");
    }

    #[test]
    fn a_file_outside_of_the_project_is_none() {
        let (evidence, _) = evidence("evidence: [{path: ../../../etc/passwd}, {path: /evidence/a}, {path: ../..}]\n");
        let files: Vec<_> = evidence.iter().map(|entry| entry.file(&SourcePath::from("content/postmortems/a.md"))).collect();
        assert_eq!(files, [None, Some("evidence/a".into()), None]);
    }
}
