//! What an edition says of an incident, in plain words: the source of every form.

use super::{NOT_STATED, filled, plain, sentences};
use crate::frontmatter::{Node, Value};
use crate::knowledge::ledger::{Entry, State};
use crate::knowledge::{CauseRole, DueOf, Grouping, Measure, Minutes, Recurrence, causes_with_roles, is_drill, sentence_case};
use crate::markdown::text::{block_text, plain_text};
use crate::markdown::{Block, BlockKind};
use crate::model::{
    ActionDetail, ActionItem, Amount, Cause, DataInvolved, Disclosure, DocumentId, Fund, FundState, Milestone, Moment, Postmortem,
    is_answer,
};
use crate::render::export::full_url;
use crate::render::page::{aftermath_of, months, shared_words, told};
use crate::render::wording::{civil_view, day, moment_machine, moment_text};
use crate::site::{Route, Site};
use crate::theme::Words;

/// An incident, as the edition of its site tells it. Texts come on one line and without hidden characters; nothing is what is not said.
pub(super) struct Account<'a> {
    pub(super) site: &'a Site,
    pub(super) postmortem: &'a Postmortem,
    n: usize,
}

/// A cause and what is said of it.
pub(super) struct ToldCause {
    /// "Primary cause", "Root cause", "Contributing".
    pub(super) role: &'static str,
    pub(super) name: String,
    pub(super) note: Option<String>,
}

/// An action item and how it stands.
pub(super) struct ToldAction<'a> {
    pub(super) item: &'a ActionItem,
    pub(super) entry: &'a Entry,
    days_overdue: Option<i64>,
}

impl<'a> Account<'a> {
    pub(super) fn of(site: &'a Site, n: usize) -> Option<Self> {
        Some(Self { site, postmortem: site.postmortem(n)?, n })
    }

    pub(super) fn id(&self) -> String {
        plain(&self.postmortem.id.value)
    }

    pub(super) fn title(&self) -> String {
        plain(&self.postmortem.head.title_text)
    }

    /// Where its page is, where the site knows its own address.
    pub(super) fn url(&self) -> Option<String> {
        self.url_of(self.n)
    }

    /// The same of the incident at a place.
    pub(super) fn url_of(&self, n: usize) -> Option<String> {
        self.site.base_url().map(|_| full_url(self.site, &self.site.url(Route::Incident(n))))
    }

    /// What happened: the summary of the metadata, else the section of that name (in a report of the CCADB, what it says under the label), that on
    /// what happened, or the words before any section.
    pub(super) fn summary(&self) -> Option<String> {
        let field = self.postmortem.summary.as_ref().and_then(|summary| filled(&plain_text(summary)));
        let section = || ["summary", "what-happened"].into_iter().find_map(|key| self.prose(key));
        let labelled = || self.labelled("summary", "Incident description");
        field.or_else(labelled).or_else(section).or_else(|| filled(&block_text(&self.postmortem.body.lead)))
    }

    pub(super) fn kind(&self) -> Option<String> {
        self.postmortem.kind.as_ref().and_then(|kind| filled(&sentence_case(kind)))
    }

    pub(super) fn severity(&self) -> Option<String> {
        let written = self.postmortem.severity.as_ref().map(|severity| &severity.word.value);
        self.terms(Grouping::Severity).into_iter().next().or_else(|| written.and_then(|word| filled(word)))
    }

    /// The services; `none` and `unknown` where that is what is written.
    pub(super) fn services(&self) -> Option<String> {
        let words = Words::english();
        let services = self.terms(Grouping::Service);
        let answer = self.postmortem.services.iter().find(|service| is_answer(service)).and_then(|answer| filled(answer));
        if services.is_empty() { answer } else { Some(words.list(&services)) }
    }

    pub(super) fn trigger(&self) -> Option<String> {
        let written = self.postmortem.trigger.as_ref().and_then(|trigger| filled(&sentence_case(trigger)));
        self.terms(Grouping::Trigger).into_iter().next().or(written)
    }

    /// Whether somebody began an attack.
    pub(super) fn is_by_attacker(&self) -> bool {
        let trigger = self.site.taxonomy(Grouping::Trigger).and_then(|(_, triggers)| triggers.terms_of(self.n).next());
        trigger.is_some_and(|(_, term)| term.slug == "attacker")
    }

