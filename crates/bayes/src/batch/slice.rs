//! Points drawn with the density $e^{v(x)}$.

use tensor::random::{Key, Random};

use crate::space::{Axis, Space};
use crate::terms::Term;

/// Rounds over all axes before points are kept, and between two that are.
const WARM: usize = 20;
const BETWEEN: usize = 2;

/// `n` points by slice sampling \[Neal2003\], one axis after the other, from `start` on: numbers by shrinking the axis' whole range
/// around where they are, levels and categories by drawing one of all.
pub(super) fn sample(space: &Space, term: &dyn Term, start: &[f64], n: usize, key: Key) -> Vec<f64> {
    let mut random = key.random();
    let (mut x, mut value) = (start.to_vec(), term.values(start)[0]);
    let mut found = Vec::with_capacity(n * x.len());
    for round in 0..WARM + n * BETWEEN {
        for axis in 0..x.len() {
            match space.axes[axis].count() {
                None => along(space, term, &mut x, &mut value, axis, &mut random),
                Some(count) => among(space, term, &mut x, &mut value, (axis, count), &mut random),
            }
        }
        if round >= WARM && (round - WARM).is_multiple_of(BETWEEN) {
            found.extend_from_slice(&x);
        }
    }
    found
}

fn along(space: &Space, term: &dyn Term, x: &mut [f64], value: &mut f64, axis: usize, random: &mut Random) {
    debug_assert!(space.axes[axis] == Axis::Continuous);
    let level = *value + (random.uniform() + 1e-300).ln();
    let (here, mut low, mut high) = (x[axis], 0.0, 1.0);
    for _ in 0..60 {
        x[axis] = low + random.uniform() * (high - low);
        let new = if space.holds(x) { term.values(x)[0] } else { f64::NEG_INFINITY };
        if new > level {
            *value = new;
            return;
        }
        if x[axis] < here { low = x[axis] } else { high = x[axis] }
    }
    x[axis] = here;
}

fn among(
    space: &Space,
    term: &dyn Term,
    x: &mut Vec<f64>,
    value: &mut f64,
    (axis, count): (usize, usize),
    random: &mut Random,
) {
    let with = |place: usize| {
        let mut next = x.clone();
        next[axis] = space.axes[axis].value(place);
        next
    };
    let all: Vec<Vec<f64>> = (0..count).map(with).filter(|x| space.holds(x)).collect();
    let values = term.values(&all.concat());
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = values.iter().map(|v| (v - most).exp()).sum();
    let mut left = random.uniform() * total;
    for (next, new) in all.into_iter().zip(values) {
        left -= (new - most).exp();
        if left <= 0.0 {
            (*x, *value) = (next, new);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A normal number of mean 0.5 and standard deviation 0.1, and three categories of weights 1, 2, 3.
    struct Known;

    impl Term for Known {
        fn values(&self, x: &[f64]) -> Vec<f64> {
            x.chunks_exact(2).map(|x| -0.5 * ((x[0] - 0.5) / 0.1).powi(2) + (1.0 + x[1]).ln()).collect()
        }

        fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
            (self.values(x)[0], vec![0.0; 2])
        }
    }

    #[test]
    fn points_have_the_density() {
        let space = Space::new(vec![Axis::Continuous, Axis::Categories(3)]);
        let points = sample(&space, &Known, &[0.9, 0.0], 3000, Key::new(0, "test"));
        let mean = points.iter().step_by(2).sum::<f64>() / 3000.0;
        let variance = points.iter().step_by(2).map(|x| (x - mean).powi(2)).sum::<f64>() / 3000.0;
        assert!((mean - 0.5).abs() < 0.01 && (variance.sqrt() - 0.1).abs() < 0.01, "{mean} {variance}");
        let share = points.chunks(2).filter(|x| x[1] == 2.0).count() as f64 / 3000.0;
        assert!((share - 0.5).abs() < 0.03, "{share}");
    }
}
