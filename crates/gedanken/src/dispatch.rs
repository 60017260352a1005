//! One door for every kind of job.

use forecasting::job::Forecasts;
use forecasting::outcome::ForecastOutcome;
use learn::job::{Job, Results};
use learn::session::Options;
use spec::error::Result;
use spec::experiment::Experiment;
use tabular::job::Tabular;
use tabular::outcome::Outcome;

/// Outcome of a job.
pub enum Done {
    /// A model of tables.
    Table(Box<Outcome>),
    /// A forecaster of time series.
    Forecast(Box<ForecastOutcome>),
}

impl Done {
    /// Outcome of every job.
    pub fn results(&self) -> &dyn Results {
        match self {
            Done::Table(outcome) => &**outcome,
            Done::Forecast(outcome) => &**outcome,
        }
    }
}

/// Carries out an experiment, whatever kind of job it asks for.
///
/// # Errors
/// Whatever is wrong with settings or data; an interruption.
///
/// ```no_run
/// use gedanken::{Experiment, Options, carry_out};
/// let done = carry_out(&Experiment::default(), &Options::default())?;
/// println!("{}", done.results().summary());
/// # Ok::<(), gedanken::Error>(())
/// ```
pub fn carry_out(experiment: &Experiment, options: &Options<'_>) -> Result<Done> {
    if Forecasts::is_asked_for(experiment) {
        return Forecasts::carry_out(experiment, options).map(|outcome| Done::Forecast(Box::new(outcome)));
    }
    Tabular::carry_out(experiment, options).map(|outcome| Done::Table(Box::new(outcome)))
}
