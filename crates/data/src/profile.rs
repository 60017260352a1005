//! Column profiles: kind, numbers, levels, and warnings.

mod codes;
mod determine;
mod duplicates;
mod histogram;
mod levels;
mod numbers;
mod shown;

use serde::Serialize;

pub use determine::determines;
pub use duplicates::equal_rows;
pub use histogram::Histogram;
pub use levels::{Level, Levels};
pub use numbers::Numbers;
pub use shown::SHOWN;
use shown::text;

use crate::time::seconds;
use crate::{Column, Values, constant, looks_like_identifier};

/// Profile of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColumnProfile {
    /// Name without the unit.
    pub name: String,
    /// The unit of its header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Kind of its cells.
    pub kind: Kind,
    /// Cells that are there.
    pub present: usize,
    /// Cells that are missing.
    pub missing: usize,
    /// No two cells differ.
    pub constant: bool,
    /// Figures of its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
    /// Its different values; for all kinds but numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<Levels>,
    /// How many cells of a column of numbers are none.
    pub n_not_numbers: usize,
    /// The first five of them.
    pub not_numbers: Vec<Cell>,
}

/// Kind of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At least 95 % of the cells are finite numbers.
    Number,
    /// Text that repeats.
    Category,
    /// Text that hardly repeats.
    Text,
    /// The column names its rows.
    Identifier,
    /// Molecules; whoever can read them says so.
    Molecule,
    /// Dates or times.
    Time,
    /// Nothing.
    Empty,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Category => "category",
            Kind::Text => "text",
            Kind::Identifier => "identifier",
            Kind::Molecule => "molecule",
            Kind::Time => "time",
            Kind::Empty => "empty",
        }
    }
}

/// A cell, named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Its row, counted from 1 without the header.
    pub row: usize,
    /// The beginning of what stands there.
    pub text: String,
}

/// Profiles a column.
///
/// ```
/// use data::{Column, Values, profile};
/// let column = Column::new("T [K]", Values::Text(["300", "310", "", "305"].into_iter().collect()));
/// let profile = profile::of_column(&column);
/// assert_eq!((profile.kind, profile.missing), (profile::Kind::Number, 1));
/// assert_eq!(profile.numbers.unwrap().median, 305.0);
/// ```
pub fn of_column(column: &Column) -> ColumnProfile {
    let missing = column.n_missing();
    let (numbers, rest) = column.numbers_and_rest().unzip();
    let rest: Vec<usize> = rest.unwrap_or_default();
    let levels = (numbers.is_none() && missing < column.len()).then(|| Levels::of(column));
    let kind = match &levels {
        _ if missing == column.len() => Kind::Empty,
        _ if is_time(column) => Kind::Time,
        _ if looks_like_identifier(column) => Kind::Identifier,
        None => Kind::Number,
        Some(levels) if levels.distinct > MOST_LEVELS && 2 * levels.distinct > column.len() - missing => Kind::Text,
        Some(_) => Kind::Category,
    };
    let cell = |&row: &usize| Cell { row: row + 1, text: text(column, row) };
    ColumnProfile {
        name: column.name.clone(),
        unit: column.unit.clone(),
        kind,
        present: column.len() - missing,
        missing,
        constant: missing < column.len() && constant(column),
        numbers: numbers.and_then(|numbers| Numbers::of(&numbers)),
        levels,
        n_not_numbers: rest.len(),
        not_numbers: rest.iter().take(SHOWN).map(cell).collect(),
    }
}

/// So many different texts are still classes, as in a target.
const MOST_LEVELS: usize = 50;

/// Whether every cell that is there is a date or a time; numbers are not.
fn is_time(column: &Column) -> bool {
    let Values::Text(text) = &column.values else { return false };
    text.iter().flatten().all(|cell| cell.len() >= SHORTEST_DATE && seconds(cell).is_some())
}

/// `20240517`
const SHORTEST_DATE: usize = 8;

impl ColumnProfile {
    /// Name and unit as in `logS [mol/L]`.
    pub fn header(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} [{unit}]", self.name),
            None => self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(cells: &[&str]) -> Kind {
        of_column(&Column::new("x", Values::Text(cells.iter().collect()))).kind
    }

    #[test]
    fn kinds_are_told_by_the_cells() {
        assert_eq!(kind(&["1.5", "2", "1.5"]), Kind::Number);
        assert_eq!(kind(&["a", "b", "a"]), Kind::Category);
        assert_eq!(kind(&["a", "b", "c"]), Kind::Identifier);
        assert_eq!(kind(&["", "NA"]), Kind::Empty);
        assert_eq!(kind(&["2024-05-17", "", "2024-05-17T08:30:00"]), Kind::Time);
        // Whole numbers that could be dates are numbers.
        assert_eq!(kind(&["20240517", "20240518.5"]), Kind::Number);
    }

    #[test]
    fn a_text_in_a_column_of_numbers_is_named() {
        let mut cells = vec!["1.5"; 40];
        cells[3] = "<0.5";
        let profile = of_column(&Column::new("x", Values::Text(cells.iter().collect())));
        assert_eq!(profile.not_numbers, [Cell { row: 4, text: "<0.5".into() }]);
        assert_eq!((profile.kind, profile.n_not_numbers), (Kind::Number, 1));
    }

    #[test]
    fn many_texts_that_hardly_repeat_are_no_category() {
        let cells: Vec<String> = (0..120).map(|i| format!("sample {}", i.min(100))).collect();
        assert_eq!(kind(&cells.iter().map(String::as_str).collect::<Vec<_>>()), Kind::Text);
    }
}
