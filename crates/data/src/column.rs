//! One column of a table: name, unit and cells.

use std::sync::Arc;

use crate::Text;
use crate::origin::Origin;

/// A named column; its header `logS [mol/L]` or `logS (mol/L)` gives the name `logS` and the unit `mol/L`.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name without the unit.
    pub name: String,
    /// Unit: what stands in brackets at the end of the header.
    pub unit: Option<String>,
    /// The cells.
    pub values: Values,
    pub(crate) origin: Arc<Origin>,
}

/// The cells of a column. Numbers come only from files that know types; CSV gives text.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; NaN is a missing one.
    Number(Vec<f64>),
    /// Text, and numbers that have not been read as numbers yet.
    Text(Text),
}

impl Column {
    /// A column with the name and unit of `header`.
    ///
    /// ```
    /// use data::{Column, Values};
    /// let column = Column::new("rate (mol/(L s))", Values::Number(vec![0.5]));
    /// assert_eq!((column.name.as_str(), column.unit.as_deref()), ("rate", Some("mol/(L s)")));
    /// ```
    pub fn new(header: &str, values: Values) -> Self {
        let (name, unit) = name_and_unit(header);
        Column {
            name: name.to_owned(),
            unit: unit.map(str::to_owned),
            values,
            origin: Arc::new(Origin::new("table in memory")),
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match &self.values {
            Values::Number(numbers) => numbers.len(),
            Values::Text(text) => text.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Name and unit as in `logS [mol/L]`.
    pub fn header(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} [{unit}]", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether a row has a value.
    pub fn is_known(&self, row: usize) -> bool {
        match &self.values {
            Values::Number(numbers) => !numbers[row].is_nan(),
            Values::Text(text) => text.get(row).is_some(),
        }
    }

    /// Number of cells that are missing.
    pub fn n_missing(&self) -> usize {
        match &self.values {
            Values::Number(numbers) => numbers.iter().filter(|x| x.is_nan()).count(),
            Values::Text(text) => text.iter().filter(Option::is_none).count(),
        }
    }

    /// The cells as text; whole numbers are written without a point.
    pub fn as_text(&self) -> Vec<Option<String>> {
        match &self.values {
            Values::Number(numbers) => numbers.iter().map(|x| (!x.is_nan()).then(|| x.to_string())).collect(),
            Values::Text(text) => text.iter().map(|cell| cell.map(str::to_owned)).collect(),
        }
    }

    /// Where a cell stands, for messages: `row 3 (line 4)`.
    pub fn place(&self, row: usize) -> String {
        self.origin.place(row)
    }
}

/// Cuts a header into name and unit, at the bracket that the last letter closes.
pub(crate) fn name_and_unit(header: &str) -> (&str, Option<&str>) {
    let header = header.trim();
    let (open, close) = match header.chars().next_back() {
        Some(']') => ('[', ']'),
        Some(')') => ('(', ')'),
        _ => return (header, None),
    };
    let mut depth = 0;
    for (at, letter) in header.char_indices().rev() {
        depth += i32::from(letter == close) - i32::from(letter == open);
        if depth == 0 {
            let (name, unit) = (header[..at].trim_end(), header[at + 1..header.len() - 1].trim());
            // `f(x)` is a name; a unit in round brackets stands apart.
            let apart = open == '[' || name.len() < at;
            return if name.is_empty() || unit.is_empty() || !apart { (header, None) } else { (name, Some(unit)) };
        }
    }
    (header, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_cut_at_the_bracket_that_its_end_closes() {
        assert_eq!(name_and_unit(" logS [mol/L] "), ("logS", Some("mol/L")));
        assert_eq!(name_and_unit("logS[mol/L]"), ("logS", Some("mol/L")));
        assert_eq!(name_and_unit("k (mol/(L s))"), ("k", Some("mol/(L s)")));
        assert_eq!(name_and_unit("f(x)"), ("f(x)", None));
        assert_eq!(name_and_unit("[K]"), ("[K]", None));
        assert_eq!(name_and_unit("a)"), ("a)", None));
    }

    #[test]
    fn whole_numbers_become_text_without_a_point() {
        let column = Column::new("id", Values::Number(vec![7.0, f64::NAN, 0.5]));
        assert_eq!(column.as_text(), [Some("7".to_owned()), None, Some("0.5".to_owned())]);
        assert_eq!(column.n_missing(), 1);
    }
}
