//! A mark on an axis.

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The number.
    pub at: f64,
    /// Its text; empty for the small marks of a logarithmic axis.
    pub label: String,
}
