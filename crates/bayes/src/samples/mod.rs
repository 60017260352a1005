//! Draws of whole functions from a process.

mod features;
mod joint;
mod path;

pub(crate) use features::Features;
pub use joint::draw_jointly;
pub(crate) use path::Path;
