//! Periodic covariance.

use std::f64::consts::PI;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter, add_up, columns, fill, reach};
use crate::points::Points;
use crate::prior::Prior;

/// Periodic, $k = \exp\bigl(-2 \sum_i \sin^2(\pi (x_i - x'_i) / p_i) / \ell_i^2\bigr)$ \[MacKay1998\].
///
/// For each input a period $p$ from 0.01 to 10, 0.5 at the start, and a lengthscale $\ell$ from 0.05 to 100, 1 at the
/// start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Periodic {
    /// Inputs that it depends on, counted from zero; empty for all.
    pub columns: Vec<usize>,
    /// Prior of the periods; by default $\ln p \sim N(\ln\frac12, 1)$.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Prior>,
    /// Prior of the lengthscales; by default $\ln\ell \sim N(0, 1.5)$.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengthscale: Option<Prior>,
}

impl Periodic {
    /// Of one input: the exponent's part, and its derivatives with respect to the difference, ln p and ln l.
    fn part(t: &[f64], difference: f64) -> [f64; 4] {
        let (period, inverse) = (t[0].exp(), (-2.0 * t[1]).exp());
        let phase = PI * difference / period;
        let (sin, cos) = phase.sin_cos();
        let value = -2.0 * sin * sin * inverse;
        let by_phase = -4.0 * sin * cos * inverse;
        [value, by_phase * PI / period, -by_phase * phase, -2.0 * value]
    }

    fn exponent(used: &[usize], theta: &[f64], x: &[f64], y: &[f64]) -> f64 {
        used.iter().zip(theta.chunks_exact(2)).map(|(&c, t)| Periodic::part(t, x[c] - y[c])[0]).sum()
    }
}

impl Covariance for Periodic {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let one = |column: usize| {
            let parameter =
                |name: &str, start: f64, bounds: [f64; 2], deviation: f64, prior: Option<Prior>| Parameter {
                    name: format!("{name} {}", column + 1),
                    positive: true,
                    start: start.ln(),
                    bounds: bounds.map(f64::ln),
                    prior: prior.unwrap_or(Prior::LogNormal { mean: start.ln(), deviation }),
                };
            [
                parameter("period", 0.5, [0.01, 10.0], 1.0, self.period),
                parameter("lengthscale", 1.0, [0.05, 100.0], 1.5, self.lengthscale),
            ]
        };
        columns(&self.columns, width).into_iter().flat_map(one).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let used = columns(&self.columns, a.width);
        fill(a, b, |i, out| {
            let one = |(j, out): (usize, &mut f64)| *out = Periodic::exponent(&used, theta, a.row(i), b.row(j)).exp();
            out.iter_mut().enumerate().for_each(one);
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
        da: Option<&mut [f64]>,
    ) {
        let used = columns(&self.columns, a.width);
        let m = b.n();
        let weight = |i: usize, j: usize| dk[i * m + j] * Periodic::exponent(&used, theta, a.row(i), b.row(j)).exp();
        let sums = add_up(a, b, theta.len(), |i, upto, sums| {
            for j in 0..upto {
                let w = weight(i, j);
                for (at, &c) in used.iter().enumerate() {
                    let [_, _, by_period, by_length] =
                        Periodic::part(&theta[2 * at..2 * at + 2], a.row(i)[c] - b.row(j)[c]);
                    sums[2 * at] += w * by_period;
                    sums[2 * at + 1] += w * by_length;
                }
            }
        });
        dtheta.iter_mut().zip(sums).for_each(|(dtheta, sum)| *dtheta += sum);
        let Some(da) = da else { return };
        for i in 0..a.n() {
            for j in 0..reach(i, a, b) {
                let w = weight(i, j);
                for (at, &c) in used.iter().enumerate() {
                    let [_, by_difference, ..] = Periodic::part(&theta[2 * at..2 * at + 2], a.row(i)[c] - b.row(j)[c]);
                    da[i * a.width + c] += w * by_difference;
                }
            }
        }
    }
}
