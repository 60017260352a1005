//! Evaluation of predictions: scores, comparisons, intervals, domain, curves. No job is known here.

#![forbid(unsafe_code)]

pub mod compare;
pub mod curves;
pub mod domain;
pub mod intervals;
pub mod predictions;
pub mod replicates;
pub mod scores;
pub mod temperature;
pub mod worst;
