//! Campaigns and their trials, kept in SQLite or PostgreSQL. The only crate that knows a database.

#![forbid(unsafe_code)]

pub mod ask;
mod check;
pub mod import;
pub mod pictures;
pub mod prepared;
pub mod simulate;
pub mod space;
pub mod store;
pub mod study;
pub mod summary;

pub use bayes::Problem;
pub use simulate::{Outcomes, Simulation, simulate};
pub use store::Store;
pub use store::place::Place;
pub use store::trial::{Asker, Proposal, State, TellOutcome, Told, Trial};
pub use study::{HOUR, Study, now};
pub use summary::Best;
