//! Numbers in which networks compute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Numbers in which networks compute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// 32 bits: about seven digits.
    #[default]
    Single,
    /// 64 bits: about sixteen digits, at half the speed.
    Double,
}
