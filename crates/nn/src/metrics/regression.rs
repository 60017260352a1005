//! Errors of predicted numbers.

use serde::{Deserialize, Serialize};

/// Errors of predictions $\hat y_i$ of numbers $y_i$, in units of the target (R2 has none).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Regression {
    /// $\sqrt{\frac1n\sum(\hat y_i - y_i)^2}$.
    pub rmse: f64,
    /// $\frac1n\sum|\hat y_i - y_i|$.
    pub mae: f64,
    /// $1 - \sum(\hat y_i-y_i)^2/\sum(y_i-\bar y)^2$; absent where the numbers are all the same.
    pub r2: Option<f64>,
}

impl Regression {
    /// The errors over all rows where `observed` is a number.
    ///
    /// ```
    /// use nn::metrics::Regression;
    /// let errors = Regression::of(&[1.0, 2.0, 3.0], &[1.0, 2.0, 6.0]);
    /// assert_eq!((errors.rmse, errors.mae, errors.r2), (3.0_f64.sqrt(), 1.0, Some(-3.5)));
    /// ```
    pub fn of(observed: &[f64], predicted: &[f64]) -> Self {
        let pairs: Vec<(f64, f64)> =
            observed.iter().copied().zip(predicted.iter().copied()).filter(|(y, _)| !y.is_nan()).collect();
        let n = pairs.len() as f64;
        let mean = pairs.iter().map(|(y, _)| y).sum::<f64>() / n;
        let squares: f64 = pairs.iter().map(|(y, p)| (p - y).powi(2)).sum();
        let spread: f64 = pairs.iter().map(|(y, _)| (y - mean).powi(2)).sum();
        Regression {
            rmse: (squares / n).sqrt(),
            mae: pairs.iter().map(|(y, p)| (p - y).abs()).sum::<f64>() / n,
            r2: (spread > 0.0).then(|| 1.0 - squares / spread),
        }
    }
}
