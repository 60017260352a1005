//! Training outside of the interpreter: the caller's thread only waits, and checks for Ctrl-C.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use gedanken::{Control, Options, read_experiment, run as run_experiment, run_forecast, run_table};
use pyo3::prelude::*;

use crate::convert::{self, Cells};
use crate::errors::exception;
use crate::forecast::Forecaster;
use crate::model::Model;

/// How long Ctrl-C may go unheard.
const LISTEN: Duration = Duration::from_millis(50);

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
    if experiment.forecast.is_some() {
        let outcome = listening(py, threads, |options| run_forecast(&experiment, options))?;
        return Ok(Forecaster::of(outcome).into_pyobject(py)?.into_any().unbind());
    }
    let outcome = listening(py, threads, |options| run_experiment(&experiment, options))?;
    Ok(Model::of(outcome).into_pyobject(py)?.into_any().unbind())
}

/// Works on a thread of its own, without the interpreter, until it is done or a signal handler raises.
pub fn listening<O: Send>(
    py: Python<'_>,
    threads: usize,
    work: impl FnOnce(&Options<'_>) -> gedanken::Result<O> + Send,
) -> PyResult<O> {
    let stop = AtomicBool::new(false);
    let watch = |_: gedanken::Event<'_>| if stop.load(Relaxed) { Control::Interrupt } else { Control::Continue };
    let (outcome, raised) = py.detach(|| {
        std::thread::scope(|scope| {
            let (done, is_done) = channel::<()>();
            let worker = scope.spawn(|| {
                let _done = done; // Dropped at the end, in a panic too: that wakes the listener.
                work(&Options { threads, checkpoints: None, watch: &watch })
            });
            let mut raised = None;
            while is_done.recv_timeout(LISTEN) == Err(RecvTimeoutError::Timeout) {
                if let (None, Err(error)) = (&raised, Python::attach(|py| py.check_signals())) {
                    stop.store(true, Relaxed);
                    raised = Some(error);
                }
            }
            (worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), raised)
        })
    });
    match raised {
        Some(error) => Err(error),
        None => outcome.map_err(exception),
    }
}
