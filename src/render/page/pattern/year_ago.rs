//! What happened around this day in earlier years, and which measures are due for a look back.

use jiff::civil::Date;

use super::{Block, day_cell, incident_cell, prose};
use crate::knowledge::is_drill;
use crate::knowledge::ledger::Entry;
use crate::model::Postmortem;
use crate::parse::moment;
use crate::render::page::actions::standing_cell;
use crate::render::page::view::{severity_view, summary_text};
use crate::render::table::{Cell, Column};
use crate::render::wording::{civil_view, day_of_year};
use crate::site::{Pattern, Site};

/// How far from the day an anniversary may be, in days.
const AROUND: i32 = 15;

/// How far from the day "this week" reaches, in days.
const WEEK: i32 = 3;
/// The next anniversaries that are shown where none is near.
const NEXT: usize = 5;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let words = site.words();
    let around = around(site);
    let is_near = |apart: i32| apart.abs() <= WEEK;
    let (week, month): (Vec<_>, Vec<_>) = around.into_iter().partition(|near| near.years == 1 && is_near(near.apart));
    let today = site.build().today;
    let this_week = words.get("year-ago-this-week-text");
    let this_month = words.with("year-ago-around-text", &[("days", AROUND.into()), ("day", day_of_year(words, today).into())]);
    let mut blocks = vec![
        anniversaries(site, Block::new("this-week", words.get("year-ago-this-week"), this_week), &week),
        anniversaries(site, Block::new("around-this-day", words.get("year-ago-around"), this_month), &month),
    ];
    if week.is_empty() && month.is_empty() {
        let next = words.get("year-ago-next-text");
        blocks.push(anniversaries(site, Block::new("next", words.get("year-ago-next"), next), &upcoming(site)));
    }
    blocks.extend([reviews(site), look_backs(site)]);
    blocks
}

/// An incident and how its anniversary lies to the day.
struct Near {
    incident: usize,
    years: usize,
    /// Days from today to the anniversary.
    apart: i32,
}

/// The incidents whose day comes round about now, the worst first, then the nearest.
fn around(site: &Site) -> Vec<Near> {
    let today = site.build().today;
    let near = site.newest_first().filter_map(|(incident, postmortem)| {
        let (years, apart) = years_ago(day(postmortem)?, today)?;
        Some(Near { incident, years, apart })
    });
    let mut near: Vec<Near> = near.collect();
    near.sort_by_key(|near| {
        let severity = site.postmortem(near.incident).and_then(|postmortem| postmortem.severity.as_ref()?.step);
        (severity.is_none(), severity, near.years, near.apart.abs())
    });
    near
}

/// The day of an incident; a drill has no anniversary.
fn day(postmortem: &Postmortem) -> Option<Date> {
    postmortem.date.filter(|_| !is_drill(postmortem))?.day()
}

/// The incidents whose anniversary comes next, soonest first.
fn upcoming(site: &Site) -> Vec<Near> {
    let today = site.build().today;
    let next = site.newest_first().filter_map(|(incident, postmortem)| {
        let day = day(postmortem)?;
        let since = i32::from(today.year()) - i32::from(day.year());
        let anniversary = (since.max(1)..=since.max(1) + 1).find_map(|years| {
            let anniversary = day.checked_add(jiff::Span::new().years(years)).ok()?;
            (anniversary >= today).then_some((years, anniversary))
        });
        let (years, anniversary) = anniversary?;
        Some(Near { incident, years: usize::try_from(years).ok()?, apart: (anniversary - today).get_days() })
    });
    let mut next: Vec<Near> = next.collect();
    next.sort_by_key(|near| near.apart);
    next.truncate(NEXT);
    next
}

fn anniversaries(site: &Site, block: Block, near: &[Near]) -> Block {
    let words = site.words();
    let has_severity = near.iter().any(|near| site.postmortem(near.incident).is_some_and(|postmortem| postmortem.severity.is_some()));
    let rows = near.iter().filter_map(|Near { incident, years, apart }| {
        let postmortem = site.postmortem(*incident)?;
        let ago = if *apart > AROUND {
            words.with("year-ago-years-in-days", &[("count", (*years).into()), ("days", (*apart).into())])
        } else {
            words.count("year-ago-years-ago", *years)
        };
        let mut row = vec![day_cell(site, *incident), Cell::text(ago), incident_cell(site, *incident)];
        if has_severity {
            let severity = severity_view(site, *incident, postmortem);
            row.push(severity.map_or_else(Cell::default, |severity| Cell::link(severity.name, severity.url)));
        }
        row.push(Cell::text(summary_text(postmortem, 140)));
        Some(row)
    });
    let names = ["column-day", "column-anniversary", "column-incident", "column-severity", "column-what-it-was"];
    let columns: Vec<Column> =
        names.into_iter().filter(|name| has_severity || *name != "column-severity").map(|id| Column::words(words.get(id))).collect();
    block.with_rows(words, columns, rows.collect(), "incidents")
}

