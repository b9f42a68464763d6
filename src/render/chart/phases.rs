//! Where the time of each incident went: one bar each, divided in true shares.
//!
//! Every bar is as long as the others and stands for the whole of its incident; how long that was is said in words beside it. On a shared
//! even axis one outage of a week would squeeze all others to nothing, and a logarithmic one has no shares: half a bar would not be half of
//! the time.

use super::draw::{Anchor, Area, Drawing, Sign};
use super::scale::Across;
use super::{Cell, Chart, Column, Figures, Frame, REST, linked};
use crate::knowledge::metrics::Phase;
use crate::render::wording::duration;
use crate::theme::Words;

/// One incident.
#[derive(Debug, Clone)]
pub(in crate::render) struct PhaseBar {
    /// Its name.
    pub(in crate::render) name: String,
    /// Where it is told, from the top of the site.
    pub(in crate::render) url: Option<String>,
    /// Its phases in order of time.
    pub(in crate::render) parts: Vec<PhasePart>,
}

/// A phase of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct PhasePart {
    /// Which.
    pub(in crate::render) phase: Phase,
    /// How long.
    pub(in crate::render) minutes: u64,
}

/// How many incidents the figure shows.
const MOST: usize = 40;
const ROW: i64 = 42;

/// Bars grow thinner as things get better: they are told apart without colour.
fn height(phase: Phase) -> i64 {
    match phase {
        Phase::Undetected => 16,
        Phase::Unacknowledged => 12,
        Phase::Unmitigated => 8,
        Phase::Unresolved => 3,
    }
}

fn sign(phase: Phase) -> Sign {
    match phase {
        Phase::Undetected => Sign { name: "p1", class: "phase-1", path: "M-8-8H8V8H-8Z" },
        Phase::Unacknowledged => Sign { name: "p2", class: "phase-2", path: "M-8-6H8V6H-8Z" },
        Phase::Unmitigated => Sign { name: "p3", class: "phase-3", path: "M-8-4H8V4H-8Z" },
        Phase::Unresolved => Sign { name: "p4", class: "phase-4", path: "M-8-1.5H8V1.5H-8Z" },
    }
}

/// Draws the phases of incidents, in the order given; the first forty of them.
pub(in crate::render) fn phase_bars(frame: &Frame, bars: &[PhaseBar]) -> Chart {
    let words = frame.words;
    let total = |bar: &PhaseBar| bar.parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.minutes));
    let bars: Vec<(&PhaseBar, u64)> = bars.iter().map(|bar| (bar, total(bar))).filter(|(_, total)| *total > 0).collect();
    if bars.is_empty() {
        return frame.nothing(words.get("chart-no-phases"));
    }
    let mut drawing = Drawing::new(frame);
    for (n, (bar, total)) in bars.iter().take(MOST).enumerate() {
        let top = ROW * i64::try_from(n).unwrap_or_default();
        let href = bar.url.as_ref().map(|url| format!("{}{url}", frame.root));
        drawing.named(href.as_deref(), &bar.name, |drawing| {
            drawing.row_name(top, &bar.name, 30);
        });
        drawing.text("note", (Across::RIGHT, top + 14), Anchor::End, &duration_of(words, *total));
        let mut passed: u64 = 0;
        for part in bar.parts.iter().filter(|part| part.minutes > 0) {
            let from = Across::share(passed, *total);
            passed = passed.saturating_add(part.minutes);
            let (height, sign) = (height(part.phase), sign(part.phase));
            let area = Area { from, to: Across::share(passed, *total), top: top + 20 + (16 - height) / 2, height };
            let name = words.with(
                "label-and-text",
                &[("label", words.within(words.name(part.phase)).into()), ("text", duration_of(words, part.minutes).into())],
            );
            drawing.named(None, &name, |drawing| drawing.rect(sign.class, area));
        }
    }
    for phase in Phase::ALL {
        if bars.iter().take(MOST).any(|(bar, _)| bar.parts.iter().any(|part| part.phase == phase && part.minutes > 0)) {
            drawing.define(sign(phase), Some(words.within(words.name(phase))));
        }
    }
    let shown = i64::try_from(bars.len().min(MOST)).unwrap_or_default();
    let all = bars.len();
    let description = words.count("chart-phases", bars.len().min(MOST));
    let finished = drawing.finish(frame, shown * ROW, &description);
    let notes: Vec<String> =
        (all > MOST).then(|| words.with("chart-phases-shown", &[("shown", MOST.into()), ("count", all.into())])).into_iter().collect();
    frame.chart(finished, &notes, table(words, &bars))
}

fn table(words: &Words, bars: &[(&PhaseBar, u64)]) -> Figures {
    let phases = Phase::ALL.map(|phase| Column::figures(words.name(phase)));
    let mut rows = Figures::of(
        [Column::words(words.get("column-incident"))]
            .into_iter()
            .chain(phases)
            .chain([Column::figures(words.get("column-in-all"))])
            .collect(),
    );
    rows.rest = REST;
    for (bar, total) in bars {
        let mut row = vec![linked(&bar.name, bar.url.as_deref())];
        for phase in Phase::ALL {
            let parts = bar.parts.iter().filter(|part| part.phase == phase);
            let minutes = parts.map(|part| part.minutes).reduce(u64::saturating_add);
            row.push(Cell::text(minutes.map(|minutes| duration_of(words, minutes)).unwrap_or_default()));
        }
        row.push(Cell::text(duration_of(words, *total)));
        rows.rows.push(row);
    }
    rows
}

fn duration_of(words: &Words, minutes: u64) -> String {
    duration(words, i64::try_from(minutes).unwrap_or(i64::MAX))
}
