//! Planes: Bayesian linear regression.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter, add_up, columns, fill, reach};
use crate::points::Points;
use crate::prior::Prior;

/// Linear, $k = \sum_i v_i (x_i - \frac12)(x'_i - \frac12)$, that is Bayesian linear regression with the variance
/// $v_i$ of the slope along each input, from $10^{-4}$ to $10^4$. Inputs lie in the unit cube, in whose center all
/// planes meet \[Rasmussen2006\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Linear {
    /// Inputs that it depends on, counted from zero; empty for all.
    pub columns: Vec<usize>,
    /// Prior of the variances; by default $\ln v \sim N(0, 2)$.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<Prior>,
}

const MIDDLE: f64 = 0.5;

impl Covariance for Linear {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let one = |column: usize| Parameter {
            name: format!("slope variance {}", column + 1),
            positive: true,
            start: 0.0,
            bounds: [1e-4_f64.ln(), 1e4_f64.ln()],
            prior: self.variance.unwrap_or(Prior::LogNormal { mean: 0.0, deviation: 2.0 }),
        };
        columns(&self.columns, width).into_iter().map(one).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let used = columns(&self.columns, a.width);
        fill(a, b, |i, out| {
            for (j, out) in out.iter_mut().enumerate() {
                let (x, y) = (a.row(i), b.row(j));
                let term = |(at, &c): (usize, &usize)| theta[at].exp() * (x[c] - MIDDLE) * (y[c] - MIDDLE);
                *out = used.iter().enumerate().map(term).sum();
            }
        })
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        let used = columns(&self.columns, a.width);
        let one = |i: usize| {
            let term = |(at, &c): (usize, &usize)| theta[at].exp() * (a.row(i)[c] - MIDDLE).powi(2);
            used.iter().enumerate().map(term).sum()
        };
        (0..a.n()).map(one).collect()
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    ) {
        let used = columns(&self.columns, a.width);
        let m = b.n();
        // For each input the sum of dk times the other point.
        let pulled =
            |i: usize, c: usize| -> f64 { (0..reach(i, a, b)).map(|j| dk[i * m + j] * (b.row(j)[c] - MIDDLE)).sum() };
        let sums = add_up(a, b, used.len(), |i, _, sums| {
            for (sum, &c) in sums.iter_mut().zip(&used) {
                *sum += (a.row(i)[c] - MIDDLE) * pulled(i, c);
            }
        });
        for (at, sum) in sums.iter().enumerate() {
            dtheta[at] += theta[at].exp() * sum;
        }
        let Some(da) = da else { return };
        for i in 0..a.n() {
            for (at, &c) in used.iter().enumerate() {
                da[i * a.width + c] += theta[at].exp() * pulled(i, c);
            }
        }
    }
}
