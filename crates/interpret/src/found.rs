//! What is found out about a model.

use serde::Serialize;

use crate::dependence::Dependence;
use crate::permutation::Importance;
use crate::single::Explained;

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interpretation {
    /// The kind of model.
    pub model: String,
    /// What is explained: a target, or the probability of a class.
    pub output: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// Rows of the table that were used; their numbers here count from zero.
    pub rows: usize,
    /// Where the numbers of rows begin here.
    pub rows_count_from: usize,
    /// What the model looks at; absent where single rows are explained, or the table has no targets.
    pub importance: Option<Importance>,
    /// How predictions move with single features.
    pub dependence: Vec<Dependence>,
    /// What moved single predictions.
    pub explained: Vec<Explained>,
    /// What should be known when reading this.
    pub notes: Vec<String>,
}
