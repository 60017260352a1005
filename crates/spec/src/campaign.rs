//! The settings of a study, as they are written in `campaign.toml`.

use std::collections::BTreeMap;

use bayes::Strategy;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::parameter::Parameter;

/// A study: its parameters, its objectives, and how the next experiments are chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Campaign {
    /// The study's name; by default that of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Seed of all random numbers.
    pub seed: u64,
    /// Parameters that may be varied.
    pub parameters: Vec<Parameter>,
    /// A table (CSV) of the candidates, the only points that may be tried, with a column for each parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates: Option<String>,
    /// Linear constraints on the numeric parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Conditional parameters, which matter only where another has certain values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Objectives: quantities that are maximized or minimized.
    pub objectives: Vec<Objective>,
    /// Constraints on measured quantities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<OutcomeLimit>,
    /// Cost of a trial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostRule>,
    /// Budget: the number of trials, or the cost, of the whole study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub budget: Option<f64>,
    /// Hours after which a trial without a result is proposed again; without it never.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub lease_hours: Option<f64>,
    /// How the next experiments are chosen.
    pub strategy: Strategy,
}

impl Campaign {
    /// How the next experiments are chosen: the strategy for objectives that are minimized, whatever their goal.
    pub fn chooser(&self) -> Strategy {
        let mean = match self.objectives.first().map(|objective| objective.goal) {
            Some(Goal::Maximize) => self.strategy.mean.negated(),
            _ => self.strategy.mean.clone(),
        };
        Strategy { mean, ..self.strategy.clone() }
    }
}

/// A measured quantity that is maximized or minimized.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its name in reported results.
    pub name: String,
    /// Whether to maximize or to minimize it.
    #[serde(default)]
    pub goal: Goal,
    /// The name of the standard deviation of each measurement in reported results, where it is known. The `noise` of the strategy
    /// is added to it: `deterministic` adds nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
}

impl Objective {
    /// With its name in reported results, and its goal.
    pub fn new(name: &str, goal: Goal) -> Self {
        Objective { name: name.into(), goal, deviation: None }
    }
}

/// Whether to maximize or to minimize it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The larger the better.
    #[default]
    Maximize,
    /// The smaller the better.
    Minimize,
}

impl Goal {
    /// Factor of a value so that it is minimized.
    pub fn sign(self) -> f64 {
        if self == Goal::Maximize { -1.0 } else { 1.0 }
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
    /// The conditional parameter.
    pub parameter: String,
    /// The parameter on which it depends: an integer, an ordinal one, a category or a molecule.
    pub on: String,
    /// Its values with which the other one matters.
    #[schemars(length(min = 1))]
    pub values: Vec<Value>,
}

/// A measured quantity that must keep a bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeLimit {
    /// Its name in reported results.
    pub name: String,
    /// It must not exceed this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// It must not fall below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
}

/// Cost of a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CostRule {
    /// It is reported with each trial, and predicted by a model.
    Told {
        /// Its name in reported results.
        name: String,
    },
    /// It follows from the parameters: a base, so much for each unit of a number, and so much for each level of a category.
    Known {
        /// Cost of every trial.
        base: f64,
        /// For each unit of a number.
        #[serde(default)]
        each: BTreeMap<String, f64>,
        /// For each level of a category.
        #[serde(default)]
        of: BTreeMap<String, BTreeMap<String, f64>>,
    },
}
