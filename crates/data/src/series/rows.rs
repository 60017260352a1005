//! The columns of a table that series are made of, and which rows go together.

use std::collections::HashMap;

use super::words::subject;
use crate::{Column, Error, Result, Table, Text, Values};

/// Times and values of all rows, and the rows of each series.
pub struct Rows<'a> {
    pub time: &'a Column,
    /// Seconds since 1970 for dates.
    pub times: Vec<f64>,
    pub dates: bool,
    pub columns: Vec<&'a Column>,
    /// The cells of `columns`; NaN is a missing one.
    pub numbers: Vec<Vec<f64>>,
    pub groups: Vec<Group>,
}

/// The rows of one series, as they stand in the table.
pub struct Group {
    pub id: Option<String>,
    pub rows: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub fn of(table: &'a Table, time: &str, id: Option<&str>, columns: &[String]) -> Result<Self> {
        let time = table.column(time)?;
        let columns: Vec<&Column> = columns.iter().map(|name| table.column(name)).collect::<Result<_>>()?;
        let groups = match id {
            Some(id) => groups(table.column(id)?)?,
            None => vec![Group { id: None, rows: (0..table.n_rows).collect() }],
        };
        let (times, dates) = time.times_and_kind()?;
        if !dates && !times.is_empty() && times.iter().all(|&time| is_compact(time)) {
            let (file, column) = (time.origin.file.clone(), time.header());
            return Err(Error::CompactDates { file, column, found: times[0].to_string() });
        }
        let cells = |column: &&Column| {
            let numbers = column.as_numbers()?;
            Ok(numbers.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect())
        };
        let numbers = columns.iter().map(cells).collect::<Result<_>>()?;
        let rows = Rows { time, times, dates, columns, numbers, groups };
        rows.check_values()?;
        Ok(rows)
    }

    /// The file, for messages.
    pub fn file(&self) -> String {
        self.time.origin.file.clone()
    }

    /// The time of a row as it was written and where it stands, for messages.
    pub fn cell(&self, row: usize) -> String {
        self.time.cells(&[row])
    }

    /// Refuses series with fewer than two rows, and columns that have no value in one.
    fn check_values(&self) -> Result<()> {
        for group in &self.groups {
            let (n, series) = (group.rows.len(), subject(group.id.as_deref()));
            if n < 2 {
                let found = if n == 1 { "1 row".to_owned() } else { format!("{n} rows") };
                let hint = "leave it out, or check the column that tells series apart";
                return Err(Error::ShortSeries { file: self.file(), series, found, hint });
            }
            let empty = |numbers: &Vec<f64>| group.rows.iter().all(|&row| numbers[row].is_nan());
            if let Some(at) = self.numbers.iter().position(empty) {
                let column = self.columns[at].header();
                return Err(Error::NoValues { file: self.file(), column, series, rows: n });
            }
        }
        Ok(())
    }
}

/// Whether a number can be a date such as 20240229.
fn is_compact(time: f64) -> bool {
    let number = time as i64;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    time.fract() == 0.0 && (1800..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// The rows of each name, in the order of their first rows.
fn groups(column: &Column) -> Result<Vec<Group>> {
    let owned: Text;
    let names = match &column.values {
        Values::Text(text) => text,
        Values::Number(_) => {
            owned = column.as_text().into_iter().map(Option::unwrap_or_default).collect();
            &owned
        }
    };
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (row, name) in names.iter().enumerate() {
        let Some(name) = name else {
            let (file, count) = (column.origin.file.clone(), column.n_missing());
            return Err(Error::NoSeriesName { file, column: column.header(), place: column.place(row), count });
        };
        let place = *places.entry(name).or_insert_with(|| {
            groups.push(Group { id: Some(name.to_owned()), rows: Vec::new() });
            groups.len() - 1
        });
        groups[place].rows.push(row);
    }
    Ok(groups)
}
