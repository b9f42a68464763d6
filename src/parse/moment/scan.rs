//! Reads the text of a moment into its parts. What day or zone it means is settled by [`super`].

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::zone;
use crate::model::Bound;
use crate::parse::vocabulary::{BOUNDS, MONTHS, RANGE_WORDS, WEEKDAYS};

/// A moment as written, before anything is known of its day or zone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::parse) struct Written {
    /// The day, as far as it was written.
    pub(in crate::parse) day: Option<Day>,
    /// The time of day.
    pub(in crate::parse) time: Option<TimeOfDay>,
    /// The zone.
    pub(in crate::parse) zone: Option<TimeZone>,
    /// The other end of a stretch.
    pub(in crate::parse) until: Option<End>,
    /// How it was qualified.
    pub(in crate::parse) bound: Bound,
}

/// A day, as far as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Day {
    /// `2019-07-02`, `2 July 2019`
    Full(Date),
    /// `July 2`
    NoYear { month: i8, day: i8 },
    /// `2019-07`, `July 2019`
    Month { year: i16, month: i8 },
    /// `2019`
    Year(i16),
    /// `+2d`: days after the start.
    After(i32),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) struct TimeOfDay {
    /// The time; midnight for `24:00`.
    pub(in crate::parse) time: Time,
    /// Whether seconds were written.
    pub(in crate::parse) seconds: bool,
    /// `24:00`: the midnight at the end of the day.
    pub(in crate::parse) end_of_day: bool,
}

/// The other end of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::parse) struct End {
    pub(in crate::parse) day: Option<Day>,
    pub(in crate::parse) time: Option<TimeOfDay>,
    pub(in crate::parse) zone: Option<TimeZone>,
}

/// Something that is meant for a moment and cannot be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Wrong {
    /// What is wrong with it, to follow the words "cannot be read: ".
    pub(in crate::parse) why: String,
    /// How many bytes were meant.
    pub(in crate::parse) len: usize,
}

/// What the beginning of a text is: a moment and its length in bytes, no moment, or a broken one.
pub(in crate::parse) type Reading = Result<Option<(Written, usize)>, Wrong>;

/// Reads the moment a text begins with. A lone year, `10.15` and `1015` are too like other figures to count here unless the text ends
/// with them.
pub(in crate::parse) fn prefix(text: &str) -> Reading {
    let mut scan = Scan { text, at: 0, joined: false, inner: Bound::Exact };
    match scan.moment() {
        Ok(Some(written)) => Ok(Some((written, scan.at))),
        Ok(None) => Ok(None),
        Err(why) => {
            let len = token_len(text, scan.at);
            // `2021/22-??-??` says itself that it is not known.
            if text.get(..len).is_some_and(|word| word.contains('?')) { Ok(None) } else { Err(Wrong { why, len }) }
        }
    }
}

/// Reads a text that is a moment and nothing else.
pub(in crate::parse) fn whole(text: &str) -> Result<Option<Written>, Wrong> {
    Ok(prefix(text)?.and_then(|(written, len)| text.get(len..).is_some_and(|rest| rest.trim().is_empty()).then_some(written)))
}

/// From the start of the text to the end of the word at `at`, and of a time behind it.
fn token_len(text: &str, at: usize) -> usize {
    let word = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len())
    };
    let end = word(at);
    let behind = text.get(end..).unwrap_or_default();
    let next = end + behind.len() - behind.trim_start().len();
    let time = text.get(next..word(next)).unwrap_or_default().trim_end_matches(':');
    let is_time = time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if is_time { next + time.len() } else { end }
}

/// A place in a text. A method that may find nothing is run by [`Scan::attempt`], which then goes back.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Whether day and time were joined by a `T`, as RFC 3339 has it: then `-07:00` is an offset and not the end of a stretch.
    joined: bool,
    /// A qualification between day and time: `2019-07-02 >=13:45`.
    inner: Bound,
}

