//! What kind of thing is predicted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of thing is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Numbers.
    Regression,
    /// Classes.
    Classification,
}
