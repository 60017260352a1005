//! Forecasts of time series.
//!
//! | step | file |
//! |---|---|
//! | series with everything that is known of their steps | `panel` |
//! | training, validation and test in time | `cuts` |
//! | windows as rows, made when they are wanted | `windows` |
//! | models and their training | `fit` |
//! | what models and rules of thumb say | `predict` |
//! | errors and intervals | `judge`, `tally`, `scores` |
//! | all of it in order | `run`, with `context`, `check`, `fold` and `train` |
//! | the trained forecaster, and its file | `forecaster`, `file` |
//! | what was found: figures, tables, pictures, a page, files | `outcome`, `tables`, `pictures`, `page`, `files` |

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
