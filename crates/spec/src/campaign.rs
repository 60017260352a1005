//! What a study is about, as it is written in `campaign.toml`.

use std::collections::BTreeMap;

use bayes::Strategy;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::parameter::Parameter;

/// What a study is about: what may be varied, what is measured, and how the next experiments are chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Campaign {
    /// The study's name; by default that of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// From which all chance follows.
    pub seed: u64,
    /// What may be varied.
    pub parameters: Vec<Parameter>,
    /// A table (CSV) of the only points that may be tried, with a column for each parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates: Option<String>,
    /// Linear conditions on the numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Parameters that matter only where another has certain values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// What is to be made large or small.
    pub objectives: Vec<Objective>,
    /// Quantities that are measured and must keep a bound.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<OutcomeLimit>,
    /// What a trial costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostRule>,
    /// How many trials, or how much cost, the study may take in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub budget: Option<f64>,
    /// Hours after which a trial that was asked for and not told comes back; without it never.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub lease_hours: Option<f64>,
    /// How the next experiments are chosen.
    pub strategy: Strategy,
}

impl Campaign {
    /// How the next experiments are chosen: the strategy for objectives that are minimised, whatever their goal.
    pub fn chooser(&self) -> Strategy {
        let mean = match self.objectives.first().map(|objective| objective.goal) {
            Some(Goal::Maximise) => self.strategy.mean.negated(),
            _ => self.strategy.mean.clone(),
        };
        Strategy { mean, ..self.strategy.clone() }
    }
}

/// Something measured that is to be made large or small.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its name, under which it is told.
    pub name: String,
    /// Which way is better.
    #[serde(default)]
    pub goal: Goal,
    /// The name under which the standard deviation of each measurement is told, where it is known. The `noise` of the strategy is
    /// added to it: `deterministic` adds nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
}

impl Objective {
    /// With a name, under which it is told, and the way that is better.
    pub fn new(name: &str, goal: Goal) -> Self {
        Objective { name: name.into(), goal, deviation: None }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The larger the better.
    #[default]
    Maximise,
    /// The smaller the better.
    Minimise,
}

impl Goal {
    /// What a value is multiplied by so that it is minimised.
    pub fn sign(self) -> f64 {
        if self == Goal::Maximise { -1.0 } else { 1.0 }
    }
}

/// $\sum_i w_i x_i$ at most, at least or equal to a number, in the parameters' own units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// $w$, by the parameters' names.
    pub weights: BTreeMap<String, f64>,
    /// The sum is at most this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// The sum is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The sum is this: a mixture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal: Option<f64>,
}

/// A parameter that matters only where another has certain values; elsewhere trials have no value for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The parameter that may not matter.
    pub parameter: String,
    /// The parameter that decides: an integer, an ordinal one, a category or a molecule.
    pub on: String,
    /// Its values with which the other one matters.
    #[schemars(length(min = 1))]
    pub values: Vec<Value>,
}

/// A measured quantity that must keep a bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeLimit {
    /// Its name, under which it is told.
    pub name: String,
    /// It must not exceed this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// It must not fall below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
}

/// What a trial costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CostRule {
    /// It is told with each trial, and learnt.
    Told {
        /// The name under which it is told.
        name: String,
    },
    /// It follows from the parameters: a base, so much for each unit of a number, and so much for each word of a category.
    Known {
        /// What every trial costs.
        base: f64,
        /// For each unit of a number.
        #[serde(default)]
        each: BTreeMap<String, f64>,
        /// For each word of a category.
        #[serde(default)]
        of: BTreeMap<String, BTreeMap<String, f64>>,
    },
}
