//! Convolution over channels-last images as an implicit product: nothing is unfolded in memory.
//!
//! A line of the output is a product of overlapping stretches of a line of the (padded) image with the weights, so the inner
//! kernel of the matrix product reads the image where it lies, and another part of it for every line of the filter. What
//! belongs to one image is computed by one thread, in its cache.

mod backward;
mod forward;
mod geometry;
mod phases;

pub use backward::{Gradients, backward};
pub use forward::{forward, forward_pooled};
pub use geometry::Convolution;

#[cfg(test)]
mod tests;
