//! Encoding of a column.

use data::{Column, Numeric, Table, Values};
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};

/// Encoding of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Encoding {
    /// Numeric: as it is; missing values are imputed by the mean of the training rows.
    Number {
        /// The column.
        column: String,
        /// Mean over the training rows.
        mean: f64,
    },
    /// One-hot: a number for each value seen in training, one where it occurs, otherwise zero.
    Category {
        /// The column.
        column: String,
        /// Values seen in training.
        levels: Vec<String>,
    },
}

impl Encoding {
    /// Learns mean or levels from the training rows; `notes` hears what was decided.
    pub(crate) fn fit(table: &Table, name: &str, train: &[usize], notes: &mut Vec<String>) -> Result<Self> {
        let column = table.column(name)?;
        let missing = column.n_missing();
        let kind = match column.numbers() {
            Numeric::Numbers(numbers) => {
                let known: Vec<f64> = train.iter().filter_map(|&row| numbers[row]).collect();
                let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
                if missing > 0 {
                    notes.push(format!(
                        "column `{}` lacks {missing} values: they are imputed by the mean of the training rows",
                        column.name
                    ));
                }
                Encoding::Number { column: shortest_name(table, column), mean }
            }
            Numeric::Spoiled(error) => return Err(error.into()),
            Numeric::Category | Numeric::Empty => {
                let cells = column.as_text();
                let mut levels: Vec<String> = train.iter().filter_map(|&row| cells[row].clone()).collect();
                levels.sort_unstable();
                levels.dedup();
                if levels.len() > 50 {
                    notes.push(format!(
                        "column `{}` holds {} different texts: each becomes a feature of its own (one-hot)",
                        column.name,
                        levels.len()
                    ));
                }
                if missing > 0 {
                    notes.push(format!(
                        "column `{}` lacks {missing} values: they count as none of its categories",
                        column.name
                    ));
                }
                Encoding::Category { column: shortest_name(table, column), levels }
            }
        };
        Ok(kind)
    }

    /// The column.
    pub(crate) fn column(&self) -> &str {
        match self {
            Encoding::Number { column, .. } | Encoding::Category { column, .. } => column,
        }
    }

    /// Width and numbers of some rows.
    pub(crate) fn encode(&self, table: &Table, rows: &[usize]) -> Result<(usize, Vec<f32>)> {
        match self {
            Encoding::Number { column, mean } => {
                let column = table.column(column)?;
                let known: Vec<f64> = match &column.values {
                    Values::Number(numbers) => rows.iter().map(|&row| numbers[row]).collect(),
                    Values::Text(_) => {
                        let numbers = column.as_numbers()?;
                        rows.iter().map(|&row| numbers[row].unwrap_or(f64::NAN)).collect()
                    }
                };
                let number = |(&x, &row): (&f64, &usize)| match if x.is_nan() { *mean } else { x } as f32 {
                    x if x.is_finite() => Ok(x),
                    _ => Err(Error::TooLarge { column: column.header(), place: column.place(row), value: x }),
                };
                Ok((1, known.iter().zip(rows).map(number).collect::<Result<_>>()?))
            }
            Encoding::Category { column, levels } => {
                let cells = table.column(column)?.as_text();
                let mut numbers = vec![0.0; rows.len() * levels.len()];
                for (numbers, &row) in numbers.chunks_exact_mut(levels.len().max(1)).zip(rows) {
                    if let Some(at) = cells[row].as_ref().and_then(|cell| levels.binary_search(cell).ok()) {
                        numbers[at] = 1.0;
                    }
                }
                Ok((levels.len(), numbers))
            }
        }
    }
}

/// The name of a column without its unit, or name and unit where two columns share the name, as `T [C]` and `T [K]` do.
pub(crate) fn shortest_name(table: &Table, column: &Column) -> String {
    let own = table.column(&column.name).is_ok_and(|found| std::ptr::eq(found, column));
    if own { column.name.clone() } else { column.header() }
}
