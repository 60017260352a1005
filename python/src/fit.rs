//! Training.

use std::path::PathBuf;

use gedanken::{Done, carry_out, read_experiment, run_table};
use pyo3::prelude::*;

use crate::convert::{self, Cells};
use crate::errors::exception;
use crate::forecast::Forecaster;
use crate::listen::listening;
use crate::model::Model;

/// Carries out an experiment, given as JSON, on columns in memory.
#[pyfunction]
pub fn fit(py: Python<'_>, document: &str, columns: Vec<Cells<'_>>, threads: usize) -> PyResult<Model> {
    let experiment = convert::experiment(document)?;
    let table = convert::table(&columns)?;
    listening(py, threads, |options| run_table(&experiment, table, options)).map(Model::of)
}

/// Carries out an experiment that names its data: a TOML file with settings, or settings alone.
#[pyfunction]
pub fn run(py: Python<'_>, path: Option<PathBuf>, settings: &str, threads: usize) -> PyResult<Py<PyAny>> {
    let experiment = match path {
        Some(path) => read_experiment(&path, &convert::settings(settings)?).map_err(exception)?,
        None => convert::experiment(settings)?,
    };
    Ok(match listening(py, threads, |options| carry_out(&experiment, options))? {
        Done::Table(outcome) => Model::of(*outcome).into_pyobject(py)?.into_any().unbind(),
        Done::Forecast(outcome) => Forecaster::of(*outcome).into_pyobject(py)?.into_any().unbind(),
    })
}
