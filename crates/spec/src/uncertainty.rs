//! Uncertainty of predictions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Uncertainty of predictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Uncertainty {
    /// Coverage: the fraction of new values inside their intervals, and of new classes inside their sets.
    #[schemars(range(min = 0.01, max = 0.999))]
    pub level: f64,
    /// Number of MC dropout samples, each with its own dropout mask, whose mean is the prediction; the standard
    /// deviation between them is its uncertainty \[Gal2016\]. With zero the whole network predicts; needs dropout.
    #[schemars(range(min = 0, max = 1000))]
    pub dropout_samples: usize,
    /// Temperature scaling: fit one temperature to the validation rows, at least 50, that calibrates the probabilities of classes;
    /// it does not change the predicted class \[Guo2017\].
    pub temperature: bool,
}

impl Default for Uncertainty {
    fn default() -> Self {
        Uncertainty { level: 0.9, dropout_samples: 0, temperature: true }
    }
}
