//! Tuning: fields of an experiment that are ranges, optimized in the trials of a study.

#![forbid(unsafe_code)]

pub mod find;
pub mod options;
mod ranges;
pub mod report;
mod stop;
pub mod tunable;
mod work;
