//! Where a time stands in the hour, day, week, month and year.

use std::f64::consts::TAU;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::civil::{Civil, DAY, clock_time};
use super::frequency::WEEK;
use super::{Clock, Frequency};

/// A phase of the calendar: how much `p` of the hour, day, week, month or year has passed, as `[sin 2πp, cos 2πp]`, so
/// that the end of one is next to the beginning of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// The fraction of the hour that has passed.
    MinuteOfHour,
    /// The fraction of the day that has passed.
    HourOfDay,
    /// The fraction of the week that has passed since Monday.
    DayOfWeek,
    /// The fraction of the month that has passed.
    DayOfMonth,
    /// The fraction of the year that has passed.
    DayOfYear,
    /// The month of 12, whatever its day.
    MonthOfYear,
}

impl Calendar {
    /// Sine and cosine of the phase of a time in seconds since 1970.
    ///
    /// ```
    /// use data::series::Calendar;
    /// let [sine, cosine] = Calendar::HourOfDay.features(6.0 * 3600.0);
    /// assert!((sine - 1.0).abs() < 1e-12 && cosine.abs() < 1e-12);
    /// ```
    pub fn features(self, time: f64) -> [f64; 2] {
        let (sine, cosine) = (TAU * self.phase(time)).sin_cos();
        [sine, cosine]
    }

    /// Those that change from step to step of a clock and come back.
    pub fn suited(clock: &Clock) -> Vec<Calendar> {
        let step = match clock.frequency {
            Frequency::Months(step) if clock.dates && step % 12 != 0 => return vec![Calendar::MonthOfYear],
            Frequency::Fixed(step) if clock.dates => step,
            _ => return Vec::new(),
        };
        let varies = |calendar: &Calendar| match calendar {
            Calendar::MinuteOfHour => step % 3600.0 != 0.0,
            Calendar::HourOfDay => step % DAY != 0.0,
            Calendar::DayOfWeek => step % WEEK != 0.0,
            Calendar::DayOfYear => step < 365.0 * DAY,
            Calendar::DayOfMonth | Calendar::MonthOfYear => false,
        };
        ALL.into_iter().filter(varies).collect()
    }

    /// From 0 to below 1.
    fn phase(self, time: f64) -> f64 {
        let date = Civil::of(time);
        match self {
            Calendar::MinuteOfHour => time.rem_euclid(3600.0) / 3600.0,
            Calendar::HourOfDay => clock_time(time) / DAY,
            // 1970-01-01 was a Thursday.
            Calendar::DayOfWeek => (time + 3.0 * DAY).rem_euclid(WEEK) / WEEK,
            Calendar::DayOfMonth => ((date.day - 1) as f64 + clock_time(time) / DAY) / date.last_day() as f64,
            Calendar::DayOfYear => {
                let [this, next] = [0, 12].map(|months| Civil { month: date.year() * 12 + months, day: 1 }.seconds());
                (time - this) / (next - this)
            }
            Calendar::MonthOfYear => date.month_of_year() as f64 / 12.0,
        }
    }
}

const ALL: [Calendar; 6] = [
    Calendar::MinuteOfHour,
    Calendar::HourOfDay,
    Calendar::DayOfWeek,
    Calendar::DayOfMonth,
    Calendar::DayOfYear,
    Calendar::MonthOfYear,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::seconds;
    use crate::{Column, Result, Values};

    #[test]
    fn phases_are_the_shares_that_have_passed() {
        let phase = |calendar: Calendar, date: &str| calendar.phase(seconds(date).unwrap());
        assert_eq!(phase(Calendar::MinuteOfHour, "2024-05-17T08:45"), 0.75);
        assert_eq!(phase(Calendar::HourOfDay, "1960-05-17T18:00"), 0.75);
        assert_eq!(phase(Calendar::DayOfWeek, "2024-05-13"), 0.0); // a Monday
        assert_eq!(phase(Calendar::DayOfWeek, "2024-05-16T12:00"), 0.5);
        assert_eq!(phase(Calendar::DayOfMonth, "2023-02-15"), 0.5);
        assert_eq!(phase(Calendar::DayOfYear, "2024-07-02"), 0.5); // 183 of 366 days
        assert_eq!(phase(Calendar::MonthOfYear, "2024-04-30"), 0.25);
    }

    #[test]
    fn what_does_not_vary_is_left_out() -> Result<()> {
        let column = Column::new("t", Values::Text(["2024-01-01"].into_iter().collect()));
        let suited =
            |step: &str| step.parse().map(|step| Calendar::suited(&Clock::new(&column, &[0.0], true, step, 1)));
        use Calendar::{DayOfWeek, DayOfYear, HourOfDay, MinuteOfHour, MonthOfYear};
        assert_eq!(suited("15min")?, [MinuteOfHour, HourOfDay, DayOfWeek, DayOfYear]);
        assert_eq!(suited("1h")?, [HourOfDay, DayOfWeek, DayOfYear]);
        assert_eq!(suited("1d")?, [DayOfWeek, DayOfYear]);
        assert_eq!(suited("1w")?, [DayOfYear]);
        assert_eq!([suited("1mo")?, suited("1q")?], [[MonthOfYear], [MonthOfYear]]);
        assert_eq!(suited("1y")?, []);
        assert_eq!(Calendar::suited(&Clock::new(&column, &[0.0], false, Frequency::Fixed(1.0), 1)), []);
        Ok(())
    }
}
