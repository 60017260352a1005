//! Figures and tables as plain data with renderings. This crate computes nothing: the numbers are the caller's.
//!
//! ```
//! let curve = report::learning_curve(&[0.0, 1.0], &[1.0, 0.4], &[1.1, 0.6], Some(1.0), "mean squared error");
//! assert!(curve.to_svg().starts_with("<svg"));
//! ```

#![forbid(unsafe_code)]

mod figure;
mod html;
mod table;
pub mod words;

pub use figure::{
    Axis, BestSoFar, Figure, Mark, Scale, Slice, Steps, Tick, attention, bias_variance, calibration, confusion_matrix,
    convergence, coverage, dependence, error_by_distance, error_by_step, forecast, histogram, importance,
    learning_curve, nominal_coverage, parallel_coordinates, pareto, parity, posterior, precision_recall, residuals,
    roc_curve, validation_curve,
};
pub use html::{Block, Card, Highlight, Page, Section, picture};
pub use table::{Alignment, Table};
