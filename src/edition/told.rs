//! What a reader is told of an incident, line by line: its words without markup, and the facts of its metadata. Revisions are compared and hashed
//! by these lines, so whatever a page shows of an incident must be among them.

use crate::diagnostic::Spanned;
use crate::markdown::Block;
use crate::markdown::text::{block_text, on_one_line, plain_text};
use crate::model::{
    Acknowledgement, ActionItem, Amount, Body, Bound, Cause, Contract, Correction, DataInvolved, Detection, Event, Evidence, FixRecord,
    Fund, Moment, Piece, Postmortem, Records, Remarks, Transaction, Update, Verification, Window,
};

/// The lines of an incident. Each field is named, so that a new one is not forgotten.
pub(super) fn lines(postmortem: &Postmortem) -> Vec<String> {
    let Postmortem {
        head,
        // It stands beside the lines.
        id: _,
        kind,
        severity,
        summary,
        milestones,
        impact,
        impact_windows,
        services,
        tags,
        trigger,
        root_causes,
        contributing,
        detection,
        records,
        evidence,
        stage,
        published_at,
        next_update,
        updates,
        corrections,
        acknowledgements,
        timeline,
        actions,
        body,
        // How the house goes about it, and what follows from the rest.
        status: _,
        visibility: _,
        date: _,
        effort_minutes: _,
        review_on: _,
        owner: _,
        authors: _,
        related: _,
        plan_used: _,
        plan_updates: _,
        training: _,
        custom: _,
    } = postmortem;
    let mut lines = Lines::default();
    lines.add("", &head.title_text);
    lines.add("", &summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default());
    lines.add("Kind", kind.as_ref().map_or("", |kind| &kind.value));
    lines.add("Stage", stage.map_or("", |stage| stage.value.word()));
    lines.add("Severity", severity.as_ref().map_or("", |severity| &severity.word.value));
    for (milestone, at) in milestones {
        lines.add(milestone.name(), &moment(&at.value));
    }
    for Window { from, to, span: _ } in impact_windows {
        lines.add("Impact", &format!("{} – {}", moment(from), moment(to)));
    }
    lines.add("Published", &published_at.map(|at| moment(&at.value)).unwrap_or_default());
    lines.add("Next update", &next_update.map(|at| moment(&at.value)).unwrap_or_default());
    lines.add("Services", &words(services).join(", "));
    lines.add("Tags", &words(tags).join(", "));
    for (dimension, words) in impact {
        lines.add(dimension, words);
    }
    lines.add("Trigger", trigger.as_ref().map_or("", |trigger| &trigger.value));
    for root in root_causes {
        lines.cause("Root cause", root);
    }
    for factor in contributing {
        lines.cause("Contributing", factor);
    }
    if let Some(Detection { by, how, gap, span: _ }) = detection {
        lines.add("Detected by", &joined([by.map_or("", |by| by.value.name()), how, gap]));
    }
    lines.records(records);
    for Evidence { id, path, url, sha256, collected_at, source, note, .. } in evidence {
        let sha256 = sha256.as_ref().map(|sum| sum.value.to_string()).unwrap_or_default();
        let at = collected_at.map(|at| moment(&at.value)).unwrap_or_default();
        lines.add("Evidence", &joined([id, text(path.as_ref()), url, &sha256, &at, source, note]));
    }
    lines.body(body, timeline, actions);
    for Update { at, state, text, next_by, span: _ } in updates {
        let next = next_by.map(|next| format!("next by {}", moment(&next))).unwrap_or_default();
        lines.add("Update", &joined([&at.map(|at| moment(&at)).unwrap_or_default(), state, text, &next]));
    }
    for Correction { on, learned, said, now, why, span: _ } in corrections {
        let [on, learned] = [on, learned].map(|at| at.map(|at| moment(&at)).unwrap_or_default());
        lines.add("Correction", &joined([&on, &learned, said, now, why]));
    }
    for Acknowledgement { name, link, contribution } in acknowledgements {
        lines.add("Thanks", &joined([name, link, contribution]));
    }
    lines.0
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    /// A text on one line, behind what it is about; nothing of an empty one.
    fn add(&mut self, label: &str, text: &str) {
        let text = on_one_line(text);
        if !text.is_empty() {
            self.0.push(if label.is_empty() { text } else { format!("{label}: {text}") });
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        block_text(blocks).lines().for_each(|line| self.add("", line));
    }

    /// The text, with the timeline and the actions in their places.
    fn body(&mut self, body: &Body, timeline: &[Event], actions: &[ActionItem]) {
        self.blocks(&body.lead);
        for section in &body.sections {
            self.add("", &plain_text(&section.title));
            for piece in &section.content {
                match piece {
                    Piece::Prose(blocks) => self.blocks(blocks),
                    Piece::Timeline { first, end } => {
                        for event in timeline.get(*first..*end).unwrap_or_default() {
                            self.event(event);
                        }
                    }
                    Piece::Actions { first, end } => {
                        for action in actions.get(*first..*end).unwrap_or_default() {
                            self.action(action);
                        }
                    }
                }
            }
        }
        self.blocks(&body.footnotes);
    }

    fn cause(&mut self, role: &str, Cause { path, known: _, layer, origin, note }: &Cause) {
        let (layer, origin) = (layer.map_or("", |layer| layer.word()), origin.map_or("", |origin| origin.word()));
        self.add(role, &joined([&path.value, layer, origin, note]));
    }

    fn event(&mut self, Event { when, written, kind, content, span: _ }: &Event) {
        let at = when.map_or_else(|| written.value.clone(), |when| moment(&when));
        self.add("", &joined([&at, kind.map_or("", |kind| kind.name()), &block_text(content)]));
    }

    fn action(&mut self, action: &ActionItem) {
        let ActionItem { id, content: _, text: what, kind, owner, due, status, done_when, further, span: _ } = action;
        let due = due.as_ref().map(|due| format!("due {}", due.value)).unwrap_or_default();
        let kind = kind.as_ref().map_or("", |kind| kind.value.name());
        let status = status.as_ref().map_or("", |status| status.value.name());
        let further: Vec<String> = further.iter().map(|(column, value)| format!("{column}: {}", value.value)).collect();
        self.add(
            "",
            &joined([text(id.as_ref()), what, kind, text(owner.as_ref()), &due, status, text(done_when.as_ref()), &further.join("; ")]),
        );
    }

    fn records(&mut self, records: &Records) {
        let Records { contracts, funds, data, transactions, fixes, verification } = records;
        for Contract { chain, addresses, name, state, remarks } in contracts {
            let chain = chain.as_deref().unwrap_or_default();
            let state = state.map_or("", |state| state.name());
            self.add("Contract", &joined([name, chain, &words(addresses).join(" "), state, &rest(remarks)]));
        }
        for Fund { asset, amount, usd, state, transactions, remarks } in funds {
            let state = state.map_or("", |state| state.name());
            self.add(
                "Funds",
                &joined([asset, written(amount.as_ref()), written(usd.as_ref()), state, &transactions.join(" "), &rest(remarks)]),
            );
        }
        for DataInvolved { class, records, disclosed, remarks } in data {
            let disclosed = disclosed.map(|disclosed| format!("disclosed: {}", disclosed.word())).unwrap_or_default();
            self.add("Data", &joined([class, written(records.as_ref()), &disclosed, &rest(remarks)]));
        }
        for Transaction { chain, hash, remarks } in transactions {
            self.add("Transaction", &joined([chain.as_deref().unwrap_or_default(), hash, &rest(remarks)]));
        }
        for FixRecord { named, deployed_at, remarks } in fixes {
            let named: Vec<&str> = named.iter().map(|(_, words)| words.as_str()).collect();
            let at = deployed_at.map(|at| moment(&at.value)).unwrap_or_default();
            self.add("Fix", &joined([&named.join(" "), &at, &rest(remarks)]));
        }
        for Verification { kind, by, report, at, remarks } in verification {
            let at = at.map(|at| moment(&at.value)).unwrap_or_default();
            self.add("Verification", &joined([kind.map_or("", |kind| kind.name()), by, report, &at, &rest(remarks)]));
        }
    }
}

/// What else an entry says.
fn rest(Remarks { note, url, further, span: _ }: &Remarks) -> String {
    let further: Vec<String> = further.iter().map(|(key, words)| format!("{key}: {words}")).collect();
    joined([note, url.as_deref().unwrap_or_default(), &further.join("; ")])
}

/// A moment with its bound and its end.
fn moment(moment: &Moment) -> String {
    let mark = match moment.bound {
        Bound::Exact => "",
        Bound::About => "~",
        Bound::AtLeast => ">=",
        Bound::AtMost => "<=",
    };
    let end = moment.end().map(|end| format!("–{}", end.machine())).unwrap_or_default();
    format!("{mark}{}{end}", moment.machine())
}

fn words(words: &[Spanned<String>]) -> Vec<&str> {
    words.iter().map(|word| word.value.as_str()).collect()
}

fn text(text: Option<&Spanned<String>>) -> &str {
    text.map_or("", |text| &text.value)
}

fn written(amount: Option<&Amount>) -> &str {
    amount.map_or("", |amount| &amount.written.value)
}

/// The parts that there are.
fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::config::Config;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    fn told(text: &str) -> Vec<String> {
        let parsed = document(&"content/postmortems/a.md".into(), text, Role::Postmortem, &Config::default());
        let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("no postmortem") };
        lines(&postmortem)
    }

    #[test]
    fn whatever_a_page_shows_is_a_line() {
        let text = "---\ntitle: A\nkind: outage\nstage: full\nseverity: sev1\nstarted_at: ~2026-01-01T10:00Z\ndetected_at: 2026-01-01 11:00-11:10Z\n\
                    published_at: 2026-01-05\nservices: [web]\ntags: [dns]\nimpact: {users: '>= 40'}\n\
                    root_causes: [{cause: change/config, layer: technical, note: Why.}]\nfunds: [{asset: ETH, amount: 3, state: lost}]\n\
                    updates: [{at: 2026-01-01T12:00Z, state: resolved, text: Over., next_by: 2026-01-02}]\n\
                    corrections: [{on: 2026-01-06, said: 30, now: 40, why: Miscounted.}]\n---\n\n\
                    Lead *with* words.\n\n## Timeline\n\n- 10:30 [change] A push.\n\n## Actions\n\n\
                    | ID | Action | Owner | Due | Status | Area |\n|---|---|---|---|---|---|\n| A1 | Mend | web | 2026-02-01 | open | docs |\n";
        assert_eq!(
            told(text),
            [
                "A",
                "Kind: outage",
                "Stage: full",
                "Severity: sev1",
                "Impact started: ~2026-01-01T10:00:00Z",
                "Detected: 2026-01-01T11:00:00Z–2026-01-01T11:10:00Z",
                "Published: 2026-01-05",
                "Services: web",
                "Tags: dns",
                "users: >= 40",
                "Root cause: change/config; technical; Why.",
                "Funds: ETH; 3; Lost",
                "Lead with words.",
                "Timeline",
                "2026-01-01T10:30:00Z; Change; A push.",
                "Actions",
                "A1; Mend; web; due 2026-02-01; Open; Area: docs",
                "Update: 2026-01-01T12:00:00Z; resolved; Over.; next by 2026-01-02",
                "Correction: 2026-01-06; 30; 40; Miscounted.",
            ]
        );
    }
}
