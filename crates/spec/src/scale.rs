//! Scaling of inputs and targets.

use data::Scaling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Scaling of inputs and targets, fitted on training rows only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Scale {
    /// For inputs.
    pub inputs: Scaling,
    /// Scaled inputs are clipped to `[-limit, limit]`, so that a row unlike all training rows changes a prediction only so far;
    /// zero for no limit, and none where inputs are not scaled.
    #[schemars(range(min = 0.0))]
    pub limit: f64,
    /// For targets that are numbers.
    pub targets: Scaling,
    /// Learn the decimal logarithm of the targets; predictions are transformed back to their own unit.
    pub log_targets: bool,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { inputs: Scaling::Standard, limit: 4.0, targets: Scaling::Standard, log_targets: false }
    }
}
