//! Things whose similarity is known beforehand.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::linalg::Cholesky;

use super::covariance::{Covariance, Parameter, fill};
use crate::points::Points;

/// Known similarities, $k = S_{x x'}$ from a symmetric positive matrix with ones on its diagonal, such as the
/// Tanimoto similarities of molecules \[Ralaivola2005\]; without hyperparameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// The input, counted from zero. It holds indices of items, from zero.
    pub column: usize,
    /// The matrix $S$, row by row.
    pub matrix: Arc<Vec<f64>>,
}

impl Alike {
    pub(crate) fn count(&self) -> usize {
        self.matrix.len().isqrt()
    }

    /// What is beyond the last thing counts as the last.
    pub(crate) fn place(&self, x: f64) -> usize {
        (x as usize).min(self.count().saturating_sub(1))
    }
}

/// The factor of a matrix of similarities, with a little on its diagonal; `None` where it is not positive.
pub(crate) fn factor(matrix: &[f64]) -> Option<Cholesky> {
    let n = matrix.len().isqrt();
    let ridged = |at: usize| matrix[at] + if at.is_multiple_of(n + 1) { RIDGE } else { 0.0 };
    Cholesky::new(&(0..n * n).map(ridged).collect::<Vec<f64>>(), n)
}

/// Things that are the same make the matrix singular.
const RIDGE: f64 = 1e-8;

impl Covariance for Alike {
    fn parameters(&self, _: usize) -> Vec<Parameter> {
        Vec::new()
    }

    fn matrix(&self, _: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let n = self.count();
        let places: Vec<usize> = (0..b.n()).map(|j| self.place(b.row(j)[self.column])).collect();
        fill(a, b, |i, out| {
            let row = &self.matrix[self.place(a.row(i)[self.column]) * n..];
            out.iter_mut().zip(&places).for_each(|(out, &place)| *out = row[place]);
        })
    }

    fn diagonal(&self, _: &[f64], a: Points<'_>) -> Vec<f64> {
        (0..a.n()).map(|i| self.matrix[self.place(a.row(i)[self.column]) * (self.count() + 1)]).collect()
    }

    fn pullback(&self, _: &[f64], _: (Points<'_>, Points<'_>), _: &[f64], _: &mut [f64], _: Option<&mut [f64]>) {}
}
