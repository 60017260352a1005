//! Floating-point precision of networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Floating-point precision of networks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// 32 bits: about seven digits.
    #[default]
    Single,
    /// 64 bits: about sixteen digits, at half the speed.
    Double,
}
