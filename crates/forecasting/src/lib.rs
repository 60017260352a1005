//! Forecasts of time series.
//!
//! | step | file |
//! |---|---|
//! | series with their covariates | `panel` |
//! | training, validation and test in time | `cuts` |
//! | windows as rows, made when they are wanted | `windows` |
//! | models and their training | `fit` |
//! | predictions of models and naive baselines | `predict` |
//! | errors and intervals | `judge`, `tally`, `scores` |
//! | the whole run |  `run`, with `context`, `check`, `fold` and `train` |
//! | the trained forecaster, and its file | `forecaster`, `file` |
//! | results: metrics, tables, figures, a page, files | `outcome`, `tables`, `pictures`, `page`, `files` |

#![forbid(unsafe_code)]

mod check;
mod context;
mod cuts;
pub mod file;
pub mod files;
mod fit;
mod fold;
pub mod forecaster;
pub mod job;
mod judge;
pub mod outcome;
mod page;
mod panel;
mod pictures;
mod predict;
pub mod run;
pub mod scores;
mod tables;
mod tally;
pub mod targets;
mod train;
mod windows;
