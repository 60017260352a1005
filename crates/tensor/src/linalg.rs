//! Dense linear algebra in double precision, through `faer` on one thread, so that the bits do not depend on their number.

mod cholesky;

use faer::linalg::solvers::Solve;
use faer::{Mat, Side};

pub use cholesky::Cholesky;

/// The solution $X$ of $AX = B$ for a symmetric positive definite `a: [n, n]` and `b: [n, m]`, row-major; `None` where
/// `a` is not positive definite to working precision.
///
/// ```
/// let x = tensor::linalg::solve_positive_definite(&[4.0, 0.0, 0.0, 2.0], &[8.0, 2.0], 2).unwrap();
/// assert!((x[0] - 2.0).abs() < 1e-12 && (x[1] - 1.0).abs() < 1e-12);
/// ```
pub fn solve_positive_definite(a: &[f64], b: &[f64], n: usize) -> Option<Vec<f64>> {
    let m = b.len() / n.max(1);
    let a = Mat::from_fn(n, n, |i, j| a[i * n + j]);
    let b = Mat::from_fn(n, m, |i, j| b[i * m + j]);
    let x = a.llt(Side::Lower).ok()?.solve(&b);
    let rows = (0..n).flat_map(|i| (0..m).map(move |j| (i, j)));
    let x: Vec<f64> = rows.map(|(i, j)| x[(i, j)]).collect();
    x.iter().all(|x| x.is_finite()).then_some(x)
}

/// The inverse $L^{-1}$ of the Cholesky factor of a symmetric positive definite `a: [n, n]`, of which the lower triangle
/// is read, so that $L^{-1} x$ has the unit matrix as its covariance where $x$ has $A = L L^\top$; `None` where `a` is not
/// positive definite to working precision.
///
/// ```
/// let inverse = tensor::linalg::inverse_factor(&[4.0, 0.0, 2.0, 2.0], 2).unwrap(); // L = [[2, 0], [1, 1]]
/// assert!(inverse.iter().zip([0.5, 0.0, -0.5, 1.0]).all(|(a, b)| (a - b).abs() < 1e-12));
/// ```
pub fn inverse_factor(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let factor = Mat::from_fn(n, n, |i, j| a[i * n + j]).llt(Side::Lower).ok()?;
    let factor = factor.L();
    let mut inverse = vec![0.0; n * n];
    for column in 0..n {
        for i in column..n {
            let unit = f64::from(u8::from(i == column));
            let known: f64 = (column..i).map(|k| factor[(i, k)] * inverse[k * n + column]).sum();
            inverse[i * n + column] = (unit - known) / factor[(i, i)];
        }
    }
    inverse.iter().all(|x| x.is_finite()).then_some(inverse)
}

/// The eigenvalues of a symmetric `a: [n, n]`, from the smallest to the largest; `None` where a number of `a` is not
/// finite or the iteration does not converge. Only the lower triangle is read.
///
/// ```
/// let values = tensor::linalg::symmetric_eigenvalues(&[2.0, 1.0, 1.0, 2.0], 2).unwrap();
/// assert!((values[0] - 1.0).abs() < 1e-12 && (values[1] - 3.0).abs() < 1e-12);
/// ```
pub fn symmetric_eigenvalues(a: &[f64], n: usize) -> Option<Vec<f64>> {
    if !a.iter().all(|x| x.is_finite()) {
        return None;
    }
    Mat::from_fn(n, n, |i, j| a[i * n + j]).self_adjoint_eigenvalues(Side::Lower).ok()
}

/// An orthonormal matrix from `numbers: [rows, columns]`: its columns, or its rows where these are fewer.
///
/// The factor Q of the QR decomposition with a positive diagonal of R, which is uniform over all orthogonal matrices
/// when the numbers are normal \[Mezzadri2007\].
pub fn orthonormal(numbers: &[f64], rows: usize, columns: usize) -> Vec<f64> {
    let tall = rows >= columns;
    let (long, short) = if tall { (rows, columns) } else { (columns, rows) };
    let a = Mat::from_fn(long, short, |i, j| if tall { numbers[i * columns + j] } else { numbers[j * columns + i] });
    let qr = a.qr();
    let (q, r) = (qr.compute_thin_Q(), qr.thin_R());
    let at = |i: usize, j: usize| q[(i, j)] * if r[(j, j)] < 0.0 { -1.0 } else { 1.0 };
    let places = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)));
    places.map(|(i, j)| if tall { at(i, j) } else { at(j, i) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_singular_system_has_no_solution() {
        assert_eq!(solve_positive_definite(&[1.0, 1.0, 1.0, 1.0], &[1.0, 0.0], 2), None);
    }

    #[test]
    fn a_chain_of_springs_has_the_frequencies_of_the_textbook() {
        // 2 on the diagonal, -1 beside it: 4 sin^2(pi k / (2 n + 2)), k = 1 ... n.
        const N: usize = 40;
        let a: Vec<f64> = (0..N * N)
            .map(|at| match (at / N).abs_diff(at % N) {
                0 => 2.0,
                1 => -1.0,
                _ => 0.0,
            })
            .collect();
        let values = symmetric_eigenvalues(&a, N).unwrap();
        for (k, value) in values.iter().enumerate() {
            let half = std::f64::consts::PI * (k + 1) as f64 / (2 * N + 2) as f64;
            assert!((value - 4.0 * half.sin().powi(2)).abs() < 1e-13, "{k}: {value}");
        }
    }

    #[test]
    fn numbers_that_are_not_finite_have_no_eigenvalues() {
        assert_eq!(symmetric_eigenvalues(&[f64::NAN], 1), None);
        assert_eq!(symmetric_eigenvalues(&[], 0), Some(vec![]));
    }
}
