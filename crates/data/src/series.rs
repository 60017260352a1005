//! Evenly spaced series from a table with a column of times.
//!
//! A million rows take 0.2 s.
//!
//! | step | item |
//! |---|---|
//! | read a table into series | [`read`] |
//! | say what happens to gaps and uneven times | [`Mending`] |
//! | turn steps into times and back | [`Clock`] |
//! | describe a time by the phase of day, week and year | [`Calendar`] |

mod civil;
mod clock;
mod features;
mod frequency;
mod grid;
mod impute;
mod infer;
mod mend;
mod resample;
mod rows;
mod spaced;
mod style;
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use clock::Clock;
pub use features::Calendar;
pub use frequency::Frequency;
pub use impute::Impute;
pub use spaced::Series;

use crate::{Error, Result, Table};
use rows::Rows;

/// Imputation and resampling: what to do with gaps and uneven times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mending {
    /// Steps between rows, such as `1h`, `1d` or `1mo`, or a number for times that are numbers; by default what the
    /// times say.
    pub frequency: Option<String>,
    /// How missing values and steps are filled; by default they are errors.
    pub impute: Option<Impute>,
    /// Bring rows to steps of this size by their mean, such as `1d`: rows are sorted, and the times become the
    /// beginnings of hours, days, weeks (on Monday), months, quarters or years.
    pub resample: Option<String>,
}

/// Reads evenly spaced series: the rows of each name in the column `id`, in the order of their first rows, or all rows
/// as one series.
///
/// # Errors
/// Unknown columns, cells that are not times or numbers, times that do not increase or are not evenly spaced, and gaps
/// that nothing is said to fill.
///
/// ```
/// use data::{Column, Table, Values, series};
/// let date = Column::new("date", Values::Text(["2024-01-31", "2024-02-29", "2024-04-30"].into_iter().collect()));
/// let co2 = Column::new("co2", Values::Number(vec![422.0, 424.0, 426.0]));
/// let table = Table::from_columns("co2.csv", vec![date, co2])?;
/// let mending = series::Mending { impute: Some(series::Impute::Linear), ..Default::default() };
/// let (clock, series) = series::read(&table, "date", None, &["co2".to_owned()], &mending)?;
/// assert_eq!(series[0].columns, [[422.0, 424.0, 425.0, 426.0]]);
/// assert_eq!(clock.show(clock.at(series[0].start, 4)), "2024-05-31");
/// # Ok::<(), data::Error>(())
/// ```
pub fn read(
    table: &Table,
    time: &str,
    id: Option<&str>,
    columns: &[String],
    mending: &Mending,
) -> Result<(Clock, Vec<Series>)> {
    let rows = Rows::of(table, time, id, columns)?;
    let size = |text: &Option<String>| text.as_deref().map(|text| wanted(text, &rows)).transpose();
    let (frequency, resample) = (size(&mending.frequency)?, size(&mending.resample)?);
    let (clock, placed) = match (resample, frequency) {
        (Some(resample), Some(frequency)) if resample != frequency => {
            let text = |size| clock::every(size, rows.dates);
            return Err(Error::TwoFrequencies { resample: text(resample), frequency: text(frequency) });
        }
        (Some(resample), _) => resample::place(&rows, resample)?,
        (None, frequency) => grid::place(&rows, frequency)?,
    };
    let series = mend::mend(&rows, &clock, placed, mending.impute)?;
    Ok((clock, series))
}

/// The size of steps in `text`, if it is one for such times.
fn wanted(text: &str, rows: &Rows) -> Result<Frequency> {
    let size: Frequency = text.parse()?;
    let (holds, hint) = match (rows.dates, frequency::is_plain(text)) {
        (true, true) => ("dates", "write a unit, such as `1h`, `1d` or `1mo`"),
        (false, false) => ("numbers", "write a plain number in the unit of the column"),
        _ => return Ok(size),
    };
    let (file, column) = (rows.file(), rows.time.header());
    Err(Error::FrequencyKind { file, column, found: text.trim().to_owned(), holds, hint })
}

#[cfg(test)]
mod tests;
