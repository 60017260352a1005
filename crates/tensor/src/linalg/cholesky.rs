//! The Cholesky factor of a symmetric positive definite matrix, and what it is good for.

use faer::linalg::matmul::triangular::{BlockStructure, matmul};
use faer::linalg::triangular_inverse::invert_lower_triangular;
use faer::linalg::triangular_solve::{solve_lower_triangular_in_place, solve_upper_triangular_in_place};
use faer::{Accum, Mat, MatMut, MatRef, Par, Side};

/// The lower factor $L$ of $A = L L^\top$. Right-hand sides stand one after the other: `[m, n]` for $m$ of them.
///
/// ```
/// use tensor::linalg::Cholesky;
/// let factor = Cholesky::new(&[4.0, 2.0, 2.0, 5.0], 2).unwrap(); // L = [[2, 0], [1, 2]]
/// assert!((factor.log_determinant() - 16.0_f64.ln()).abs() < 1e-12);
/// assert_eq!(factor.solve_lower(&[2.0, 3.0]), [1.0, 1.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Cholesky {
    lower: Mat<f64>,
}

impl Cholesky {
    /// Factorizes `a: [n, n]`, of which the upper triangle is read; `None` where it is not positive definite to working
    /// precision.
    pub fn new(a: &[f64], n: usize) -> Option<Self> {
        let factor = MatRef::from_column_major_slice(a, n, n).llt(Side::Lower).ok()?;
        let lower = factor.L();
        (0..n).all(|i| lower[(i, i)].is_finite()).then(|| Cholesky { lower: lower.to_owned() })
    }

    /// How many rows it has.
    pub fn n(&self) -> usize {
        self.lower.nrows()
    }

