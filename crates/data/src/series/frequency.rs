//! How far apart the steps of a series are, and its short form such as `15min`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::civil::DAY;
use crate::{Error, Result};

/// How far apart the steps of a series are.
///
/// ```
/// use data::series::Frequency;
/// assert_eq!("15min".parse::<Frequency>()?, Frequency::Fixed(900.0));
/// assert_eq!("q".parse::<Frequency>()?.to_string(), "1q");
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Frequency {
    /// Seconds for dates, else the unit of the time column.
    Fixed(f64),
    /// Calendar months: 12 is yearly, 3 quarterly.
    Months(u32),
}

impl Frequency {
    /// The natural length of a season in steps: a day for steps below a day, a week for days, a year for weeks and
    /// months; 1 where it is not a whole number of steps, and for numeric times.
    ///
    /// ```
    /// use data::series::Frequency;
    /// let season = |text: &str| text.parse::<Frequency>().map(|step| step.season(true));
    /// assert_eq!([season("15min")?, season("1h")?, season("1d")?, season("1mo")?], [96, 24, 7, 12]);
    /// # Ok::<(), data::Error>(())
    /// ```
    pub fn season(self, dates: bool) -> usize {
        let whole = |span: f64, step: f64| if span % step == 0.0 { (span / step) as usize } else { 1 };
        match self {
            Frequency::Fixed(_) if !dates => 1,
            Frequency::Fixed(step) if (1.0..DAY).contains(&step) => whole(DAY, step),
            Frequency::Fixed(step) if step == DAY => 7,
            Frequency::Fixed(step) if step % WEEK == 0.0 => whole(52.0, step / WEEK),
            Frequency::Fixed(_) => 1,
            Frequency::Months(step) => whole(12.0, f64::from(step)),
        }
    }
}

/// Seconds of a week.
pub const WEEK: f64 = 7.0 * DAY;

/// Units from the largest to the smallest.
const SECONDS: [(f64, &str); 5] = [(WEEK, "w"), (DAY, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s")];
const MONTHS: [(u32, &str); 3] = [(12, "y"), (3, "q"), (1, "mo")];

impl fmt::Display for Frequency {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Frequency::Fixed(step) => {
                let (unit, name) = SECONDS.into_iter().find(|(unit, _)| step % unit == 0.0).unwrap_or((1.0, "s"));
                write!(out, "{}{name}", step / unit)
            }
            Frequency::Months(step) => {
                let (unit, name) = MONTHS.into_iter().find(|(unit, _)| step % unit == 0).unwrap_or((1, "mo"));
                write!(out, "{}{name}", step / unit)
            }
        }
    }
}

impl FromStr for Frequency {
    type Err = Error;

    /// Reads `15min`, `h`, `1d`, `2w`, `mo`, `q`, `y`, the names of pandas that have one meaning only, and plain
    /// numbers for numeric times.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let unit = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
        let (count, unit) = (text[..unit].trim(), text[unit..].trim());
        let unknown = |hint| Error::UnknownFrequency { found: text.to_owned(), hint };
        let count: f64 = match count {
            "" if !unit.is_empty() => 1.0,
            count => count.parse().map_err(|_| unknown(EXAMPLES))?,
        };
        let frequency = match unit {
            "" => Frequency::Fixed(count),
            "s" | "S" | "sec" => Frequency::Fixed(count),
            "min" | "T" => Frequency::Fixed(count * 60.0),
            "h" | "H" => Frequency::Fixed(count * 3600.0),
            "d" | "D" => Frequency::Fixed(count * DAY),
            "w" | "W" => Frequency::Fixed(count * WEEK),
            "mo" | "M" | "MS" | "ME" => months(count).ok_or_else(|| unknown(WHOLE_MONTHS))?,
            "q" | "Q" | "QS" | "QE" => months(count * 3.0).ok_or_else(|| unknown(WHOLE_MONTHS))?,
            "y" | "Y" | "A" | "YS" | "YE" | "AS" => months(count * 12.0).ok_or_else(|| unknown(WHOLE_MONTHS))?,
            "m" => return Err(unknown("write `min` for minutes or `mo` for months")),
            _ => return Err(unknown(EXAMPLES)),
        };
        match frequency {
            Frequency::Fixed(step) if !(step > 0.0 && step.is_finite()) => Err(unknown("steps are longer than 0")),
            frequency => Ok(frequency),
        }
    }
}

const EXAMPLES: &str = "for example `1s`, `15min`, `1h`, `1d`, `1w`, `1mo`, `1q` or `1y`; for times that are numbers \
                        a number such as `0.5`";
const WHOLE_MONTHS: &str = "months, quarters and years are steps of at least one whole month";

fn months(count: f64) -> Option<Frequency> {
    const MOST: f64 = 1_200_000.0;
    (count.fract() == 0.0 && (1.0..=MOST).contains(&count)).then_some(Frequency::Months(count as u32))
}

/// Whether a text is a number without a unit.
pub fn is_plain(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_comes_back_with_its_number() -> Result<()> {
        let pairs = [("h", "1h"), ("0.5", "0.5s"), ("24H", "1d"), ("7d", "1w"), ("90 min", "90min"), ("S", "1s")];
        let months = [("MS", "1mo"), ("M", "1mo"), ("QS", "1q"), ("A", "1y"), ("6mo", "2q"), ("0.5y", "2q")];
        for (text, short) in pairs.into_iter().chain(months) {
            let frequency: Frequency = text.parse()?;
            assert_eq!(frequency.to_string(), short);
            assert_eq!(short.parse(), Ok(frequency));
        }
        Ok(())
    }

    #[test]
    fn a_wrong_text_is_answered_with_examples() {
        let message = |text: &str| text.parse::<Frequency>().unwrap_err().to_string();
        assert_eq!(
            message("1 fortnight"),
            "`1 fortnight` is not a span of time, expected a number and a unit\nhint: for example `1s`, `15min`, `1h`, \
             `1d`, `1w`, `1mo`, `1q` or `1y`; for times that are numbers a number such as `0.5`"
        );
        assert!(message("5m").ends_with("hint: write `min` for minutes or `mo` for months"));
        assert!(message("1.5mo").ends_with("hint: months, quarters and years are steps of at least one whole month"));
        assert!(message("0h").ends_with("hint: steps are longer than 0"));
        assert!(message("").contains("for example"));
        assert!(message("-1h").contains("for example"));
    }

    #[test]
    fn seasons_are_days_weeks_and_years() -> Result<()> {
        let seasons = [("0.5s", 1), ("1s", 86_400), ("7min", 1), ("3h", 8), ("2d", 1), ("1w", 52), ("2w", 26)];
        for (text, season) in seasons.into_iter().chain([("1q", 4), ("1y", 1), ("5mo", 1)]) {
            assert_eq!(text.parse::<Frequency>()?.season(true), season, "{text}");
        }
        assert_eq!(Frequency::Fixed(3600.0).season(false), 1);
        Ok(())
    }
}
