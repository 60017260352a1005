//! Observations: trials and their results.

use std::sync::Arc;

/// A cost that follows from the point.
pub type Cost = Arc<dyn Fn(&[f64]) -> f64 + Send + Sync>;

/// Trials and their outcomes. What was not measured is NaN.
#[derive(Clone, Default)]
pub struct Knowledge {
    /// Points that were tried, `[n, axes]`.
    pub x: Vec<f64>,
    /// Values of each objective, all to be minimized, each `[n]`.
    pub objectives: Vec<Vec<f64>>,
    /// Variances of the measurements of the first objective, where they are known; else none.
    pub variances: Vec<f64>,
    /// Quantities that must not exceed a bound.
    pub limits: Vec<Limited>,
    /// Trials that did not work.
    pub failed: Vec<bool>,
    /// Cost of each trial; none where costs do not matter or follow from the point.
    pub costs: Vec<f64>,
    /// The rule that costs follow.
    pub cost: Option<Cost>,
    /// Points whose outcomes are awaited, `[m, axes]`.
    pub pending: Vec<f64>,
    /// The fraction of the budget that is left, from 0 to 1.
    pub budget_left: f64,
}

/// A measured quantity with a bound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limited {
    /// Values, `[n]`.
    pub values: Vec<f64>,
    /// Upper limit.
    pub bound: f64,
}

impl Knowledge {
    /// Of a single objective.
    pub fn of(x: Vec<f64>, y: Vec<f64>) -> Self {
        Knowledge { x, objectives: vec![y], budget_left: 1.0, ..Knowledge::default() }
    }

    /// How many points were tried.
    pub fn n(&self) -> usize {
        self.objectives.first().map_or(0, Vec::len)
    }

    /// Whether trial `at` has a value of every objective and keeps all bounds.
    pub fn is_feasible(&self, at: usize) -> bool {
        self.objectives.iter().all(|y| y[at].is_finite())
            && self.limits.iter().all(|limit| limit.values[at] <= limit.bound)
            && !self.failed.get(at).copied().unwrap_or(false)
    }

    /// The feasible trials.
    pub fn feasible(&self) -> Vec<usize> {
        (0..self.n()).filter(|&at| self.is_feasible(at)).collect()
    }
}
