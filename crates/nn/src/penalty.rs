//! Penalties on weights.

/// Penalties on all weights of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Penalty {
    pub l1: f64,
    pub l2: f64,
}
