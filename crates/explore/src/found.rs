//! The result of a look at a table.

use data::profile::ColumnProfile;
use evaluation::replicates::{Groups, Replicates};
use serde::Serialize;

use crate::features::Features;
use crate::molecules::MoleculeColumn;
use crate::targets::TargetProfile;
use crate::verdict::Verdict;

/// The result of a look at a table. Rows are counted from 1 without the header.
#[derive(Clone, Debug, Serialize)]
pub struct Look {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: usize,
    /// Its columns from left to right.
    pub columns: Vec<ColumnProfile>,
    /// Rows that agree in every cell.
    pub duplicates: Groups,
    /// The column of molecules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub molecules: Option<MoleculeColumn>,
    /// Rows from which a model would get the same input.
    pub replicates: Replicates,
    /// The targets.
    pub targets: Vec<TargetProfile>,
    /// The features of a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Features>,
    /// Notes about the table and its columns.
    pub notes: Vec<String>,
    /// Findings with advice, most important first.
    pub verdicts: Vec<Verdict>,
}

impl Look {
    /// Everything as one JSON object.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}
