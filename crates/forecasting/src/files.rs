//! Result files of a run with forecasts.

use std::fmt::Write;
use std::path::Path;

use data::files::{create_folder, write_atomically};
use data::write::quoted;
use learn::run_folder::{end_run, pretty};
use spec::error::Result;

use crate::forecaster::Forecasts;
use crate::outcome::ForecastOutcome;

/// Writes all results of a run with forecasts; `metrics.json` comes last and says that the run is finished.
pub fn write_forecast_run(folder: &Path, outcome: &ForecastOutcome) -> Result<()> {
    create_folder(folder)?;
    let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
    let time = outcome.model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
    outcome.model.save(&folder.join("model.safetensors"))?;
    if let Some(next) = &outcome.next {
        write("forecast.csv", next.to_csv(time))?;
    }
    write("predictions.csv", predictions(outcome, time))?;
    write("history.csv", learn::run_folder::history(&outcome.histories))?;
    for (name, figure) in outcome.figures() {
        write(&format!("{name}.svg"), figure.to_svg())?;
    }
    write("report.html", outcome.page().to_html())?;
    write("metrics.json", pretty(&outcome.to_json()))?;
    end_run(folder)
}

impl Forecasts {
    /// One line for each step.
    pub fn to_csv(&self, time: &str) -> String {
        let several = self.steps.iter().any(|step| step.series.is_some());
        let mut csv = String::from(if several { "series," } else { "" });
        csv.push_str(&quoted(time));
        for name in &self.targets {
            let ends = ["low", "high"].map(|end| quoted(&format!("{name} {end}")));
            let _ = write!(csv, ",{},{},{}", quoted(name), ends[0], ends[1]);
        }
        csv.push('\n');
        for step in &self.steps {
            if several {
                let _ = write!(csv, "{},", quoted(step.series.as_deref().unwrap_or_default()));
            }
            csv.push_str(&quoted(&step.time));
            step.values.iter().flatten().for_each(|y| {
                let _ = write!(csv, ",{y}");
            });
            csv.push('\n');
        }
        csv
    }
}

fn predictions(outcome: &ForecastOutcome, time: &str) -> String {
    let mut csv = format!("block,series,origin,step,{}", quoted(time));
    for name in &outcome.model.targets.names {
        for what in ["observed", "predicted", "low", "high"] {
            let _ = write!(csv, ",{}", quoted(&format!("{name} {what}")));
        }
    }
    csv.push('\n');
    for shown in &outcome.shown {
        for (at, (time, _, values)) in shown.steps.iter().enumerate() {
            let series = quoted(shown.series.as_deref().unwrap_or_default());
            let _ = write!(csv, "{},{series},{},{},{time}", shown.fold + 1, shown.origin, at + 1);
            // Imputed values were not observed.
            values.iter().flatten().for_each(|y| {
                let _ = if y.is_nan() { write!(csv, ",") } else { write!(csv, ",{y}") };
            });
            csv.push('\n');
        }
    }
    csv
}
