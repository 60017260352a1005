//! One file for each command.

pub mod completions;
pub mod data;
pub mod describe;
pub mod evaluate;
pub mod explain;
pub mod featurize;
pub mod fit;
pub mod interpret;
pub mod look;
pub mod predict;
pub mod schema;
pub mod study;
pub mod tune;
