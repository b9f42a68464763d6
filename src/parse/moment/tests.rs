//! Moments as people write them.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::{Anchor, Settled, prefix, settle, whole, zone};
use crate::model::Bound;

/// A moment in short: local reading, zone, precision, qualification, end and trouble.
fn show(settled: &Settled) -> String {
    let moment = &settled.moment;
    let bound = if moment.bound == Bound::Exact { String::new() } else { format!(" {:?}", moment.bound) };
    let until = moment.until.map_or(String::new(), |until| format!(" until {until}"));
    let ambiguous = settled.ambiguous.map_or(String::new(), |why| format!(" ({why})"));
    format!("{} {} {:?}{bound}{until}{ambiguous}", settled.civil, moment.offset, moment.precision)
}

fn in_zone(name: &str, text: &str, day: Option<Date>) -> String {
    let zone = zone::named(name).unwrap();
    let anchor = Anchor { zone, stated: false, day, start: Some(date(2025, 10, 21)) };
    match whole(text) {
        Ok(Some(written)) => settle(&written, &anchor).map_or("no day".to_owned(), |settled| show(&settled)),
        Ok(None) => "nothing".to_owned(),
        Err(wrong) => format!("`{}` {}", &text[..wrong.len], wrong.why),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(in_zone("UTC", text, Some(date(2025, 10, 21))), expected, "{text}");
}

#[test]
fn dates_with_times_are_read_as_people_write_them() {
    check("2019-07-02T13:42:00Z", "2019-07-02T13:42:00 +00 Second");
    check("2019-07-02T13:42Z", "2019-07-02T13:42:00 +00 Minute");
    check("2026-05-04T19:51:05.703409Z", "2026-05-04T19:51:05 +00 Second");
    check("2012-12-22T12:15:00-08:00", "2012-12-22T12:15:00 -08 Second");
    check("2017-08-28T11:08-06:00", "2017-08-28T11:08:00 -06 Minute");
    check("2020-02-12 11:45", "2020-02-12T11:45:00 +00 Minute");
    check("2021-06-12 9:51", "2021-06-12T09:51:00 +00 Minute");
    check("2018-08-22, 03:26pm", "2018-08-22T15:26:00 +00 Minute");
    check("Wednesday, 2018-08-22 12:00 a.m.", "2018-08-22T00:00:00 +00 Minute");
    check("Jan 14, 10:18 AM", "2026-01-14T10:18:00 +00 Minute");
    check("22:30 UTC (Oct 29)", "2025-10-29T22:30:00 +00 Minute");
    check("22:30 UTC on October 29, 2024", "2024-10-29T22:30:00 +00 Minute");
    check("2 July 2019 at 14:32 CEST", "2019-07-02T14:32:00 +02 Minute");
    check("2021-12-10   15:40", "2021-12-10T15:40:00 +00 Minute");
    check("2022-03-10 11.50", "2022-03-10T11:50:00 +00 Minute");
    check("2025-01-14 1600", "2025-01-14T16:00:00 +00 Minute");
    check("2025-01-14 24:00", "2025-01-15T00:00:00 +00 Minute");
    check("2016-12-31 23:59:60", "2016-12-31T23:59:59 +00 Second");
}

#[test]
fn a_day_a_month_and_a_year_keep_their_precision() {
    check("2019-07-02", "2019-07-02T00:00:00 +00 Day");
    check("2019/7/2", "2019-07-02T00:00:00 +00 Day");
    check("July 2nd, 2019", "2019-07-02T00:00:00 +00 Day");
    check("2nd of July 2019", "2019-07-02T00:00:00 +00 Day");
    check("Sept. 18th, 2017", "2017-09-18T00:00:00 +00 Day");
    check("October 2025", "2025-10-01T00:00:00 +00 Month");
    check("2025-10", "2025-10-01T00:00:00 +00 Month");
    check("2022-05-?? HH:mm", "2022-05-01T00:00:00 +00 Month");
    check("2019", "2019-01-01T00:00:00 +00 Year");
    check("2019-12-03 --:--", "2019-12-03T00:00:00 +00 Day");
    check("2022-06-02 HH:mm", "2022-06-02T00:00:00 +00 Day");
    check("2024-03-13 14:??", "2024-03-13T00:00:00 +00 Day");
}

#[test]
fn a_time_alone_is_on_the_day_around_it() {
    check("14:32", "2025-10-21T14:32:00 +00 Minute");
    check("14:32:10 UTC", "2025-10-21T14:32:10 +00 Second");
    check("3pm", "2025-10-21T15:00:00 +00 Minute");
    check("+2d 09:10", "2025-10-23T09:10:00 +00 Minute");
    check("+2d", "2025-10-23T00:00:00 +00 Day");
    assert_eq!(in_zone("UTC", "14:32", None), "no day");
}

#[test]
fn qualifications_and_stretches_are_kept() {
    check("~14:30", "2025-10-21T14:30:00 +00 Minute About");
    check("2020-11-17 10:45~", "2020-11-17T10:45:00 +00 Minute About");
    check(">=14:30", "2025-10-21T14:30:00 +00 Minute AtLeast");
    check("≤ 14:30", "2025-10-21T14:30:00 +00 Minute AtMost");
    check("approx. 14:30", "2025-10-21T14:30:00 +00 Minute About");
    check("2019-07-02 >=13:45", "2019-07-02T13:45:00 +00 Minute AtLeast");
    check("2025-03-03 ~19:30", "2025-03-03T19:30:00 +00 Minute About");
    check("14:30-14:40", "2025-10-21T14:30:00 +00 Minute until 2025-10-21T14:40:00Z");
    check("10:05-10:15", "2025-10-21T10:05:00 +00 Minute until 2025-10-21T10:15:00Z");
    check("2025-01-20 00:10-00:20", "2025-01-20T00:10:00 +00 Minute until 2025-01-20T00:20:00Z");
    check("10:05 -07:00", "2025-10-21T10:05:00 -07 Minute");
    check("14:30–14:40 CET", "2025-10-21T14:30:00 +01 Minute until 2025-10-21T13:40:00Z");
    check("14:30 CET – 14:40", "2025-10-21T14:30:00 +01 Minute until 2025-10-21T13:40:00Z");
    check("2020-10-06 09:00 - 11:00", "2020-10-06T09:00:00 +00 Minute until 2020-10-06T11:00:00Z");
    check("23:50 to 00:20", "2025-10-21T23:50:00 +00 Minute until 2025-10-22T00:20:00Z");
    check("2022-08-03 12:26-12:??", "2022-08-03T12:26:00 +00 Minute");
    check("2019-07-02T13:42Z/2019-07-02T14:52Z", "2019-07-02T13:42:00 +00 Minute until 2019-07-02T14:52:00Z");
    check("2019-07-02 – 2019-07-05", "2019-07-02T00:00:00 +00 Day until 2019-07-05T00:00:00Z");
}

#[test]
fn what_cannot_be_a_moment_says_why() {
    check("2026-02-30", "`2026-02-30` February 2026 has no day 30");
    check("2026-13-01", "`2026-13-01` there is no month 13");
    check("25:00", "`25:00` there is no hour 25");
    check("2026-01-01 12:61", "`2026-01-01 12:61` there is no minute 61");
    check("20202-01-16 12:00", "`20202-01-16 12:00` the year `20202` has 5 digits");
    check("31 June", "`31 June` June has no such day");
    check("13:00 am", "`13:00 am` 13 is no hour before noon");
}

#[test]
fn other_text_is_no_moment() {
    for text in [
        "",
        "soon",
        "Q3 2019",
        "3:1",
        "16:9 screens",
        "2019-nothing",
        "2023-45",
        "10:15x",
        "May",
        "2.17",
        "1234",
        "192.168.0.1",
        "10:22:33:44",
        "03/04/2026",
        "2021/22-??-?? HH:mm",
        "20xx-MM-DD HH:mm",
        "YYYY-MM-DD HH:MM",
        "+d",
        "v2019-07-02",
        "1600",
    ] {
        let expected = if matches!(text, "1234" | "1600") { format!("{text}-01-01T00:00:00 +00 Year") } else { "nothing".to_owned() };
        check(text, &expected);
    }
}

#[test]
fn a_moment_before_other_text_ends_where_it_ends() {
    for (text, moment) in [
        ("16:58 UTC - Writer saturates", "16:58 UTC"),
        ("14:30 - 14:40 drained", "14:30 - 14:40"),
        ("2024-09-20 11:21: pipeline unpaused", "2024-09-20 11:21"),
        ("2021-12-17 2.17 published", "2021-12-17"),
        ("2021-12-17 2000 users", "2021-12-17"),
        ("10:15:Pager", "10:15"),
        ("14:32 on 3 nodes", "14:32"),
        ("14:32 AMI released", "14:32"),
        ("11 AM the page", "11 AM"),
        ("14:32 UTC: page", "14:32 UTC"),
        ("2019-07-02 13:42 [started]", "2019-07-02 13:42"),
        ("October 29-30, 2025 - CPU", "October 29"),
        ("2019-07-02: it rains", "2019-07-02"),
    ] {
        let (_, len) = prefix(text).unwrap().unwrap();
        assert_eq!(&text[..len], moment, "{text}");
    }
    assert_eq!(prefix("2017 was a bad year"), Ok(None));
    assert_eq!(prefix("3 nodes went away"), Ok(None));
}

#[test]
fn a_clock_put_forward_or_back_is_told() {
    let check = |zone, text, expected: &str| assert_eq!(in_zone(zone, text, None), expected);
    check("Europe/Copenhagen", "2026-03-29 02:30", "2026-03-29T02:30:00 +02 Minute (does not exist: clocks were put forward over it)");
    check("Europe/Copenhagen", "2026-10-25 02:30", "2026-10-25T02:30:00 +02 Minute (came twice: clocks were put back over it)");
    check("Europe/Copenhagen", "2026-10-25 02:30 CET", "2026-10-25T02:30:00 +01 Minute");
    check("Europe/Copenhagen", "2026-07-01", "2026-07-01T00:00:00 +02 Day");
    check("US/Pacific", "2021-06-12 9:51", "2021-06-12T09:51:00 -07 Minute");
}

#[test]
fn zones_have_many_names() {
    let utc = |name: &str| zone::named(name).map(|zone| zone.to_offset(jiff::Timestamp::UNIX_EPOCH).to_string());
    for (name, offset) in [
        ("Z", "+00"),
        ("utc", "+00"),
        ("UTC+2", "+02"),
        ("GMT-03:30", "-03:30"),
        ("+0530", "+05:30"),
        ("CET", "+01"),
        ("PT", "-08"),
        ("Asia/Tokyo", "+09"),
    ] {
        assert_eq!(utc(name).as_deref(), Some(offset), "{name}");
    }
    for name in ["", "est", "Mars/Olympus", "+99", "IST", "and/or", "UTC+", "+1:5"] {
        assert_eq!(utc(name), None, "{name}");
    }
    assert_eq!(zone::named_in("Date and Time in CET"), zone::named("CET"));
    assert_eq!(zone::named_in("Timeline"), None);
    assert_eq!(zone::announced_in("(All times US/Pacific, 24-hour clock.)"), zone::named("US/Pacific"));
    assert_eq!(zone::announced_in("All times in UTC."), Some(TimeZone::UTC));
    assert_eq!(zone::announced_in("The UTC offset was wrong"), None);
    assert_eq!(zone::similar("Europe/Copenhagn").as_deref(), Some("Europe/Copenhagen"));
}

#[test]
fn no_text_makes_reading_fail() {
    for text in [
        "9999-12-31T23:59-12:00",
        "0000-01-01",
        "0001-01-01 00:00 +14:00",
        "+9999999999d",
        "99999999999999999999:00",
        "２０１９-07-02",
        "~",
        "1:",
        "\u{0}",
        "é14:32",
        "14:32é",
    ] {
        let _ = in_zone("UTC", text, Some(Date::MAX));
        let _ = in_zone("Europe/Copenhagen", text, Some(Date::MIN));
    }
}

#[test]
fn a_moment_is_before_another_only_where_that_is_certain() {
    let before = |a: &str, b: &str| crate::parse::moment(a).unwrap().certainly_before(&crate::parse::moment(b).unwrap());
    assert!(before("2024-03-17T14:05Z", "2024-03-17T14:06Z"));
    assert!(!before("2024-03-17T14:05Z", "2024-03-17T14:05:30Z"), "it may be any second of its minute");
    assert!(before("2024-03-17T14:05:29Z", "2024-03-17T14:05:30Z"));
    assert!(before("2024-03-17", "2024-03-18"));
    assert!(!before("2024-03-17", "2024-03-18T05:00Z"), "the day may be that of a zone in the west");
    assert!(before("2024-03-17", "2024-03-18T05:00"), "they are read by one clock");
    assert!(!before("2024-03-17", "2024-03-17T23:59"));
    assert!(before("2024-03-17", "2024-03-20T05:00Z"));
    assert!(before("2024-02", "2024-03-05"));
    assert!(!before("2024-02", "2024-02-25T10:00Z"));
    assert!(!before("~2024-03-17T14:05Z", "2024-03-17T15:06Z"));
    assert!(!before(">=2024-03-17T14:05Z", "2024-03-17T15:06Z"));
    assert!(before("<=2024-03-17T14:05Z", "2024-03-17T15:06Z"));
    assert!(!before("2024-03-17 14:05-16:00", "2024-03-17 15:00"), "the stretch goes on");
}
