//! What a study remembers of a trial.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How far a trial has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Somebody was asked to do it, and has not told what came out.
    Pending,
    /// It was done, and something was measured.
    Complete,
    /// It was tried, and the experiment did not work.
    Failed,
    /// A person gave it up.
    Abandoned,
}

impl State {
    const ALL: [State; 4] = [State::Pending, State::Complete, State::Failed, State::Abandoned];

    /// The word for it, in files and messages.
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
    /// Its place in the study: 1, 2, 3 and so on, without gaps.
    pub number: i64,
    /// How far it has come.
    pub state: State,
    /// What to do: a value for each parameter.
    pub point: Map<String, Value>,
    /// What was measured.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed, or was given up.
    pub reason: Option<String>,
    /// Who does it.
    pub worker: Option<String>,
    /// The request with which it was asked for.
    pub request: Option<String>,
    /// Until when it belongs to its worker, in seconds since 1970; without an end if `None`.
    pub lease: Option<f64>,
    /// When it was asked for, in seconds since 1970.
    pub asked: f64,
    /// When it was told, or corrected, in seconds since 1970.
    pub told: Option<f64>,
    /// Where the point comes from: `design`, `model`, `imported` and so on.
    pub origin: String,
    /// What the asker wants to remember of it, such as what was predicted.
    pub notes: Value,
}

/// A point that is to be tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// A value for each parameter. What has no value is left out: null is refused, since it is what becomes of NaN.
    pub point: Map<String, Value>,
    /// Where it comes from.
    pub origin: String,
    /// What to remember of it.
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

/// What came out of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Everything but [`State::Pending`].
    pub state: State,
    /// What was measured; at least one number if it is complete.
    pub outcomes: BTreeMap<String, f64>,
    /// Why it failed, or was given up.
    pub reason: Option<String>,
}

/// What telling has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellOutcome {
    /// The trial was pending.
    New,
    /// The same was told before: nothing has changed.
    Repeated,
    /// Something else was told before, and is replaced.
    Corrected,
}
