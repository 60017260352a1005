//! Differences of one number from many: what distances between points are made of.

use crate::real::Real;
use crate::simd::simd;

/// Partial sums kept side by side, so that the loop vectorizes and its order stays fixed.
const LANES: usize = 16;

simd! {
    /// `sums[j] += (x - y[j])^2`.
    pub fn add_squared_differences<T: Real>(x: T, y: &[T], sums: &mut [T]) {
        for (sum, &y) in sums.iter_mut().zip(y) {
            let difference = x - y;
            *sum += difference * difference;
        }
    }
}

simd! {
    /// Sum of `w[j] * (x - y[j])^2`.
    pub fn weighted_squared_differences<T: Real>(x: T, y: &[T], w: &[T]) -> T {
        let mut sums = [T::ZERO; LANES];
        let (ys, ws) = (y.chunks_exact(LANES), w.chunks_exact(LANES));
        let last = ys.remainder().iter().zip(ws.remainder()).map(|(&y, &w)| w * (x - y) * (x - y)).sum::<T>();
        for (y, w) in ys.zip(ws) {
            for i in 0..LANES {
                let difference = x - y[i];
                sums[i] += w[i] * difference * difference;
            }
        }
        sums.iter().copied().sum::<T>() + last
    }
}

simd! {
    /// Sum of `w[j] * (x - y[j])`.
    pub fn weighted_differences<T: Real>(x: T, y: &[T], w: &[T]) -> T {
        let mut sums = [T::ZERO; LANES];
        let (ys, ws) = (y.chunks_exact(LANES), w.chunks_exact(LANES));
        let last = ys.remainder().iter().zip(ws.remainder()).map(|(&y, &w)| w * (x - y)).sum::<T>();
        for (y, w) in ys.zip(ws) {
            for i in 0..LANES {
                sums[i] += w[i] * (x - y[i]);
            }
        }
        sums.iter().copied().sum::<T>() + last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums over 0 ... 39 with weight one: of 5 - j and of its square.
    #[test]
    fn sums_are_those_of_plain_loops() {
        let (y, w): (Vec<f64>, Vec<f64>) = (0..40).map(|j| (f64::from(j), 1.0)).unzip();
        let mut sums = vec![1.0; 40];
        add_squared_differences(5.0, &y, &mut sums);
        assert_eq!((sums[5], sums[7]), (1.0, 5.0));
        let squares: f64 = y.iter().map(|y| (5.0 - y) * (5.0 - y)).sum();
        assert_eq!(weighted_squared_differences(5.0, &y, &w), squares);
        assert_eq!(weighted_differences(5.0, &y, &w), 200.0 - 780.0);
    }
}
