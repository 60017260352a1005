//! Points all over a space, whatever its axes and limits.

use tensor::random::{Key, Random};

use super::{MOST_INPUTS, sobol};
use crate::space::{Axis, Polytope, Space};

/// Rounds of doubling in which points that a condition forbids are made up for.
const ROUNDS: usize = 6;

/// `n` points of a space, evenly spread; fewer where few are allowed. Of listed candidates all, in random order.
///
/// Numbers come from scrambled Sobol points, those under linear conditions from a walk through what these leave; categories take
/// turns. Conditions that only the caller can evaluate drop points.
pub(crate) fn spread(space: &Space, n: usize, key: Key) -> Vec<f64> {
    gathered(space, n, key, |n| {
        let mut shares = even(n, space.width(), key);
        for (axis, count) in categories(space) {
            let turns = in_turn(n, count, &mut key.shard(20 + axis).random());
            turns.into_iter().enumerate().for_each(|(at, share)| shares[at * space.width() + axis] = share);
        }
        shares
    })
}

/// Axes whose values have no order, and how many values each has.
pub(super) fn categories(space: &Space) -> impl Iterator<Item = (usize, usize)> {
    let own = |(axis, values): (usize, &Axis)| values.count().filter(|_| !values.is_number()).map(|n| (axis, n.max(1)));
    space.axes.iter().enumerate().filter_map(own)
}

/// Shares of `count` categories, in a random order that is drawn again as soon as each was had.
pub(super) fn in_turn(n: usize, count: usize, random: &mut Random) -> Vec<f64> {
    let all = (0..n.div_ceil(count)).flat_map(|_| random.permutation(count));
    all.take(n).map(|at| (at as f64 + 0.5) / count as f64).collect()
}

/// `n` independent points of a space.
pub(crate) fn random(space: &Space, n: usize, key: Key) -> Vec<f64> {
    let mut random = key.random();
    gathered(space, n, key, |n| (0..n * space.width()).map(|_| random.uniform()).collect())
}

fn gathered(space: &Space, n: usize, key: Key, mut shares: impl FnMut(usize) -> Vec<f64>) -> Vec<f64> {
    let width = space.width().max(1);
    if let Some(listed) = space.candidates.as_ref().and_then(|_| space.listed()) {
        let order = key.shard(7).random().permutation(listed.len() / width);
        return order.into_iter().take(n).flat_map(|at| listed[at * width..(at + 1) * width].to_vec()).collect();
    }
    let mut found = Vec::new();
    for round in 0..ROUNDS {
        let all = n << round;
        let points = inside(space, &shares(all), key);
        found = points.chunks_exact(width).filter(|x| space.holds(x)).take(n).flatten().copied().collect();
        if found.len() == n * width || (space.limits.is_empty() && space.allowed.is_none()) {
            break;
        }
    }
    found
}

/// Even shares; beyond the dimensions of Sobol points random ones.
pub(super) fn even(n: usize, width: usize, key: Key) -> Vec<f64> {
    let some = width.min(MOST_INPUTS);
    let mut random = key.shard(6).random();
    let rows = sobol(n, some, key);
    if some == width {
        return rows;
    }
    rows.chunks_exact(some)
        .flat_map(|row| {
            let more: Vec<f64> = (some..width).map(|_| random.uniform()).collect();
            row.iter().copied().chain(more).collect::<Vec<f64>>()
        })
        .collect()
}

/// Points from shares; their continuous numbers from a walk where linear conditions bind those.
fn inside(space: &Space, shares: &[f64], key: Key) -> Vec<f64> {
    let width = space.width().max(1);
    let mut points: Vec<f64> =
        shares.iter().enumerate().map(|(at, share)| space.axes[at % width].at_share(*share)).collect();
    space.settle(&mut points);
    if space.limits.is_empty() {
        return points;
    }
    let kept = points.chunks_exact(width).filter(|x| space.holds(x)).count();
    let n = points.len() / width;
    // Where a fair share keeps the conditions by itself, the others are dropped.
    if 8 * kept >= n {
        return points;
    }
    let number = |axis: &Axis| if axis.is_number() { [0.0, 1.0] } else { [0.0; 2] };
    let polytope = Polytope { bounds: space.axes.iter().map(number).collect(), limits: space.limits.clone() };
    let Some(walk) = polytope.sample(n, key.shard(5)) else { return Vec::new() };
    for (at, x) in points.iter_mut().enumerate() {
        match &space.axes[at % width] {
            Axis::Continuous => *x = walk[at],
            axis @ Axis::Levels(_) => *x = axis.value(axis.nearest(walk[at])),
            _ => {}
        }
    }
    space.settle(&mut points);
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_condition_drops_points_and_others_make_up_for_them() {
        let mut space = Space::cube(2);
        space.allowed = Some(Arc::new(|x| x[0] + x[1] < 0.5));
        let points = spread(&space, 100, Key::new(0, "test"));
        assert!(points.len() == 200 && points.chunks(2).all(|x| x[0] + x[1] < 0.5));
    }

    /// Twelve categories, twelve points: each once; of four each thrice, and the first four all different.
    #[test]
    fn categories_take_turns() {
        let space = Space::new(vec![Axis::Categories(12), Axis::Categories(4), Axis::Continuous]);
        let points = spread(&space, 12, Key::new(0, "test"));
        let column = |axis: usize, n: usize| -> Vec<usize> {
            let mut own: Vec<usize> = points.chunks(3).take(n).map(|x| x[axis] as usize).collect();
            own.sort_unstable();
            own
        };
        assert_eq!(column(0, 12), (0..12).collect::<Vec<_>>());
        assert_eq!(column(1, 4), [0, 1, 2, 3]);
        assert_eq!(column(1, 12), [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    }

    #[test]
    fn many_axes_are_no_obstacle() {
        assert_eq!(spread(&Space::cube(80), 3, Key::new(0, "test")).len(), 240);
    }
}
