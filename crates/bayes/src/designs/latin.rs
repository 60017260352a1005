//! Latin hypercubes.

use tensor::random::Key;

use crate::space::Space;

/// `n` points of which each of `n` equal parts of every axis holds one, at a random place; points that break a condition are
/// left out.
pub(super) fn latin_hypercube(space: &Space, n: usize, key: Key) -> Vec<f64> {
    let mut random = key.random();
    let width = space.width();
    let mut points = vec![0.0; n * width];
    for axis in 0..width {
        for (at, part) in random.permutation(n).into_iter().enumerate() {
            points[at * width + axis] = space.axes[axis].at_share((part as f64 + random.uniform()) / n as f64);
        }
    }
    if space.candidates.is_some() {
        return Vec::new();
    }
    points.chunks_exact(width.max(1)).filter(|x| space.holds(x)).flatten().copied().collect()
}
