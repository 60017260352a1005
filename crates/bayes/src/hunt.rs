//! Where in a space a sum of terms is largest.

use rayon::prelude::*;
use tensor::random::{Key, Random};

use crate::designs::spread;
use crate::minimize::{Search, minimize, minimize_within};
use crate::space::{Axis, Limit, Polytope, Space};
use crate::terms::Term;

/// Sobol points among which starts are chosen.
const RAW: usize = 1024;
/// How far good points are moved to become starts.
const NEAR: f64 = 1e-3;
/// Starts of the search.
const STARTS: usize = 20;
/// Axes with so many levels at most are searched level by level.
const EXHAUSTED: usize = 16;
/// Rounds of moves along numbers and of moves between levels.
const ROUNDS: usize = 10;
/// Points that are evaluated in one go.
const BLOCK: usize = 64;

/// A search for the best point of a space.
///
/// Small finite spaces and tables of candidates are evaluated point by point. Otherwise the best of scrambled Sobol points
/// and of points near to good ones, and some drawn by their acquisition values, are starts. From each, numbers climb by their slope,
/// measured in lengthscales; then levels and categories move one at a time, and numbers again, until nothing improves.
pub(crate) struct Hunt<'a> {
    pub space: &'a Space,
    /// All points, where they are few.
    pub listed: Option<&'a [f64]>,
    /// A natural unit of each axis.
    pub lengths: Vec<f64>,
    /// Good points, moved a little to become starts; `[n, axes]`.
    pub near: Vec<f64>,
    /// Starts as they are; `[n, axes]`.
    pub starts: Vec<f64>,
    /// Points that are excluded; `[n, axes]`.
    pub taken: Vec<f64>,
    pub key: Key,
}

