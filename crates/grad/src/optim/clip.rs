//! Gradient clipping.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gradient clipping: keeps gradients from growing without bound \[Pascanu2013\].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Clip {
    /// Rescales the whole gradient to a Euclidean norm of at most $c$ (`limit`),
    /// $g \leftarrow g \min(1, c/\lVert g\rVert_2)$ \[Pascanu2013\].
    Norm {
        /// Largest norm $c$.
        #[schemars(range(min = 0.0))]
        limit: f64,
    },
    /// Limits each component to $[-c, c]$ (`limit`), $g_i \leftarrow \min(c, \max(-c, g_i))$ \[Goodfellow2016\].
    Value {
        /// Largest absolute value $c$ of a component.
        #[schemars(range(min = 0.0))]
        limit: f64,
    },
}
