//! Errors of forecasts.

use serde::{Deserialize, Serialize};

/// Errors of forecasts $\hat y$ of values $y$, in units of the target unless it says otherwise \[Hyndman2006\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ForecastErrors {
    /// $\frac1n\sum|\hat y - y|$.
    pub mae: f64,
    /// $\sqrt{\frac1n\sum(\hat y - y)^2}$.
    pub rmse: f64,
    /// $\frac{100}n\sum|\hat y - y|/|y|$, in percent; absent where a value is zero.
    pub mape: Option<f64>,
    /// $\frac{200}n\sum|\hat y - y|/(|\hat y| + |y|)$, in percent, where two zeros have no error.
    pub smape: f64,
    /// The mean absolute error in units of that of the seasonal naive forecast on the training values; absent where that is zero.
    pub mase: Option<f64>,
}

/// Sums from which [`ForecastErrors`] follow; of parts they add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ForecastSums {
    n: f64,
    absolute: f64,
    squares: f64,
    relative: f64,
    symmetric: f64,
    scaled: f64,
}

impl ForecastSums {
    /// Adds a value and its forecast; `scale` is the mean absolute error of the seasonal naive forecast on the training values.
    ///
    /// ```
    /// let mut sums = nn::metrics::ForecastSums::default();
    /// sums.add(2.0, 3.0, 0.5);
    /// sums.add(4.0, 1.0, 0.5);
    /// let errors = sums.errors();
    /// assert_eq!((errors.mae, errors.rmse, errors.mape), (2.0, 5.0_f64.sqrt(), Some(62.5)));
    /// assert_eq!((errors.smape, errors.mase), (80.0, Some(4.0)));
    /// ```
    pub fn add(&mut self, observed: f64, forecast: f64, scale: f64) {
        let error = (forecast - observed).abs();
        let size = forecast.abs() + observed.abs();
        self.n += 1.0;
        self.absolute += error;
        self.squares += error * error;
        // Infinite or NaN where there is nothing to compare with.
        self.relative += error / observed.abs();
        self.symmetric += if size > 0.0 { 2.0 * error / size } else { 0.0 };
        self.scaled += error / scale;
    }

    /// Adds those of other values.
    pub fn join(&mut self, other: &ForecastSums) {
        self.n += other.n;
        self.absolute += other.absolute;
        self.squares += other.squares;
        self.relative += other.relative;
        self.symmetric += other.symmetric;
        self.scaled += other.scaled;
    }

    /// The errors.
    pub fn errors(&self) -> ForecastErrors {
        let mean = |sum: f64| sum / self.n;
        ForecastErrors {
            mae: mean(self.absolute),
            rmse: mean(self.squares).sqrt(),
            mape: Some(100.0 * mean(self.relative)).filter(|m| m.is_finite()),
            smape: 100.0 * mean(self.symmetric),
            mase: Some(mean(self.scaled)).filter(|m| m.is_finite()),
        }
    }
}

/// The pinball loss $\max(q(y - \hat y), (q - 1)(y - \hat y))$ of a forecast of the quantile $q$ \[Koenker1978\].
///
/// ```
/// assert_eq!(nn::metrics::pinball(3.0, 1.0, 0.9), 1.8);
/// assert!((nn::metrics::pinball(1.0, 3.0, 0.9) - 0.2).abs() < 1e-12);
/// ```
pub fn pinball(observed: f64, forecast: f64, quantile: f64) -> f64 {
    let over = observed - forecast;
    (quantile * over).max((quantile - 1.0) * over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_among_the_values_takes_the_relative_error_away_and_no_other() {
        let mut sums = ForecastSums::default();
        sums.add(0.0, 0.0, 0.0);
        sums.add(0.0, 1.0, 0.0);
        let errors = sums.errors();
        assert_eq!((errors.mape, errors.mase, errors.smape, errors.mae), (None, None, 100.0, 0.5));
    }

    #[test]
    fn sums_of_parts_add_up() {
        let values = [(1.0, 2.0), (5.0, 4.5), (-3.0, -1.0)];
        let of = |values: &[(f64, f64)]| {
            let mut sums = ForecastSums::default();
            values.iter().for_each(|(y, p)| sums.add(*y, *p, 2.0));
            sums
        };
        let mut joined = of(&values[..1]);
        joined.join(&of(&values[1..]));
        let (joined, whole) = (joined.errors(), of(&values).errors());
        assert!((joined.rmse - whole.rmse).abs() + (joined.smape - whole.smape).abs() < 1e-12);
        assert_eq!((joined.mae, joined.mase), (whole.mae, whole.mase));
    }
}
