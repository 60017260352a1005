//! Search space: axes, limits on their values together, or a table of candidates.

mod condition;
mod limit;
mod polytope;

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

pub use condition::Condition;
pub use limit::Limit;
pub(crate) use polytope::Polytope;

use crate::kernels::{Alike, Hamming, Kernel, Scaled, Several, Stationary};
use crate::prior::Prior;

/// One thing that may be varied. A point holds a number for each.
#[derive(Clone, Debug, PartialEq)]
pub enum Axis {
    /// Any number from 0 to 1.
    Continuous,
    /// One of these numbers between 0 and 1, in rising order: integers and ordered levels.
    Levels(Vec<f64>),
    /// One of so many categories, numbered from zero.
    Categories(usize),
    /// One of some things whose similarity is known, such as molecules by their fingerprints; numbered from zero.
    Alike(Arc<Vec<f64>>),
}

impl Axis {
    /// How many values it has; none where they are continuous.
    pub fn count(&self) -> Option<usize> {
        match self {
            Axis::Continuous => None,
            Axis::Levels(levels) => Some(levels.len()),
            Axis::Categories(n) => Some(*n),
            Axis::Alike(matrix) => Some(matrix.len().isqrt()),
        }
    }

    /// Its value number `at`, as it stands in a point.
    pub(crate) fn value(&self, at: usize) -> f64 {
        match self {
            Axis::Levels(levels) => levels[at],
            _ => at as f64,
        }
    }

    /// The number of its value that is nearest to `x`.
    pub(crate) fn nearest(&self, x: f64) -> usize {
        match self {
            Axis::Levels(levels) => {
                let closer = |&a: &usize, &b: &usize| (levels[a] - x).abs().total_cmp(&(levels[b] - x).abs());
                (0..levels.len()).min_by(closer).unwrap_or(0)
            }
            _ => (x.max(0.0) as usize).min(self.count().unwrap_or(1).saturating_sub(1)),
        }
    }

    /// The value at a fraction from 0 to 1 of all values.
    pub(crate) fn at_share(&self, share: f64) -> f64 {
        match self.count() {
            None => share,
            Some(n) => self.value(((share * n as f64) as usize).min(n.saturating_sub(1))),
        }
    }

    /// Whether its values are numbers between which there are distances.
    pub fn is_number(&self) -> bool {
        matches!(self, Axis::Continuous | Axis::Levels(_))
    }
}

/// A condition on points that only the caller can evaluate.
pub type Predicate = Arc<dyn Fn(&[f64]) -> bool + Send + Sync>;

/// All points that may be tried.
#[derive(Clone, Default)]
pub struct Space {
    /// Search space.
    pub axes: Vec<Axis>,
    /// Linear conditions on the numbers.
    pub limits: Vec<Limit>,
    /// Axes that matter only where another has certain values.
    pub conditions: Vec<Condition>,
    /// The only points that may be tried, `[n, axes]`, where they are listed.
    pub candidates: Option<Arc<Vec<f64>>>,
    /// A further condition.
    pub allowed: Option<Predicate>,
}

impl fmt::Debug for Space {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let candidates = self.candidates.as_ref().map(|all| all.len() / self.width().max(1));
        to.debug_struct("Space")
            .field("axes", &self.axes)
            .field("limits", &self.limits)
            .field("conditions", &self.conditions)
            .field("candidates", &candidates)
            .field("allowed", &self.allowed.is_some())
            .finish()
    }
}

/// So many points at most are listed and evaluated one by one.
const LISTED: usize = 20_000;

impl Space {
    /// Without limits.
    ///
    /// ```
    /// use bayes::{Axis, Space};
    /// let space = Space::new(vec![Axis::Categories(3), Axis::Levels(vec![0.0, 0.5, 1.0])]);
    /// assert_eq!(space.listed().unwrap().len(), 9 * 2);
    /// ```
    pub fn new(axes: Vec<Axis>) -> Self {
        Space { axes, ..Space::default() }
    }

    /// The unit cube.
    pub fn cube(width: usize) -> Self {
        Space::new(vec![Axis::Continuous; width])
    }

    /// Numbers of a point.
    pub fn width(&self) -> usize {
        self.axes.len()
    }

    /// Whether a point keeps all conditions; the axes' own values are not used.
    pub fn holds(&self, x: &[f64]) -> bool {
        self.limits.iter().all(|limit| limit.holds(x)) && self.allowed.as_ref().is_none_or(|allowed| allowed(x))
    }

    /// All points, `[n, axes]`, where they are finite and not too many.
    pub fn listed(&self) -> Option<Vec<f64>> {
        let width = self.width();
        let kept = |all: &[f64]| -> Vec<f64> {
            let (mut all, mut seen) = (all.to_vec(), HashSet::new());
            self.settle(&mut all);
            let new = |x: &&[f64]| {
                self.conditions.is_empty() || seen.insert(x.iter().map(|x| x.to_bits()).collect::<Vec<u64>>())
            };
            all.chunks_exact(width.max(1)).filter(|x| self.holds(x)).filter(new).flatten().copied().collect()
        };
        if let Some(candidates) = &self.candidates {
            return Some(kept(candidates));
        }
        let counts: Vec<usize> = self.axes.iter().map(Axis::count).collect::<Option<_>>()?;
        let all = counts.iter().try_fold(1_usize, |all, n| all.checked_mul(*n)).filter(|all| *all <= LISTED)?;
        let point = |mut at: usize| -> Vec<f64> {
            let mut x = vec![0.0; width];
            for (axis, count) in (0..width).zip(&counts).rev() {
                x[axis] = self.axes[axis].value(at % count);
                at /= count;
            }
            x
        };
        Some(kept(&(0..all).flat_map(point).collect::<Vec<f64>>()))
    }

