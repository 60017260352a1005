//! Times as numbers, for a split by time.

use jiff::Timestamp;
use jiff::civil::{DateTime, date};

use crate::infer::parse_number;
use crate::{Column, Error, Numeric, Result, Values};

impl Column {
    /// The cells as times: numbers as they are, ISO 8601 dates and datetimes as seconds since 1970.
    ///
    /// A datetime without an offset is taken as UTC. Numbers and dates are not mixed.
    ///
    /// # Errors
    /// Missing cells and cells that are not times, with the first five.
    ///
    /// ```
    /// use data::{Column, Values};
    /// let column = Column::new("measured", Values::Text(["1970-01-02", "1970-01-01T00:00:01Z"].into_iter().collect()));
    /// assert_eq!(column.times()?, [86_400.0, 1.0]);
    /// # Ok::<(), data::Error>(())
    /// ```
    pub fn times(&self) -> Result<Vec<f64>> {
        self.times_and_kind().map(|(times, _)| times)
    }

    /// The cells as [`Column::times`], and whether they are dates.
    pub(crate) fn times_and_kind(&self) -> Result<(Vec<f64>, bool)> {
        let numeric = matches!(self.numbers(), Numeric::Numbers(_) | Numeric::Spoiled(_));
        let parse = |cell: &str| if numeric { parse_number(cell) } else { seconds(cell) };
        let times: Vec<Option<f64>> = match &self.values {
            Values::Number(numbers) => numbers.iter().map(|&x| x.is_finite().then_some(x)).collect(),
            Values::Text(text) => text.iter().map(|cell| cell.and_then(parse)).collect(),
        };
        let bad: Vec<usize> = (0..times.len()).filter(|&row| times[row].is_none()).collect();
        if bad.is_empty() {
            return Ok((times.into_iter().flatten().collect(), !numeric));
        }
        let (count, total, cells) = (bad.len(), times.len(), self.cells(&bad));
        Err(Error::NotTimes { file: self.origin.file.clone(), column: self.header(), count, total, cells })
    }
}

/// Seconds since 1970 of an ISO 8601 date or datetime.
pub(crate) fn seconds(cell: &str) -> Option<f64> {
    // Only what stands after the date can be an offset; a vain attempt costs more than the reading itself.
    let offset = cell.bytes().skip(DATE).any(|letter| b"Zz+-".contains(&letter));
    if let Some(instant) = offset.then(|| cell.parse::<Timestamp>().ok()).flatten() {
        return Some(instant.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64());
    }
    let civil: DateTime = cell.parse().ok()?;
    Some(civil.duration_since(date(1970, 1, 1).at(0, 0, 0, 0)).as_secs_f64())
}

/// Letters of a date such as `2024-05-17`.
const DATE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn times(cells: &[&str]) -> Result<Vec<f64>> {
        Column::new("t", Values::Text(cells.iter().collect())).times()
    }

    #[test]
    fn an_offset_is_taken_into_account() {
        assert_eq!(times(&["1970-01-01 02:00:00+02:00", "1970-01-01T00:00:00.5"]), Ok(vec![0.0, 0.5]));
    }

    #[test]
    fn numbers_are_times_as_they_are() {
        assert_eq!(times(&["2021", "2020"]), Ok(vec![2021.0, 2020.0]));
    }

    #[test]
    fn missing_and_foreign_dates_are_named() {
        let message = times(&["2024-01-31", "31.01.2024", ""]).unwrap_err().to_string();
        assert_eq!(
            message,
            "column `t`: 2 of 3 cells are not times: `31.01.2024` in row 2, `nothing` in row 3\n  \
             --> table in memory\nhint: use numbers, or dates such as 2024-05-17 or 2024-05-17T08:30:00"
        );
    }
}