    /// The names of its terms in a grouping.
    fn terms(&self, grouping: Grouping) -> Vec<String> {
        let taxonomy = self.site.taxonomy(grouping).map(|(_, taxonomy)| taxonomy);
        taxonomy.map(|taxonomy| taxonomy.terms_of(self.n).map(|(_, term)| plain(&term.name)).collect()).unwrap_or_default()
    }

    /// A milestone for people: "about 11 Mar 2026, 13:50 UTC".
    pub(super) fn moment(&self, milestone: Milestone) -> Option<String> {
        let words = Words::english();
        self.postmortem.milestone(milestone).map(|given| moment_text(words, given))
    }

    /// A milestone as forms want it: "about 2026-03-11T13:50:00Z".
    pub(super) fn stamp(&self, milestone: Milestone) -> Option<String> {
        self.postmortem.milestone(milestone).map(moment_machine)
    }

    /// When it began, else when it was.
    pub(super) fn began(&self) -> Option<&Moment> {
        self.postmortem.milestone(Milestone::Started).or(self.postmortem.date.as_ref())
    }

    /// The date it is listed under, where it does not say when it began.
    pub(super) fn date(&self) -> Option<String> {
        let words = Words::english();
        let date = self.postmortem.date.as_ref().filter(|_| self.postmortem.milestone(Milestone::Started).is_none());
        date.map(|given| moment_text(words, given))
    }

    /// How long something took, with its bounds.
    pub(super) fn measure(&self, measure: Measure) -> Option<Minutes> {
        measure.of(self.postmortem).minutes()
    }

    /// The dimensions of impact with what is said of each, and those that its kind asks for and of which nothing is said.
    pub(super) fn impact(&self) -> Vec<(String, Option<String>)> {
        let said =
            |dimension: &str| self.postmortem.impact.iter().any(|(own, words)| own.eq_ignore_ascii_case(dimension) && !words.is_empty());
        let stated =
            self.postmortem.impact.iter().filter_map(|(dimension, words)| Some((plain(&sentence_case(dimension)), Some(filled(words)?))));
        let profile = self.postmortem.kind.as_ref().and_then(|kind| self.site.config().profiles.get(&kind.value));
        let asked = profile.map(|profile| profile.impact.as_slice()).unwrap_or_default();
        let missing = asked.iter().filter(|dimension| !said(dimension)).map(|dimension| (plain(&sentence_case(dimension)), None));
        stated.chain(missing).collect()
    }

    /// What is said of one dimension of impact.
    pub(super) fn impact_on(&self, dimension: &str) -> Option<String> {
        let mut impact = self.postmortem.impact.iter();
        impact.find(|(own, _)| own.eq_ignore_ascii_case(dimension)).and_then(|(_, words)| filled(words))
    }

    /// Root causes, the primary one first, then those that joined in.
    pub(super) fn causes(&self) -> Vec<ToldCause> {
        let told = |(role, cause): (CauseRole, &Cause)| {
            let leaf = self.site.config().causes.get(&cause.path);
            let name = plain(leaf.map_or(&cause.path.value, |(_, leaf)| &leaf.name));
            ToldCause { role: role.name_in(self.postmortem), name, note: filled(&cause.note) }
        };
        causes_with_roles(self.postmortem).map(told).collect()
    }

    /// How it was found: by whom or what, how, and what would have found it sooner.
    pub(super) fn detection(&self) -> Option<String> {
        let detection = self.postmortem.detection.as_ref()?;
        let by = detection.by.as_ref().map(|by| by.name().to_owned());
        let gap = filled(&detection.gap).map(|gap| format!("What would have found it sooner: {gap}"));
        sentences([by, filled(&detection.how), gap].into_iter().flatten())
    }

