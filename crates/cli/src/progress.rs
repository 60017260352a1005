//! The progress bar of a training.

use std::sync::Mutex;
use std::time::Duration;

use gedanken::{Event, Experiment, TuneEvent};
use indicatif::{ProgressBar, ProgressStyle};

/// Shows the progress of a run, on standard error, where that is a terminal.
pub struct Progress {
    bar: ProgressBar,
    epochs: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Finished epochs of each training.
    epochs: Vec<u64>,
    best: Option<f64>,
    /// The curve that is being measured, as text; empty before.
    what: String,
}

impl Progress {
    /// A bar for the epochs of `experiment`.
    pub fn new(experiment: &Experiment) -> Self {
        let Spinner(bar) = Spinner::new();
        Progress { bar, epochs: experiment.train.epochs as u64, state: Mutex::default() }
    }

    /// Shows an event.
    pub fn hear(&self, event: Event<'_>) {
        let mut state = self.state.lock().unwrap_or_else(|e| e.into_inner());
        match event {
            Event::Note(text) => self.bar.suspend(|| crate::terminal::note(text)),
            Event::Reading => self.bar.set_message("reading"),
            Event::Baseline(name) => self.bar.set_message(format!("baseline: {}", name.replace('_', " "))),
            Event::Curve(field) => state.what = format!("curve over {field}"),
            Event::Trainings(n) => {
                *state = State { epochs: vec![0; n], best: None, what: std::mem::take(&mut state.what) };
                // The time left follows from the epochs alone, not from what came before them.
                self.bar.reset();
                self.bar.set_length(self.epochs * n as u64);
                self.bar.set_style(style("{bar:30.cyan/white.dim} {pos}/{len} epochs, {msg}, ETA {eta}"));
                self.bar.set_message(if state.what.is_empty() { "training".into() } else { state.what.clone() });
            }
            Event::Epoch { unit, progress } => {
                state.epochs[unit] = progress.epoch as u64;
                let loss = progress.record.validation_loss.unwrap_or(progress.record.train_loss);
                let best = state.best.map_or(loss, |best| best.min(loss));
                state.best = Some(best);
                // Losses of different settings are not to be compared.
                if state.what.is_empty() {
                    self.bar.set_message(format!("loss {loss:.4}, best {best:.4}"));
                }
                self.bar.set_position(state.epochs.iter().sum());
            }
            Event::Trained(unit) => {
                state.epochs[unit] = self.epochs;
                self.bar.set_position(state.epochs.iter().sum());
            }
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// The progress bar of a tuning: trials, then the trainings at its end.
pub struct TuningProgress {
    bar: ProgressBar,
    run: Progress,
}

impl TuningProgress {
    /// A bar for trials of an experiment.
    pub fn new(experiment: &Experiment) -> Self {
        let Spinner(bar) = Spinner::new();
        TuningProgress { bar, run: Progress::new(experiment) }
    }

    /// Shows an event.
    pub fn hear(&self, event: TuneEvent<'_>) {
        match event {
            TuneEvent::Tick => {}
            TuneEvent::Note(text) => self.bar.suspend(|| crate::terminal::note(text)),
            TuneEvent::Reading => self.bar.set_message("reading"),
            TuneEvent::Trials(finished, all) => {
                self.bar.reset();
                self.bar.set_length(all as u64);
                self.bar.set_position(finished as u64);
                self.bar.set_style(style("{bar:30.cyan/white.dim} {pos}/{len} trials{msg}, {elapsed}, ETA {eta}"));
                self.bar.set_message("");
            }
            TuneEvent::Told { best, finished, .. } => {
                self.bar.set_position(finished as u64);
                self.bar.set_message(best.map_or_else(String::new, |best| format!(", best {best:.4}")));
            }
            TuneEvent::Run(event) => {
                self.bar.finish_and_clear();
                self.run.hear(event);
            }
        }
    }

    /// Removes the bars.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        self.run.finish();
    }
}

/// A sign that work goes on, with words about it, on standard error where that is a terminal.
pub struct Spinner(ProgressBar);

impl Spinner {
    /// Begins to turn.
    pub fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_style(style("{spinner:.cyan} {msg} {elapsed}"));
        bar.enable_steady_tick(Duration::from_millis(100));
        Spinner(bar)
    }

    /// The present activity.
    pub fn say(&self, step: &str) {
        self.0.set_message(step.to_owned());
    }

    /// Removes it.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─")
}
