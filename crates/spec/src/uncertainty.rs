//! How sure predictions are said to be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure predictions are said to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Uncertainty {
    /// Share of new values that intervals shall hold, and of new classes that sets shall hold.
    #[schemars(range(min = 0.01, max = 0.999))]
    pub level: f64,
    /// Thinned networks whose mean is the prediction, each without the numbers that one draw of dropout takes away; the
    /// deviation between them comes with it \[Gal2016\]. With zero the whole network predicts; needs dropout.
    #[schemars(range(min = 0, max = 1000))]
    pub dropout_samples: usize,
    /// Learn one temperature from the validation rows, at least 50, that makes the probabilities of classes honest; it does
    /// not change which class is the likeliest \[Guo2017\].
    pub temperature: bool,
}

impl Default for Uncertainty {
    fn default() -> Self {
        Uncertainty { level: 0.9, dropout_samples: 0, temperature: true }
    }
}
