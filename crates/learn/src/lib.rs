//! One model on one set of rows: trained, resumed, saved, and what any kind of job needs of a session and of the folder of a run.

#![forbid(unsafe_code)]

pub mod checkpoint;
pub mod fitted;
pub mod job;
pub mod model_file;
pub mod part_file;
mod process;
pub mod run_folder;
pub mod session;
pub mod spread;
pub mod trainings;
pub mod unit;