/// What a method found, nothing, or why it is wrong.
type Found<T> = Result<Option<T>, String>;

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']).len();
    }

    fn eat(&mut self, word: &str) -> bool {
        let eaten = self.rest().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if eaten {
            self.at += word.len();
        }
        eaten
    }

    /// The run of digits here, without taking it.
    fn digits(&self) -> &'t str {
        let rest = self.rest();
        rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// The run of letters here, without taking it.
    fn letters(&self) -> &'t str {
        let rest = self.rest();
        rest.get(..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// Runs `read` and goes back where it finds nothing.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Found<T>) -> Found<T> {
        let start = self.at;
        let found = read(self)?;
        if found.is_none() {
            self.at = start;
        }
        Ok(found)
    }

    /// Whether the word or number that was just taken ends here.
    fn at_boundary(&self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }

    fn moment(&mut self) -> Found<Written> {
        self.blanks();
        let bound = self.bound();
        self.blanks();
        let Some((day, time)) = self.point()? else { return Ok(None) };
        let bound = if bound == Bound::Exact { self.inner } else { bound };
        let mut written = Written { day, time, zone: None, until: None, bound };
        if let Some(time) = written.time {
            written.zone = self.zone(time);
            if written.day.is_none() {
                written.day = self.day_behind()?;
            }
        }
        self.range(&mut written);
        if self.rest().starts_with('~') {
            self.at += 1;
            written.bound = Bound::About;
        }
        if matches!(written.day, Some(Day::Year(_))) && !self.rest().trim().is_empty() {
            return Ok(None);
        }
        Ok(Some(written))
    }

    fn bound(&mut self) -> Bound {
        let start = self.at;
        for (word, bound) in BOUNDS {
            if self.eat(word) {
                self.blanks();
                if self.peek().is_some_and(|c| c.is_ascii_digit() || c == '+') || !self.letters().is_empty() {
                    return *bound;
                }
                self.at = start;
            }
        }
        Bound::Exact
    }

    /// A day, a time, or both.
    fn point(&mut self) -> Found<(Option<Day>, Option<TimeOfDay>)> {
        if let Some(time) = self.attempt(Self::time)? {
            return Ok(Some((None, Some(time))));
        }
        let Some(day) = self.attempt(Self::day)? else { return Ok(None) };
        let time = self.attempt(Self::time_behind_day)?;
        if time.is_none() {
            self.unknown_time();
        }
        Ok(Some((Some(day), time)))
    }

    /// The time that follows a day: `T14:32`, ` 14:32`, `, 02:32 pm`, ` at 14:32`, and what only counts behind a day: `14.32`, `1432`.
    fn time_behind_day(&mut self) -> Found<TimeOfDay> {
        if self.eat("T") {
            self.joined = true;
            return if self.digits().is_empty() { Ok(None) } else { self.time() };
        }
        if !self.gap() {
            return Ok(None);
        }
        let bound = self.bound();
        self.blanks();
        let time = match self.attempt(Self::time)? {
            Some(time) => Some(time),
            None => self.loose_time(),
        };
        if time.is_some() {
            self.inner = bound;
        }
        Ok(time)
    }

    /// `--:--`, `HH:mm` or `14:??` behind a day stands for a time nobody knows: it is read over, and the day remains.
    fn unknown_time(&mut self) {
        let start = self.at;
        let gap = self.gap();
        match placeholder(self.rest()).filter(|_| gap) {
            Some(len) => self.at += len,
            None => self.at = start,
        }
    }

    /// What stands between a day and its time, if anything.
    fn gap(&mut self) -> bool {
        let start = self.at;
        self.blanks();
        if self.eat(",") || self.eat("@") || self.eat("at ") {
            self.blanks();
        }
        self.at > start
    }

    fn time(&mut self) -> Found<TimeOfDay> {
        let hour = self.digits();
        if !(1..=2).contains(&hour.len()) {
            return Ok(None);
        }
        self.at += hour.len();
        let mut minute = "";
        let mut second = "";
        if self.eat(":") {
            minute = self.digits();
            if minute.len() != 2 {
                return Ok(None);
            }
            self.at += 2;
            if self.rest().starts_with(':') && self.rest().get(1..3).is_some_and(|next| next.bytes().all(|byte| byte.is_ascii_digit())) {
                self.at += 1;
                second = self.digits();
                self.at += second.len();
                let fraction = self.rest().strip_prefix(['.', ',']).unwrap_or_default();
                if fraction.starts_with(|c: char| c.is_ascii_digit()) {
                    self.at += 1;
                    self.at += self.digits().len();
                }
            }
        }
        let half = self.half();
        if minute.is_empty() && half.is_none() {
            return Ok(None);
        }
        if !self.ends_time() {
            return Ok(None);
        }
        clock(hour, minute, second, half).map(Some)
    }

    /// Whether nothing stands here that would make the time a part of something else, as in `10:15x` or `01:20:30:40`.
    fn ends_time(&self) -> bool {
        let rest = self.rest();
        if rest.starts_with(':') {
            return !rest.get(1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        }
        self.at_boundary() || ["Z", "UTC", "GMT"].iter().any(|zone| rest.starts_with(zone))
    }

    /// `14.32` or `1432`, where the text ends or goes on with a sign: elsewhere it is a version or a count.
    fn loose_time(&mut self) -> Option<TimeOfDay> {
        let digits = self.digits();
        let (hour, minute) = if digits.len() == 4 {
            self.at += 4;
            digits.split_at(2)
        } else if digits.len() == 2 && self.rest().get(2..3) == Some(".") {
            self.at += 3;
            let minute = self.digits();
            self.at += minute.len();
            (digits, minute)
        } else {
            return None;
        };
        let rest = self.rest().trim_start();
        let ends = rest.is_empty() || rest.starts_with([':', ';', ',', '-', '–', '—', '|']);
        if minute.len() != 2 || !ends { None } else { clock(hour, minute, "", None).ok() }
    }

    /// `am` or `pm`.
    fn half(&mut self) -> Option<Half> {
        let start = self.at;
        self.blanks();
        let word_start = self.at;
        for (word, half) in [("a.m.", Half::Morning), ("am", Half::Morning), ("p.m.", Half::Afternoon), ("pm", Half::Afternoon)] {
            if self.eat(word) && self.at_boundary() {
                return Some(half);
            }
            self.at = word_start;
        }
        self.at = start;
        None
    }

    /// The zone behind a time: `Z`, `+02:00`, ` UTC`, ` (CET)`, ` Europe/Copenhagen`.
    fn zone(&mut self, time: TimeOfDay) -> Option<TimeZone> {
        let start = self.at;
        if let Some(zone) = self.joined_offset(time) {
            return Some(zone);
        }
        self.at = start;
        self.blanks();
        // What is right behind a time and no offset there is the end of a stretch: `10:05-10:15`.
        if self.at == start && self.rest().starts_with('-') {
            return None;
        }
        let bracket = self.eat("(");
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "/_+-:".contains(c))).unwrap_or(rest.len());
        let word = rest.get(..end)?.trim_end_matches([':', '-']);
        let signed = word.starts_with(['+', '-']) && word.len() >= 5;
        let candidates = if signed { [word, ""] } else { [word, self.letters()] };
        for word in candidates.into_iter().filter(|word| signed || word.starts_with(|c: char| c.is_ascii_alphabetic())) {
            if let Some(zone) = zone::named(word) {
                self.at += word.len();
                if !bracket || self.eat(")") {
                    return Some(zone);
                }
                break;
            }
        }
        self.at = start;
        None
    }

    /// `+02:00` right behind a time; `-07:00` only behind one that is written as RFC 3339 has it.
    fn joined_offset(&mut self, time: TimeOfDay) -> Option<TimeZone> {
        let rest = self.rest();
        if !(rest.starts_with('+') || (rest.starts_with(['-', '−']) && (self.joined || time.seconds))) {
            return None;
        }
        let sign = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest.get(sign..)?.find(|c: char| !c.is_ascii_digit() && c != ':').map_or(rest.len(), |end| end + sign);
        let zone = zone::offset(rest.get(..end)?)?.to_time_zone();
        self.at += end;
        Some(zone)
    }

    /// The day behind a time: ` (Oct 29)`, ` on October 29`.
    fn day_behind(&mut self) -> Found<Day> {
        self.attempt(|scan| {
            scan.blanks();
            let bracket = scan.eat("(");
            if !bracket && !scan.eat("on ") {
                return Ok(None);
            }
            let day = scan.attempt(Self::day)?;
            Ok(day.filter(|_| !bracket || scan.eat(")")))
        })
    }

    /// The other end of a stretch, into `written`.
    fn range(&mut self, written: &mut Written) {
        let start = self.at;
        self.blanks();
        if RANGE_WORDS.iter().any(|word| self.eat(word)) || (self.at == start && written.day.is_some() && self.eat("/")) {
            self.blanks();
            if written.time.is_some() && placeholder(self.rest()).is_some_and(|len| len >= 5) {
                self.at += placeholder(self.rest()).unwrap_or_default();
                return;
            }
            if let Ok(Some((day, time))) = self.point() {
                let both_days =
                    written.time.is_none() && time.is_none() && matches!((written.day, day), (Some(Day::Full(_)), Some(Day::Full(_))));
                if (written.time.is_some() && time.is_some()) || both_days {
                    let zone = time.and_then(|time| self.zone(time));
                    written.zone = written.zone.take().or_else(|| zone.clone());
                    written.until = Some(End { day, time, zone });
                    return;
                }
            }
        }
        self.at = start;
    }

    fn day(&mut self) -> Found<Day> {
        self.weekday();
        if self.eat("+") {
            return Ok(self.days_after());
        }
        let digits = self.digits();
        match digits.len() {
            1 | 2 => self.day_then_month(),
            4 => self.year_first(digits),
            5.. if self.looks_like_date_behind(digits.len()) => Err(format!("the year `{digits}` has {} digits", digits.len())),
            0 => self.month_first(),
            _ => Ok(None),
        }
    }

    /// `Wednesday, `, read over.
    fn weekday(&mut self) {
        let start = self.at;
        if position(&WEEKDAYS, self.letters()).is_some() {
            self.at += self.letters().len();
            let _ = self.eat(".");
            let _ = self.eat(",");
            if self.peek().is_some_and(char::is_whitespace) {
                self.blanks();
                return;
            }
        }
        self.at = start;
    }

    fn days_after(&mut self) -> Option<Day> {
        let days = self.digits();
        self.at += days.len();
        let days = days.parse::<i32>().ok().filter(|days| *days < 10_000)?;
        (self.eat("d") && self.at_boundary()).then_some(Day::After(days))
    }

    fn looks_like_date_behind(&self, digits: usize) -> bool {
        let rest = self.rest().get(digits..).unwrap_or_default().as_bytes();
        matches!(rest, [b'-', a, b, b'-', c, ..] if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit())
    }

    /// `2019-07-02`, `2019/7/2`, `2019-07`, `2019-07-??`, `2019`.
    fn year_first(&mut self, digits: &str) -> Found<Day> {
        let Ok(year) = digits.parse::<i16>() else { return Ok(None) };
        self.at += digits.len();
        let separator = match self.peek() {
            Some('-') => "-",
            Some('/') => "/",
            _ => return Ok(self.at_boundary().then_some(Day::Year(year))),
        };
        let before = self.at;
        let _ = self.eat(separator);
        let month = self.digits();
        if !(1..=2).contains(&month.len()) {
            // `2019-??-??`: only the year is known; `2019-nothing` is no date.
            self.at = before;
            let unknown = self.rest().starts_with("-??");
            self.at += if unknown { self.rest().find(|c| c != '-' && c != '?').unwrap_or(self.rest().len()) } else { 0 };
            return Ok(unknown.then_some(Day::Year(year)));
        }
        self.at += month.len();
        let month = match month_number(month) {
            Ok(month) => month,
            // `2023-45` is a number like any other; only with a day behind it is it meant for a date.
            Err(_) if !self.rest().starts_with(separator) => return Ok(None),
            Err(why) => return Err(why),
        };
        if !self.eat(separator) {
            return Ok((separator == "-" && self.at_boundary()).then_some(Day::Month { year, month }));
        }
        if self.eat("??") || self.eat("XX") {
            return Ok(Some(Day::Month { year, month }));
        }
        let day = self.digits();
        if !(1..=2).contains(&day.len()) {
            return Ok(None);
        }
        self.at += day.len();
        let time_follows =
            self.rest().starts_with(['T', 't']) && self.rest().get(1..2).is_some_and(|next| next.as_bytes()[0].is_ascii_digit());
        if !self.at_boundary() && !time_follows {
            return Ok(None);
        }
        date(year, month, day).map(|date| Some(Day::Full(date)))
    }

    /// `2 July 2019`, `2nd of July`.
    fn day_then_month(&mut self) -> Found<Day> {
        let day = self.digits();
        self.at += day.len();
        self.ordinal();
        self.blanks();
        if self.eat("of ") {
            self.blanks();
        }
        let Some(month) = self.month_name() else { return Ok(None) };
        let _ = self.eat(",");
        self.day_of(month, day)
    }

    /// `July 2, 2019`, `July 2nd`, `July 2019`.
    fn month_first(&mut self) -> Found<Day> {
        let Some(month) = self.month_name() else { return Ok(None) };
        self.blanks();
        let day = self.digits();
        if day.len() == 4 {
            self.at += 4;
            return Ok(day.parse().ok().filter(|_| self.at_boundary()).map(|year| Day::Month { year, month }));
        }
        if !(1..=2).contains(&day.len()) {
            return Ok(None);
        }
        self.at += day.len();
        self.ordinal();
        if !self.at_boundary() || self.rest().starts_with(':') {
            return Ok(None);
        }
        self.day_of(month, day)
    }

    /// A day of a month whose year may follow.
    fn day_of(&mut self, month: i8, day: &str) -> Found<Day> {
        let end = self.at;
        let _ = self.eat(",");
        self.blanks();
        let year = self.digits();
        let is_year = year.len() == 4 && !self.rest().get(4..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
        if let Some(year) = year.parse::<i16>().ok().filter(|_| is_year && self.at > end) {
            self.at += 4;
            return date(year, month, day).map(|date| Some(Day::Full(date)));
        }
        self.at = end;
        let longest = Date::constant(2000, month, 1).days_in_month();
        let day = day.parse().ok().filter(|day| (1..=longest).contains(day));
        day.map(|day| Some(Day::NoYear { month, day })).ok_or_else(|| format!("{} has no such day", month_title(month)))
    }

    fn month_name(&mut self) -> Option<i8> {
        let word = self.letters();
        let month = position(&MONTHS, word)?;
        self.at += word.len();
        let _ = self.eat(".");
        i8::try_from(month + 1).ok()
    }

    fn ordinal(&mut self) {
        let start = self.at;
        if ["st", "nd", "rd", "th"].iter().any(|suffix| self.eat(suffix)) && !self.at_boundary() {
            self.at = start;
        }
    }
}

