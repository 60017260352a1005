//! What all parts of a run share.

use std::sync::Mutex;

use learn::session::{Options, tell_once};
use spec::experiment::Experiment;

/// What all parts of a run share.
pub struct Context<'a> {
    pub experiment: &'a Experiment,
    pub options: &'a Options<'a>,
    pub notes: Mutex<Vec<String>>,
}

impl Context<'_> {
    /// Tells something that the user should know, once.
    pub fn note(&self, note: String) {
        tell_once(&self.notes, self.options, note);
    }
}
