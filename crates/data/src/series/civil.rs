//! Days since 1970 and dates of the Gregorian calendar, without limits of years.
//!
//! The rules are Howard Hinnant's: years begin in March, so that the leap day is the last of a year, and 400 years
//! have 146 097 days.

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;

/// A date; `month` counts from January of year 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Civil {
    pub month: i64,
    /// From 1.
    pub day: i64,
}

impl Civil {
    /// The date of a time in seconds since 1970.
    pub fn of(time: f64) -> Self {
        // Beyond a hundred thousand million years there is nothing to tell.
        let days = ((time / DAY).floor() as i64).clamp(-FARTHEST, FARTHEST) + TO_1970;
        let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let march = (5 * day + 2) / 153; // months since March
        Civil { month: (era * 400 + year) * 12 + march + 2, day: day - (153 * march + 2) / 5 + 1 }
    }

    pub fn year(self) -> i64 {
        self.month.div_euclid(12)
    }

    /// From 0 for January.
    pub fn month_of_year(self) -> i64 {
        self.month.rem_euclid(12)
    }

    /// Seconds since 1970 of midnight.
    pub fn seconds(self) -> f64 {
        let march = self.month - 2;
        let (year, march) = (march.div_euclid(12), march.rem_euclid(12));
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day = (153 * march + 2) / 5 + self.day - 1;
        (era * ERA + year * 365 + year / 4 - year / 100 + day - TO_1970) as f64 * DAY
    }

    /// Number of days of the month.
    pub fn last_day(self) -> i64 {
        let year = self.year();
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        match self.month_of_year() {
            1 if leap => 29,
            1 => 28,
            3 | 5 | 8 | 10 => 30,
            _ => 31,
        }
    }
}

/// Seconds since midnight.
pub fn clock_time(time: f64) -> f64 {
    time.rem_euclid(DAY)
}

const FARTHEST: i64 = 36_525_000_000_000;
/// Days of 400 years.
const ERA: i64 = 146_097;
/// Days from 1 March of year 0 to 1 January 1970.
const TO_1970: i64 = 719_468;

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn dates_agree_with_those_of_jiff(days in -3_000_000i32..2_900_000) {
            let expected = date(1970, 1, 1).checked_add(jiff::ToSpan::days(days)).unwrap();
            let civil = Civil::of(f64::from(days) * DAY + 0.5);
            let found = (civil.year(), civil.month_of_year() + 1, civil.day);
            prop_assert_eq!(found, (expected.year().into(), expected.month().into(), expected.day().into()));
            prop_assert_eq!(civil.last_day(), i64::from(expected.days_in_month()));
            prop_assert_eq!(civil.seconds(), f64::from(days) * DAY);
        }
    }
}
