//! One experiment of a study.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where an experiment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was asked for, its outcome is awaited.
    Pending,
    /// Its outcome is known.
    Complete,
    /// It did not work.
    Failed,
    /// It will not be carried out.
    Abandoned,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Complete => "complete",
            State::Failed => "failed",
            State::Abandoned => "abandoned",
        }
    }
}

/// An experiment: where, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// From 1, without gaps.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// The value of each parameter.
    pub point: Map<String, Value>,
    /// What was measured.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed or was abandoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
    /// The name of the request by which it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Until when it belongs to its worker, in seconds since 1970; without it for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<f64>,
    /// When it was asked for, in seconds since 1970.
    pub asked: f64,
    /// When its outcome was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<f64>,
    /// Where it comes from: `design`, `model`, `told`, `imported`.
    pub origin: String,
    /// What was expected of it.
    #[serde(default)]
    pub notes: Value,
}

/// An experiment that is to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The value of each parameter.
    pub point: Map<String, Value>,
    /// Where it comes from.
    pub origin: &'static str,
    /// What is expected of it.
    pub notes: Value,
}

/// The outcome of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Complete, failed or abandoned.
    pub state: State,
    /// What was measured.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed or was abandoned.
    pub reason: Option<String>,
}

/// What telling an outcome has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// It was not known before.
    New,
    /// The same was known before.
    Repeated,
    /// Something else was known before.
    Corrected,
}

/// Who asks, until when the trials belong to them, and the name of the request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asker {
    /// Who asks.
    pub worker: Option<String>,
    /// A name: the same again gets the same trials.
    pub request: Option<String>,
    /// How long the trials are theirs, in seconds; without it for ever.
    pub lease: Option<f64>,
}
