//! Diverse points among many.

use tensor::random::Key;

use super::kmeans::{kmeans, square};
use crate::kernels::Covariance;
use crate::points::Points;
use crate::space::{Axis, Space};

/// Points in a space of distances: numbers as they are, categories at a distance of one from each other, things whose similarity
/// $S$ is known at $\sqrt{1 - S}$.
pub(crate) fn embedded(space: &Space, x: &[f64]) -> (Vec<f64>, usize) {
    const SIDE: f64 = std::f64::consts::FRAC_1_SQRT_2;
    let places: Vec<Option<Vec<f64>>> = space.axes.iter().map(|axis| likeness(axis, SIDE)).collect();
    let place = |(axis, x): (usize, &f64)| -> Vec<f64> {
        let Some(rows) = &places[axis] else { return vec![*x] };
        let n = rows.len().isqrt();
        let at = space.axes[axis].nearest(*x);
        rows[at * n..(at + 1) * n].to_vec()
    };
    let rows: Vec<Vec<f64>> =
        x.chunks_exact(space.width().max(1)).map(|x| x.iter().enumerate().flat_map(place).collect()).collect();
    let width = rows.first().map_or(1, Vec::len);
    (rows.concat(), width)
}

/// A row for each thing of an axis that has no numbers.
fn likeness(axis: &Axis, side: f64) -> Option<Vec<f64>> {
    let n = axis.count()?;
    let identity = || (0..n * n).map(|at| if at.is_multiple_of(n + 1) { side } else { 0.0 }).collect();
    match axis {
        Axis::Categories(_) => Some(identity()),
        Axis::Alike(matrix) => {
            let Some(factor) = crate::kernels::factor(matrix) else { return Some(identity()) };
            // Column k of L, then turned: row i of L is where thing i lies.
            let mut rows = vec![0.0; n * n];
            for k in 0..n {
                let unit: Vec<f64> = (0..n).map(|i| if i == k { side } else { 0.0 }).collect();
                factor.lower_times(&unit).into_iter().enumerate().for_each(|(i, value)| rows[i * n + k] = value);
            }
            Some(rows)
        }
        _ => None,
    }
}

/// Each point as far as possible from the taken ones and those before; the first nearest to the middle.
pub(super) fn farthest(space: &Space, candidates: &[f64], n: usize, taken: &[f64]) -> Vec<f64> {
    let width = space.width().max(1);
    let (places, dimensions) = embedded(space, candidates);
    let (known, _) = embedded(space, taken);
    let rows: Vec<&[f64]> = places.chunks_exact(dimensions).collect();
    let mut nearest: Vec<f64> = rows
        .iter()
        .map(|x| known.chunks_exact(dimensions).map(|y| square(x, y)).fold(f64::INFINITY, f64::min))
        .collect();
    let mut found = Vec::new();
    for step in 0..n.min(rows.len()) {
        let best = if step == 0 && taken.is_empty() {
            let mean = |axis: usize| rows.iter().map(|x| x[axis]).sum::<f64>() / rows.len() as f64;
            let middle: Vec<f64> = (0..dimensions).map(mean).collect();
            (0..rows.len()).min_by(|&a, &b| square(rows[a], &middle).total_cmp(&square(rows[b], &middle)))
        } else {
            (0..rows.len()).max_by(|&a, &b| nearest[a].total_cmp(&nearest[b]).then(b.cmp(&a)))
        };
        let Some(best) = best else { break };
        found.extend_from_slice(&candidates[best * width..(best + 1) * width]);
        nearest.iter_mut().zip(&rows).for_each(|(near, x)| *near = near.min(square(x, rows[best])));
    }
    found
}

/// For each of the `wanted` points the nearest candidate that is left; of several, one at random.
pub(super) fn nearest(space: &Space, candidates: &[f64], wanted: &[f64], key: Key) -> Vec<f64> {
    let width = space.width().max(1);
    let lengths = vec![1.0; width];
    let mut left: Vec<&[f64]> = candidates.chunks_exact(width).collect();
    key.random().shuffle(&mut left);
    let mut found = Vec::new();
    for x in wanted.chunks_exact(width) {
        let off: Vec<f64> = left.iter().map(|candidate| space.distance(x, candidate, &lengths)).collect();
        let Some(best) = (0..off.len()).min_by(|&a, &b| off[a].total_cmp(&off[b])) else { break };
        found.extend_from_slice(left.remove(best));
    }
    found
}

/// Of each of `n` clusters the point nearest to its middle.
pub(super) fn middles(space: &Space, candidates: &[f64], n: usize, key: Key) -> Vec<f64> {
    let width = space.width().max(1);
    let (places, dimensions) = embedded(space, candidates);
    let rows = places.len() / dimensions;
    let clusters = kmeans(&places, dimensions, &vec![1.0; rows], n, key);
    let medoid = |cluster: usize| {
        let own = (0..rows).filter(|&at| clusters.of[at] == cluster);
        let off = |at: usize| clusters.off(at, &places[at * dimensions..(at + 1) * dimensions]);
        own.min_by(|&a, &b| off(a).total_cmp(&off(b)))
    };
    let chosen = (0..clusters.centers.len() / dimensions).filter_map(medoid);
    chosen.flat_map(|at| candidates[at * width..(at + 1) * width].to_vec()).collect()
}

/// Each point where the variance given those before is largest: the pivots of a Cholesky decomposition of the covariance, with
/// the hyperparameters that it begins with.
pub(super) fn least_known(space: &Space, candidates: &[f64], n: usize, taken: &[f64]) -> Vec<f64> {
    let width = space.width().max(1);
    let kernel = space.kernel();
    let theta: Vec<f64> = kernel.parameters(width).iter().map(|p| p.start).collect();
    let points = Points::new(candidates, width);
    let mut variances = kernel.diagonal(&theta, points);
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut found: Vec<f64> = Vec::new();
    let chosen: Vec<&[f64]> = taken.chunks_exact(width).collect();
    for step in 0..chosen.len() + n {
        // Known points come first: what they explain is taken off.
        let pivot = match chosen.get(step) {
            Some(x) => candidates.chunks_exact(width).position(|c| c == *x),
            None => (0..variances.len()).max_by(|&a, &b| variances[a].total_cmp(&variances[b]).then(b.cmp(&a))),
        };
        let Some(pivot) = pivot.filter(|&pivot| variances[pivot] > 1e-12) else { continue };
        if step >= chosen.len() {
            found.extend_from_slice(points.row(pivot));
        }
        let root = variances[pivot].sqrt();
        let own = kernel.matrix(&theta, Points::new(points.row(pivot), width), points);
        let part = |at: usize| (own[at] - rows.iter().map(|row| row[pivot] * row[at]).sum::<f64>()) / root;
        let row: Vec<f64> = (0..variances.len()).map(part).collect();
        variances.iter_mut().zip(&row).for_each(|(v, r)| *v -= r * r);
        variances[pivot] = 0.0;
        rows.push(row);
    }
    found
}
