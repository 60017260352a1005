//! Context shared by all parts of a run with forecasts.

use std::sync::Mutex;

use learn::session::{Options, tell_once};
use spec::experiment::Experiment;
use spec::forecast::Forecast;
use tensor::Device;

use crate::panel::Panel;
use crate::targets::TargetColumns;

/// Context shared by all parts of a run.
pub struct Context<'a> {
    pub experiment: &'a Experiment,
    pub forecast: &'a Forecast,
    pub options: &'a Options<'a>,
    pub panel: &'a Panel,
    pub targets: TargetColumns,
    pub device: Device,
    pub notes: Mutex<Vec<String>>,
}

impl Context<'_> {
    /// Reports a note to the user, once.
    pub fn note(&self, note: String) {
        tell_once(&self.notes, self.options, note);
    }
}
