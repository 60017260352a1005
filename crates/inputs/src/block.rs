//! Encoded rows.

use nn::Graphs;

/// Some rows as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// `[rows, names]`; of graphs the extra descriptors.
    pub x: Vec<f32>,
    /// A graph for each row, where rows are graphs.
    pub graphs: Option<Graphs>,
}

impl From<Vec<f32>> for Block {
    fn from(x: Vec<f32>) -> Self {
        Block { x, graphs: None }
    }
}
