//! Where the time of each incident went: one bar each, divided in true shares.
//!
//! Every bar is as long as the others and stands for the whole of its incident; how long that was is said in words beside it. On a shared
//! even axis one outage of a week would squeeze all others to nothing, and a logarithmic one has no shares: half a bar would not be half of
//! the time.

use super::draw::{Anchor, Area, Drawing, Sign};
use super::scale::Across;
use super::{Cell, Chart, Column, Figures, Frame, REST, linked};
use crate::render::wording::duration;

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
    pub(in crate::render) kind: PhaseKind,
    /// How long.
    pub(in crate::render) minutes: u64,
}

/// What was still missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum PhaseKind {
    /// Nobody knew.
    Undetected,
    /// It was known, and nobody had taken it.
    Unacknowledged,
    /// Somebody worked on it, and users felt it.
    Unmitigated,
    /// Users felt it no longer, and temporary measures were in place.
    Unresolved,
}

/// How many incidents the figure shows.
const MOST: usize = 40;
const KINDS: [PhaseKind; 4] = [PhaseKind::Undetected, PhaseKind::Unacknowledged, PhaseKind::Unmitigated, PhaseKind::Unresolved];
const ROW: i64 = 42;

impl PhaseKind {
    fn name(self) -> &'static str {
        match self {
            Self::Undetected => "undetected",
            Self::Unacknowledged => "unacknowledged",
            Self::Unmitigated => "unmitigated",
            Self::Unresolved => "unresolved",
        }
    }

    /// Bars grow thinner as things get better: they are told apart without colour.
    fn height(self) -> i64 {
        match self {
            Self::Undetected => 16,
            Self::Unacknowledged => 12,
            Self::Unmitigated => 8,
            Self::Unresolved => 3,
        }
    }

    fn sign(self) -> Sign {
        match self {
            Self::Undetected => Sign { name: "p1", class: "phase-1", path: "M-8-8H8V8H-8Z" },
            Self::Unacknowledged => Sign { name: "p2", class: "phase-2", path: "M-8-6H8V6H-8Z" },
            Self::Unmitigated => Sign { name: "p3", class: "phase-3", path: "M-8-4H8V4H-8Z" },
            Self::Unresolved => Sign { name: "p4", class: "phase-4", path: "M-8-1.5H8V1.5H-8Z" },
        }
    }
}

/// Draws the phases of incidents, in the order given; the first forty of them.
pub(in crate::render) fn phase_bars(frame: &Frame, bars: &[PhaseBar]) -> Chart {
    let total = |bar: &PhaseBar| bar.parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.minutes));
    let bars: Vec<(&PhaseBar, u64)> = bars.iter().map(|bar| (bar, total(bar))).filter(|(_, total)| *total > 0).collect();
    if bars.is_empty() {
        return frame.nothing("No incident tells enough of its milestones to divide its time.");
    }
    let mut drawing = Drawing::new(frame);
    for (n, (bar, total)) in bars.iter().take(MOST).enumerate() {
        let top = ROW * i64::try_from(n).unwrap_or_default();
        let href = bar.url.as_ref().map(|url| format!("{}{url}", frame.root));
        drawing.named(href.as_deref(), &bar.name, |drawing| {
            drawing.row_name(top, &bar.name, 30);
        });
        drawing.text("note", (Across::RIGHT, top + 14), Anchor::End, &duration_of(*total));
        let mut passed: u64 = 0;
        for part in bar.parts.iter().filter(|part| part.minutes > 0) {
            let from = Across::share(passed, *total);
            passed = passed.saturating_add(part.minutes);
            let (height, sign) = (part.kind.height(), part.kind.sign());
            let area = Area { from, to: Across::share(passed, *total), top: top + 20 + (16 - height) / 2, height };
            let name = format!("{}: {}", part.kind.name(), duration_of(part.minutes));
            drawing.named(None, &name, |drawing| drawing.rect(sign.class, area));
        }
    }
    for kind in KINDS {
        if bars.iter().take(MOST).any(|(bar, _)| bar.parts.iter().any(|part| part.kind == kind && part.minutes > 0)) {
            drawing.define(kind.sign(), Some(kind.name().to_owned()));
        }
    }
    let shown = i64::try_from(bars.len().min(MOST)).unwrap_or_default();
    let all = bars.len();
    let description = format!("One bar for each of {shown} incidents, divided into the phases of its time.");
    let finished = drawing.finish(frame, shown * ROW, &description);
    let notes: Vec<String> = (all > MOST).then(|| format!("The figure shows {MOST} of {all} incidents.")).into_iter().collect();
    frame.chart(finished, &notes, table(&bars))
}

fn table(bars: &[(&PhaseBar, u64)]) -> Figures {
    let mut rows = Figures::of(vec![
        Column::words("Incident"),
        Column::figures("Undetected"),
        Column::figures("Unacknowledged"),
        Column::figures("Unmitigated"),
        Column::figures("Unresolved"),
        Column::figures("In all"),
    ]);
    rows.rest = REST;
    for (bar, total) in bars {
        let mut row = vec![linked(&bar.name, bar.url.as_deref())];
        for kind in KINDS {
            let parts = bar.parts.iter().filter(|part| part.kind == kind);
            let minutes = parts.map(|part| part.minutes).reduce(u64::saturating_add);
            row.push(Cell::text(minutes.map(duration_of).unwrap_or_default()));
        }
        row.push(Cell::text(duration_of(*total)));
        rows.rows.push(row);
    }
    rows
}

fn duration_of(minutes: u64) -> String {
    duration(i64::try_from(minutes).unwrap_or(i64::MAX))
}
