//! How a column writes its dates.

use serde::{Deserialize, Serialize};

use super::civil::{Civil, DAY, clock_time};

/// What follows the date in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// `T` or a space before the time of day; nothing where there are only dates.
    pub separator: Option<char>,
    /// Whether seconds stand after the minutes.
    pub seconds: bool,
    /// Digits after the decimal point of the seconds.
    pub decimals: usize,
    /// Whether a `Z` ends the cell.
    pub utc: bool,
}

impl Style {
    /// The style of a cell; an offset other than `Z` counts as `Z`.
    pub fn of(cell: &str) -> Self {
        let Some(at) = cell.find(['T', 't', ' ']) else {
            return Style { separator: None, seconds: false, decimals: 0, utc: false };
        };
        let separator = if cell[at..].starts_with(' ') { ' ' } else { 'T' };
        let rest = &cell[at + 1..];
        let clock = rest.split(['Z', 'z', '+', '-', '[']).next().unwrap_or(rest);
        let seconds = clock.matches(':').count() > 1;
        Style { separator: Some(separator), seconds, decimals: 0, utc: clock.len() < rest.len() }
    }

    /// The style with what `step` seconds need to be told apart.
    pub fn fine_enough(mut self, step: f64) -> Self {
        if step % DAY != 0.0 {
            self.separator = self.separator.or(Some(' '));
        }
        self.seconds |= self.separator.is_some() && step % 60.0 != 0.0;
        if step % 1.0 != 0.0 {
            self.decimals = if (step * 1e3).fract() == 0.0 { 3 } else { 6 };
        }
        self
    }

    /// A time in seconds since 1970.
    pub fn show(self, time: f64) -> String {
        // Half of the last digit where there are decimals; else what a sum of steps may lose.
        let time = time + if self.decimals > 0 { 0.5 * 0.1_f64.powi(self.decimals as i32) } else { 1e-6 };
        let (date, clock) = (Civil::of(time), clock_time(time));
        let (year, month, day) = (date.year(), date.month_of_year() + 1, date.day);
        let mut shown = match year {
            0..=9999 => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year:+07}-{month:02}-{day:02}"),
        };
        let Some(separator) = self.separator else { return shown };
        let second = clock as u64;
        shown += &format!("{separator}{:02}:{:02}", second / 3600, second / 60 % 60);
        if self.seconds {
            shown += &format!(":{:02}", second % 60);
        }
        if self.decimals > 0 {
            let scale = 10_f64.powi(self.decimals as i32);
            shown += &format!(".{:0width$}", (clock.fract() * scale) as u64, width = self.decimals);
        }
        if self.utc {
            shown.push('Z');
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::seconds;

    #[test]
    fn a_time_is_shown_as_its_cell_wrote_it() {
        for cell in ["1969-12-31", "2024-02-29T08:30", "2024-02-29 08:30:59", "2024-02-29T08:30:00Z"] {
            assert_eq!(Style::of(cell).show(seconds(cell).unwrap()), cell);
        }
    }

    #[test]
    fn an_offset_becomes_utc_and_a_fraction_is_dropped() {
        let show = |cell: &str| Style::of(cell).show(seconds(cell).unwrap());
        assert_eq!(show("2024-02-29 00:30+02:00"), "2024-02-28 22:30Z");
        assert_eq!(show("2024-02-29T00:30:00.75"), "2024-02-29T00:30:00");
    }

    #[test]
    fn steps_that_the_style_would_hide_are_shown() {
        let show = |cell: &str, step: f64| Style::of(cell).fine_enough(step).show(seconds(cell).unwrap() + step);
        assert_eq!(show("2024-02-28", DAY), "2024-02-29");
        assert_eq!(show("2024-02-28", 3600.0), "2024-02-28 01:00");
        assert_eq!(show("2024-02-28T00:00", 1.0), "2024-02-28T00:00:01");
        assert_eq!(show("2024-02-28", 0.1), "2024-02-28 00:00:00.100");
    }
}