    /// The data involved, a text for each entry: "Email addresses: at least 18,400; disclosed: yes".
    pub(super) fn data(&self) -> Vec<String> {
        let told = |data: &DataInvolved| {
            let records = data.records.as_ref().map(amount);
            let said = !data.class.is_empty() || records.is_some() || data.disclosed.is_some();
            let disclosed = said.then(|| format!("disclosed: {}", data.disclosed.map_or(NOT_STATED, Disclosure::name).to_lowercase()));
            let head = match (filled(&data.class), records) {
                (Some(class), Some(records)) => Some(format!("{class}: {records}")),
                (class, records) => class.or(records),
            };
            joined([head, disclosed, filled(&data.remarks.note)])
        };
        self.postmortem.records.data.iter().filter_map(told).collect()
    }

    /// What became of funds, a text for each entry: "153,037 ETH; lost; about US$32.7 million at the time".
    pub(super) fn funds(&self) -> Vec<String> {
        self.postmortem.records.funds.iter().filter_map(fund).collect()
    }

    /// The funds in one state.
    pub(super) fn funds_in(&self, state: FundState) -> Vec<String> {
        self.postmortem.records.funds.iter().filter(|fund| fund.state == Some(state)).filter_map(fund).collect()
    }

    /// The action items, what presses most first.
    pub(super) fn actions(&self) -> Vec<ToldAction<'a>> {
        let ledger = self.site.ledger();
        let own = ledger.entries.iter().filter(|entry| entry.postmortem == self.n);
        own.filter_map(|entry| {
            let item = self.postmortem.actions.get(entry.action)?;
            Some(ToldAction { item, entry, days_overdue: ledger.days_overdue(entry) })
        })
        .collect()
    }

    /// Where it had happened before, and what has become of the actions agreed on then.
    pub(super) fn happened_before(&self) -> Vec<String> {
        let words = Words::english();
        let tell = |recurrence: &Recurrence| {
            let (earlier, aftermath) = (self.site.postmortem(recurrence.earlier)?, aftermath_of(self.site, recurrence)?);
            let between = recurrence.months_between.map(|between| format!("{} before", months(words, between)));
            let shared = if recurrence.shared.is_empty() {
                "said by its authors".to_owned()
            } else {
                shared_words(words, self.site, &recurrence.shared)
            };
            let facts = joined([earlier.date.as_ref().map(|date| day(words, date)), between, Some(shared)]).unwrap_or_default();
            Some(plain(&format!("{} ({facts}). {}", earlier.head.title_text, told(words, &aftermath))))
        };
        self.site.knowledge().recurrences.before(self.n).filter_map(tell).collect()
    }

    /// Whether it can be told that it had happened before: by a known cause, a service and a day.
    pub(super) fn can_have_happened_before(&self) -> bool {
        let has_day = self.postmortem.date.as_ref().is_some_and(|date| date.day().is_some());
        !is_drill(self.postmortem)
            && has_day
            && self.postmortem.root_causes.iter().any(|cause| cause.known)
            && !self.terms(Grouping::Service).is_empty()
    }

    /// What the sections with a key say, line by line; subsections that are nothing by themselves belong to them.
    pub(super) fn lines(&self, key: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut within: Option<u8> = None;
        for section in &self.postmortem.body.sections {
            let is_part = within.is_some_and(|level| section.level > level) && section.key.is_none();
            if section.key.as_deref() == Some(key) {
                within = Some(section.level);
            } else if is_part {
                lines.extend(filled(&plain_text(&section.title)));
            } else {
                within = None;
                continue;
            }
            section.prose().flatten().for_each(|block| add_lines(block, &mut lines));
        }
        lines
    }

    /// The same as one text.
    pub(super) fn prose(&self, key: &str) -> Option<String> {
        let lines = self.lines(key);
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    /// What stands behind a label at the head of a line of a section: `- **Relevant policies:** …`, as templates of reports have it.
    pub(super) fn labelled(&self, key: &str, label: &str) -> Option<String> {
        self.lines(key).iter().find_map(|line| {
            let head = line.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label))?;
            filled(line.get(head.len()..)?.trim_start().strip_prefix(':')?)
        })
    }

    /// The texts that the metadata have for a field that nothing else reads.
    pub(super) fn texts(&self, field: &str) -> Vec<String> {
        fn add(node: &Node, to: &mut Vec<String>) {
            match &node.value {
                Value::Scalar(_) => to.extend(node.text().and_then(filled)),
                Value::Sequence(items) => items.iter().for_each(|item| add(item, to)),
                Value::Mapping(mapping) => mapping.entries.iter().for_each(|entry| add(&entry.value, to)),
            }
        }
        let mut texts = Vec::new();
        self.postmortem.head.fields(&self.site.config().fields, field).for_each(|entry| add(&entry.value, &mut texts));
        texts
    }

    /// The earlier incidents of its kind and those it names, each once: (place, why).
    pub(super) fn related(&self) -> Vec<(usize, String)> {
        let knowledge = self.site.knowledge();
        let before = knowledge.recurrences.before(self.n).map(|recurrence| (recurrence.earlier, "happened before".to_owned()));
        let mut related: Vec<(usize, String)> = before.collect();
        for named in &self.postmortem.related {
            let Some(DocumentId::Postmortem(other)) = knowledge.references.named(&named.id) else { continue };
            if other != self.n && related.iter().all(|(known, _)| *known != other) {
                related.push((other, named.why.map_or_else(|| "named by its authors".to_owned(), |why| why.name().to_lowercase())));
            }
        }
        related
    }
}

