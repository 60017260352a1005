//! The part of the cube that linear conditions leave: nearest points and random points.

use tensor::random::{Key, Random};

use super::Limit;
use crate::minimize::dot;

/// A box and linear conditions.
#[derive(Clone, Debug)]
pub(crate) struct Polytope {
    pub bounds: Vec<[f64; 2]>,
    pub limits: Vec<Limit>,
}

/// Rounds of projections at most.
const ROUNDS: usize = 2000;
/// A sum that misses its bound by less, relative to its terms, is exact.
const EXACT: f64 = 1e-13;
/// Steps of a walk between two points that are kept.
const BETWEEN: usize = 20;

impl Polytope {
    /// The point of it that is nearest to `x`, by alternating projections with corrections \[Dykstra1983\]; `None` where the
    /// conditions contradict one another.
    pub fn nearest(&self, x: &[f64]) -> Option<Vec<f64>> {
        let mut at = x.to_vec();
        self.clamp(&mut at);
        if self.limits.iter().all(|limit| limit.holds(&at)) {
            return Some(at);
        }
        let mut at = x.to_vec();
        let mut corrections = vec![vec![0.0; x.len()]; self.limits.len() + 1];
        for _ in 0..ROUNDS {
            for (which, correction) in corrections.iter_mut().enumerate() {
                let moved: Vec<f64> = at.iter().zip(&*correction).map(|(x, c)| x + c).collect();
                let mut next = moved.clone();
                match self.limits.get(which) {
                    Some(limit) => onto(limit, &mut next),
                    None => self.clamp(&mut next),
                }
                correction.iter_mut().zip(moved.iter().zip(&next)).for_each(|(c, (moved, next))| *c = moved - next);
                at = next;
            }
            // The box was the last: what is left to miss are the limits.
            if self.limits.iter().all(|limit| limit.misses(&at) < EXACT) {
                return Some(at);
            }
        }
        self.limits.iter().all(|limit| limit.holds(&at)).then_some(at)
    }

    fn clamp(&self, x: &mut [f64]) {
        x.iter_mut().zip(&self.bounds).for_each(|(x, [low, high])| *x = x.clamp(*low, *high));
    }

    /// `n` random points, spread evenly over its volume: a walk that goes, again and again, to a random place of a random line
    /// through where it is \[Smith1984\]. Directions keep the sums that must be equal.
    pub fn sample(&self, n: usize, key: Key) -> Option<Vec<f64>> {
        let mut random = key.random();
        let equal = orthonormal(&self.limits);
        let mut at = self.inside()?;
        let mut found = Vec::with_capacity(n * at.len());
        for _ in 0..n {
            (0..BETWEEN).for_each(|_| self.step(&mut at, &equal, &mut random));
            // Rounding errors of many steps would add up.
            at = self.nearest(&at)?;
            found.extend_from_slice(&at);
        }
        Some(found)
    }

    fn step(&self, at: &mut [f64], equal: &[Vec<f64>], random: &mut Random) {
        let mut direction: Vec<f64> =
            self.bounds.iter().map(|[low, high]| if high > low { random.normal() } else { 0.0 }).collect();
        for normal in equal {
            let along = dot(normal, &direction);
            direction.iter_mut().zip(normal).for_each(|(d, n)| *d -= along * n);
        }
        let mut reach = [f64::NEG_INFINITY, f64::INFINITY];
        let mut until = |room: f64, speed: f64| {
            if speed > 1e-12 {
                reach[1] = reach[1].min(room / speed);
            } else if speed < -1e-12 {
                reach[0] = reach[0].max(room / speed);
            }
        };
        for ((x, d), [low, high]) in at.iter().zip(&direction).zip(&self.bounds) {
            until(high - x, *d);
            until(x - low, -d);
        }
        for limit in self.limits.iter().filter(|limit| !limit.equal) {
            until(-limit.excess(at), dot(&limit.weights, &direction));
        }
        let (from, to) = (reach[0].min(0.0), reach[1].max(0.0));
        if from.is_finite() && to.is_finite() {
            let by = from + random.uniform() * (to - from);
            at.iter_mut().zip(&direction).for_each(|(x, d)| *x += by * d);
        }
    }

