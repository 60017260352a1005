//! Campaigns and their trials, kept in SQLite or PostgreSQL. The only crate that knows a database.

#![forbid(unsafe_code)]

mod ask;
mod check;
mod import;
mod pictures;
mod prepared;
pub mod simulate;
mod space;
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
