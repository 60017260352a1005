//! Gradient clipping.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Keeps gradients from growing without bound \[Pascanu2013\].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Clip {
    /// Scales the whole gradient so that its Euclidean norm is at most `limit`.
    Norm {
        /// Largest norm.
        #[schemars(range(min = 0.0))]
        limit: f64,
    },
    /// Cuts each component to `[-limit, limit]`.
    Value {
        /// Largest component.
        #[schemars(range(min = 0.0))]
        limit: f64,
    },
}
