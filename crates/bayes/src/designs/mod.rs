//! Points to begin with.

mod sobol;

pub use sobol::{MOST_INPUTS, sobol};
