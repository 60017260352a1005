//! Forecasts as a kind of job.

use std::path::Path;

use learn::job::{Job, Results};
use learn::session::Options;
use report::Page;
use serde_json::Value;
use spec::error::Result;
use spec::experiment::Experiment;

use crate::files::write_forecast_run;
use crate::outcome::ForecastOutcome;
use crate::run::run_forecast;

/// Forecasts of time series: experiments with a table `forecast`.
pub struct Forecasts;

/// Steps of a forecast that are printed.
const MOST_STEPS: usize = 12;

impl Job for Forecasts {
    type Outcome = ForecastOutcome;

    fn is_asked_for(experiment: &Experiment) -> bool {
        experiment.forecast.is_some()
    }

    fn carry_out(experiment: &Experiment, options: &Options<'_>) -> Result<ForecastOutcome> {
        run_forecast(experiment, options)
    }
}

impl Results for ForecastOutcome {
    fn to_json(&self) -> Value {
        ForecastOutcome::to_json(self)
    }

    fn summary(&self) -> String {
        ForecastOutcome::summary(self)
    }

    fn closing(&self, seconds: f64, folder: &Path) -> String {
        let mut text = String::new();
        if let Some(next) = &self.next {
            let time = self.model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
            let (level, left) = (100.0 * next.level, next.steps.len().saturating_sub(MOST_STEPS));
            let table = next.to_table(time, MOST_STEPS).to_text();
            text += &format!("\nforecast, with intervals of {level:.0} %\n{table}");
            if left > 0 {
                text += &format!("... and {left} more in forecast.csv\n");
            }
        }
        text + &format!("\n{seconds:.1} s; model and figures: {}\n", folder.display())
    }

    fn page(&self) -> Page {
        ForecastOutcome::page(self)
    }

    fn write(&self, folder: &Path) -> Result<()> {
        write_forecast_run(folder, self)
    }
}
