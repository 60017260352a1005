//! Marks at round times, for an axis of seconds since 1970.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

use super::tick::Tick;

const DAY: f64 = 86_400.0;
/// Steps of equal length, in seconds.
const FIXED: [f64; 16] = [
    1.0,
    5.0,
    15.0,
    30.0,
    60.0,
    300.0,
    900.0,
    1800.0,
    3600.0,
    10_800.0,
    21_600.0,
    43_200.0,
    DAY,
    2.0 * DAY,
    5.0 * DAY,
    10.0 * DAY,
];
/// Steps of months and years, in months.
const MONTHS: [i64; 12] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000];
/// Seconds of a month, about.
const MONTH: f64 = 30.44 * DAY;

/// Ticks inside `[low, high]`, about `wanted` of them. Times before the year -9000 or after 9000 have none.
pub fn ticks([low, high]: [f64; 2], wanted: usize) -> Vec<Tick> {
    let rough = (high - low) / wanted.max(1) as f64;
    match FIXED.iter().find(|step| **step >= rough) {
        Some(&step) => fixed([low, high], step),
        None => {
            let months = MONTHS.iter().find(|months| **months as f64 * MONTH >= rough);
            monthly([low, high], *months.unwrap_or(&MONTHS[MONTHS.len() - 1])).unwrap_or_default()
        }
    }
}

fn fixed([low, high]: [f64; 2], step: f64) -> Vec<Tick> {
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    let n = if last >= first { (last - first) as usize + 1 } else { 0 };
    let places = (0..n.min(50)).map(|at| (first + at as f64) * step);
    let label = |at: f64| {
        let time = time(at)?;
        let format = match step {
            step if step < 60.0 => "%H:%M:%S",
            step if step < DAY && (high - low) < DAY => "%H:%M",
            step if step < DAY => "%m-%d %H:%M",
            _ => "%Y-%m-%d",
        };
        Some(Tick { at, label: time.strftime(format).to_string() })
    };
    places.filter_map(label).collect()
}

fn monthly([low, high]: [f64; 2], months: i64) -> Option<Vec<Tick>> {
    let begin = time(low)?;
    let from = i64::from(begin.year()) * 12 + i64::from(begin.month()) - 1;
    let first = from.div_euclid(months) * months;
    let ticks = (0..60).map_while(|at| {
        let month = first + at * months;
        let day = date(i16::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as i8 + 1, 1);
        let at = day.at(0, 0, 0, 0).duration_since(epoch()).as_secs_f64();
        let label = day.strftime(if months < 12 { "%Y-%m" } else { "%Y" }).to_string();
        (at <= high).then_some(Tick { at, label })
    });
    Some(ticks.filter(|tick| tick.at >= low).collect())
}

fn epoch() -> DateTime {
    date(1970, 1, 1).at(0, 0, 0, 0)
}

/// The time of some seconds since 1970, within the years that have one.
fn time(seconds: f64) -> Option<DateTime> {
    let whole = SignedDuration::try_from_secs_f64(seconds).ok()?;
    epoch().checked_add(whole).ok().filter(|time| time.year().abs() < 9000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(range: [f64; 2]) -> Vec<String> {
        ticks(range, 5).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn marks_stand_at_round_times() {
        assert_eq!(labels([0.0, DAY / 2.0]), ["00:00", "03:00", "06:00", "09:00", "12:00"]);
        assert_eq!(labels([0.0, 8.0 * DAY]), ["1970-01-01", "1970-01-03", "1970-01-05", "1970-01-07", "1970-01-09"]);
        assert_eq!(labels([10.0 * DAY, 400.0 * DAY]), ["1970-04", "1970-07", "1970-10", "1971-01"]);
        assert_eq!(labels([-12.0 * 365.25 * DAY, 31.0 * 365.25 * DAY]), ["1960", "1970", "1980", "1990", "2000"]);
    }

    #[test]
    fn an_axis_beyond_all_years_has_no_marks() {
        assert!(ticks([1e18, 2e18], 5).is_empty() && ticks([f64::NAN, 1.0], 5).is_empty());
    }
}
