//! Baselines below the bands of a spectrum.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::polynomial::Polynomials;
use crate::{Error, Result};

/// Asymmetric least squares \[Eilers2005\]: subtracts the baseline $z$ that minimizes
/// $\sum_i w_i (y_i - z_i)^2 + \lambda \sum_i (\Delta^2 z_i)^2$ with $w_i = p$ above the baseline and $1 - p$ below
/// it, so that it runs smoothly below the bands. Weights and baseline are computed in turn; points count as evenly
/// spaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AsymmetricLeastSquares {
    /// Smoothness $\lambda$: about 1e2 to 1e9, more for spectra of more points.
    #[schemars(range(min = 0.0))]
    pub smoothness: f64,
    /// Asymmetry $p$: the weight of points above the baseline, about 0.001 to 0.1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub asymmetry: f64,
    /// Number of updates of the weights.
    #[schemars(range(min = 1, max = 1000))]
    pub iterations: usize,
}

/// Polynomial baseline \[Lieber2003\]: a polynomial $z$ is fitted to the spectrum, the spectrum is replaced by
/// $\min(y, z)$, and so on; the last polynomial is subtracted. With one iteration it is the polynomial that fits the
/// spectrum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PolynomialBaseline {
    /// Degree of the polynomial.
    #[schemars(range(min = 0, max = 20))]
    pub degree: usize,
    /// Number of fits.
    #[schemars(range(min = 1, max = 1000))]
    pub iterations: usize,
}

impl Default for AsymmetricLeastSquares {
    fn default() -> Self {
        AsymmetricLeastSquares { smoothness: 1e5, asymmetry: 0.01, iterations: 10 }
    }
}

impl Default for PolynomialBaseline {
    fn default() -> Self {
        PolynomialBaseline { degree: 3, iterations: 100 }
    }
}

impl AsymmetricLeastSquares {
    pub(super) fn check(&self, axis: &[f64]) -> Result<()> {
        let AsymmetricLeastSquares { smoothness, asymmetry, iterations } = *self;
        let found = format!(
            "smoothness = {smoothness}, asymmetry = {asymmetry}, iterations = {iterations} on {} points",
            axis.len()
        );
        let expected = match () {
            () if !(smoothness >= 0.0 && smoothness.is_finite()) => "a smoothness that is not negative",
            () if !(asymmetry > 0.0 && asymmetry < 1.0) => "an asymmetry between 0 and 1",
            () if iterations == 0 => "at least one iteration",
            () if axis.len() < 3 => "at least three points",
            () => return Ok(()),
        };
        Err(Error::StepSettings { found, expected })
    }

    pub(super) fn apply(&self, y: &[f64]) -> Vec<f64> {
        let mut weights = vec![1.0; y.len()];
        let mut baseline = Vec::new();
        for _ in 0..self.iterations {
            baseline = smooth(y, &weights, self.smoothness);
            for (w, (y, z)) in weights.iter_mut().zip(y.iter().zip(&baseline)) {
                *w = if y > z { self.asymmetry } else { 1.0 - self.asymmetry };
            }
        }
        y.iter().zip(&baseline).map(|(y, z)| y - z).collect()
    }
}

impl PolynomialBaseline {
    pub(super) fn check(&self, axis: &[f64]) -> Result<()> {
        let PolynomialBaseline { degree, iterations } = *self;
        let found = format!("degree = {degree}, iterations = {iterations} on {} points", axis.len());
        let expected = match () {
            () if degree >= axis.len() => "a degree below the number of points",
            () if iterations == 0 => "at least one iteration",
            () => return Ok(()),
        };
        Err(Error::StepSettings { found, expected })
    }

    pub(super) fn apply(&self, axis: &[f64], y: &[f64]) -> Vec<f64> {
        // From -1 to 1, so that no power grows large.
        let (low, high) = (axis[0], axis[axis.len() - 1]);
        let points: Vec<f64> =
            axis.iter().map(|x| (2.0 * x - low - high) / (high - low).max(f64::MIN_POSITIVE)).collect();
        let polynomials = Polynomials::new(&points, self.degree);
        let (mut below, mut baseline) = (y.to_vec(), Vec::new());
        for _ in 0..self.iterations {
            baseline = polynomials.fit(&below);
            below.iter_mut().zip(&baseline).for_each(|(y, z)| *y = y.min(*z));
        }
        y.iter().zip(&baseline).map(|(y, z)| y - z).collect()
    }
}

