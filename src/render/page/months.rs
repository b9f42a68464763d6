//! Incidents by year and month, as a table of links: a row of twelve for each year.

use serde::Serialize;

use super::view::TermLink;
use crate::knowledge::{Grouping, is_drill};
use crate::model::{Moment, Precision};
use crate::render::wording::MONTHS_SHORT;
use crate::site::{Listing, PER_PAGE, Route, Site};

/// How many shades there are for months with incidents.
const SHADES: usize = 4;

/// The incidents that began in each month of some years.
#[derive(Debug, Default, Serialize)]
pub(super) struct Months {
    /// The short names of the months.
    names: Vec<String>,
    /// Newest first.
    years: Vec<MonthsOfYear>,
}

#[derive(Debug, Serialize)]
struct MonthsOfYear {
    year: TermLink,
    months: Vec<Month>,
}

#[derive(Debug, Serialize)]
struct Month {
    /// "Mar 2026"
    name: String,
    count: usize,
    /// 0 for none, else 1 to 4, the more the higher.
    shade: usize,
    /// Where the list of the year comes to this month.
    url: Option<String>,
}

/// The months of the newest `most` years that have incidents, and of those between them; nothing where no month is known. Drills are no incidents.
pub(super) fn of_site(site: &Site, most: i16) -> Option<Months> {
    let (taxonomy, years) = site.taxonomy(Grouping::Year)?;
    let newest = years.terms.iter().filter(|term| term.incidents() > 0).filter_map(|term| term.name.parse::<i16>().ok()).max()?;
    let terms = (0..most).filter_map(|back| years.position(&format!("{:04}", newest - back)));
    of_years(site, taxonomy, terms.collect())
}

/// The months of one year, by the place of its term.
pub(super) fn of_year(site: &Site, taxonomy: usize, term: usize) -> Option<Months> {
    of_years(site, taxonomy, vec![term])
}

fn of_years(site: &Site, taxonomy: usize, terms: Vec<usize>) -> Option<Months> {
    let mut years: Vec<MonthsOfYear> = terms.into_iter().map(|term| months(site, taxonomy, term)).collect();
    let most = years.iter().flat_map(|year| &year.months).map(|month| month.count).max().filter(|most| *most > 0)?.max(SHADES);
    for month in years.iter_mut().flat_map(|year| &mut year.months) {
        month.shade = (month.count * SHADES).div_ceil(most);
    }
    Some(Months { names: MONTHS_SHORT.iter().map(|id| site.words().get(id).to_owned()).collect(), years })
}

fn months(site: &Site, taxonomy: usize, term: usize) -> MonthsOfYear {
    let listing = Listing::Term { taxonomy, term };
    let year = super::view::term_link(site, taxonomy, term);
    let words = site.words();
    let named = |id: &str| words.with("date-month", &[("month", words.get(id).into()), ("year", year.name.as_str().into())]);
    let mut months: Vec<Month> = MONTHS_SHORT.iter().map(|id| Month { name: named(id), count: 0, shade: 0, url: None }).collect();
    for (place, n) in site.members(listing).iter().enumerate() {
        let Some(postmortem) = site.postmortem(*n).filter(|postmortem| !is_drill(postmortem)) else { continue };
        let Some(key) = postmortem.date.as_ref().and_then(month_key) else { continue };
        let number: Option<usize> = key.get(5..7).and_then(|month| month.parse().ok());
        let Some(month) = number.and_then(|number| months.get_mut(number.checked_sub(1)?)) else { continue };
        month.count += 1;
        let on = Route::List(listing, place / PER_PAGE + 1);
        month.url.get_or_insert_with(|| format!("{}#{key}", site.url(on)));
    }
    MonthsOfYear { year, months }
}

/// "2026-03", of a moment whose month is known.
pub(super) fn month_key(moment: &Moment) -> Option<String> {
    (moment.precision >= Precision::Month).then(|| moment.date().get(..7).map(str::to_owned)).flatten()
}
