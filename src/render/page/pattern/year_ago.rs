//! What happened around this day in earlier years, and which measures are due for a look back.

use jiff::civil::Date;

use super::Block;
use crate::model::{ActionDetail, DocumentId, Postmortem};
use crate::parse::moment;
use crate::render::page::table::{Cell, Column, Table};
use crate::render::page::view::severity_view;
use crate::render::prose::Prose;
use crate::render::wording::{civil_view, day_view, plural};
use crate::site::{Route, Site};

/// How far from the day an anniversary may be, in days.
const AROUND: i32 = 15;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let blocks = [anniversaries(site), look_backs(site)];
    blocks.into_iter().filter(|block| block.tables.iter().any(|table| !table.is_empty())).collect()
}

fn anniversaries(site: &Site) -> Block {
    let today = site.build().today;
    let mut rows = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let Some((date, years)) = postmortem.date.and_then(|date| Some((date, years_ago(date.day()?, today)?))) else { continue };
        let severity = severity_view(site, *n, postmortem).map_or_else(Cell::default, |severity| Cell::link(severity.name, severity.url));
        rows.push(vec![
            Cell::date(&day_view(&date)).noted(format!("{} ago", plural(years, "year", "years"))),
            Cell::link(postmortem.head.title_text.clone(), site.url(Route::Incident(*n))),
            severity,
        ]);
    }
    let columns = vec![Column::words("Day"), Column::words("Incident"), Column::words("Severity")];
    Block {
        id: "around-this-day".into(),
        heading: "Around this day in earlier years".into(),
        text: format!("Incidents that began within {AROUND} days of {} in an earlier year.", today.strftime("%-d %B")),
        tables: vec![Table::new("Around this day in earlier years", columns, rows)],
        ..Block::default()
    }
}

/// Done actions whose effect was to be looked at by now, with what the look showed where somebody has looked.
fn look_backs(site: &Site) -> Block {
    let today = site.build().today;
    let mut due: Vec<(Date, Vec<Cell>)> = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        for (at, check_on) in unanswered(postmortem).filter(|(_, day)| *day <= today) {
            let Some(action) = postmortem.actions.get(at) else { continue };
            let url = site.url(Route::Incident(*n));
            let prose = Prose::new(site, DocumentId::Postmortem(*n), &site.url(Route::Pattern(crate::site::Pattern::YearAgo)));
            let waited = usize::try_from((today - check_on).get_days()).unwrap_or_default();
            due.push((
                check_on,
                vec![
                    Cell::date(&civil_view(check_on)),
                    Cell::text(waited.to_string()),
                    Cell::html(prose.line(&action.content)),
                    action.status.as_ref().map_or_else(Cell::default, |status| Cell::badge(status.name(), status.word())),
                    Cell::link(postmortem.head.title_text.clone(), url),
                ],
            ));
        }
    }
    due.sort_by_key(|(day, _)| *day);
    let columns = vec![
        Column::words("Look back on"),
        Column::figures("Days since"),
        Column::words("Action"),
        Column::words("State"),
        Column::words("Incident"),
    ];
    Block {
        id: "look-backs".into(),
        heading: "Due for a look back".into(),
        text: "Actions that are done, whose effect was to be looked at by now, and of which no result is written down.".into(),
        tables: vec![Table::new("Due for a look back", columns, due.into_iter().map(|(_, row)| row).collect())],
        ..Block::default()
    }
}

/// The done actions of a postmortem whose effect is still to be looked at: their places, and the day.
fn unanswered(postmortem: &Postmortem) -> impl Iterator<Item = (usize, Date)> {
    postmortem.actions.iter().enumerate().filter_map(|(at, action)| {
        let waits = action.is_settled() && action.detail(ActionDetail::Result).is_none();
        let day = moment(&action.detail(ActionDetail::CheckOn)?.value)?.day()?;
        waits.then_some((at, day))
    })
}

/// How many years before `today` a day was, where its day of the year is near today's; nothing within the last half year.
fn years_ago(day: Date, today: Date) -> Option<usize> {
    let years = (0..=2000_i16).find(|years| {
        let Ok(anniversary) = day.checked_add(jiff::Span::new().years(*years)) else { return false };
        anniversary >= today || (today - anniversary).get_days() <= AROUND
    })?;
    let anniversary = day.checked_add(jiff::Span::new().years(years)).ok()?;
    let apart = (anniversary - today).get_days();
    (years > 0 && apart.abs() <= AROUND).then(|| usize::from(years.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::years_ago;

    #[test]
    fn a_year_ago_is_near_the_same_day_of_an_earlier_year() {
        let today = date(2026, 11, 21);
        assert_eq!(years_ago(date(2025, 11, 18), today), Some(1));
        assert_eq!(years_ago(date(2023, 12, 1), today), Some(3));
        assert_eq!(years_ago(date(2026, 11, 18), today), None);
        assert_eq!(years_ago(date(2025, 6, 1), today), None);
        assert_eq!(years_ago(date(2024, 2, 29), date(2025, 3, 1)), Some(1));
        assert_eq!(years_ago(date(2024, 12, 28), date(2026, 1, 3)), Some(1));
        assert_eq!(years_ago(date(2027, 1, 3), today), None);
    }
}
