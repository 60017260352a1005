//! How good predictions are.

mod bootstrap;
mod classification;
mod ranking;
mod regression;
mod reliability;

pub use bootstrap::{Interval, bootstrap};
pub(crate) use classification::argmax;
pub use classification::{ClassScores, Classification, Confusion};
pub use ranking::{PrecisionRecall, RocCurve, average_precision, precision_recall, roc_auc, roc_curve};
pub use regression::Regression;
pub use reliability::{ReliabilityBin, expected_calibration_error, reliability};