impl Hunt<'_> {
    /// The best point and its value; `None` where no point is left.
    pub fn best(&self, term: &dyn Term) -> Option<(Vec<f64>, f64)> {
        let width = self.space.width();
        if let Some(all) = self.listed {
            let left: Vec<f64> = all.chunks_exact(width).filter(|x| self.free(x)).flatten().copied().collect();
            let values = judged(term, &left, width);
            let at = first_largest(&values)?;
            return Some((left[at * width..(at + 1) * width].to_vec(), values[at]));
        }
        let mut raw = spread(self.space, RAW, self.key);
        raw.extend(self.moved());
        raw.extend_from_slice(&self.starts);
        self.space.settle(&mut raw);
        let promise = judged(term, &raw, width);
        let point = |at: usize| &raw[at * width..(at + 1) * width];
        let mut starts = chosen(&promise, self.key);
        let own = self.starts.len() / width;
        starts.extend(promise.len() - own..promise.len());
        let climbed: Vec<(Vec<f64>, f64)> =
            starts.par_iter().map(|&at| self.climb(term, point(at), promise[at])).collect();
        // The first of equals, so that threads decide nothing; after the climbed ones the raw ones, should all be taken.
        let mut order: Vec<(Vec<f64>, f64)> = climbed;
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        if let Some(found) = order.into_iter().find(|(x, value)| value.is_finite() && self.free(x)) {
            return Some(found);
        }
        let mut order: Vec<usize> = (0..promise.len()).filter(|&at| promise[at] > f64::NEG_INFINITY).collect();
        order.sort_by(|&a, &b| promise[b].total_cmp(&promise[a]));
        order.into_iter().find(|&at| self.free(point(at))).map(|at| (point(at).to_vec(), promise[at]))
    }

    /// Whether a point may be the answer.
    fn free(&self, x: &[f64]) -> bool {
        !self.space.among(x, &self.taken)
    }

    /// Good points, their numbers moved by normal numbers.
    fn moved(&self) -> Vec<f64> {
        let mut random = self.key.at(1, 0).random();
        let width = self.space.width();
        let one = |(at, x): (usize, &f64)| match self.space.axes[at % width] {
            Axis::Continuous => (x + NEAR * random.normal()).clamp(0.0, 1.0),
            _ => *x,
        };
        let moved: Vec<f64> = self.near.iter().enumerate().map(one).collect();
        moved.chunks_exact(width).filter(|x| self.space.holds(x)).flatten().copied().collect()
    }

    /// Climbs from a start, by slopes and by moves in turn.
    fn climb(&self, term: &dyn Term, start: &[f64], value: f64) -> (Vec<f64>, f64) {
        let (mut x, mut value) = (start.to_vec(), value);
        let mixed = self.space.axes.iter().any(|axis| *axis != Axis::Continuous);
        for _ in 0..ROUNDS {
            let before = value;
            let (next, reached) = self.ascend(term, &x);
            if reached > value {
                (x, value) = (next, reached);
            }
            if !mixed {
                break;
            }
            self.move_levels(term, &mut x, &mut value);
            if value <= before + 1e-9 * (1.0 + before.abs()) {
                break;
            }
        }
        (x, value)
    }

    /// Climbs along the continuous axes.
    fn ascend(&self, term: &dyn Term, start: &[f64]) -> (Vec<f64>, f64) {
        let active = self.space.active(start);
        let free: Vec<usize> =
            (0..start.len()).filter(|&a| active[a] && self.space.axes[a] == Axis::Continuous).collect();
        if free.is_empty() {
            return (start.to_vec(), f64::NEG_INFINITY);
        }
        let length = |axis: usize| self.lengths[axis];
        let whole = |scaled: &[f64]| {
            let mut x = start.to_vec();
            free.iter().zip(scaled).for_each(|(&axis, s)| x[axis] = (s * length(axis)).clamp(0.0, 1.0));
            x
        };
        let f = |scaled: &[f64]| {
            let x = whole(scaled);
            if self.space.allowed.as_ref().is_some_and(|allowed| !allowed(&x)) {
                return (f64::INFINITY, vec![0.0; free.len()]);
            }
            let (value, slope) = term.climb(&x);
            (-value, free.iter().map(|&axis| -slope[axis] * length(axis)).collect::<Vec<f64>>())
        };
        let scaled: Vec<f64> = free.iter().map(|&axis| start[axis] / length(axis)).collect();
        let bounds: Vec<[f64; 2]> = free.iter().map(|&axis| [0.0, 1.0 / length(axis)]).collect();
        let search = Search { iterations: 200, gradient: 1e-6, fall: 1e-9 };
        let found = match self.space.limits.is_empty() {
            true => minimize(f, &scaled, &bounds, search),
            false => {
                let own = |limit: &Limit| self.among(limit, start, &free);
                let polytope = Polytope { bounds, limits: self.space.limits.iter().map(own).collect() };
                minimize_within(f, &scaled, |x| polytope.nearest(x), search)
            }
        };
        let x = whole(&found.x);
        if self.space.holds(&x) { (x, -found.value) } else { (start.to_vec(), f64::NEG_INFINITY) }
    }

    /// A limit on the free axes in their units, while the others stay where they are.
    fn among(&self, limit: &Limit, x: &[f64], free: &[usize]) -> Limit {
        let held = |&axis: &usize| !free.contains(&axis);
        let taken: f64 = (0..x.len()).filter(held).map(|axis| limit.weights[axis] * x[axis]).sum();
        let weights = free.iter().map(|&axis| limit.weights[axis] * self.lengths[axis]).collect();
        Limit { weights, bound: limit.bound - taken, equal: limit.equal }
    }

    /// Moves each axis of levels or categories to its best value, one after the other.
    fn move_levels(&self, term: &dyn Term, x: &mut Vec<f64>, value: &mut f64) {
        for axis in 0..x.len() {
            let Some(count) = self.space.axes[axis].count() else { continue };
            let at = self.space.axes[axis].nearest(x[axis]);
            let places: Vec<usize> = match self.space.axes[axis] {
                // Of many ordered levels those at 1, 2, 4, ... steps.
                Axis::Levels(_) if count > EXHAUSTED => {
                    let steps = (0..usize::BITS).map(|bit| 1_usize << bit).take_while(|step| *step < count);
                    steps
                        .flat_map(|step| [at.checked_sub(step), Some(at + step)])
                        .flatten()
                        .filter(|p| *p < count)
                        .collect()
                }
                _ => (0..count).filter(|place| *place != at).collect(),
            };
            let with = |place: &usize| {
                let mut next = x.clone();
                next[axis] = self.space.axes[axis].value(*place);
                self.space.settle(&mut next);
                next
            };
            let others: Vec<Vec<f64>> = places.iter().map(with).filter(|x| self.space.holds(x)).collect();
            let values = term.values(&others.concat());
            if let Some(best) = first_largest(&values).filter(|&best| values[best] > *value) {
                (*x, *value) = (others[best].clone(), values[best]);
            }
        }
    }
}

/// What a term gives at all points, in parallel.
pub(crate) fn judged(term: &dyn Term, x: &[f64], width: usize) -> Vec<f64> {
    let blocks: Vec<Vec<f64>> = x.par_chunks(BLOCK * width.max(1)).map(|x| term.values(x)).collect();
    blocks.concat()
}

/// The place of the largest number, the first of equals; NaN counts as nothing.
fn first_largest(values: &[f64]) -> Option<usize> {
    let better = |best: Option<usize>, at: usize| match best {
        Some(best) if values[at] > values[best] => Some(at),
        None if !values[at].is_nan() => Some(at),
        other => other,
    };
    (0..values.len()).fold(None, better)
}

