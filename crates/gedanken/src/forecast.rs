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
//! | errors and intervals | `judge`, `tally` |
//! | all of it in order | `run`, with `check`, `fold` and `train` |
//! | the trained forecaster, and its file | `forecaster`, `file` |
//! | what was found: figures, tables, pictures, a page, files | `outcome`, `tables`, `pictures`, `page`, `files` |

mod check;
mod cuts;
mod file;
mod files;
mod fit;
mod fold;
mod forecaster;
mod judge;
mod outcome;
mod page;
mod panel;
mod pictures;
mod predict;
mod run;
mod spec;
mod tables;
mod tally;
mod train;
mod windows;

pub(crate) use file::is_forecaster;
pub use files::write_forecast_run;
pub use forecaster::{ForecastStep, Forecaster, Forecasts, TargetColumns};
pub use judge::{ForecastScores, TargetErrors};
pub use outcome::{ForecastOutcome, Past, Shown};
pub use run::{run_forecast, run_forecast_table};
pub use spec::{Channels, Forecast, Normalise};
