//! Molecules, by what their fingerprints share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter, columns, fill};
use crate::points::Points;

/// Tanimoto similarity, $k = \langle x, x'\rangle / (\lVert x\rVert^2 + \lVert x'\rVert^2 - \langle x, x'\rangle)$ of
/// bits or counts, without hyperparameters \[Ralaivola2005\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tanimoto {
    /// Inputs that it depends on, counted from zero; empty for all.
    pub columns: Vec<usize>,
}

impl Tanimoto {
    /// The bits of every point, side by side, and their squares.
    fn bits(&self, points: Points<'_>) -> (Vec<f64>, Vec<f64>, usize) {
        let used = columns(&self.columns, points.width);
        let bits: Vec<f64> = (0..points.n()).flat_map(|i| used.iter().map(move |&c| points.row(i)[c])).collect();
        let squares = bits.chunks_exact(used.len().max(1)).map(|x| dot(x, x)).collect();
        (bits, squares, used.len())
    }
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    tensor::kernels::reduce::dot(x, y)
}

impl Covariance for Tanimoto {
    fn parameters(&self, _: usize) -> Vec<Parameter> {
        Vec::new()
    }

    fn matrix(&self, _: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let ((xa, na, d), (xb, nb, _)) = (self.bits(a), self.bits(b));
        fill(a, b, |i, out| {
            for (j, out) in out.iter_mut().enumerate() {
                let both = dot(&xa[i * d..(i + 1) * d], &xb[j * d..(j + 1) * d]);
                let any = na[i] + nb[j] - both;
                // Two molecules without any bit are alike.
                *out = if any > 0.0 { both / any } else { 1.0 };
            }
        })
    }

    fn diagonal(&self, _: &[f64], a: Points<'_>) -> Vec<f64> {
        vec![1.0; a.n()]
    }

    fn pullback(&self, _: &[f64], (a, b): (Points<'_>, Points<'_>), dk: &[f64], _: &mut [f64], da: Option<&mut [f64]>) {
        let Some(da) = da else { return };
        let used = columns(&self.columns, a.width);
        let ((xa, na, d), (xb, nb, _)) = (self.bits(a), self.bits(b));
        let m = b.n();
        for i in 0..a.n() {
            let x = &xa[i * d..(i + 1) * d];
            for j in 0..m {
                let y = &xb[j * d..(j + 1) * d];
                let both = dot(x, y);
                let any = na[i] + nb[j] - both;
                if any <= 0.0 {
                    continue;
                }
                for (at, &c) in used.iter().enumerate() {
                    // Quotient rule: d both = y, d any = 2 x - y.
                    let slope = (y[at] * any - both * (2.0 * x[at] - y[at])) / (any * any);
                    da[i * a.width + c] += dk[i * m + j] * slope;
                }
            }
        }
    }
}
