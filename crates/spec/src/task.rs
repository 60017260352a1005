//! Regression or classification.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Regression or classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Numbers.
    Regression,
    /// Classes.
    Classification,
}