    /// `n` points of this space side by side, as one point of a larger one.
    pub(crate) fn power(&self, n: usize) -> Space {
        let width = self.width();
        let axes = (0..n).flat_map(|_| self.axes.iter().cloned()).collect();
        let at = |member: usize, limit: &Limit| {
            let mut weights = vec![0.0; n * width];
            weights[member * width..(member + 1) * width].copy_from_slice(&limit.weights);
            Limit { weights, ..limit.clone() }
        };
        let limits = (0..n).flat_map(|member| self.limits.iter().map(move |limit| at(member, limit))).collect();
        let shifted = |member: usize, condition: &Condition| Condition {
            axis: member * width + condition.axis,
            on: member * width + condition.on,
            values: condition.values.clone(),
        };
        let conditions = (0..n).flat_map(|member| self.conditions.iter().map(move |c| shifted(member, c))).collect();
        let allowed = self.allowed.clone().map(|allowed| -> Predicate {
            Arc::new(move |x: &[f64]| x.chunks_exact(width.max(1)).all(|x| allowed(x)))
        });
        Space { axes, limits, conditions, candidates: None, allowed }
    }

    /// The usual covariance: of numbers a Matern-5/2 with a lengthscale each, of categories by which of them differ, of things
    /// whose similarity is known by that, and the product of these, with a variance that is learned: a few values, often near to one
    /// another, say little of how far others may lie.
    pub fn kernel(&self) -> Kernel {
        let which = |wanted: fn(&Axis) -> bool| -> Vec<usize> {
            (0..self.width()).filter(|&axis| wanted(&self.axes[axis])).collect()
        };
        let (numbers, categories) = (which(Axis::is_number), which(|axis| matches!(axis, Axis::Categories(_))));
        let mut parts = Vec::new();
        if !numbers.is_empty() {
            parts.push(Kernel::Matern52(Stationary { columns: numbers, ..Stationary::default() }));
        }
        if !categories.is_empty() {
            parts.push(Kernel::Hamming(Hamming { columns: categories, lengthscale: None }));
        }
        for (column, axis) in self.axes.iter().enumerate() {
            if let Axis::Alike(matrix) = axis {
                parts.push(Kernel::Alike(Alike { column, matrix: matrix.clone() }));
            }
        }
        let whole = match parts.len() {
            1 => parts.remove(0),
            _ => Kernel::Product(Several { of: parts }),
        };
        Kernel::Scaled(Scaled { of: Box::new(whole), variance: Some(VARIANCE) })
    }

    /// Whether a point is the same as one of `points: [n, axes]`.
    ///
    /// ```
    /// let space = bayes::Space::cube(2);
    /// assert!(space.among(&[0.25, 0.5], &[0.0, 0.0, 0.25, 0.5]));
    /// ```
    pub fn among(&self, x: &[f64], points: &[f64]) -> bool {
        points.chunks_exact(self.width().max(1)).any(|other| self.same(other, x))
    }

    /// How far two points lie apart, in lengthscales; categories that differ lie $\ell^{-1/2}$ apart, whichever they are.
    pub(crate) fn distance(&self, a: &[f64], b: &[f64], lengths: &[f64]) -> f64 {
        let part = |axis: usize| match self.axes[axis].is_number() {
            true => ((a[axis] - b[axis]) / lengths[axis]).powi(2),
            false => f64::from(u8::from(a[axis] != b[axis])) / lengths[axis],
        };
        (0..a.len()).map(part).sum::<f64>().sqrt()
    }

    /// Whether two points are the same: categories exactly, numbers to within $10^{-9}$ of their range.
    pub fn same(&self, a: &[f64], b: &[f64]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() <= TOLERANCE)
    }
}

/// Of the variance of the usual covariance; its mode is one, the variance of the values.
const VARIANCE: Prior = Prior::LogNormal { mean: 1.0, deviation: 1.0 };
/// Numbers that are nearer, in shares of their range, are the same.
const TOLERANCE: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_finite_spaces_are_listed_without_what_is_not_allowed() {
        let mut space = Space::new(vec![Axis::Categories(2), Axis::Levels(vec![0.0, 0.5, 1.0])]);
        assert_eq!(space.listed().unwrap(), [0.0, 0.0, 0.0, 0.5, 0.0, 1.0, 1.0, 0.0, 1.0, 0.5, 1.0, 1.0]);
        space.allowed = Some(Arc::new(|x| x[0] == 1.0));
        assert_eq!(space.listed().unwrap(), [1.0, 0.0, 1.0, 0.5, 1.0, 1.0]);
        assert!(Space::cube(2).listed().is_none());
    }

    #[test]
    fn shares_and_nearest_values_reach_every_level() {
        let axis = Axis::Levels(vec![0.0, 0.25, 1.0]);
        assert_eq!([0.0, 0.4, 0.99, 1.0].map(|share| axis.at_share(share)), [0.0, 0.25, 1.0, 1.0]);
        assert_eq!((axis.nearest(0.1), axis.nearest(0.2), Axis::Categories(3).nearest(7.0)), (0, 1, 2));
    }
}
