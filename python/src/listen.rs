//! Work beside the interpreter: the caller's thread only waits, and looks for Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use gedanken::{Control, Options};
use pyo3::prelude::*;

use crate::errors::exception;

/// How long Ctrl-C may go unheard.
const LISTEN: Duration = Duration::from_millis(50);

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
