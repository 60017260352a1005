//! Categories, by how many of them differ.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter, add_up, columns, fill};
use crate::points::Points;
use crate::prior::Prior;

/// Hamming distance of categories, $k = \exp\bigl(-\sum_i [x_i \ne x'_i] / \ell_i\bigr)$: an input matters the more
/// the smaller its $\ell_i$ is \[Ru2020\].
///
/// It is a product of $\rho_i + (1 - \rho_i)\,[x_i = x'_i]$ with $\rho_i = e^{-1/\ell_i}$, so that main effects of
/// inputs matter as well as their interactions as long as $\ell$ grows with the number $d$ of inputs, as
/// \[Hvarfner2024\] states for numbers: with $\ell = d$ the similarity of points that differ in all inputs is still
/// $1/e$.
///
/// | hyperparameter | start | bounds | prior |
/// |---|---|---|---|
/// | lengthscale $\ell$ | $d$ | $[0.05, 100\,d]$ | $\ln\ell \sim N(1 + \ln d, 1)$, of mode $\ell = d$ |
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hamming {
    /// Inputs that it depends on, counted from zero; empty for all. They hold indices of categories.
    pub columns: Vec<usize>,
    /// Prior of the lengthscales; by default the one in the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengthscale: Option<Prior>,
}

impl Covariance for Hamming {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let used = columns(&self.columns, width);
        let start = (used.len().max(1) as f64).ln();
        let one = |column: usize| Parameter {
            name: format!("lengthscale {}", column + 1),
            positive: true,
            start,
            bounds: [0.05_f64.ln(), 100.0_f64.ln() + start],
            prior: self.lengthscale.unwrap_or(Prior::LogNormal { mean: 1.0 + start, deviation: 1.0 }),
        };
        used.into_iter().map(one).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the search begins, which is the mode of the prior, points that differ in everything are alike by 1/e,
    /// however many inputs there are.
    #[test]
    fn points_that_differ_in_everything_are_alike_by_one_e_th() {
        for width in [1, 5, 40] {
            let parameters = Hamming::default().parameters(width);
            let theta: Vec<f64> = parameters.iter().map(|p| p.start).collect();
            let (a, b) = (vec![0.0; width], vec![1.0; width]);
            let k = Hamming::default().matrix(&theta, Points::new(&a, width), Points::new(&b, width));
            assert!((k[0] - (-1.0_f64).exp()).abs() < 1e-12, "{k:?}");
            assert!(parameters.iter().all(|p| p.prior.log_density(p.start).1.abs() < 1e-12));
        }
    }
}
