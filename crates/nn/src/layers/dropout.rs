//! Dropout.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::parameters::Context;

/// In training, each number becomes zero with probability `rate` and the others are divided by `1 - rate`; in
/// prediction nothing happens. \[Srivastava2014\]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dropout {
    /// Probability of a zero.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub rate: f64,
}

impl Dropout {
    pub(super) fn apply<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        match cx.key() {
            Some(key) => ops::dropout(x, self.rate, key),
            None => x,
        }
    }
}
