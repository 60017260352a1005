//! Settings of spectra.

use data::spectrum::Step;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Spectra: each row of the table is one, in the columns whose headers are numbers; these numbers are the axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spectra {
    /// Where the axis begins; by default with the smallest header that is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Where the axis ends; by default with the largest header that is a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Preprocessing steps of each spectrum, in this order; they are fitted on training rows only.
    pub steps: Vec<Step>,
    /// Column with paths of JCAMP-DX files that hold the spectra, from the folder of the table on. A folder of such files needs no
    /// column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<String>,
}
