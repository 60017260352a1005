//! Targets: their distribution, and columns that leak them.

use data::profile::{Histogram, Level, Levels, Numbers};
use data::{Table, Values};
use serde::Serialize;
use spec::task::Task;

use crate::leaks::{self, Leak};

/// A target column.
#[derive(Clone, Debug, Serialize)]
pub struct TargetProfile {
    /// Name and unit.
    pub name: String,
    /// Regression or classification.
    pub task: Task,
    /// Rows that have it.
    pub known: usize,
    /// Rows that lack it.
    pub missing: usize,
    /// Figures of a target that is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
    /// Histogram of its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
    /// Histogram of its decimal logarithms, where all numbers are positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_histogram: Option<Histogram>,
    /// Skewness of the logarithms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_skewness: Option<f64>,
    /// Rows of each class, the largest first.
    pub classes: Vec<Level>,
    /// Columns that leak the target.
    pub leaks: Vec<Leak>,
}

/// As many bins as fit into a line of a terminal beside the ends.
const MOST_BINS: usize = 40;
const FEWEST_BINS: usize = 8;

/// $2 n^{1/3}$ bins show the shape of a distribution, and not its noise (the rule of Rice University).
fn bins(n: usize) -> usize {
    ((2.0 * (n as f64).cbrt()) as usize).clamp(FEWEST_BINS, MOST_BINS)
}

impl TargetProfile {
    pub(crate) fn of(table: &Table, at: usize, smiles: Option<usize>) -> Self {
        let column = &table.columns[at];
        let missing = column.n_missing();
        let mut target = TargetProfile {
            name: column.header(),
            task: Task::Classification,
            known: column.len() - missing,
            missing,
            numbers: None,
            histogram: None,
            log_histogram: None,
            log_skewness: None,
            classes: Vec::new(),
            leaks: leaks::find(table, at, smiles),
        };
        match &column.values {
            Values::Number(y) => {
                target.task = Task::Regression;
                target.numbers = Numbers::of(y);
                target.histogram = Histogram::of(y, bins(target.known));
                if target.numbers.as_ref().is_some_and(|numbers| numbers.min > 0.0) {
                    let logarithms: Vec<f64> = y.iter().map(|y| y.log10()).collect();
                    target.log_histogram = Histogram::of(&logarithms, bins(target.known));
                    target.log_skewness = Numbers::of(&logarithms).map(|numbers| numbers.skewness);
                }
            }
            Values::Text(_) => target.classes = Levels::all(column),
        }
        target
    }

    /// Whether the logarithm is the more natural scale: all values are positive, spread over decades, and lean to the
    /// right more than their logarithms lean to any side.
    pub(crate) fn wants_logarithm(&self) -> bool {
        let decades = self.numbers.as_ref().and_then(Numbers::decades).unwrap_or(0.0);
        let skewness = self.numbers.as_ref().map_or(0.0, |numbers| numbers.skewness);
        decades >= DECADES && self.log_skewness.is_some_and(|log| skewness > log.abs())
    }
}

/// From where on values spread over decades.
const DECADES: f64 = 2.0;
