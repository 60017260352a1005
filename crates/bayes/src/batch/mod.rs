//! Several points at once.

mod believer;
mod choose;
mod context;
mod greedy;
mod joint;
mod kmeans;
mod penalized;
mod slice;
mod spec;
mod thompson;

pub(crate) use context::Context;
pub use spec::{Batch, Lie, Pick};