/// The point with the largest acquisition value, and others drawn with probability $\propto e^{z}$, where $z$ is their acquisition
/// value in standard deviations.
fn chosen(promise: &[f64], key: Key) -> Vec<usize> {
    let finite: Vec<f64> = promise.iter().copied().filter(|p| p.is_finite()).collect();
    let n = finite.len().max(1) as f64;
    let mean = finite.iter().sum::<f64>() / n;
    let deviation = (finite.iter().map(|p| (p - mean).powi(2)).sum::<f64>() / n).sqrt().max(1e-300);
    let mut random = key.at(2, 0).random();
    // The largest of z plus a Gumbel number is a draw without replacement.
    let gumbel = |random: &mut Random| -(-(random.uniform() + 1e-300).ln()).ln();
    let mut order: Vec<(f64, usize)> = promise
        .iter()
        .enumerate()
        .map(|(at, p)| if p.is_finite() { ((p - mean) / deviation + gumbel(&mut random), at) } else { (f64::MIN, at) })
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = first_largest(promise);
    best.into_iter().chain(order.into_iter().map(|(_, at)| at).filter(|&at| Some(at) != best)).take(STARTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Condition;

    /// A hill around a point, with a step for a category.
    struct Hill(Vec<f64>);

    impl Term for Hill {
        fn values(&self, x: &[f64]) -> Vec<f64> {
            x.chunks_exact(self.0.len()).map(|x| self.climb(x).0).collect()
        }

        fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
            let value = x.iter().zip(&self.0).map(|(x, top)| -(x - top).powi(2)).sum();
            (value, x.iter().zip(&self.0).map(|(x, top)| -2.0 * (x - top)).collect())
        }
    }

    fn hunt(space: &Space, taken: Vec<f64>) -> Hunt<'_> {
        let (lengths, key) = (vec![0.5; space.width()], Key::new(0, "test"));
        Hunt { space, listed: None, lengths, near: Vec::new(), starts: Vec::new(), taken, key }
    }

    #[test]
    fn numbers_levels_and_categories_move_to_their_best() {
        let levels = (0..40).map(|i| f64::from(i) / 39.0).collect();
        let space = Space::new(vec![Axis::Continuous, Axis::Levels(levels), Axis::Categories(30)]);
        let (x, _) = hunt(&space, Vec::new()).best(&Hill(vec![0.123, 0.5, 17.0])).unwrap();
        assert!((x[0] - 0.123).abs() < 1e-5 && (x[1] - 0.5).abs() < 0.013 && x[2] == 17.0, "{x:?}");
    }

    /// The nearest mixture to (0.9, 0.5, 0.1).
    #[test]
    fn a_mixture_stays_a_mixture() {
        let mut space = Space::cube(3);
        space.limits = vec![Limit { weights: vec![1.0; 3], bound: 1.0, equal: true }];
        let (x, _) = hunt(&space, Vec::new()).best(&Hill(vec![0.9, 0.5, 0.1])).unwrap();
        assert!((x.iter().sum::<f64>() - 1.0).abs() < 1e-8, "{x:?}");
        // The third share would be negative: it stays at zero, and the others give up 0.2 each.
        assert!((x[0] - 0.7).abs() < 1e-4 && (x[1] - 0.3).abs() < 1e-4 && x[2].abs() < 1e-4, "{x:?}");
    }

    /// The hill's top has a second number, which matters with the second category alone.
    #[test]
    fn what_does_not_matter_is_not_searched() {
        let mut space = Space::new(vec![Axis::Categories(2), Axis::Continuous, Axis::Continuous]);
        space.conditions = vec![Condition { axis: 2, on: 0, values: vec![1.0] }];
        let (x, _) = hunt(&space, Vec::new()).best(&Hill(vec![0.0, 0.3, 0.9])).unwrap();
        assert!(x[0] == 0.0 && (x[1] - 0.3).abs() < 1e-5 && x[2] == 0.5, "{x:?}");
        let (x, _) = hunt(&space, Vec::new()).best(&Hill(vec![1.0, 0.3, 0.9])).unwrap();
        assert!(x[0] == 1.0 && (x[1] - 0.3).abs() < 1e-5 && (x[2] - 0.9).abs() < 1e-5, "{x:?}");
    }

    #[test]
    fn a_point_that_is_taken_is_no_answer_and_an_exhausted_space_has_none() {
        let space = Space::new(vec![Axis::Categories(2), Axis::Categories(2)]);
        let listed = space.listed().unwrap();
        let best = |taken: Vec<f64>| {
            let hunt = Hunt { listed: Some(&listed), ..hunt(&space, taken) };
            hunt.best(&Hill(vec![1.0, 1.0])).map(|found| found.0)
        };
        assert_eq!(best(vec![1.0, 1.0]).unwrap(), [0.0, 1.0]);
        assert_eq!(best(listed.clone()), None);
    }
}
