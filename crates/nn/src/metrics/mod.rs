//! How good predictions are.

mod bootstrap;
mod classification;
mod comparison;
mod forecast;
mod rank;
mod ranking;
mod regression;
mod reliability;

pub use bootstrap::{Interval, bootstrap};
pub use classification::{ClassScores, Classification, Confusion, argmax};
pub use comparison::{PairedDifference, corrected_resampled_t, student_interval};
pub use forecast::{ForecastErrors, ForecastSums, pinball};
pub use rank::spearman;
pub use ranking::{PrecisionRecall, RocCurve, average_precision, precision_recall, roc_auc, roc_curve};
pub use regression::Regression;
pub use reliability::{ReliabilityBin, expected_calibration_error, reliability};
