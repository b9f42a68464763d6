//! How far the report on an incident is: what stands at its head, the public updates with what became of their promises, and corrections.

use serde::Serialize;

use super::body::PieceView;
use super::records::RecordsBlock;
use crate::knowledge::report::{Progress, Promise, full_report_due, ongoing, promise};
use crate::model::{Correction, Moment, Postmortem, Stage, Status, Update};
use crate::render::prose::Prose;
use crate::render::wording::{DateView, civil_view, date_view, duration};
use crate::site::Site;
use crate::theme::Words;

/// One thing that a reader should know before the rest.
#[derive(Debug, Serialize)]
pub(super) struct Notice {
    /// What it is about, in a word or two.
    head: String,
    text: String,
    date: Option<DateView>,
    /// What comes behind the date.
    end: String,
    /// The fragment that tells more.
    more: Option<String>,
}

impl Notice {
    /// Gives what it leads to the fragment that it has on the page that `prose` is printed on.
    pub(super) fn place(&mut self, prose: &Prose<'_>) {
        self.more = self.more.take().map(|more| prose.anchor(&more));
    }
}

#[derive(Debug, Serialize)]
pub(super) struct UpdateView {
    at: Option<DateView>,
    /// As its authors call it: "Investigating".
    state: String,
    /// The state as a class, one of those that status pages know, else empty.
    word: &'static str,
    /// What was said.
    paragraphs: Vec<String>,
    promise: Option<PromiseView>,
}

/// By when the next word was promised, and what became of it.
#[derive(Debug, Serialize)]
struct PromiseView {
    by: DateView,
    /// The same for a class: `kept`, `broken`, `pending`, `unknown`.
    word: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    on: Option<DateView>,
    /// What is said of it: "What we said", and the words.
    said: Vec<(String, String)>,
}

/// The fragment of the corrections.
const CORRECTIONS: &str = "corrections_";

/// What stands at the head of the page: whether the incident is over, whether the report is whole, when the next word comes, what was corrected.
pub(super) fn notices(site: &Site, postmortem: &Postmortem) -> Vec<Notice> {
    let words = site.words();
    let notice =
        |head: &str, text: &str| Notice { head: head.to_owned(), text: text.to_owned(), date: None, end: String::new(), more: None };
    let today = site.build().today;
    let mut notices = Vec::new();
    if let Some(state) = ongoing(postmortem) {
        let text = match state {
            "" => words.get("report-not-over").to_owned(),
            state => words.with("report-not-over-state", &[("state", state.to_lowercase().into())]),
        };
        notices.push(notice(words.get("ongoing"), &text));
    }
    if postmortem.is_preliminary() {
        let known = notice(words.name(Stage::Preliminary), words.get("report-preliminary"));
        notices.push(match full_report_due(postmortem, site.config()) {
            Some(due) if due < today => Notice {
                text: format!("{} {}", known.text, words.get("report-full-report-was-due")),
                date: Some(civil_view(words, due)),
                end: words.get("report-is-late").to_owned(),
                ..known
            },
            Some(due) => Notice {
                text: format!("{} {}", known.text, words.get("report-full-report-comes")),
                date: Some(civil_view(words, due)),
                end: words.get("report-full-stop").to_owned(),
                ..known
            },
            None => known,
        });
    }
    if let Some(next) = postmortem.next_update.as_ref().filter(|_| postmortem.status != Status::Closed) {
        let is_late = next.value.civil_date() < today;
        let (text, end) = if is_late {
            (words.get("report-next-word-was-promised"), "report-is-late")
        } else {
            (words.get("report-next-word-comes"), "report-full-stop")
        };
        notices.push(Notice {
            date: Some(date_view(words, &next.value)),
            end: words.get(end).to_owned(),
            ..notice(words.get("report-next-update"), text)
        });
    }
    if !postmortem.corrections.is_empty() {
        let latest = postmortem.corrections.iter().filter_map(|correction| correction.on.as_ref()).max_by_key(|on| on.at);
        let text = if latest.is_some() { words.get("report-corrected-on") } else { words.get("report-corrected") };
        let end = if latest.is_some() { words.get("report-full-stop") } else { "" };
        notices.push(Notice {
            date: latest.map(|given| date_view(words, given)),
            end: end.to_owned(),
            more: Some(CORRECTIONS.to_owned()),
            ..notice(words.get("report-corrected-head"), text)
        });
    }
    notices
}

/// The updates and corrections as blocks of the page.
pub(super) fn blocks(site: &Site, postmortem: &Postmortem) -> Vec<RecordsBlock> {
    let words = site.words();
    let today = site.build().today;
    let update = |(n, update): (usize, &Update)| {
        let view = |by: &Moment| {
            let promise = promise(postmortem, n, today)?;
            Some(PromiseView {
                by: date_view(words, by),
                word: promise.word(),
                text: became(words, promise, by, postmortem.updates.get(n + 1)),
            })
        };
        UpdateView {
            at: update.at.as_ref().map(|given| date_view(words, given)),
            state: words.named("update", &update.state),
            word: Progress::of(&update.state).and_then(Progress::word).unwrap_or_default(),
            paragraphs: paragraphs(&update.text),
            promise: update.next_by.as_ref().and_then(view),
        }
    };
    let updates: Vec<UpdateView> = postmortem.updates.iter().enumerate().map(update).collect();
    let corrections: Vec<CorrectionView> = postmortem.corrections.iter().map(|given| correction(words, given)).collect();
    let block = |sections, key, title: &str, piece| RecordsBlock { sections, key, title: title.to_owned(), piece };
    let updates = (!updates.is_empty()).then(|| {
        block(
            &["communication"],
            "updates",
            words.get("report-updates"),
            PieceView::updates(words.get("report-updates").to_owned(), updates),
        )
    });
    let corrections =
        (!corrections.is_empty()).then(|| block(&[], "corrections", words.get("report-corrections"), PieceView::corrections(corrections)));
    updates.into_iter().chain(corrections).collect()
}

fn correction(words: &Words, correction: &Correction) -> CorrectionView {
    let told = correction.told(|learned| date_view(words, learned).text).map(|(part, said)| (words.name(part).to_owned(), said));
    CorrectionView { on: correction.on.as_ref().map(|given| date_view(words, given)), said: told.collect() }
}

/// What became of a promise, in words.
fn became(words: &Words, promise: Promise, by: &Moment, next: Option<&Update>) -> String {
    let late = || by.minutes_until(next?.at.as_ref()?).filter(|minutes| *minutes > 0);
    match promise {
        Promise::Kept => words.get("report-promise-kept").into(),
        Promise::Pending => words.get("report-promise-pending").into(),
        Promise::Unknown => words.get("report-promise-unknown").into(),
        Promise::Broken => match (next, late()) {
            (_, Some(minutes)) => words.with("report-promise-late-by", &[("time", duration(words, minutes).into())]),
            (Some(_), None) => words.get("report-promise-late").into(),
            (None, _) => words.get("report-promise-broken").into(),
        },
    }
}

/// A text of the metadata by its blank lines.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                last.push_str(if last.is_empty() { "" } else { " " });
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
