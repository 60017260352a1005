//! The session of a job: threads, a folder of checkpoints, and a listener of events.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use nn::{Control, EpochRecord, Progress};
use spec::error::{Error, Result};

/// Options of a run that do not change the result.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads; zero means one for every core.
    pub threads: usize,
    /// Folder in which the state is kept after every epoch.
    pub checkpoints: Option<&'a Path>,
    /// Listener of events, which may interrupt.
    pub watch: &'a (dyn Fn(Event<'_>) -> Control + Sync),
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { threads: 0, checkpoints: None, watch: &|_| Control::Continue }
    }
}

/// Events of a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A warning or a note for the user.
    Note(&'a str),
    /// Reading and featurizing have begun.
    Reading,
    /// A baseline is being trained.
    Baseline(&'a str),
    /// A curve is being measured: over which field.
    Curve(&'a str),
    /// Trainings of the model, or of a curve, begin: how many.
    Trainings(usize),
    /// An epoch has ended.
    Epoch {
        /// Which training.
        unit: usize,
        /// Its state.
        progress: Progress,
    },
    /// A training has ended.
    Trained(usize),
}

/// More threads than the largest machines have cores; their stacks alone would fill the memory of others.
const MOST_THREADS: usize = 1024;

/// Threads to work on; zero means one for every core.
pub fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    if threads > MOST_THREADS {
        let reason = format!("{threads} are asked for, at most {MOST_THREADS} are possible");
        return Err(Error::Threads { reason });
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|e| Error::Threads { reason: e.to_string() })
}

/// The value in a lock, even if a thread that held it has panicked.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reports a note to the user, unless it was reported before.
pub fn tell_once(notes: &Mutex<Vec<String>>, options: &Options<'_>, note: String) {
    let mut notes = locked(notes);
    if !notes.contains(&note) {
        (options.watch)(Event::Note(&note));
        notes.push(note);
    }
}

/// The folder of checkpoints inside the folder of a run.
pub(crate) fn checkpoint_folder(run: &Path) -> PathBuf {
    run.join("checkpoints")
}

/// The epochs of a training and the best of them.
pub type History = (Vec<EpochRecord>, Option<usize>);
