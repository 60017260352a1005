//! Softmax along rows.

use crate::real::Real;
use crate::simd::simd;

simd! {
    /// Turns each row of `n` logits into probabilities, $p_k = e^{z_k} / \sum_j e^{z_j}$, in place.
    pub fn softmax_rows<T: Real>(z: &mut [T], n: usize) {
        for row in z.chunks_exact_mut(n.max(1)) {
            // Subtract the row maximum: exp overflows f32 above 88.
            let max = row.iter().copied().fold(row[0], |a, b| if b > a { b } else { a });
            for z in row.iter_mut() {
                *z = (*z - max).exp();
            }
            let scale = T::ONE / row.iter().copied().sum::<T>();
            for z in row.iter_mut() {
                *z *= scale;
            }
        }
    }
}

/// $\ln \sum_k e^{z_k}$ of one row.
pub fn log_sum_exp<T: Real>(row: &[T]) -> T {
    let max = row.iter().copied().fold(row[0], |a, b| if b > a { b } else { a });
    max + row.iter().map(|&z| (z - max).exp()).sum::<T>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_of_large_logits_are_finite_and_sum_to_one() {
        let mut z = [1e4_f32, 1e4, -1e4, 0.0, 0.0, 0.0];
        softmax_rows(&mut z, 3);
        assert_eq!(z[..3], [0.5, 0.5, 0.0]);
        assert!((z[3..].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(log_sum_exp(&[1e4_f64, -1e4]), 1e4);
    }
}
