//! A table: columns of one length that can be asked for by name.

use std::collections::HashMap;
use std::sync::Arc;

use crate::column::name_and_unit;
use crate::nearest::{listed, nearest};
use crate::origin::Origin;
use crate::{Column, Error, Result, Values};

/// Named columns with as many rows each.
///
/// ```
/// use data::{Column, Table, Values};
/// let logs = Column::new("logS [mol/L]", Values::Number(vec![-0.77, -3.3]));
/// let table = Table::from_columns("solubility", vec![logs])?;
/// assert_eq!(table.column("logS")?.unit.as_deref(), Some("mol/L"));
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The file as it was given, or the name of a table in memory.
    pub source: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Number of rows, without the header.
    pub n_rows: usize,
    /// What the reader decided or left out, a sentence each, for the user to see.
    pub notes: Vec<String>,
}

impl Table {
    /// A table from columns in memory; `source` names it in messages.
    ///
    /// # Errors
    /// Columns of different lengths, and two columns with the same name and unit.
    pub fn from_columns(source: &str, columns: Vec<Column>) -> Result<Self> {
        Table::assemble(Origin::new(source), columns, Vec::new())
    }

    /// Some of the rows, in that order; messages still name their place in the file.
    ///
    /// # Panics
    /// If the table has no such row.
    pub fn select(&self, rows: &[usize]) -> Self {
        let pick = |column: &Column| {
            let values = match &column.values {
                Values::Number(numbers) => Values::Number(rows.iter().map(|&row| numbers[row]).collect()),
                Values::Text(text) => Values::Text(rows.iter().map(|&row| text.get(row).unwrap_or_default()).collect()),
            };
            Column { values, origin: Arc::new(column.origin.select(rows)), ..column.clone() }
        };
        let columns = self.columns.iter().map(pick).collect();
        Table { columns, n_rows: rows.len(), ..self.clone() }
    }

    /// The column called `name`: its bare name, or name and unit where that is needed to tell two apart.
    ///
    /// # Errors
    /// No such column (with the nearest names), or several.
    pub fn column(&self, name: &str) -> Result<&Column> {
        self.position(name).map(|at| &self.columns[at])
    }

    /// The place of the column called `name`, counted from 0 at the left.
    ///
    /// # Errors
    /// As [`Table::column`].
    pub fn position(&self, name: &str) -> Result<usize> {
        let (bare, unit) = name_and_unit(name);
        let full = self.columns.iter().position(|column| column.name == bare && column.unit.as_deref() == unit);
        if let Some(at) = full {
            return Ok(at);
        }
        let name = name.trim();
        let same: Vec<usize> = (0..self.columns.len()).filter(|&at| self.columns[at].name == name).collect();
        match same[..] {
            [at] => Ok(at),
            [] => Err(self.unknown(name)),
            _ => {
                let headers: Vec<String> = same.iter().map(|&at| self.columns[at].header()).collect();
                let columns = listed(headers.iter().map(String::as_str));
                Err(Error::AmbiguousColumn { file: self.source.clone(), name: name.to_owned(), columns })
            }
        }
    }

    /// Checks lengths and names, and tells every column where it comes from.
    pub(crate) fn assemble(origin: Origin, mut columns: Vec<Column>, notes: Vec<String>) -> Result<Self> {
        let source = origin.file.clone();
        let n_rows = columns.first().map_or(0, Column::len);
        if let Some(column) = columns.iter().find(|column| column.len() != n_rows) {
            let name = column.header();
            return Err(Error::Lengths { file: source, name, found: column.len(), expected: n_rows });
        }
        let mut seen = HashMap::new();
        for (second, column) in columns.iter().enumerate() {
            if let Some(first) = seen.insert((&column.name, &column.unit), second) {
                let (first, second) = (first + 1, second + 1);
                return Err(Error::SameName { file: source, name: column.header(), first, second });
            }
        }
        let origin = Arc::new(origin);
        columns.iter_mut().for_each(|column| column.origin = Arc::clone(&origin));
        Ok(Table { source, columns, n_rows, notes })
    }

    fn unknown(&self, name: &str) -> Error {
        let headers: Vec<String> = self.columns.iter().map(Column::header).collect();
        let columns = if headers.is_empty() {
            "the table has no columns".to_owned()
        } else {
            format!("the columns are {}", listed(headers.iter().map(String::as_str)))
        };
        let near = nearest(name, self.columns.iter().map(|column| column.name.as_str()));
        let hint = if near.is_empty() {
            "use one of these names".to_owned()
        } else {
            format!("did you mean {}?", listed(near.into_iter()))
        };
        Error::UnknownColumn { file: self.source.clone(), name: name.to_owned(), columns, hint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headers: &[&str]) -> Result<Table> {
        let columns = headers.iter().map(|header| Column::new(header, Values::Number(vec![1.0]))).collect();
        Table::from_columns("a.csv", columns)
    }

    #[test]
    fn a_column_answers_to_its_bare_and_to_its_full_name() -> Result<()> {
        let table = table(&["smiles", "logS [mol/L]"])?;
        for name in ["logS", "logS [mol/L]", "logS (mol/L)"] {
            assert_eq!(table.position(name), Ok(1));
        }
        Ok(())
    }

    #[test]
    fn two_units_make_the_bare_name_ambiguous() -> Result<()> {
        let message = table(&["T [K]", "T [C]"])?.column("T").unwrap_err().to_string();
        assert_eq!(message, "`T` can mean `T [K]`, `T [C]`\n  --> a.csv\nhint: write the name with its unit");
        Ok(())
    }

    #[test]
    fn an_unknown_column_is_answered_with_the_nearest() -> Result<()> {
        let message = table(&["smiles", "logS [mol/L]"])?.column("logs").unwrap_err().to_string();
        assert_eq!(
            message,
            "there is no column `logs`; the columns are `smiles`, `logS [mol/L]`\n  --> a.csv\n\
             hint: did you mean `logS`?"
        );
        Ok(())
    }

    #[test]
    fn names_and_lengths_are_checked() {
        let message = table(&["a", "b", "a"]).unwrap_err().to_string();
        assert!(message.starts_with("columns 1 and 3 are both named `a`"), "{message}");
        let columns = [1, 2].map(|n| Column::new(&n.to_string(), Values::Number(vec![0.0; n])));
        let message = Table::from_columns("t", columns.to_vec()).unwrap_err().to_string();
        assert!(message.starts_with("column `2` has 2 rows, expected 1"), "{message}");
    }
}
