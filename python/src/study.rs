//! Studies: trials go to Python as JSON, outcomes come as numbers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use gedanken::study::{Asker, HOUR, Place, State, Study as Inner, Told, now};
use gedanken::{Result, campaign, read_campaign};
use pyo3::prelude::*;
use serde_json::{Map, Value, json};

use crate::convert::{self, Cells};
use crate::errors::{exception, not_json};

/// A study as the Python class `gedanken.Study` holds it. Several threads may use it; they wait for one another.
#[pyclass(frozen, module = "gedanken._native")]
pub struct Study {
    inner: Mutex<Inner>,
}

/// A campaign from a TOML file and settings, as JSON.
#[pyfunction]
pub fn read_campaign_file(path: PathBuf, settings: &str) -> PyResult<String> {
    let campaign = read_campaign(&path, &convert::settings(settings)?).map_err(exception)?;
    Ok(json!(campaign).to_string())
}

/// Begins a study from the JSON of a campaign, or goes on with that of the same name; its files lie in `folder`.
#[pyfunction]
pub fn begin_study(
    py: Python<'_>,
    document: &str,
    at: &str,
    folder: PathBuf,
    candidates: Option<Vec<Cells<'_>>>,
) -> PyResult<Study> {
    let document = serde_json::from_str(document).map_err(not_json)?;
    let candidates = candidates.map(|columns| convert::table(&columns)).transpose()?;
    let begin = || Inner::resume(&at.parse()?, campaign(document, "")?, candidates, Path::new(&folder), now());
    Ok(Study { inner: Mutex::new(py.detach(begin).map_err(exception)?) })
}

/// Opens a study that was begun before.
#[pyfunction]
pub fn open_study(py: Python<'_>, at: &str, name: Option<&str>) -> PyResult<Study> {
    let open = || Inner::open(&at.parse::<Place>()?, name);
    Ok(Study { inner: Mutex::new(py.detach(open).map_err(exception)?) })
}

impl Study {
    /// Does `work` without the interpreter.
    fn work<X: Send>(&self, py: Python<'_>, work: impl FnOnce(&mut Inner) -> Result<X> + Send) -> PyResult<X> {
        py.detach(|| work(&mut self.lock())).map_err(exception)
    }

    /// The study; what a thread that panicked has left is in the database, and whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Study {
    /// At most `n` trials to carry out; the lease is in hours.
    fn ask(
        &self,
        py: Python<'_>,
        n: usize,
        worker: Option<&str>,
        request: Option<&str>,
        lease: Option<f64>,
    ) -> PyResult<String> {
        let trials = self.work(py, |study| study.ask(n, &asker(worker, request, lease)))?;
        Ok(json!(trials).to_string())
    }

    /// Another measurement at the point of a trial.
    fn replicate(&self, py: Python<'_>, number: i64, worker: Option<&str>, lease: Option<f64>) -> PyResult<String> {
        let trial = self.work(py, |study| study.replicate(number, &asker(worker, None, lease)))?;
        Ok(json!(trial).to_string())
    }

    /// The outcome of a trial: `state` is that of the trial from now on.
    fn tell(
        &self,
        py: Python<'_>,
        number: i64,
        state: &str,
        outcomes: BTreeMap<String, f64>,
        reason: Option<String>,
        correct: bool,
    ) -> PyResult<()> {
        let told = told(state, outcomes, reason)?;
        self.work(py, |study| study.tell(number, &told, correct, now()).map(|_| ()))
    }

    /// The outcome at a point: of the first trial that is pending there, or of a new one. Its number.
    fn tell_point(
        &self,
        py: Python<'_>,
        point: &str,
        state: &str,
        outcomes: BTreeMap<String, f64>,
        reason: Option<String>,
    ) -> PyResult<i64> {
        let point: Map<String, Value> = serde_json::from_str(point).map_err(not_json)?;
        let told = told(state, outcomes, reason)?;
        self.work(py, |study| match study.pending_at(&point)? {
            Some(number) => study.tell(number, &told, false, now()).map(|_| number),
            None => study.tell_point(&point, told, now()).map(|trial| trial.number),
        })
    }

    /// All trials.
    fn trials(&self, py: Python<'_>) -> PyResult<String> {
        Ok(json!(self.work(py, Inner::trials)?).to_string())
    }

    /// The best trials, and the hypervolume of several objectives.
    fn best(&self, py: Python<'_>) -> PyResult<(String, Option<f64>)> {
        let best = self.work(py, |study| study.trials().map(|trials| study.best(&trials)))?;
        Ok((json!(best.trials).to_string(), best.hypervolume))
    }

    /// Why a trial was proposed.
    fn why(&self, py: Python<'_>, number: i64) -> PyResult<String> {
        self.work(py, |study| {
            let trials = study.trials()?;
            study.find(&trials, number).map(|trial| study.why(trial))
        })
    }

    /// All trials as CSV.
    fn export(&self, py: Python<'_>) -> PyResult<String> {
        self.work(py, Inner::export)
    }

    /// Its name.
    #[getter]
    fn name(&self, py: Python<'_>) -> String {
        py.detach(|| self.lock().name().to_owned())
    }

    /// Its storage, without a password.
    #[getter]
    fn place(&self, py: Python<'_>) -> String {
        py.detach(|| self.lock().place().to_string())
    }

    /// The campaign, as JSON.
    #[getter]
    fn campaign(&self, py: Python<'_>) -> String {
        py.detach(|| json!(self.lock().campaign()).to_string())
    }

    /// Names of the parameters.
    #[getter]
    fn parameters(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.lock().parameters().into_iter().map(str::to_owned).collect())
    }

    /// Names of the measured quantities.
    #[getter]
    fn outcomes(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.lock().outcomes().into_iter().map(str::to_owned).collect())
    }
}

fn asker<'a>(worker: Option<&'a str>, request: Option<&'a str>, lease: Option<f64>) -> Asker<'a> {
    let now = now();
    Asker { worker, request, lease: lease.map(|hours| now + hours * HOUR), now }
}

fn told(state: &str, outcomes: BTreeMap<String, f64>, reason: Option<String>) -> PyResult<Told> {
    let state: State = serde_json::from_value(Value::from(state)).map_err(not_json)?;
    Ok(Told { state, outcomes, reason })
}
