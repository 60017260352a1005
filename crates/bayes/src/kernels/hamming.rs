//! Categories, by how many of them differ.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Covariance, Parameter, add_up, columns, fill};
use crate::points::Points;
use crate::prior::Prior;

/// $\exp\bigl(-\sum_i [x_i \ne x'_i] / \ell_i\bigr)$: an input counts for the more the smaller its $\ell$ is, from 0.05 to
/// 100, one at the start \[Ru2020\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hamming {
    /// Inputs that it looks at, counted from zero; none stands for all. They hold numbers of categories.
    pub columns: Vec<usize>,
}

impl Covariance for Hamming {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let one = |column: usize| Parameter {
            name: format!("lengthscale {}", column + 1),
            positive: true,
            start: 0.0,
            bounds: [0.05_f64.ln(), 100.0_f64.ln()],
            prior: Prior::LogNormal { mean: 0.5, deviation: 1.0 },
        };
        columns(&self.columns, width).into_iter().map(one).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let used = columns(&self.columns, a.width);
        let inverse: Vec<f64> = theta.iter().map(|t| (-t).exp()).collect();
        fill(a, b, |i, out| {
            for (j, out) in out.iter_mut().enumerate() {
                let (x, y) = (a.row(i), b.row(j));
                let sum: f64 = used.iter().zip(&inverse).filter(|(c, _)| x[**c] != y[**c]).map(|(_, l)| l).sum();
                *out = (-sum).exp();
            }
        })
    }

    fn diagonal(&self, _: &[f64], a: Points<'_>) -> Vec<f64> {
        vec![1.0; a.n()]
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        _: Option<&mut [f64]>,
    ) {
        let used = columns(&self.columns, a.width);
        let m = b.n();
        let k = self.matrix(theta, a, b);
        let sums = add_up(a, b, used.len(), |i, upto, sums| {
            for j in 0..upto {
                let w = dk[i * m + j] * k[i * m + j];
                for (sum, &c) in sums.iter_mut().zip(&used) {
                    *sum += if a.row(i)[c] != b.row(j)[c] { w } else { 0.0 };
                }
            }
        });
        for ((dtheta, sum), t) in dtheta.iter_mut().zip(sums).zip(theta) {
            *dtheta += sum * (-t).exp();
        }
    }
}
