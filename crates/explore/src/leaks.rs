//! Columns that leak the target.

use data::profile::determines;
use data::{Column, Table, Values, affine, identical, looks_like_identifier};
use rayon::prelude::*;
use serde::Serialize;

/// A column from which the target can be read.
#[derive(Clone, Debug, Serialize)]
pub struct Leak {
    /// The column.
    pub column: String,
    /// The kind of leak.
    #[serde(flatten)]
    pub kind: LeakKind,
}

/// Kinds of leaks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LeakKind {
    /// It has the same values.
    Identical,
    /// The target is `slope` times the column plus `intercept`.
    Affine {
        /// The slope.
        slope: f64,
        /// The intercept.
        intercept: f64,
    },
    /// Each of its values comes with one value of the target.
    Determines {
        /// Different values.
        levels: usize,
    },
}

/// Columns of so many different whole numbers are treated as text.
const MOST_CODES: usize = 50;

pub(crate) fn find(table: &Table, target: usize, smiles: Option<usize>) -> Vec<Leak> {
    let others: Vec<&Column> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != target && Some(*at) != smiles)
        .map(|(_, column)| column)
        .collect();
    let target = &table.columns[target];
    let leak = |column: &&Column| {
        let kind = if identical(column, target) {
            LeakKind::Identical
        } else if let Some((slope, intercept)) = affine(column, target) {
            LeakKind::Affine { slope, intercept }
        } else if is_category(column) {
            LeakKind::Determines { levels: determines(column, target)? }
        } else {
            return None;
        };
        Some(Leak { column: column.header(), kind })
    };
    others.par_iter().filter_map(leak).collect()
}

/// Text that repeats, or few whole numbers: a measurement that happens to fix the target is what models are for.
fn is_category(column: &Column) -> bool {
    match &column.values {
        Values::Text(_) => !looks_like_identifier(column),
        Values::Number(numbers) => {
            let mut seen = Vec::new();
            numbers.iter().filter(|x| !x.is_nan()).all(|x| {
                if !seen.contains(x) {
                    seen.push(*x);
                }
                x.fract() == 0.0 && seen.len() <= MOST_CODES
            })
        }
    }
}
