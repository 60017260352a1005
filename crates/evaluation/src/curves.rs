//! Curves as they were measured, and what they say.

pub mod decompose;
pub mod measured;
pub mod verdict;
