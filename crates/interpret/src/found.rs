//! The result of an explanation.

use serde::Serialize;

use crate::dependence::Dependence;
use crate::permutation::Importance;
use crate::single::Explained;

/// Result of an explanation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interpretation {
    /// The kind of model.
    pub model: String,
    /// The explained output: a target, or the probability of a class.
    pub output: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// Rows of the table that were used; their numbers here count from zero.
    pub rows: usize,
    /// Where the numbers of rows begin here.
    pub rows_count_from: usize,
    /// Feature importance; absent where single rows are explained, or the table has no targets.
    pub importance: Option<Importance>,
    /// Partial dependence on single features.
    pub dependence: Vec<Dependence>,
    /// Explanations of single predictions.
    pub explained: Vec<Explained>,
    /// Warnings.
    pub notes: Vec<String>,
}
