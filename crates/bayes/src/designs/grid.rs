//! Grids.

use crate::space::{Axis, Space};

/// All combinations of evenly spaced values, as many of each continuous axis as `n` points allow, at least two; levels and
/// categories with all their values. At most `n` points, evenly taken from all.
pub(super) fn grid(space: &Space, n: usize) -> Vec<f64> {
    if space.candidates.is_some() {
        return Vec::new();
    }
    let fixed: f64 = space.axes.iter().filter_map(Axis::count).map(|count| count as f64).product();
    let continuous = space.axes.iter().filter(|axis| axis.count().is_none()).count();
    let each = ((n as f64 / fixed).powf(1.0 / continuous.max(1) as f64) + 1e-9).max(2.0) as usize;
    let counts: Vec<usize> = space.axes.iter().map(|axis| axis.count().unwrap_or(each)).collect();
    let all = counts.iter().try_fold(1_usize, |all, count| all.checked_mul(*count)).unwrap_or(usize::MAX);
    let taken = all.min(n);
    let point = |index: usize| {
        let mut at = (index as u128 * all as u128 / taken.max(1) as u128) as usize;
        let mut x = vec![0.0; counts.len()];
        for axis in (0..counts.len()).rev() {
            let place = at % counts[axis];
            at /= counts[axis];
            x[axis] = match &space.axes[axis] {
                Axis::Continuous => place as f64 / (each - 1) as f64,
                other => other.value(place),
            };
        }
        x
    };
    (0..taken).map(point).filter(|x| space.holds(x)).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_points_of_a_square_have_three_values_of_each_axis() {
        let points = grid(&Space::cube(2), 9);
        assert_eq!(points[..8], [0.0, 0.0, 0.0, 0.5, 0.0, 1.0, 0.5, 0.0]);
        assert_eq!(points.len(), 18);
    }
}
