//! Options and events of a tuning.

use learn::session::Event;
use nn::Control;
use study::store::place::Place;
use study::store::trial::Trial;

/// Where and how a tuning is carried out. With one worker the same experiment gives the same trials; with several, what is
/// proposed depends on which of them is done first.
#[derive(Clone, Copy)]
pub struct TuneOptions<'a> {
    /// The study's database.
    pub place: &'a Place,
    /// The study's name, where a database holds several.
    pub name: Option<&'a str>,
    /// Trials at once.
    pub workers: usize,
    /// Threads that they share; zero means one for every core.
    pub threads: usize,
    /// Listener of events, which may interrupt.
    pub watch: &'a (dyn Fn(TuneEvent<'_>) -> Control + Sync),
}

/// Events of a tuning.
#[derive(Clone, Copy, Debug)]
pub enum TuneEvent<'a> {
    /// A warning or a note for the user.
    Note(&'a str),
    /// Reading and featurizing have begun.
    Reading,
    /// Trials begin, or go on: how many are finished, and how many there will be.
    Trials(usize, usize),
    /// A trial has ended; the best so far, and how many are finished.
    Told {
        /// The trial.
        trial: &'a Trial,
        /// The figure of the best so far.
        best: Option<f64>,
        /// Finished trials.
        finished: usize,
    },
    /// Nothing has happened; an answer is awaited.
    Tick,
    /// The best settings, or the defaults, are trained and evaluated.
    Run(Event<'a>),
}