/// The solution $z$ of $(W + \lambda D^\top D) z = W y$ with second differences $D$. The matrix has five diagonals and is positive
/// definite: $L D L^\top$ with two diagonals of $L$ below the first.
fn smooth(y: &[f64], weights: &[f64], lambda: f64) -> Vec<f64> {
    let n = y.len();
    // Of each row the diagonal of the second differences, and the entries one and two places before it.
    let entry = |i: usize, back: usize| -> f64 {
        // Differences that begin at k = 0 ... n - 3 have the weights 1, -2, 1 on k, k + 1, k + 2.
        let of = |k: usize| [1.0, -2.0, 1.0][i - k] * [1.0, -2.0, 1.0][i - back - k];
        (i.saturating_sub(2)..=(i - back).min(n - 3)).map(of).sum()
    };
    let (mut diagonal, mut one, mut two) = (vec![0.0_f64; n], vec![0.0; n], vec![0.0; n]);
    let mut z = vec![0.0; n];
    for i in 0..n {
        if i >= 2 {
            two[i] = lambda * entry(i, 2) / diagonal[i - 2];
        }
        if i >= 1 {
            let known = if i >= 2 { two[i] * diagonal[i - 2] * one[i - 1] } else { 0.0 };
            one[i] = (lambda * entry(i, 1) - known) / diagonal[i - 1];
        }
        let before = |k: usize, factor: f64| if i >= k { factor * factor * diagonal[i - k] } else { 0.0 };
        diagonal[i] = weights[i] + lambda * entry(i, 0) - before(1, one[i]) - before(2, two[i]);
        z[i] = weights[i] * y[i];
        if i >= 1 {
            z[i] -= one[i] * z[i - 1];
        }
        if i >= 2 {
            z[i] -= two[i] * z[i - 2];
        }
    }
    for i in (0..n).rev() {
        z[i] /= diagonal[i];
        if i + 1 < n {
            z[i] -= one[i + 1] * z[i + 1];
        }
        if i + 2 < n {
            z[i] -= two[i + 2] * z[i + 2];
        }
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A straight line and a narrow band.
    fn spectrum() -> (Vec<f64>, Vec<f64>, Vec<f64>) {
        let axis: Vec<f64> = (0..200).map(f64::from).collect();
        let band: Vec<f64> = axis.iter().map(|x| (-0.5 * ((x - 100.0) / 4.0).powi(2)).exp()).collect();
        let y = axis.iter().zip(&band).map(|(x, band)| 3.0 - 0.01 * x + band).collect();
        (axis, band, y)
    }

    /// What is left: of least squares on either side a bias of some tenths of p, of the polynomial less.
    #[test]
    fn a_band_on_a_straight_line_stays_and_the_line_goes() {
        let (axis, band, y) = spectrum();
        let smooth = AsymmetricLeastSquares { smoothness: 1e6, ..AsymmetricLeastSquares::default() }.apply(&y);
        let polynomial = PolynomialBaseline { degree: 1, iterations: 100 }.apply(&axis, &y);
        for (found, limit) in [(smooth, 0.02), (polynomial, 0.02)] {
            assert!(found.iter().zip(&band).all(|(a, b)| (a - b).abs() < limit));
        }
    }

    #[test]
    fn one_fit_of_degree_zero_takes_the_mean_away() {
        let baseline = PolynomialBaseline { degree: 0, iterations: 1 };
        assert_eq!(baseline.apply(&[1.0, 2.0, 5.0], &[1.0, 2.0, 6.0]), [-2.0, -1.0, 3.0]);
    }

    #[test]
    fn settings_that_cannot_be_are_refused() {
        for step in [
            AsymmetricLeastSquares { smoothness: -1.0, ..AsymmetricLeastSquares::default() },
            AsymmetricLeastSquares { asymmetry: 1.0, ..AsymmetricLeastSquares::default() },
            AsymmetricLeastSquares { iterations: 0, ..AsymmetricLeastSquares::default() },
        ] {
            assert!(step.check(&[0.0; 9]).is_err(), "{step:?}");
        }
        assert!(AsymmetricLeastSquares::default().check(&[0.0; 2]).is_err());
        assert!(PolynomialBaseline { degree: 3, iterations: 1 }.check(&[0.0; 3]).is_err());
    }
}