/// Incidents whose measures were to be looked at by now, and that note no later review.
fn reviews(site: &Site) -> Block {
    let words = site.words();
    let today = site.build().today;
    let mut due: Vec<(Date, usize)> = Vec::new();
    for (n, postmortem) in site.newest_first() {
        let Some(day) = postmortem.review_on.as_ref().and_then(|on| on.value.day()).filter(|day| *day <= today) else { continue };
        if last_review(site, postmortem).is_none_or(|held| held < day) {
            due.push((day, n));
        }
    }
    due.sort_unstable();
    let rows = due.into_iter().map(|(day, n)| {
        let open = site.postmortem(n).map_or(0, |postmortem| postmortem.actions.iter().filter(|action| !action.is_settled()).count());
        let open = if open == 0 { String::new() } else { open.to_string() };
        vec![
            Cell::date(&civil_view(words, day)),
            Cell::text((today - day).get_days().to_string()),
            incident_cell(site, n),
            Cell::text(open),
        ]
    });
    let columns = [
        Column::words(words.get("column-look-back-on")),
        Column::figures(words.get("column-days-since")),
        Column::words(words.get("column-incident")),
        Column::figures(words.get("column-actions-not-settled")),
    ];
    let text = words.get("year-ago-reviews-text");
    Block::new("reviews", words.get("year-ago-reviews"), text).with_rows(words, columns, rows.collect(), "incidents")
}

/// When a postmortem was last reviewed, from `review.held_on`.
fn last_review(site: &Site, postmortem: &Postmortem) -> Option<Date> {
    let reviews = postmortem.head.fields(&site.config().fields, "review").flat_map(|entry| entry.value.mappings());
    reviews.filter_map(|review| moment(review.get("held_on")?.value.text()?)?.day()).max()
}

/// Done actions whose effect was to be looked at by now, with what the look showed where somebody has looked.
fn look_backs(site: &Site) -> Block {
    let words = site.words();
    let today = site.build().today;
    let mut due: Vec<&Entry> = site.ledger().entries.iter().filter(|entry| site.ledger().is_look_back_due(entry)).collect();
    due.sort_by_key(|entry| (entry.look_back.on, site.knowledge().rank.get(entry.postmortem).copied(), entry.action));
    let rows = due.into_iter().filter_map(|entry| {
        let (n, on) = (entry.postmortem, entry.look_back.on?);
        let postmortem = site.postmortem(n)?;
        let action = postmortem.actions.get(entry.action)?;
        Some(vec![
            Cell::date(&civil_view(words, on)),
            Cell::text(words.number(usize::try_from((today - on).get_days()).unwrap_or_default())),
            Cell::html(prose(site, Pattern::YearAgo, n).line(&action.content)),
            standing_cell(site, postmortem, action),
            incident_cell(site, n),
        ])
    });
    let columns = [
        Column::words(words.get("column-look-back-on")),
        Column::figures(words.get("column-days-since")),
        Column::words(words.get("column-action")),
        Column::words(words.get("column-state")),
        Column::words(words.get("column-incident")),
    ];
    let text = words.get("year-ago-look-backs-text");
    Block::new("look-backs", words.get("year-ago-look-backs"), text).with_rows(words, columns, rows.collect(), "actions")
}

/// How many years before `today` a day was, and how many days the anniversary is away, where its day of the year is near today's; nothing within
/// the last half year.
fn years_ago(day: Date, today: Date) -> Option<(usize, i32)> {
    let years = i32::from(today.year()) - i32::from(day.year());
    let near = (years - 1..=years + 1).filter_map(|years| {
        let anniversary = day.checked_add(jiff::Span::new().years(years)).ok()?;
        Some((usize::try_from(years).ok().filter(|years| *years > 0)?, (anniversary - today).get_days()))
    });
    near.into_iter().find(|(_, apart)| apart.abs() <= AROUND)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    fn ago(day: jiff::civil::Date, today: jiff::civil::Date) -> Option<usize> {
        super::years_ago(day, today).map(|(years, _)| years)
    }

    #[test]
    fn a_year_ago_is_near_the_same_day_of_an_earlier_year() {
        let today = date(2026, 11, 21);
        assert_eq!(ago(date(2025, 11, 18), today), Some(1));
        assert_eq!(ago(date(2023, 12, 1), today), Some(3));
        assert_eq!(ago(date(2026, 11, 18), today), None);
        assert_eq!(ago(date(2025, 6, 1), today), None);
        assert_eq!(ago(date(2024, 2, 29), date(2025, 3, 1)), Some(1));
        assert_eq!(ago(date(2024, 12, 28), date(2026, 1, 3)), Some(1));
        assert_eq!(ago(date(2027, 1, 3), today), None);
    }
}
