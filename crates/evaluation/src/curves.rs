//! Measured curves, and their conclusions.

pub mod decompose;
pub mod measured;
pub mod verdict;
