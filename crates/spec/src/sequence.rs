//! Settings of sequences.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the sequences of a table stand, for models that read step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Sequence {
    /// The molecules: atoms, bonds, brackets and rings of each canonical SMILES are the steps.
    Tokens {},
    /// The features: columns in their order are the steps.
    Columns {
        /// Columns that belong to one step.
        #[serde(default = "one")]
        #[schemars(range(min = 1))]
        channels: usize,
    },
    /// Several rows: those with the same name in one column are the steps of a sequence, in the order of another, as the readings of
    /// sensors. The target is the same in all of them.
    Rows {
        /// Column with the name of the sequence.
        id: String,
        /// Column of times or numbers by which steps are sorted; by default they are in order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time: Option<String>,
    },
}

fn one() -> usize {
    1
}
