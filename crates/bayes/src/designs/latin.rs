//! Latin hypercubes.

use tensor::random::Key;

use super::spread::{categories, in_turn};
use crate::space::Space;

/// `n` points of which each of `n` equal parts of every axis holds one, at a random place; categories take turns. Points that break
/// a condition are left out.
pub(super) fn latin_hypercube(space: &Space, n: usize, key: Key) -> Vec<f64> {
    let mut random = key.random();
    let width = space.width();
    let mut points = vec![0.0; n * width];
    for axis in 0..width {
        for (at, part) in random.permutation(n).into_iter().enumerate() {
            points[at * width + axis] = space.axes[axis].at_share((part as f64 + random.uniform()) / n as f64);
        }
    }
    for (axis, count) in categories(space) {
        let turns = in_turn(n, count, &mut random);
        turns.iter().enumerate().for_each(|(at, share)| points[at * width + axis] = space.axes[axis].at_share(*share));
    }
    points.chunks_exact(width.max(1)).filter(|x| space.holds(x)).flatten().copied().collect()
}
