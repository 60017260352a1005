//! The different values of a column.

use serde::Serialize;

use super::codes::codes;
use super::shown::{SHOWN, text};
use crate::Column;

/// How many different values there are, and the most frequent of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Levels {
    /// Different values.
    pub distinct: usize,
    /// Values that stand in one row only.
    pub n_single: usize,
    /// The five most frequent, the most frequent first.
    pub top: Vec<Level>,
}

/// A value and how often it occurs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// The beginning of its text.
    pub value: String,
    /// Rows that hold it.
    pub rows: usize,
}

impl Levels {
    /// Counts the values of a column; missing cells do not count.
    pub fn of(column: &Column) -> Self {
        let mut all = Levels::all(column);
        let (distinct, n_single) = (all.len(), all.iter().filter(|level| level.rows == 1).count());
        all.truncate(SHOWN);
        Levels { distinct, n_single, top: all }
    }

    /// Every value, the most frequent first, equally frequent ones in order of appearance.
    ///
    /// ```
    /// use data::{Column, Values, profile::Levels};
    /// let levels = Levels::all(&Column::new("c", Values::Text(["b", "a", "", "a"].into_iter().collect())));
    /// assert_eq!((levels[0].value.as_str(), levels[0].rows, levels.len()), ("a", 2, 2));
    /// ```
    pub fn all(column: &Column) -> Vec<Level> {
        let (codes, n) = codes(column);
        let mut counts: Vec<(usize, usize)> = vec![(0, 0); n]; // rows, first row
        for (row, code) in codes.into_iter().enumerate() {
            let Some(code) = code else { continue };
            if counts[code].0 == 0 {
                counts[code].1 = row;
            }
            counts[code].0 += 1;
        }
        counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        counts.into_iter().map(|(rows, first)| Level { value: text(column, first), rows }).collect()
    }
}
