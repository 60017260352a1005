//! Models of tables: rows are read, split, learned from and predicted; the results become a report and files.

#![forbid(unsafe_code)]

pub mod choose;
pub mod context;
pub mod curves;
pub mod evaluate;
pub mod files;
pub mod folds;
pub mod job;
pub mod judge;
pub mod model;
pub mod notes;
pub mod outcome;
pub mod report;
pub mod run;
pub mod train;
pub mod trial;
mod views;