impl ToldAction<'_> {
    /// What will be done.
    pub(super) fn text(&self) -> String {
        plain(&self.item.text)
    }

    /// What will be done, and how it stands: "Mend it (done on 3 Mar 2026)".
    pub(super) fn told(&self) -> String {
        format!("{} ({})", self.text().trim_end_matches('.'), self.standing())
    }

    /// How it stands: "done on 3 Mar 2026", "overdue by 12 days, due 1 Mar 2026".
    fn standing(&self) -> String {
        let words = Words::english();
        let Entry { state, due, closed, .. } = self.entry;
        let due = due.map(|due| {
            let of = if due.of == DueOf::Severity { " by the deadline of its severity" } else { "" };
            format!("due {}{of}", civil_view(words, due.on).text)
        });
        let on = closed.map(|day| format!(" on {}", civil_view(words, day).text)).unwrap_or_default();
        match state {
            State::Done => format!("done{on}"),
            State::Cancelled => format!("cancelled{on}"),
            State::AcceptedRisk => format!("will not be done, the risk is accepted{on}"),
            State::Overdue => {
                let days = self.days_overdue.and_then(|days| usize::try_from(days).ok()).unwrap_or_default();
                joined_by(", ", [Some(format!("overdue by {}", words.count("days", days))), due]).unwrap_or_default()
            }
            State::DueSoon | State::Open => format!("open, {}", due.unwrap_or_else(|| "due date not stated".to_owned())),
            State::Unstated => joined_by(", ", [Some("status not stated".to_owned()), due]).unwrap_or_default(),
        }
    }

    /// Whether it is for the whole organisation to do, as a column `Scope` says.
    pub(super) fn is_for_the_organisation(&self) -> bool {
        let scope = self.item.detail(ActionDetail::Scope).map(|scope| scope.trim().to_ascii_lowercase());
        scope.is_some_and(|scope| matches!(scope.as_str(), "org" | "organisation" | "organization" | "company"))
    }
}

/// Adds the lines of a block; code is one, for its lines say nothing by themselves.
fn add_lines(block: &Block, to: &mut Vec<String>) {
    let text = block_text(std::slice::from_ref(block));
    if matches!(block.kind, BlockKind::Code(_)) { to.extend(filled(&text)) } else { to.extend(text.lines().filter_map(filled)) }
}

fn fund(fund: &Fund) -> Option<String> {
    let amount = fund.amount.as_ref().map(amount);
    let head = match (filled(&fund.asset), amount) {
        (Some(asset), Some(amount)) if !amount.ends_with(&asset) => Some(format!("{asset}: {amount}")),
        (asset, amount) => amount.or(asset),
    };
    let state = fund.is_told().then(|| fund.state.map_or("state not stated", FundState::name).to_lowercase());
    let usd = fund.usd.as_ref().map(|usd| format!("{} at the time", self::amount(usd)));
    joined([head, state, usd, filled(&fund.remarks.note)])
}

fn amount(amount: &Amount) -> String {
    plain(&amount.text())
}

/// The parts that there are.
fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    joined_by("; ", parts)
}

fn joined_by<const N: usize>(between: &str, parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(between))
}
