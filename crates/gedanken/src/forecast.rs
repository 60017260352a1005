//! Forecasts of time series.
//!
//! | step | file |
//! |---|---|
//! | what a user can say | `spec` |
//! | series with everything that is known of their steps | `panel` |
//! | training, validation and test in time | `cuts` |
//! | windows as rows, made when they are wanted | `windows` |
//! | models and their training | `fit` |
//! | what models and rules of thumb say | `predict` |
//! | errors and intervals | `judge` |
//! | all of it in order | `run` |
//! | the model in its file | `forecaster` |
//! | tables, pictures and files | `outcome` |

mod cuts;
mod fit;
mod forecaster;
mod judge;
mod outcome;
mod panel;
mod predict;
mod run;
mod spec;
mod windows;

pub(crate) use forecaster::is_forecaster;
pub use forecaster::{ForecastStep, Forecaster, Forecasts, TargetColumns};
pub use judge::{ForecastScores, TargetErrors};
pub use outcome::{ForecastOutcome, Past, Shown, write_forecast_run};
pub use run::{run_forecast, run_forecast_table};
pub use spec::{Channels, Forecast, Normalise};
