//! What every covariance function can do, and how matrices of them are filled.

use rayon::prelude::*;

use crate::points::Points;
use crate::prior::Prior;

/// A hyperparameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Such as `lengthscale 3`.
    pub name: String,
    /// It is positive, and its logarithm is learned.
    pub positive: bool,
    /// Where the search begins, as it is learned.
    pub start: f64,
    /// Lower and upper bound, as it is learned.
    pub bounds: [f64; 2],
    /// Its prior.
    pub prior: Prior,
}

/// Interface of covariance functions. `theta` holds its hyperparameters as they are learned: logarithms of positive ones.
pub(crate) trait Covariance: Sync {
    /// Its hyperparameters, for points of `width` numbers.
    fn parameters(&self, width: usize) -> Vec<Parameter>;

    /// $K_{ij} = k(a_i, b_j)$, `[a, b]`.
    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64>;

    /// $k(a_i, a_i)$.
    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64>;

    /// Given the cotangent `dk: [a, b]` of the matrix, adds that of the hyperparameters to `dtheta` and, where it is
    /// wanted, that of the points `a` to `da: [a, width]`. If both are the same points, only the lower triangle of `dk` is
    /// read, which then holds for both triangles together; `da` is not wanted there.
    fn pullback(
        &self,
        theta: &[f64],
        points: (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    );
}

/// The columns that a covariance looks at: those that are named, or all.
pub(crate) fn columns(named: &[usize], width: usize) -> Vec<usize> {
    if named.is_empty() { (0..width).collect() } else { named.to_vec() }
}

/// Fills the rows of a matrix `[a, b]`, in parallel; of the same points only the lower triangle, which is then mirrored.
/// `row(i, out)` writes `k(a_i, b_j)` for the first `out.len()` points.
pub(crate) fn fill(a: Points<'_>, b: Points<'_>, row: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
    let (n, m) = (a.n(), b.n());
    let mut k = vec![0.0; n * m];
    let upto = |i: usize| reach(i, a, b);
    if n * m < PARALLEL {
        k.chunks_exact_mut(m.max(1)).enumerate().for_each(|(i, out)| row(i, &mut out[..upto(i)]));
    } else {
        k.par_chunks_exact_mut(m.max(1)).enumerate().for_each(|(i, out)| row(i, &mut out[..upto(i)]));
    }
    if a.same(b) {
        for i in 0..n {
            for j in 0..i {
                k[j * m + i] = k[i * m + j];
            }
        }
    }
    k
}

/// How many numbers of row `i` of a matrix `[a, b]` count: of the same points those up to the diagonal.
pub(crate) fn reach(i: usize, a: Points<'_>, b: Points<'_>) -> usize {
    if a.same(b) { i + 1 } else { b.n() }
}

/// Sums `row(i, upto, sums)` over the rows of a matrix `[a, b]`: each adds the part of its first `upto` numbers to `size`
/// sums. Rows are taken in blocks whose number does not depend on the threads, and blocks are added in order.
pub(crate) fn add_up(
    a: Points<'_>,
    b: Points<'_>,
    size: usize,
    row: impl Fn(usize, usize, &mut [f64]) + Sync,
) -> Vec<f64> {
    let (n, m) = (a.n(), b.n());
    let block = |start: usize| {
        let mut sums = vec![0.0; size];
        (start..(start + BLOCK).min(n)).for_each(|i| row(i, reach(i, a, b), &mut sums));
        sums
    };
    let starts: Vec<usize> = (0..n).step_by(BLOCK).collect();
    let parts: Vec<Vec<f64>> = if n * m < PARALLEL {
        starts.into_iter().map(block).collect()
    } else {
        starts.into_par_iter().map(block).collect()
    };
    let mut sums = vec![0.0; size];
    parts.iter().for_each(|part| sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += x));
    sums
}

/// Below so many numbers threads cost more than they help.
const PARALLEL: usize = 40_000;
/// Rows of a block.
const BLOCK: usize = 32;
