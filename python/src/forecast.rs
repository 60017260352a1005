//! Forecasts of time series.

use std::path::PathBuf;

use gedanken::{
    ForecastOutcome, Forecaster as Trained, Forecasts, run_forecast, run_forecast_table, write_forecast_run,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::{self, Cells};
use crate::errors::exception;
use crate::listen::listening;

/// A trained forecaster as the Python class `gedanken.Forecaster` holds it.
#[pyclass(frozen, module = "gedanken._native")]
pub struct Forecaster {
    held: Held,
}

/// A forecaster with everything that was found in its run, or one from a file.
enum Held {
    Trained(Box<ForecastOutcome>),
    Loaded(Box<Trained>),
}

/// Carries out an experiment with forecasts, given as JSON: on columns in memory, or on the data that it names.
#[pyfunction]
pub fn forecast(
    py: Python<'_>,
    document: &str,
    columns: Option<Vec<Cells<'_>>>,
    threads: usize,
) -> PyResult<Forecaster> {
    let experiment = convert::experiment(document)?;
    let table = columns.map(|columns| convert::table(&columns)).transpose()?;
    let outcome = listening(py, threads, |options| match table {
        Some(table) => run_forecast_table(&experiment, table, options),
        None => run_forecast(&experiment, options),
    })?;
    Ok(Forecaster::of(outcome))
}

impl Forecaster {
    pub fn of(outcome: ForecastOutcome) -> Self {
        Forecaster { held: Held::Trained(Box::new(outcome)) }
    }

    pub fn loaded(model: Box<Trained>) -> Self {
        Forecaster { held: Held::Loaded(model) }
    }

    fn model(&self) -> &Trained {
        match &self.held {
            Held::Trained(outcome) => &outcome.model,
            Held::Loaded(model) => model,
        }
    }

    fn outcome(&self) -> Option<&ForecastOutcome> {
        match &self.held {
            Held::Trained(outcome) => Some(outcome),
            Held::Loaded(_) => None,
        }
    }
}

#[pymethods]
impl Forecaster {
    /// Columns of the steps after the end of the training, or of the series in `columns`: times, names of series where there are
    /// several, and of each target the prediction and both bounds.
    fn predict<'py>(&self, py: Python<'py>, columns: Option<Vec<Cells<'py>>>) -> PyResult<Bound<'py, PyDict>> {
        let table = columns.map(|columns| convert::table(&columns)).transpose()?;
        let model = self.model();
        let forecasts = py.detach(|| match table {
            Some(table) => model.predict_table(&table),
            None => model.predict(),
        });
        as_columns(py, &forecasts.map_err(exception)?, &self.time())
    }

    /// Errors from all origins of the series in `columns`, as JSON.
    fn evaluate(&self, py: Python<'_>, columns: Vec<Cells<'_>>) -> PyResult<String> {
        let table = convert::table(&columns)?;
        let model = self.model();
        let scores = py.detach(|| model.evaluate(&table)).map_err(exception)?;
        Ok(serde_json::json!(scores).to_string())
    }

    /// The column of times.
    fn time(&self) -> String {
        self.model().experiment.forecast.as_ref().map_or_else(String::new, |forecast| forecast.time.clone())
    }

    #[getter]
    fn targets(&self) -> Vec<String> {
        self.model().targets.names.clone()
    }

    #[getter]
    fn experiment(&self) -> String {
        serde_json::json!(self.model().experiment).to_string()
    }

    #[getter]
    fn facts(&self) -> Vec<(&'static str, String)> {
        self.model().facts()
    }

    #[getter]
    fn metrics(&self) -> String {
        self.outcome().map_or_else(|| "{}".to_owned(), |outcome| outcome.to_json().to_string())
    }

    fn summary(&self) -> String {
        self.outcome().map_or_else(String::new, ForecastOutcome::summary)
    }

    fn report(&self) -> Option<String> {
        self.outcome().map(|outcome| outcome.page().to_html())
    }

    /// Writes the folder of the run; `false` of a forecaster from a file.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<bool> {
        let Some(outcome) = self.outcome() else { return Ok(false) };
        py.detach(|| write_forecast_run(&folder, outcome)).map_err(exception)?;
        Ok(true)
    }

    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.model().save(&path)).map_err(exception)
    }
}

fn as_columns<'py>(py: Python<'py>, forecasts: &Forecasts, time: &str) -> PyResult<Bound<'py, PyDict>> {
    let columns = PyDict::new(py);
    let series: Option<Vec<&str>> = forecasts.steps.iter().map(|step| step.series.as_deref()).collect();
    if let Some(series) = series {
        columns.set_item("series", series)?;
    }
    columns.set_item(time, forecasts.steps.iter().map(|step| step.time.as_str()).collect::<Vec<_>>())?;
    for (target, name) in forecasts.targets.iter().enumerate() {
        for (place, end) in ["", " low", " high"].into_iter().enumerate() {
            let values = forecasts.steps.iter().map(|step| step.values[target][place]).collect();
            columns.set_item(format!("{name}{end}"), convert::array(py, values, 1, true)?)?;
        }
    }
    Ok(columns)
}
