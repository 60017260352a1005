//! Models of tables as a kind of job.

use std::path::Path;

use ::report::Page;
use learn::job::{Job, Results};
use learn::session::Options;
use serde_json::Value;
use spec::error::Result;
use spec::experiment::Experiment;

use crate::outcome::Outcome;
use crate::{files, report, run};

/// Models of tables: every experiment that asks for nothing else.
pub struct Tabular;

impl Job for Tabular {
    type Outcome = Outcome;

    fn is_asked_for(experiment: &Experiment) -> bool {
        experiment.forecast.is_none()
    }

    fn carry_out(experiment: &Experiment, options: &Options<'_>) -> Result<Outcome> {
        run::run(experiment, options)
    }
}

impl Results for Outcome {
    fn to_json(&self) -> Value {
        Outcome::to_json(self)
    }

    fn summary(&self) -> String {
        Outcome::summary(self)
    }

    fn closing(&self, seconds: f64, folder: &Path) -> String {
        let range = |[low, high]: [usize; 2]| if low == high { low.to_string() } else { format!("{low}-{high}") };
        let (rows, features) = (self.row_counts().map(range).join(" / "), self.model.features().len());
        format!(
            "\n{rows} rows for training / validation / test, {features} features, {seconds:.1} s\nmodel and figures: {}\n",
            folder.display()
        )
    }

    fn page(&self) -> Page {
        report::page(self)
    }

    fn write(&self, folder: &Path) -> Result<()> {
        files::write_run(folder, self)
    }
}
