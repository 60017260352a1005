//! The contract of a kind of job: what is carried out, and what comes of it, whatever its kind.

use std::path::Path;

use report::Page;
use serde_json::Value;
use spec::error::Result;
use spec::experiment::Experiment;

use crate::session::Options;

/// A kind of job: models of tables, forecasts. A file each in its own crate, an arm each in the door's `dispatch.rs`.
pub trait Job {
    /// Its outcome.
    type Outcome: Results;

    /// Whether an experiment asks for this kind of job.
    fn is_asked_for(experiment: &Experiment) -> bool;

    /// Checks, reads, splits, trains and evaluates.
    ///
    /// # Errors
    /// Settings that have no meaning for this kind of job, and everything that can be wrong with the data.
    fn carry_out(experiment: &Experiment, options: &Options<'_>) -> Result<Self::Outcome>;
}

/// Outcome of every job.
pub trait Results {
    /// All figures as one JSON object.
    fn to_json(&self) -> Value;

    /// Summary at the end: tables of figures and conclusions.
    fn summary(&self) -> String;

    /// The last lines after it, with the seconds that it took and the folder of the run.
    fn closing(&self, seconds: f64, folder: &Path) -> String;

    /// The report.
    fn page(&self) -> Page;

    /// Writes everything into the folder of the run; `metrics.json` comes last and says that the run is finished.
    ///
    /// # Errors
    /// A file that cannot be written.
    fn write(&self, folder: &Path) -> Result<()>;
}
