//! Smoothing and derivatives by polynomials in a window.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::polynomial::Polynomials;
use crate::{Error, Result};

/// Savitzky-Golay filter \[Savitzky1964\]: $y'_i = \frac{\mathrm{d}^m q_i}{\mathrm{d}x^m}(x_i)$, the value or a
/// derivative of order $m$ of the polynomial $q_i$ that fits a window around point $i$ by least squares. Points count
/// as evenly spaced, with their mean distance. At both ends the polynomial of the last whole window is used, as in
/// SciPy's `mode="interp"`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavitzkyGolay {
    /// Points of the window, an odd number.
    #[schemars(range(min = 3))]
    pub window: usize,
    /// Degree of the polynomial, below the number of points.
    #[schemars(range(min = 0, max = 10))]
    pub order: usize,
    /// Order $m$ of the derivative; 0 smooths.
    #[schemars(range(min = 0, max = 4))]
    pub derivative: usize,
}

impl Default for SavitzkyGolay {
    fn default() -> Self {
        SavitzkyGolay { window: 11, order: 2, derivative: 0 }
    }
}

impl SavitzkyGolay {
    pub(super) fn check(&self, axis: &[f64]) -> Result<()> {
        let SavitzkyGolay { window, order, derivative } = *self;
        let found = format!("window = {window}, order = {order}, derivative = {derivative} on {} points", axis.len());
        let expected = match () {
            () if window.is_multiple_of(2) => "an odd window",
            () if window > axis.len() => "a window that is not wider than the spectrum",
            () if order >= window => "an order below the window",
            () if derivative > order => "a derivative up to the order",
            () => return Ok(()),
        };
        Err(Error::StepSettings { found, expected })
    }

    pub(super) fn apply(&self, axis: &[f64], y: &[f64]) -> Vec<f64> {
        let (half, n) = (self.window / 2, y.len());
        let points: Vec<f64> = (0..self.window).map(|at| at as f64 - half as f64).collect();
        let polynomials = Polynomials::new(&points, self.order);
        let spacing = (axis[n - 1] - axis[0]) / (n - 1).max(1) as f64;
        let scale = spacing.powi(-(self.derivative as i32));
        let weights =
            |x: f64| -> Vec<f64> { polynomials.weights(x, self.derivative).iter().map(|w| scale * w).collect() };
        let sum = |weights: &[f64], window: &[f64]| weights.iter().zip(window).map(|(w, y)| w * y).sum::<f64>();
        let center = weights(0.0);
        let (first, last) = (&y[..self.window], &y[n - self.window..]);
        let left = points[..half].iter().map(|&x| sum(&weights(x), first));
        let middle = y.windows(self.window).map(|window| sum(&center, window));
        let right = points[half + 1..].iter().map(|&x| sum(&weights(x), last));
        left.chain(middle).chain(right).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights of the paper for a quadratic on five points: (-3, 12, 17, 12, -3) / 35.
    #[test]
    fn an_impulse_shows_the_weights_of_the_paper() {
        let mut y = [0.0; 9];
        y[4] = 35.0;
        let axis: Vec<f64> = (0..9).map(f64::from).collect();
        let smooth = SavitzkyGolay { window: 5, order: 2, derivative: 0 }.apply(&axis, &y);
        assert!(smooth[2..7].iter().zip([-3.0, 12.0, 17.0, 12.0, -3.0]).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn windows_that_cannot_be_are_refused() {
        let axis = [0.0; 9];
        for (window, order, derivative, expected) in
            [(4, 2, 0, "odd"), (11, 2, 0, "wider"), (3, 3, 0, "below"), (5, 2, 3, "up to")]
        {
            let message = SavitzkyGolay { window, order, derivative }.check(&axis).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
