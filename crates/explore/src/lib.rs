//! A look at a table before anyone trains on it.

#![forbid(unsafe_code)]

pub mod components;
pub mod correlation;
pub mod distances;
pub mod features;
pub mod figures;
pub mod leaks;
pub mod look;
pub mod molecules;
pub mod targets;
pub mod text;
pub mod verdicts;
