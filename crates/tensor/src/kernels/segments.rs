//! Largest numbers and shares within groups of rows that follow one another: those of group `g` are `starts[g]..starts[g + 1]`.

use super::map;
use crate::device::Device;
use crate::real::Real;

/// Numbers that one thread looks through at a time.
const TASK: usize = 65_536;

/// The row of a group without rows.
pub const NOWHERE: usize = usize::MAX;

/// For each group and feature the row with the largest number, the first of several, or that of a NaN; [`NOWHERE`] of an empty group.
///
/// `x: [rows, features]`, `from: [groups, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn argmax<T: Real>(device: &Device, starts: &[usize], x: &[T], from: &mut [usize]) {
    let groups = starts.len() - 1;
    let features = (from.len() / groups.max(1)).max(1);
    assert!(from.len() == groups * features && x.len() == starts[groups] * features, "rows of {features} features");
    let each = groups.div_ceil(x.len().div_ceil(TASK).max(1)).max(1);
    device.threads().over_chunks(from, each * features, |task, from| {
        for (from, span) in from.chunks_exact_mut(features).zip(starts[task * each..].windows(2)) {
            from.fill(if span[0] == span[1] { NOWHERE } else { span[0] });
            for row in span[0]..span[1] {
                for (f, (from, &new)) in from.iter_mut().zip(&x[row * features..][..features]).enumerate() {
                    let old = x[*from * features + f];
                    if !old.is_nan() && (new > old || new.is_nan()) {
                        *from = row;
                    }
                }
            }
        }
    });
}

/// What stands at the rows `from: [groups, features]` of `x: [rows, features]`; zero where that is [`NOWHERE`].
pub fn pick<T: Real>(from: &[usize], features: usize, x: &[T], y: &mut [T]) {
    for (at, (y, &row)) in y.iter_mut().zip(from).enumerate() {
        *y = if row == NOWHERE { T::ZERO } else { x[row * features + at % features] };
    }
}

/// The pullback of [`pick`]: `dx: [rows, features]` from `dy: [groups, features]`.
pub fn put<T: Real>(from: &[usize], features: usize, dy: &[T], dx: &mut [T]) {
    dx.fill(T::ZERO);
    for (at, (&dy, &row)) in dy.iter().zip(from).enumerate().filter(|(_, (_, row))| **row != NOWHERE) {
        dx[row * features + at % features] += dy;
    }
}

/// Shares within each group, $y_i = e^{x_i} / \sum_j e^{x_j}$, of each feature by itself; `x` and `y: [rows, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn softmax<T: Real>(device: &Device, starts: &[usize], features: usize, x: &[T], y: &mut [T]) {
    assert!(x.len() == y.len() && x.len() == starts[starts.len() - 1] * features, "rows of {features} features");
    let mut most = vec![T::ZERO; features];
    for span in starts.windows(2).filter(|span| span[0] < span[1]) {
        let (x, y) = (&x[span[0] * features..span[1] * features], &mut y[span[0] * features..span[1] * features]);
        // Subtract the largest: exp overflows f32 above 88.
        most.copy_from_slice(&x[..features]);
        for x in x.chunks_exact(features.max(1)) {
            most.iter_mut().zip(x).for_each(|(most, &x)| *most = if x > *most { x } else { *most });
        }
        for (x, y) in x.chunks_exact(features.max(1)).zip(y.chunks_exact_mut(features.max(1))) {
            y.iter_mut().zip(x).zip(&most).for_each(|((y, &x), &most)| *y = x - most);
        }
    }
    // All at once: groups are too short for vectors.
    let shifted = y.to_vec();
    map::map(device, &shifted, y, T::exp);
    for span in starts.windows(2) {
        let y = &mut y[span[0] * features..span[1] * features];
        let mut sums = vec![T::ZERO; features];
        for y in y.chunks_exact(features.max(1)) {
            sums.iter_mut().zip(y).for_each(|(sum, &y)| *sum += y);
        }
        for y in y.chunks_exact_mut(features.max(1)) {
            y.iter_mut().zip(&sums).for_each(|(y, &sum)| *y = *y / sum);
        }
    }
}

/// The pullback of [`softmax`]: $\mathrm{d}x_i = y_i (\mathrm{d}y_i - \sum_j y_j \mathrm{d}y_j)$.
pub fn softmax_slopes<T: Real>(starts: &[usize], features: usize, [y, dy]: [&[T]; 2], dx: &mut [T]) {
    for span in starts.windows(2) {
        let of = span[0] * features..span[1] * features;
        let (y, dy, dx) = (&y[of.clone()], &dy[of.clone()], &mut dx[of]);
        let mut along = vec![T::ZERO; features];
        let rows = || y.chunks_exact(features.max(1)).zip(dy.chunks_exact(features.max(1)));
        for (y, dy) in rows() {
            along.iter_mut().zip(y).zip(dy).for_each(|((sum, &y), &dy)| *sum += y * dy);
        }
        for ((y, dy), dx) in rows().zip(dx.chunks_exact_mut(features.max(1))) {
            for (dx, ((&y, &dy), &along)) in dx.iter_mut().zip(y.iter().zip(dy).zip(&along)) {
                *dx = y * (dy - along);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_of_a_group_is_found_and_nan_stays() {
        let x = [1.0, f64::NAN, 3.0, 2.0, 3.0, 0.0];
        let (mut from, mut y) = ([0; 6], [9.0; 6]);
        argmax(&Device::cpu(2), &[0, 2, 2, 3], &x, &mut from);
        assert_eq!(from, [1, 0, NOWHERE, NOWHERE, 2, 2]);
        pick(&from, 2, &x, &mut y);
        assert!(y[1].is_nan());
        assert_eq!((y[0], &y[2..]), (3.0, &[0.0, 0.0, 3.0, 0.0][..]));
    }

    #[test]
    fn shares_sum_to_one_within_each_group() {
        let mut y = [0.0_f32; 5];
        softmax(&Device::cpu(1), &[0, 2, 2, 5], 1, &[1e4, 1e4, 0.0, 0.0, 0.0], &mut y);
        assert_eq!(y[..2], [0.5, 0.5]);
        assert!((y[2..].iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
