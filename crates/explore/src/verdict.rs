//! A finding with advice.

use serde::Serialize;

/// A finding with advice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// How much it matters.
    pub weight: Weight,
    /// The finding, with its numbers.
    pub finding: String,
    /// The advice.
    pub advice: String,
}

/// How much a finding matters, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// `gedanken fit` would end with an error.
    Stops,
    /// Metrics would look better than they are, or answer another question.
    Misleads,
    /// The model would be worse than it could be.
    Costs,
    /// Good to know.
    Tells,
}

impl Weight {
    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Weight::Stops => "stops a fit",
            Weight::Misleads => "misleads",
            Weight::Costs => "costs accuracy",
            Weight::Tells => "good to know",
        }
    }
}

pub(crate) fn verdict(weight: Weight, finding: String, advice: impl Into<String>) -> Verdict {
    Verdict { weight, finding, advice: advice.into() }
}
