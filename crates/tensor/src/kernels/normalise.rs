//! Batch normalisation over the rows of a matrix \[Ioffe2015\].

use crate::real::Real;
use crate::simd::simd;

simd! {
    /// Mean and (biased) variance of each column of `x: [rows, n]`, row after row.
    pub fn column_moments<T: Real>(x: &[T], mean: &mut [T], variance: &mut [T]) {
        let n = mean.len();
        let scale = T::ONE / T::of((x.len() / n.max(1)) as f64);
        mean.fill(T::ZERO);
        variance.fill(T::ZERO);
        for row in x.chunks_exact(n.max(1)) {
            for (mean, &x) in mean.iter_mut().zip(row) {
                *mean += x * scale;
            }
        }
        for row in x.chunks_exact(n.max(1)) {
            for ((variance, &mean), &x) in variance.iter_mut().zip(&*mean).zip(row) {
                *variance += (x - mean) * (x - mean) * scale;
            }
        }
    }
}

simd! {
    /// `y = (x - shift) * factor + offset` with one shift, factor and offset for each column.
    pub fn affine_columns<T: Real>(x: &[T], columns: [&[T]; 3], y: &mut [T]) {
        let [shift, factor, offset] = columns;
        let n = shift.len().max(1);
        for (x, y) in x.chunks_exact(n).zip(y.chunks_exact_mut(n)) {
            for i in 0..n {
                y[i] = (x[i] - shift[i]) * factor[i] + offset[i];
            }
        }
    }
}
