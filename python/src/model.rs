//! A trained model.

use std::path::PathBuf;

use gedanken::{Interpret, Loaded, Model as Trained, Outcome, PredictOptions, Prediction, Range, Task, page};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::convert::{self, Cells};
use crate::errors::{GedankenError, InputError, exception};
use crate::forecast::Forecaster;

/// A trained model as the Python class `gedanken.Model` holds it.
#[pyclass(frozen, module = "gedanken._native")]
pub struct Model {
    held: Held,
}

/// A model with everything that was found in its run, or one from a file.
enum Held {
    Trained(Box<Outcome>),
    Loaded(Box<Trained>),
}

impl Model {
    pub fn of(outcome: Outcome) -> Self {
        Model { held: Held::Trained(Box::new(outcome)) }
    }

    fn model(&self) -> &Trained {
        match &self.held {
            Held::Trained(outcome) => &outcome.model,
            Held::Loaded(model) => model,
        }
    }

    fn outcome(&self) -> Option<&Outcome> {
        match &self.held {
            Held::Trained(outcome) => Some(outcome),
            Held::Loaded(_) => None,
        }
    }
}

/// Reads a model or a forecaster from a file or from the folder of a run.
#[pyfunction]
pub fn load(py: Python<'_>, path: PathBuf) -> PyResult<Py<PyAny>> {
    Ok(match py.detach(|| Loaded::read(&path)).map_err(exception)? {
        Loaded::Model(model) => Model { held: Held::Loaded(model) }.into_pyobject(py)?.into_any().unbind(),
        Loaded::Forecaster(model) => Forecaster::loaded(model).into_pyobject(py)?.into_any().unbind(),
    })
}

