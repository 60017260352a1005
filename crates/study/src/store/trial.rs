//! The record of a trial.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// State of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It was proposed, and its result was not reported yet.
    Pending,
    /// It was carried out and measured.
    Complete,
    /// It was carried out, and the experiment failed.
    Failed,
    /// It was given up.
    Abandoned,
}

impl State {
    const ALL: [State; 4] = [State::Pending, State::Complete, State::Failed, State::Abandoned];

    /// Its name in files and messages.
    pub fn word(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Complete => "complete",
            State::Failed => "failed",
            State::Abandoned => "abandoned",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One experiment of a study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// Its number in the study: 1, 2, 3 and so on, without gaps.
    pub number: i64,
    /// Its state.
    pub state: State,
    /// A value for each parameter.
    pub point: Map<String, Value>,
    /// Its outcomes: the measured values.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed, or was given up.
    pub reason: Option<String>,
    /// Its worker.
    pub worker: Option<String>,
    /// The request with which it was asked for.
    pub request: Option<String>,
    /// Until when it belongs to its worker, in seconds since 1970; without an end if `None`.
    pub lease: Option<f64>,
    /// When it was asked for, in seconds since 1970.
    pub asked: f64,
    /// When its result was reported, or corrected, in seconds since 1970.
    pub told: Option<f64>,
    /// Origin of the point: `design`, `model`, `imported` and so on.
    pub origin: String,
    /// Notes of the asker, such as predictions.
    pub notes: Value,
}

/// A point that is to be tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// A value for each parameter. Parameters without a value are left out: null is refused, since NaN becomes null.
    pub point: Map<String, Value>,
    /// Its origin.
    pub origin: String,
    /// Notes.
    pub notes: Value,
}

/// Who asks, and what for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asker<'a> {
    /// The name of the worker.
    pub worker: Option<&'a str>,
    /// A name for this very request. Who asks again with the same one, since no answer came, gets the same trials.
    pub request: Option<&'a str>,
    /// Until when the trials belong to the worker, in seconds since 1970. After that others may do them.
    pub lease: Option<f64>,
    /// The time, in seconds since 1970.
    pub now: f64,
}

/// Result of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Everything but [`State::Pending`].
    pub state: State,
    /// Its outcomes; at least one number if it is complete.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed, or was given up.
    pub reason: Option<String>,
}

/// Effect of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellOutcome {
    /// The trial was pending.
    New,
    /// The same result was reported before: nothing has changed.
    Repeated,
    /// Another result was reported before, and is replaced.
    Corrected,
}
