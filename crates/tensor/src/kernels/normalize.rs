//! Batch normalization over the rows of a matrix \[Ioffe2015\].
//!
//! Rows are split into blocks by the shape alone; what belongs to a block is added in order.

use super::CHUNK;
use super::pieces::{own, pieces};
use super::reduce::sum_rows;
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Mean and (biased) variance of each column of `x: [rows, n]`.
pub fn column_moments<T: Real>(device: &Device, x: &[T], mean: &mut [T], variance: &mut [T]) {
    let n = mean.len();
    let share = T::ONE / T::of((x.len() / n.max(1)) as f64);
    sums(device, x, n, mean, sum_rows);
    mean.iter_mut().for_each(|mean| *mean *= share);
    sums(device, x, n, variance, |x, sums| add_squares(x, mean, sums));
    variance.iter_mut().for_each(|variance| *variance *= share);
}

/// Sums over the rows of `dy: [rows, n]` of `dy * z` and of `dy`.
pub fn column_gradients<T: Real>(device: &Device, dy: &[T], z: &[T], products: &mut [T], plain: &mut [T]) {
    let n = plain.len();
    let rows = rows_of_a_block(n) * n.max(1);
    let blocks = dy.len().div_ceil(rows.max(1));
    let (mut first, mut second) = (vec![T::ZERO; blocks * n], vec![T::ZERO; blocks * n]);
    let tasks = pieces([(&mut first[..], n), (&mut second[..], n)]);
    device.threads().run(tasks.len(), &|at| {
        let [products, plain] = &mut *own(&tasks[at]);
        let own = at * rows..((at + 1) * rows).min(dy.len());
        add_products(&dy[own.clone()], &z[own.clone()], products);
        sum_rows(&dy[own], plain);
    });
    drop(tasks);
    for (to, from) in [(products, first), (plain, second)] {
        sum_rows(&from, to);
    }
}

/// `y = (x - shift) * factor + offset` with one shift, factor and offset for each column.
pub fn affine_columns<T: Real>(device: &Device, x: &[T], columns: [&[T]; 3], y: &mut [T]) {
    let n = columns[0].len().max(1);
    let block = rows_of_a_block(n) * n;
    device.threads().over_chunks(y, block, |at, y| affine_block(&x[at * block..][..y.len()], &columns, y));
}

/// The cotangent of the input of a normalization in training: `dx = factor * (dy - plain - z * product)` with one factor, plain and
/// product for each column.
pub fn normalized_back<T: Real>(device: &Device, (dy, z): (&[T], &[T]), columns: [&[T]; 3], dx: &mut [T]) {
    let n = columns[0].len().max(1);
    let block = rows_of_a_block(n) * n;
    device.threads().over_chunks(dx, block, |at, dx| {
        let own = at * block..at * block + dx.len();
        back_block(&dy[own.clone()], &z[own], &columns, dx);
    });
}

fn rows_of_a_block(n: usize) -> usize {
    (CHUNK / n.max(1)).max(1)
}

fn sums<T: Real>(device: &Device, x: &[T], n: usize, total: &mut [T], add: impl Fn(&[T], &mut [T]) + Sync) {
    let block = rows_of_a_block(n) * n.max(1);
    let mut parts = vec![T::ZERO; x.len().div_ceil(block) * n];
    device.threads().over_chunks(&mut parts, n, |at, part| add(&x[at * block..((at + 1) * block).min(x.len())], part));
    sum_rows(&parts, total);
}

simd! {
    fn add_squares<T: Real>(x: &[T], mean: &[T], sums: &mut [T]) {
        for row in x.chunks_exact(sums.len().max(1)) {
            for ((sum, &x), &mean) in sums.iter_mut().zip(row).zip(mean) {
                *sum += (x - mean) * (x - mean);
            }
        }
    }
}

simd! {
    fn add_products<T: Real>(x: &[T], y: &[T], sums: &mut [T]) {
        let n = sums.len().max(1);
        for (x, y) in x.chunks_exact(n).zip(y.chunks_exact(n)) {
            for ((sum, &x), &y) in sums.iter_mut().zip(x).zip(y) {
                *sum += x * y;
            }
        }
    }
}

simd! {
    fn affine_block<T: Real>(x: &[T], columns: &[&[T]; 3], y: &mut [T]) {
        let [shift, factor, offset] = *columns;
        let n = shift.len().max(1);
        for (x, y) in x.chunks_exact(n).zip(y.chunks_exact_mut(n)) {
            for i in 0..n {
                y[i] = (x[i] - shift[i]) * factor[i] + offset[i];
            }
        }
    }
}

simd! {
    fn back_block<T: Real>(dy: &[T], z: &[T], columns: &[&[T]; 3], dx: &mut [T]) {
        let [factor, plain, product] = *columns;
        let n = factor.len().max(1);
        for ((dy, z), dx) in dy.chunks_exact(n).zip(z.chunks_exact(n)).zip(dx.chunks_exact_mut(n)) {
            for i in 0..n {
                dx[i] = factor[i] * (dy[i] - plain[i] - z[i] * product[i]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_many_rows_are_those_of_the_plain_sums() {
        let x: Vec<f64> = (0..30_000).map(|i| f64::from(i * 7 % 31)).collect();
        let (mut mean, mut variance) = ([0.0; 3], [0.0; 3]);
        column_moments(&Device::cpu(2), &x, &mut mean, &mut variance);
        let plain = x.iter().step_by(3).sum::<f64>() / 1e4;
        assert!((mean[0] - plain).abs() < 1e-12);
        let square = x.iter().step_by(3).map(|x| (x - plain).powi(2)).sum::<f64>() / 1e4;
        assert!((variance[0] - square).abs() < 1e-10);
        let (mut products, mut sums) = ([0.0; 3], [0.0; 3]);
        column_gradients(&Device::cpu(2), &x, &x, &mut products, &mut sums);
        assert!((sums[0] - 1e4 * plain).abs() < 1e-8);
        assert!((products[0] / 1e4 - square - plain * plain).abs() < 1e-8);
    }
}
