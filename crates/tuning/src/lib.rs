//! Tuning: fields of an experiment that are ranges, optimized in the trials of a study.

#![forbid(unsafe_code)]

pub mod find;
pub mod options;
pub mod ranges;
pub mod report;
pub mod stop;
pub mod tunable;
pub mod work;
