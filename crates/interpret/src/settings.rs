//! Settings of an explanation.

use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};

/// Settings of an explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Interpret {
    /// Seed of all random numbers.
    pub seed: u64,
    /// The target or class that is explained; by default the first target, or the predicted class of each row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Rows of the table that are explained one by one, counted from zero; without rows and molecules, the whole model is.
    pub rows: Vec<usize>,
    /// Molecules that are explained one by one, as SMILES.
    pub smiles: Vec<String>,
    /// Rows on which importance is measured, counted from zero; none stands for all. Test rows are unbiased, training
    /// rows are too optimistic.
    pub judged: Vec<usize>,
    /// Features whose partial dependence is plotted; by default the six most important.
    pub features: Vec<String>,
    /// How often each feature is shuffled, 2 to 1000 times.
    pub repeats: usize,
    /// Random orders of the features for Shapley values; of ten features or fewer all are summed. 2 to 100,000.
    pub samples: usize,
    /// Background rows, which represent the absence of a feature, 1 to 10,000.
    pub background: usize,
    /// Steps of the path of integrated gradients, 1 to 100,000.
    pub steps: usize,
    /// Leave out rows whose molecule or image cannot be read; by default as the experiment says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_invalid: Option<bool>,
}

impl Default for Interpret {
    fn default() -> Self {
        Interpret {
            seed: 0,
            target: None,
            rows: Vec::new(),
            smiles: Vec::new(),
            judged: Vec::new(),
            features: Vec::new(),
            repeats: 10,
            samples: 200,
            background: 100,
            steps: 256,
            skip_invalid: None,
        }
    }
}

impl Interpret {
    /// Checks that the numbers are in the ranges of the specification.
    pub(crate) fn check(&self) -> Result<()> {
        let ranges = [
            ("repeats", self.repeats, 2, 1000),
            ("samples", self.samples, 2, 100_000),
            ("background", self.background, 1, 10_000),
            ("steps", self.steps, 1, 100_000),
        ];
        match ranges.into_iter().find(|(_, value, low, high)| !(*low..=*high).contains(value)) {
            None => Ok(()),
            Some((name, value, low, high)) => Err(Error::Setting {
                message: format!("{value} is out of range"),
                place: name.into(),
                hint: format!("give a whole number from {low} to {high}"),
            }),
        }
    }
}
