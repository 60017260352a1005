//! Graphs: nodes, the edges that join them, and what is known of both.

mod batch;
mod codes;
mod store;

pub use batch::GraphBatch;
pub use codes::{Codes, GraphCodes};
pub use store::Graphs;
