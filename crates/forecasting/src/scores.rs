//! Errors of forecasts, as they are reported.

use nn::metrics::{ForecastErrors, Interval};
use serde::Serialize;

/// Errors of one model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastScores {
    /// Such as `seasonal naive (24)`.
    pub model: String,
    /// Origins of the forecasts.
    pub origins: usize,
    /// Mean squared error over all targets, in squares of their standard deviations in the training steps.
    pub scaled_mse: f64,
    /// Mean absolute error over all targets, in their standard deviations in the training steps.
    pub scaled_mae: f64,
    /// One entry for each target.
    pub targets: Vec<TargetErrors>,
    /// For each step of the horizon the root mean squared and the mean absolute error over all targets, scaled as above.
    pub by_step: Vec<[f64; 2]>,
}

/// Errors of one target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetErrors {
    /// Its name.
    pub target: String,
    /// In its unit.
    pub errors: ForecastErrors,
    /// The mean absolute error, with the 95 % interval of a bootstrap over blocks of origins; absent where there are few.
    pub mae: Option<Interval>,
    /// The root mean squared error, likewise.
    pub rmse: Option<Interval>,
    /// Coverage: the fraction of the values inside the intervals; absent where some are infinite.
    pub coverage: Option<f64>,
    /// Their mean width, likewise.
    pub width: Option<f64>,
    /// Mean pinball loss of the bounds of the intervals, as quantiles, likewise.
    pub pinball: Option<f64>,
}
