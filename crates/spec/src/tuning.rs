//! Settings of tuning.

use bayes::Strategy;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the fields of an experiment that are ranges are tuned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tuning {
    /// Trials in all; those that were stopped early count.
    #[schemars(range(min = 1, max = 100_000))]
    pub trials: usize,
    /// Early stopping of unpromising trials (pruning).
    pub stop: StopRule,
    /// How settings are chosen.
    pub strategy: Strategy,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning { trials: 50, stop: StopRule::default(), strategy: Strategy::default() }
    }
}

/// Early stopping of unpromising trials (pruning), by the validation loss of the first training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum StopRule {
    /// Never.
    Never,
    /// When its best loss so far is above the median of what the trials before it had reached by the same epoch, of those that
    /// came so far \[Golovin2017\].
    Median {
        /// So many trials are finished before one is stopped.
        #[serde(default = "startup")]
        startup: usize,
        /// Epochs that every trial is given.
        #[serde(default = "warm_up")]
        warm_up: usize,
    },
    /// Of the trials of a bracket that reach the epochs $r \eta^k$ the best fraction $1/\eta$ goes on; brackets differ in the first
    /// of these epochs \[Li2018\] \[Li2020\].
    Hyperband {
        /// $r$, the epochs that every trial is given.
        #[serde(default = "warm_up")]
        #[schemars(range(min = 1))]
        least: usize,
        /// $\eta$.
        #[serde(default = "factor")]
        #[schemars(range(min = 1.5, max = 10.0))]
        factor: f64,
    },
}

fn startup() -> usize {
    5
}

fn warm_up() -> usize {
    10
}

fn factor() -> f64 {
    3.0
}

impl Default for StopRule {
    fn default() -> Self {
        StopRule::Median { startup: startup(), warm_up: warm_up() }
    }
}

/// Search range, in place of a field's value when the field is tuned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "tune", rename_all = "snake_case", deny_unknown_fields)]
pub enum Tune {
    /// Any number between two.
    Float {
        /// The lowest value.
        low: f64,
        /// The highest value.
        high: f64,
        /// Search on a logarithmic scale: for values over several decades.
        #[serde(default)]
        log: bool,
    },
    /// A whole number between two.
    Int {
        /// The lowest value.
        low: i64,
        /// The highest value.
        high: i64,
        /// Search on a logarithmic scale.
        #[serde(default)]
        log: bool,
    },
    /// One of some values of any type. A table among them may hold ranges of its own, which matter where it is chosen.
    Choice {
        /// The values.
        #[schemars(length(min = 1))]
        values: Vec<Value>,
    },
    /// A list, of which the length is tuned and each item: layers and their widths.
    List {
        /// The least length.
        low: usize,
        /// The largest length.
        high: usize,
        /// An item: a range, or a value that all of them have.
        of: Value,
    },
}
