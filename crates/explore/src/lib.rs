//! A look at a table before training.

#![forbid(unsafe_code)]

mod cloud;
pub mod components;
pub mod correlation;
pub mod distances;
pub mod features;
mod figures;
pub mod found;
pub mod leaks;
pub mod look;
pub mod molecules;
mod sample;
pub mod targets;
mod text;
pub mod verdict;
mod verdicts;
mod words;
