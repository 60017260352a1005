//! Context shared by all parts of a run.

use std::sync::Mutex;

use learn::session::{Options, tell_once};
use spec::experiment::Experiment;

/// Context shared by all parts of a run.
pub struct Context<'a> {
    pub experiment: &'a Experiment,
    pub options: &'a Options<'a>,
    pub notes: Mutex<Vec<String>>,
}

impl Context<'_> {
    /// Reports a note to the user, once.
    pub fn note(&self, note: String) {
        tell_once(&self.notes, self.options, note);
    }
}
