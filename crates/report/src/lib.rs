//! Figures and tables as plain data with renderings. This crate computes nothing: the numbers are the caller's.
//!
//! ```
//! let curve = report::learning_curve(&[0.0, 1.0], &[1.0, 0.4], &[1.1, 0.6], Some(1.0), "mean squared error");
//! assert!(curve.to_svg().starts_with("<svg"));
//! ```

#![forbid(unsafe_code)]

mod figure;
mod table;

pub use figure::{Axis, Figure, Mark, Scale, Tick, confusion_matrix, learning_curve, parity, roc_curve};
pub use table::{Alignment, Table};
