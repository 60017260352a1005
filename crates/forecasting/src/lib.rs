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

pub mod check;
pub mod context;
pub mod cuts;
pub mod file;
pub mod files;
pub mod fit;
pub mod fold;
pub mod forecaster;
pub mod judge;
pub mod outcome;
pub mod page;
pub mod panel;
pub mod pictures;
pub mod predict;
pub mod run;
pub mod scores;
pub mod tables;
pub mod tally;
pub mod targets;
pub mod train;
pub mod windows;