    /// $A^{-1} b$.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        self.solve_upper(&self.solve_lower(b))
    }

    /// $L^{-1} b$.
    pub fn solve_lower(&self, b: &[f64]) -> Vec<f64> {
        self.in_place(b, |x| solve_lower_triangular_in_place(self.lower.as_ref(), x, Par::Seq))
    }

    /// $L^{-\top} b$.
    pub fn solve_upper(&self, b: &[f64]) -> Vec<f64> {
        self.in_place(b, |x| solve_upper_triangular_in_place(self.lower.transpose(), x, Par::Seq))
    }

    /// $L z$ for one vector.
    pub fn lower_times(&self, z: &[f64]) -> Vec<f64> {
        (0..self.n()).map(|i| (0..=i).map(|k| self.lower[(i, k)] * z[k]).sum()).collect()
    }

    /// $A^{-1}$, `[n, n]`.
    pub fn inverse(&self) -> Vec<f64> {
        let n = self.n();
        let mut factor = Mat::zeros(n, n);
        invert_lower_triangular(factor.as_mut(), self.lower.as_ref(), Par::Seq);
        let mut inverse = vec![0.0; n * n];
        matmul(
            MatMut::from_column_major_slice_mut(&mut inverse, n, n),
            BlockStructure::TriangularLower,
            Accum::Replace,
            factor.transpose(),
            BlockStructure::TriangularUpper,
            factor.as_ref(),
            BlockStructure::TriangularLower,
            1.0,
            Par::Seq,
        );
        // Written by columns from the diagonal down: mirrored for the others.
        for i in 0..n {
            for j in 0..i {
                inverse[i * n + j] = inverse[j * n + i];
            }
        }
        inverse
    }

    /// $\ln \det A$.
    pub fn log_determinant(&self) -> f64 {
        2.0 * (0..self.n()).map(|i| self.lower[(i, i)].ln()).sum::<f64>()
    }

    /// Adds a row without factorizing again: `cross` holds its covariances with the rows that are there, `own` that with
    /// itself. Where it says nothing new, the new element of the diagonal is `floor`.
    pub fn push(&mut self, cross: &[f64], own: f64, floor: f64) {
        let n = self.n();
        let row = self.solve_lower(cross);
        let rest = own - row.iter().map(|x| x * x).sum::<f64>();
        let corner = rest.max(floor * floor).sqrt();
        self.lower.resize_with(n + 1, n + 1, |i, j| match (i == n, j == n) {
            (true, true) => corner,
            (true, false) => row[j],
            _ => 0.0,
        });
    }

    /// The cotangent of $A$ from that of $L$, of which the lower triangle is read: symmetric,
    /// $\bar A = \frac12 L^{-\top} (P + P^\top) L^{-1}$ with the lower triangle $P$ of $L^\top \bar L$ and half its diagonal
    /// \[Murray2016\].
    pub fn pullback(&self, dlower: &[f64]) -> Vec<f64> {
        let n = self.n();
        let mut p = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let sum: f64 = (i..n).map(|k| self.lower[(k, i)] * dlower[k * n + j]).sum();
                p[i * n + j] = if i == j { 0.5 * sum } else { sum };
            }
        }
        let symmetric: Vec<f64> = (0..n * n).map(|at| p[at] + p[at % n * n + at / n]).collect();
        // Rows of a symmetric matrix are its columns: L^-T from one side, turned, then from the other.
        let half = self.solve_upper(&symmetric);
        let turned: Vec<f64> = (0..n * n).map(|at| 0.5 * half[at % n * n + at / n]).collect();
        self.solve_upper(&turned)
    }

    fn in_place(&self, b: &[f64], solve: impl Fn(MatMut<'_, f64>)) -> Vec<f64> {
        let mut x = b.to_vec();
        solve(MatMut::from_column_major_slice_mut(&mut x, self.n(), b.len() / self.n().max(1)));
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    /// A Gram matrix with a ridge.
    fn matrix(n: usize) -> Vec<f64> {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..n * n).map(|_| random.normal()).collect();
        let row = |i: usize| &x[i * n..(i + 1) * n];
        let element = |at: usize| {
            let (i, j) = (at / n, at % n);
            row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum::<f64>() + if i == j { 1.0 } else { 0.0 }
        };
        (0..n * n).map(element).collect()
    }

    fn close(a: &[f64], b: &[f64]) {
        assert!(a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9), "{a:?} {b:?}");
    }

    #[test]
    fn a_solution_times_the_matrix_is_the_right_hand_side() {
        let (n, a) = (7, matrix(7));
        let factor = Cholesky::new(&a, n).unwrap();
        let b: Vec<f64> = (0..2 * n).map(|k| k as f64 - 3.0).collect();
        let x = factor.solve(&b);
        let times = |x: &[f64]| -> Vec<f64> { (0..n).map(|i| (0..n).map(|j| a[i * n + j] * x[j]).sum()).collect() };
        close(&times(&x[..n]), &b[..n]);
        close(&times(&x[n..]), &b[n..]);
        let inverse = factor.inverse();
        close(&times(&inverse[..n]), &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        close(&factor.solve_lower(&factor.lower_times(&b[..n])), &b[..n]);
    }

    #[test]
    fn a_factor_that_grew_is_the_factor_of_the_whole() {
        let (n, a) = (6, matrix(6));
        let part: Vec<f64> = (0..16).map(|at| a[at / 4 * n + at % 4]).collect();
        let mut grown = Cholesky::new(&part, 4).unwrap();
        grown.push(&a[4 * n..4 * n + 4], a[4 * n + 4], 1e-9);
        grown.push(&a[5 * n..5 * n + 5], a[5 * n + 5], 1e-9);
        let whole = Cholesky::new(&a, n).unwrap();
        let b: Vec<f64> = (0..n).map(|k| k as f64).collect();
        close(&grown.solve_lower(&b), &whole.solve_lower(&b));
        close(&grown.solve_upper(&b), &whole.solve_upper(&b));
    }

    #[test]
    fn the_pullback_is_the_derivative() {
        let (n, a) = (4, matrix(4));
        let mut random = Key::new(1, "test").random();
        let dlower: Vec<f64> = (0..n * n).map(|at| if at % n <= at / n { random.normal() } else { 0.0 }).collect();
        let value = |a: &[f64]| -> f64 {
            let lower = Cholesky::new(a, n).unwrap().lower;
            (0..n * n).map(|at| dlower[at] * if at % n <= at / n { lower[(at / n, at % n)] } else { 0.0 }).sum()
        };
        let found = Cholesky::new(&a, n).unwrap().pullback(&dlower);
        for (i, j) in [(0, 0), (2, 1), (3, 3), (3, 0)] {
            let moved = |by: f64| {
                let mut a = a.clone();
                a[i * n + j] += by;
                a[j * n + i] += if i == j { 0.0 } else { by };
                value(&a)
            };
            let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            let own = found[i * n + j] + if i == j { 0.0 } else { found[j * n + i] };
            assert!((own - numeric).abs() < 1e-6 * (1.0 + numeric.abs()), "{i} {j} {own} {numeric}");
        }
    }

    #[test]
    fn what_is_not_positive_definite_has_no_factor_and_a_repeated_row_gets_the_floor() {
        assert!(Cholesky::new(&[1.0, 2.0, 2.0, 1.0], 2).is_none());
        let mut grown = Cholesky::new(&[1.0], 1).unwrap();
        grown.push(&[1.0], 1.0, 1e-3);
        assert_eq!(grown.lower_times(&[0.0, 1.0]), [0.0, 1e-3]);
    }
}
