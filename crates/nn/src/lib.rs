//! Layers, losses, metrics, networks, linear models, and the training loop.

#![forbid(unsafe_code)]

mod batches;
pub mod conformal;
#[cfg(test)]
mod conformance;
mod error;
mod examples;
mod form;
mod graph;
mod initialize;
pub mod layers;
mod losses;
pub mod metrics;
pub mod models;
mod network;
mod parameters;
mod penalty;
mod pullback;
mod rows;
mod seq2seq;
mod sparse;
mod state;
pub mod temperature;
mod train;
mod training;

pub use batches::{Batch, BatchTargets, Feed, GraphExamples, Order};
pub use error::Error;
pub use examples::{Examples, Targets, Unequal};
pub use form::{Form, Inputs};
pub use graph::{Codes, GraphBatch, GraphCodes, Graphs};
pub use initialize::Initialize;
pub use layers::{Activation, Dense, Layer};
pub use losses::Loss;
pub use network::Network;
pub use parameters::{Builder, Context, Entry, Layout, Mode, Moment};
pub use rows::Rows;
pub use seq2seq::{Score, Seq2seq, SequenceCell};
pub use sparse::SparseRows;
pub use state::{Best, EpochRecord, State};
pub use train::{Control, Progress, train};
pub use training::{EarlyStopping, Parallel, Training};

/// The result of this crate's fallible calls.
pub type Result<X> = std::result::Result<X, Error>;