/// The half of a day that a twelve-hour clock is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// The place of a name in a list of names, cut to three letters or more ("Sept").
fn position(names: &[&str], word: &str) -> Option<usize> {
    if word.len() < 3 {
        return None;
    }
    names.iter().position(|name| name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
}

fn month_number(digits: &str) -> Result<i8, String> {
    digits.parse().ok().filter(|month| (1..=12).contains(month)).ok_or_else(|| format!("there is no month {digits}"))
}

fn date(year: i16, month: i8, day: &str) -> Result<Date, String> {
    let wrong = || format!("{} {year} has no day {day}", month_title(month));
    Date::new(year, month, day.parse().map_err(|_| wrong())?).map_err(|_| wrong())
}

/// "July"
fn month_title(month: i8) -> String {
    let name = MONTHS.get(usize::try_from(month - 1).unwrap_or_default()).copied().unwrap_or_default();
    let (first, rest) = name.split_at_checked(1).unwrap_or_default();
    first.to_uppercase() + rest
}

fn clock(hour: &str, minute: &str, second: &str, half: Option<Half>) -> Result<TimeOfDay, String> {
    let number = |digits: &str| if digits.is_empty() { 0 } else { digits.parse::<i8>().unwrap_or(i8::MAX) };
    let (mut hours, minutes, seconds) = (number(hour), number(minute), number(second));
    match half {
        Some(Half::Morning) if hours > 12 => return Err(format!("{hour} is no hour before noon")),
        Some(Half::Morning) if hours == 12 => hours = 0,
        Some(Half::Afternoon) if hours < 12 => hours += 12,
        _ => {}
    }
    if minutes > 59 {
        return Err(format!("there is no minute {minute}"));
    }
    let end_of_day = hours == 24 && minutes == 0 && seconds == 0;
    if hours > 23 && !end_of_day {
        return Err(format!("there is no hour {hour}"));
    }
    // RFC 3339 allows the leap second 60, which civil time does not have.
    if seconds > 60 {
        return Err(format!("there is no second {second}"));
    }
    let time = Time::new(hours % 24, minutes, seconds.min(59), 0).map_err(|error| error.to_string())?;
    Ok(TimeOfDay { time, seconds: !second.is_empty(), end_of_day })
}

/// The length of a word that stands for a time nobody knows: `--:--`, `HH:mm`, `14:??`, `??:??`.
fn placeholder(text: &str) -> Option<usize> {
    let word = text.split(|c: char| c.is_whitespace() || c == '|').next()?;
    let stands_for_unknown = word.contains(':')
        && word.chars().all(|c| c.is_ascii_digit() || "-?HhMmSsXx:_".contains(c))
        && word.chars().any(|c| !c.is_ascii_digit() && c != ':');
    stands_for_unknown.then_some(word.len())
}
