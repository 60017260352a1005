//! Which table, and which of its columns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::images::Images;
use crate::sequence::Sequence;
use crate::spectra::Spectra;
use crate::task::Task;

/// Which table, and which of its columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Path of a table: CSV, TSV, Excel or Parquet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Name of a data set instead of a path; see `gedanken data list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// Columns to predict.
    pub target: Vec<String>,
    /// Column of molecules, as SMILES.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smiles: Option<String>,
    /// Columns to predict from, the features; by default none where there are molecules, otherwise all that are not identifiers.
    pub features: Vec<String>,
    /// Images, where rows are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Images>,
    /// Where sequences stand, for models that read step by step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Sequence>,
    /// Where spectra stand, and what is done to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectra: Option<Spectra>,
    /// Column with a weight for each row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Balance the classes: all have the same total weight.
    pub balance_classes: bool,
    /// Path of a table whose rows are the test set; the split then only takes validation rows out of the other table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// Leave out rows whose molecule or image cannot be read, and count them; otherwise they are an error.
    pub skip_invalid: bool,
    /// Regression or classification; by default as the values of the target column suggest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
}

impl Data {
    /// The part of a row that may be unreadable.
    pub fn read_from(&self) -> &'static str {
        if self.images.is_some() { "image" } else { "molecule" }
    }

    /// The data set that the program brings along.
    pub fn embedded() -> Self {
        Data {
            dataset: Some("boiling_points".into()),
            target: vec!["boiling_point".into()],
            smiles: Some("smiles".into()),
            ..Data::default()
        }
    }
}
