//! Studies: campaigns of experiments that remember every trial.

mod store;

pub use store::{Asker, Place, Proposal, State, Store, TellOutcome, Told, Trial};
