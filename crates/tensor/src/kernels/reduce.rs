//! Sums in an order that depends on the length alone.

use super::CHUNK;
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Partial sums kept side by side, so that the loop vectorizes and its order stays fixed.
const LANES: usize = 32;

simd! {
    /// Sum of `x[i] * y[i]`.
    pub fn dot<T: Real>(x: &[T], y: &[T]) -> T {
        let mut sums = [T::ZERO; LANES];
        let (xs, ys) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
        let rest: T = xs.remainder().iter().zip(ys.remainder()).map(|(&x, &y)| x * y).sum();
        for (x, y) in xs.zip(ys) {
            for i in 0..LANES {
                sums[i] += x[i] * y[i];
            }
        }
        sums.iter().copied().sum::<T>() + rest
    }
}

simd! {
    /// Sum of `x[i]`.
    pub fn sum<T: Real>(x: &[T]) -> T {
        let mut sums = [T::ZERO; LANES];
        let xs = x.chunks_exact(LANES);
        let rest: T = xs.remainder().iter().copied().sum();
        for x in xs {
            for i in 0..LANES {
                sums[i] += x[i];
            }
        }
        sums.iter().copied().sum::<T>() + rest
    }
}

/// Sum of squares of a long vector, on all threads, added up in the order of its parts, in double precision.
pub fn sum_of_squares<T: Real>(device: &Device, x: &[T]) -> f64 {
    let mut parts = vec![0.0; x.len().div_ceil(CHUNK)];
    device.threads().over_chunks(&mut parts, 1, |chunk, part| {
        let x = &x[chunk * CHUNK..((chunk + 1) * CHUNK).min(x.len())];
        part[0] = dot(x, x).to_f64();
    });
    parts.iter().sum()
}

simd! {
    /// Sums over the rows of `x: [rows, n]`, for each of the `n = sums.len()` columns.
    pub fn sum_rows<T: Real>(x: &[T], sums: &mut [T]) {
        sums.fill(T::ZERO);
        for row in x.chunks_exact(sums.len().max(1)) {
            for (sum, &x) in sums.iter_mut().zip(row) {
                *sum += x;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_any_length_agree_with_the_plain_loop() {
        for n in [0, 1, 31, 32, 33, 1000] {
            let x: Vec<f64> = (0..n).map(f64::from).collect();
            assert_eq!(sum(&x), x.iter().sum::<f64>());
            assert_eq!(dot(&x, &x), x.iter().map(|x| x * x).sum::<f64>());
        }
        let x = vec![0.5_f32; 100_000];
        assert_eq!(sum_of_squares(&Device::cpu(2), &x), 25_000.0);
    }

    #[test]
    fn rows_are_summed_column_by_column() {
        let mut sums = [9.0; 2];
        sum_rows(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut sums);
        assert_eq!(sums, [9.0, 12.0]);
    }
}
