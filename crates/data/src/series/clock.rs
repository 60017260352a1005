//! Steps of a series as times, and times as steps.

use serde::{Deserialize, Serialize};

use super::Frequency;
use super::civil::{Civil, DAY, clock_time};
use super::style::Style;
use crate::{Column, Values};

/// How the times of a column are read and written.
///
/// Dates are seconds since 1970 in UTC, other times the numbers themselves. Step `k` after `start` is
/// `start + k * step`; with calendar months it is the same day and time of day `k` steps of months later, at most the
/// month's last day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// How far apart the steps are.
    pub frequency: Frequency,
    /// Whether the times are dates; else they are numbers.
    pub dates: bool,
    style: Style,
    /// The day of the month that steps of months aim at; 31 for ends of months.
    day: i64,
}

impl Clock {
    /// The clock of a column with these times; steps of months aim at `day`.
    pub(super) fn new(column: &Column, times: &[f64], dates: bool, frequency: Frequency, day: i64) -> Self {
        let first = match &column.values {
            Values::Text(text) => text.get(0).unwrap_or_default(),
            Values::Number(_) => "",
        };
        let mut style = Style::of(first);
        if dates && style.separator.is_none() && times.iter().any(|&time| clock_time(time) != 0.0) {
            style = style.fine_enough(60.0);
        }
        if let Frequency::Fixed(step) = frequency {
            style = style.fine_enough(step);
        }
        Clock { frequency, dates, style, day }
    }

    /// The time `step` steps after `start`.
    pub fn at(&self, start: f64, step: i64) -> f64 {
        match self.frequency {
            Frequency::Fixed(size) => start + step as f64 * size,
            Frequency::Months(size) => {
                let first = Civil::of(start);
                let months = step.saturating_mul(size.into()).clamp(-FARTHEST, FARTHEST);
                let month = Civil { month: first.month + months, day: 1 };
                // A series that does not keep to the day of the column keeps to its own.
                let aim = if first.day == self.day.min(first.last_day()) { self.day } else { first.day };
                Civil { day: aim.min(month.last_day()), ..month }.seconds() + clock_time(start)
            }
        }
    }

    /// How many steps after `start` a time is; nothing where it is off the grid by more than a millionth of a step.
    pub fn step(&self, start: f64, time: f64) -> Option<i64> {
        let (step, size) = match self.frequency {
            Frequency::Fixed(size) => (((time - start) / size).round() as i64, size),
            Frequency::Months(size) => {
                let size = i64::from(size);
                let months = Civil::of(time).month - Civil::of(start).month;
                (months.checked_div(size)?, size as f64 * SHORTEST_MONTH)
            }
        };
        // Four units in the last place are lost where times are large numbers with small steps.
        let tolerance = TOLERANCE * size + 4.0 * f64::EPSILON * time.abs().max(start.abs());
        ((self.at(start, step) - time).abs() <= tolerance).then_some(step)
    }

    /// A time as the column writes it.
    pub fn show(&self, time: f64) -> String {
        if self.dates { self.style.show(time) } else { number(time) }
    }

    /// The size of the steps as in settings: `1h`, or a plain number for numeric times.
    pub fn every(&self) -> String {
        every(self.frequency, self.dates)
    }
}

/// The size of steps as in settings.
pub(super) fn every(frequency: Frequency, dates: bool) -> String {
    match frequency {
        Frequency::Fixed(step) if !dates => number(step),
        frequency => frequency.to_string(),
    }
}

/// The number with the 15 digits that are certain, so that 3 times 0.1 is 0.3.
fn number(x: f64) -> String {
    format!("{x:.14e}").parse::<f64>().unwrap_or(x).to_string()
}

/// Of a step.
pub(super) const TOLERANCE: f64 = 1e-6;
/// Seconds.
const SHORTEST_MONTH: f64 = 28.0 * DAY;
/// Months; a limit that keeps days within whole numbers.
const FARTHEST: i64 = 1_200_000_000_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::seconds;

    fn clock(frequency: Frequency, day: i64) -> Clock {
        Clock { frequency, dates: true, style: Style::of("1970-01-01"), day }
    }

    proptest! {
        #[test]
        fn a_step_comes_back_from_its_time(
            start in -4e9..4e9_f64, step in -20_000i64..20_000, size in 1e-2..1e7_f64, months in 1u32..40, day in 1i64..=31,
        ) {
            for frequency in [Frequency::Fixed(size), Frequency::Fixed(size.ceil()), Frequency::Months(months)] {
                let clock = clock(frequency, day);
                prop_assert!((clock.at(start, 0) - start).abs() < 1e-5);
                prop_assert_eq!(clock.step(start, clock.at(start, step)), Some(step));
            }
        }

        #[test]
        fn nothing_is_too_far_for_the_calendar(start in any::<f64>(), time in any::<f64>(), step in any::<i64>()) {
            for frequency in [Frequency::Fixed(0.5), Frequency::Months(u32::MAX)] {
                let clock = clock(frequency, 31);
                clock.show(clock.at(start, step));
                clock.step(start, time);
            }
        }
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        let dates = |start: &str, day| {
            let clock = clock(Frequency::Months(1), day);
            [1, 2, 13].map(|step| clock.show(clock.at(seconds(start).unwrap(), step)))
        };
        assert_eq!(dates("2023-01-31", 31), ["2023-02-28", "2023-03-31", "2024-02-29"]);
        assert_eq!(dates("2023-02-28", 30), ["2023-03-30", "2023-04-30", "2024-03-30"]);
        assert_eq!(dates("2023-02-28", 28), ["2023-03-28", "2023-04-28", "2024-03-28"]);
    }

    #[test]
    fn a_time_between_steps_has_no_step() {
        let start = seconds("2024-01-01").unwrap();
        assert_eq!(clock(Frequency::Months(1), 1).step(start, start + 40.0 * DAY), None);
        assert_eq!(clock(Frequency::Months(3), 1).step(start, start + 31.0 * DAY), None);
        assert_eq!(clock(Frequency::Fixed(DAY), 1).step(start, start + 0.5 * DAY), None);
    }

    #[test]
    fn numbers_are_shown_without_what_sums_lose() {
        let clock = Clock { dates: false, ..clock(Frequency::Fixed(0.1), 1) };
        assert_eq!((clock.show(clock.at(0.0, 3)), clock.every()), ("0.3".to_owned(), "0.1".to_owned()));
    }
}