#[pymethods]
impl Model {
    /// Numbers in the targets' units or probabilities of classes, `[rows, outputs]`, and their standard deviation.
    fn predict<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Cells<'py>>,
        threads: usize,
    ) -> PyResult<(Bound<'py, PyAny>, Option<Bound<'py, PyAny>>)> {
        let (n_rows, Prediction { values, deviation, rows, .. }) = self.ask(py, &columns, None, threads)?;
        let (width, flat) = (self.model().target.outputs(), self.model().target.task == Task::Regression);
        let array = |numbers: Vec<f64>| convert::array(py, every_row(n_rows, &rows, &numbers, width), width, flat);
        Ok((array(values)?, deviation.map(array).transpose()?))
    }

    /// For each row the steps of its sequence and the weights of attention on them.
    fn looks(&self, py: Python<'_>, columns: Vec<Cells<'_>>) -> PyResult<Vec<Vec<(String, f64)>>> {
        let table = convert::table(&columns)?;
        let model = self.model();
        let rows: Vec<usize> = (0..table.n_rows).collect();
        let looks =
            py.detach(|| gedanken::looks(model, table, &rows, &PredictOptions::default())).map_err(exception)?;
        Ok(looks.into_iter().map(|look| look.steps.into_iter().zip(look.weights).collect()).collect())
    }

    /// Lower and upper bounds of the intervals at `level`, `[rows, targets]`; `None` of classes, and of a model without
    /// validation rows.
    fn intervals<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<Cells<'py>>,
        level: Option<f64>,
        threads: usize,
    ) -> PyResult<Option<[Bound<'py, PyAny>; 2]>> {
        let (n_rows, prediction) = self.ask(py, &columns, level, threads)?;
        let Some(Range::Intervals(intervals)) = prediction.range else { return Ok(None) };
        let width = self.model().target.outputs();
        let end = |end: usize| {
            let numbers: Vec<f64> = intervals.iter().map(|interval| interval[end]).collect();
            convert::array(py, every_row(n_rows, &prediction.rows, &numbers, width), width, true)
        };
        Ok(Some([end(0)?, end(1)?]))
    }

    /// Numbers of the classes in the set of each row at `level`, the most probable first; `None` of numbers, and of a model
    /// without validation rows.
    fn sets(
        &self,
        py: Python<'_>,
        columns: Vec<Cells<'_>>,
        level: Option<f64>,
        threads: usize,
    ) -> PyResult<Option<Vec<Vec<usize>>>> {
        let (n_rows, prediction) = self.ask(py, &columns, level, threads)?;
        let Some(Range::Sets(sets)) = prediction.range else { return Ok(None) };
        let mut all = vec![Vec::new(); n_rows];
        prediction.rows.iter().zip(sets).for_each(|(&row, set)| all[row] = set);
        Ok(Some(all))
    }

    /// For each row where it lies, its distance to the nearest training row, which that is, from zero, and, of networks,
    /// the fraction of the training rows with a lower density.
    #[allow(clippy::type_complexity)] // four lists side by side
    fn domain(
        &self,
        py: Python<'_>,
        columns: Vec<Cells<'_>>,
        threads: usize,
    ) -> PyResult<(Vec<&'static str>, Vec<f64>, Vec<usize>, Option<Vec<f64>>)> {
        let (_, prediction) = self.ask(py, &columns, None, threads)?;
        let near = prediction.neighbors.iter();
        let densities = near.clone().map(|near| near.density).collect();
        let rows = near.map(|near| (near.status.word(), near.distance, near.row));
        let (places, (distances, rows)) = rows.map(|(place, distance, row)| (place, (distance, row))).unzip();
        Ok((places, distances, rows, densities))
    }

    /// Writes the model to a file, whole or not at all.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.model().save(&path)).map_err(exception)
    }

    /// The experiment it was trained by, as JSON.
    #[getter]
    fn experiment(&self) -> PyResult<String> {
        serde_json::to_string(&self.model().experiment).map_err(crate::errors::not_json)
    }

    /// Everything that was found in the run, as JSON; `{}` for a model from a file.
    #[getter]
    fn metrics(&self) -> String {
        self.outcome().map_or_else(|| "{}".into(), |outcome| outcome.to_json().to_string())
    }

    /// The report of the run as a page; `None` for a model from a file.
    fn report(&self) -> Option<String> {
        self.outcome().map(|outcome| page(outcome).to_html())
    }

    /// Tables of test figures and conclusions of a comparison, as text; empty for a model from
    /// a file.
    fn summary(&self) -> String {
        self.outcome().map_or_else(String::new, Outcome::summary)
    }

    /// Metrics, and the quality of intervals and distances, on a table with targets, as JSON.
    fn evaluate(&self, py: Python<'_>, columns: Vec<Cells<'_>>, threads: usize) -> PyResult<String> {
        let table = convert::table(&columns)?;
        let found = pooled(py, threads, || self.model().evaluate(table))?.map_err(exception)?;
        serde_json::to_string(&found).map_err(crate::errors::not_json)
    }

    /// Feature importance and partial dependence over the rows of a table, or explanations of predictions: as JSON, as a page, as
    /// text and as the figures for Plotly.
    fn interpret(
        &self,
        py: Python<'_>,
        columns: Vec<Cells<'_>>,
        asked: &str,
        threads: usize,
    ) -> PyResult<(String, String, String, String)> {
        let asked: Interpret = serde_json::from_str(asked)
            .map_err(|error| InputError::new_err(format!("this cannot be asked: {error}")))?;
        let table = convert::table(&columns)?;
        let found =
            pooled(py, threads, || gedanken::interpret(self.model(), table, &asked, &|_| {}))?.map_err(exception)?;
        let json = serde_json::to_string(&found).map_err(crate::errors::not_json)?;
        Ok((json, found.page().to_html(), found.to_text(), found.plotly().to_string()))
    }

    /// A dictionary for each training: lists of numbers, an entry for each epoch, and the best epoch.
    #[getter]
    fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let one = |(records, best): &gedanken::History| {
            let history = PyDict::new(py);
            history.set_item("epoch", records.iter().map(|r| r.epoch).collect::<Vec<_>>())?;
            history.set_item("learning_rate", records.iter().map(|r| r.learning_rate).collect::<Vec<_>>())?;
            history.set_item("train_loss", records.iter().map(|r| r.train_loss).collect::<Vec<_>>())?;
            history.set_item("validation_loss", records.iter().map(|r| r.validation_loss).collect::<Vec<_>>())?;
            history.set_item("best_epoch", best)?;
            Ok(history)
        };
        let histories = self.outcome().map_or(&[][..], |outcome| &outcome.histories);
        PyList::new(py, histories.iter().map(one).collect::<PyResult<Vec<_>>>()?)
    }

    /// Whether it predicts classes.
    #[getter]
    fn is_classifier(&self) -> bool {
        self.model().target.task == Task::Classification
    }

    /// Names of the classes.
    #[getter]
    fn classes(&self) -> Vec<String> {
        self.model().target.classes.clone()
    }

    /// Names of the targets.
    #[getter]
    fn targets(&self) -> Vec<String> {
        self.model().target.names.clone()
    }

    /// How many models it averages.
    #[getter]
    fn n_parts(&self) -> usize {
        self.model().n_parts()
    }

    /// How many rows it has learned from.
    #[getter]
    fn train_rows(&self) -> usize {
        self.model().train_rows
    }
}

impl Model {
    /// How many rows there are, and what is predicted for those that can be read.
    fn ask(
        &self,
        py: Python<'_>,
        columns: &[Cells<'_>],
        level: Option<f64>,
        threads: usize,
    ) -> PyResult<(usize, Prediction)> {
        let table = convert::table(columns)?;
        let n_rows = table.n_rows;
        let options = PredictOptions { level, ..PredictOptions::default() };
        let prediction = pooled(py, threads, || self.model().predict_with(table, &options))?.map_err(exception)?;
        Ok((n_rows, prediction))
    }
}

/// Works without the interpreter, on threads of this call alone: those of a pool that lives on do not survive a fork.
fn pooled<X: Send>(py: Python<'_>, threads: usize, work: impl FnOnce() -> X + Send) -> PyResult<X> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| GedankenError::new_err(error.to_string()))?;
    Ok(py.detach(|| pool.install(work)))
}

/// Predictions of some rows as those of all: NaN where a molecule could not be read and was to be left out.
fn every_row(n_rows: usize, rows: &[usize], numbers: &[f64], width: usize) -> Vec<f64> {
    let mut all = vec![f64::NAN; n_rows * width];
    for (&row, numbers) in rows.iter().zip(numbers.chunks_exact(width.max(1))) {
        all[row * width..(row + 1) * width].copy_from_slice(numbers);
    }
    all
}