    /// A point inside: the mean of those nearest to the center and to corners.
    fn inside(&self) -> Option<Vec<f64>> {
        let width = self.bounds.len();
        let corner =
            |side: usize| -> Vec<f64> { (0..width).map(|axis| self.bounds[axis][(axis + side) % 2]).collect() };
        let center: Vec<f64> = self.bounds.iter().map(|[low, high]| 0.5 * (low + high)).collect();
        let axes = (0..width).map(|axis| {
            let mut x: Vec<f64> = self.bounds.iter().map(|[low, _]| *low).collect();
            x[axis] = self.bounds[axis][1];
            x
        });
        let seeds: Vec<Vec<f64>> = [center, corner(0), corner(1)].into_iter().chain(axes).collect();
        let nearest: Vec<Vec<f64>> = seeds.iter().map(|x| self.nearest(x)).collect::<Option<_>>()?;
        let mean = |axis: usize| nearest.iter().map(|x| x[axis]).sum::<f64>() / nearest.len() as f64;
        Some((0..width).map(mean).collect())
    }
}

/// Moves a point to the nearest one that keeps a limit.
fn onto(limit: &Limit, x: &mut [f64]) {
    let excess = limit.excess(x);
    let square = dot(&limit.weights, &limit.weights);
    if square > 0.0 && (limit.equal || excess > 0.0) {
        x.iter_mut().zip(&limit.weights).for_each(|(x, w)| *x -= excess / square * w);
    }
}

/// Directions in which sums change that must be equal, at right angles to one another.
fn orthonormal(limits: &[Limit]) -> Vec<Vec<f64>> {
    let mut found: Vec<Vec<f64>> = Vec::new();
    for limit in limits.iter().filter(|limit| limit.equal) {
        let mut own = limit.weights.clone();
        for other in &found {
            let along = dot(other, &own);
            own.iter_mut().zip(other).for_each(|(x, o)| *x -= along * o);
        }
        let length = dot(&own, &own).sqrt();
        if length > 1e-12 {
            found.push(own.iter().map(|x| x / length).collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplex() -> Polytope {
        let limits = vec![Limit { weights: vec![1.0; 3], bound: 1.0, equal: true }];
        Polytope { bounds: vec![[0.0, 1.0]; 3], limits }
    }

    /// By hand: a third of the excess 1 is taken off each; off (1.5, 0, 0) the box and the plane leave a corner.
    #[test]
    fn the_nearest_point_of_a_mixture_is_known() {
        let near = simplex().nearest(&[1.0, 0.5, 0.5]).unwrap();
        let close = |a: &[f64], b: [f64; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(close(&near, [2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]), "{near:?}");
        assert!(close(&simplex().nearest(&[1.9, 0.0, 0.0]).unwrap(), [1.0, 0.0, 0.0]));
    }

    /// Of even shares of three the mean is 1/3 and the variance 1/18.
    #[test]
    fn random_mixtures_are_spread_evenly() {
        let points = simplex().sample(4000, Key::new(0, "test")).unwrap();
        for axis in 0..3 {
            let own: Vec<f64> = points.iter().skip(axis).step_by(3).copied().collect();
            let mean = own.iter().sum::<f64>() / 4000.0;
            let variance = own.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 4000.0;
            assert!((mean - 1.0 / 3.0).abs() < 0.015 && (variance - 1.0 / 18.0).abs() < 0.005, "{mean} {variance}");
        }
        assert!(points.chunks(3).all(|x| simplex().limits[0].holds(x) && x.iter().all(|x| (0.0..=1.0).contains(x))));
    }

    #[test]
    fn limits_that_contradict_one_another_leave_nothing() {
        let limits = vec![Limit { weights: vec![1.0, 1.0], bound: -0.5, equal: false }];
        assert!(Polytope { bounds: vec![[0.0, 1.0]; 2], limits }.nearest(&[0.5, 0.5]).is_none());
    }
}
