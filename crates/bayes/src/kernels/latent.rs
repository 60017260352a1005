//! Categories, by where their levels lie in a plane that is learned.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter, add_up, fill};
use crate::points::Points;
use crate::prior::{Normal, Prior};

/// Latent variables, $k = \exp(-\frac12 \lVert z_x - z_{x'} \rVert^2)$ with two learned coordinates $z$ for each
/// level \[Zhang2020\]: levels with similar effects come to lie close together. The first level lies at the origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Latent {
    /// The input, counted from zero. It holds indices of categories, from zero.
    pub column: usize,
    /// Number of categories.
    pub levels: usize,
    /// Prior of the coordinates; by default a standard normal distribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Normal>,
}

const COORDINATES: usize = 2;

impl Latent {
    /// What is beyond the last level counts as the last.
    fn level(&self, x: f64) -> usize {
        (x as usize).min(self.levels.saturating_sub(1))
    }

    /// Where a level lies.
    pub(crate) fn place(&self, theta: &[f64], level: f64) -> [f64; COORDINATES] {
        match self.level(level) {
            0 => [0.0; COORDINATES],
            level => std::array::from_fn(|c| theta[(level - 1) * COORDINATES + c]),
        }
    }

    fn value(&self, theta: &[f64], x: f64, y: f64) -> f64 {
        let (a, b) = (self.place(theta, x), self.place(theta, y));
        (-0.5 * (0..COORDINATES).map(|c| (a[c] - b[c]).powi(2)).sum::<f64>()).exp()
    }
}

impl Covariance for Latent {
    fn parameters(&self, _: usize) -> Vec<Parameter> {
        let one = |at: usize| {
            let (level, coordinate) = (1 + at / COORDINATES, at % COORDINATES);
            // Evenly around the origin, so that no two levels begin at the same place.
            let turn = std::f64::consts::TAU * level as f64 / self.levels.max(1) as f64;
            Parameter {
                name: format!("level {} coordinate {}", level + 1, coordinate + 1),
                positive: false,
                start: if coordinate == 0 { turn.cos() } else { turn.sin() },
                bounds: [-4.0, 4.0],
                prior: Prior::Normal(self.coordinates.unwrap_or_default()),
            }
        };
        (0..self.levels.saturating_sub(1) * COORDINATES).map(one).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let c = self.column;
        fill(a, b, |i, out| {
            out.iter_mut().enumerate().for_each(|(j, out)| *out = self.value(theta, a.row(i)[c], b.row(j)[c]));
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
        let (m, column) = (b.n(), self.column);
        let sums = add_up(a, b, theta.len(), |i, upto, sums| {
            for j in 0..upto {
                let (x, y) = (a.row(i)[column], b.row(j)[column]);
                let w = dk[i * m + j] * self.value(theta, x, y);
                let (p, q) = (self.place(theta, x), self.place(theta, y));
                for (level, sign) in [(self.level(x), -1.0), (self.level(y), 1.0)] {
                    let Some(start) = level.checked_sub(1).map(|level| level * COORDINATES) else { continue };
                    (0..COORDINATES).for_each(|c| sums[start + c] += sign * w * (p[c] - q[c]));
                }
            }
        });
        dtheta.iter_mut().zip(sums).for_each(|(dtheta, sum)| *dtheta += sum);
    }
}
