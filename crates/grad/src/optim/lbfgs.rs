//! Limited-memory BFGS on the whole data set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

/// Limited-memory BFGS \[Liu1989\]: $w \leftarrow w + t p$ with $p = -H g$, where $H$ approximates the inverse
/// Hessian from the latest steps and gradient changes. A line search finds $t$ with the strong Wolfe conditions
/// \[Nocedal2006\]: $f(w + tp) \le f + c_1 t g^\top p$ and $|g_t^\top p| \le c_2 |g^\top p|$ with $c_1 = 10^{-4}$,
/// $c_2 = 0.9$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Lbfgs {
    /// First trial of the step length $t$; 1 is the quasi-Newton step.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Number of pairs of steps and gradient changes that are kept.
    #[schemars(range(min = 1, max = 100))]
    pub history: usize,
    /// Function evaluations in one line search, at most.
    #[schemars(range(min = 1, max = 100))]
    pub evaluations: usize,
}

impl Default for Lbfgs {
    fn default() -> Self {
        Lbfgs { learning_rate: 1.0, history: 10, evaluations: 20 }
    }
}

/// The latest pairs $s = w' - w$, $y = g' - g$; saved with every checkpoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LbfgsMemory {
    /// Pairs, oldest first.
    pub pairs: Vec<[Vec<f64>; 2]>,
}

/// Loss and gradient at a point.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The loss.
    pub loss: f64,
    /// Its gradient.
    pub gradient: Vec<f64>,
}

const SUFFICIENT: f64 = 1e-4;
const CURVATURE: f64 = 0.9;

impl Lbfgs {
    /// One step from `w`, where `at` was evaluated: the new point is left in `w`, its evaluation returned.
    /// `rate` scales the first trial. Where no lower point is found, `w` stays and the memory is forgotten.
    pub fn step<T: Real>(
        &self,
        w: &mut [T],
        at: Evaluation,
        memory: &mut LbfgsMemory,
        rate: f64,
        mut evaluate: impl FnMut(&[T]) -> Evaluation,
    ) -> Evaluation {
        let start: Vec<f64> = w.iter().map(|w| w.to_f64()).collect();
        let mut direction = memory.direction(&at.gradient);
        let mut slope = dot(&direction, &at.gradient);
        if slope >= 0.0 {
            memory.pairs.clear();
            direction = at.gradient.iter().map(|g| -g).collect();
            slope = -dot(&at.gradient, &at.gradient);
        }
        if slope == 0.0 {
            return at;
        }
        // The first step has no curvature yet: it moves by at most one in the sum of absolute values.
        let first = if memory.pairs.is_empty() {
            (1.0 / at.gradient.iter().map(|g| g.abs()).sum::<f64>()).min(1.0)
        } else {
            1.0
        };
        let mut point = w.to_vec();
        let mut probe = |t: f64| {
            for ((p, s), d) in point.iter_mut().zip(&start).zip(&direction) {
                *p = T::of(s + t * d);
            }
            let found = evaluate(&point);
            let slope = dot(&found.gradient, &direction);
            (found, slope)
        };
        let search = line_search(&mut probe, first * self.learning_rate * rate, (at.loss, slope), self.evaluations);
        let Some((t, found)) = search else {
            memory.pairs.clear();
            return at;
        };
        let step: Vec<f64> = direction.iter().map(|d| t * d).collect();
        for ((w, s), d) in w.iter_mut().zip(&start).zip(&step) {
            *w = T::of(s + d);
        }
        let change: Vec<f64> = found.gradient.iter().zip(&at.gradient).map(|(a, b)| a - b).collect();
        memory.remember(step, change, self.history);
        found
    }
}

impl LbfgsMemory {
    /// Keeps a step and the change of the gradient along it, and forgets the oldest of more than `history` pairs. Only a
    /// pair of positive curvature is kept, so that the approximate Hessian stays positive definite.
    pub fn remember(&mut self, step: Vec<f64>, change: Vec<f64>, history: usize) {
        if dot(&change, &step) > 1e-10 * dot(&change, &change).sqrt() * dot(&step, &step).sqrt() {
            self.pairs.push([step, change]);
            if self.pairs.len() > history {
                self.pairs.remove(0);
            }
        }
    }

    /// $-H g$ by the two-loop recursion; $-g$ of an empty memory.
    pub fn direction(&self, gradient: &[f64]) -> Vec<f64> {
        let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut alphas = Vec::with_capacity(self.pairs.len());
        for [s, y] in self.pairs.iter().rev() {
            let alpha = dot(s, &q) / dot(s, y);
            q.iter_mut().zip(y).for_each(|(q, y)| *q -= alpha * y);
            alphas.push(alpha);
        }
        if let Some([s, y]) = self.pairs.last() {
            let gamma = dot(s, y) / dot(y, y);
            q.iter_mut().for_each(|q| *q *= gamma);
        }
        for ([s, y], alpha) in self.pairs.iter().zip(alphas.into_iter().rev()) {
            let beta = dot(y, &q) / dot(s, y);
            q.iter_mut().zip(s).for_each(|(q, s)| *q += (alpha - beta) * s);
        }
        q
    }
}

/// Brackets and narrows a step that satisfies the strong Wolfe conditions; the lowest acceptable one if none does.
fn line_search(
    probe: &mut impl FnMut(f64) -> (Evaluation, f64),
    first: f64,
    (loss, slope): (f64, f64),
    most: usize,
) -> Option<(f64, Evaluation)> {
    let (mut low, mut high, mut t) = (0.0, f64::INFINITY, first);
    let mut best: Option<(f64, Evaluation)> = None;
    for _ in 0..most {
        let (found, slope_here) = probe(t);
        let enough = found.loss <= loss + SUFFICIENT * t * slope;
        let done = enough && slope_here.abs() <= CURVATURE * slope.abs();
        let rising = slope_here > 0.0;
        if enough && best.as_ref().is_none_or(|(_, best)| found.loss < best.loss) {
            best = Some((t, found));
        }
        if done {
            break;
        }
        // NaN is not enough either, so a step into the void is halved.
        if !enough || rising {
            high = t
        } else {
            low = t
        }
        t = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * t };
    }
    best
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosenbrock(w: &[f64]) -> Evaluation {
        let (x, y) = (w[0], w[1]);
        let loss = (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2);
        Evaluation { loss, gradient: vec![-2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)] }
    }

    #[test]
    fn the_valley_of_rosenbrock_is_walked_in_few_steps() {
        let (mut w, mut memory, spec) = ([-1.2, 1.0], LbfgsMemory::default(), Lbfgs::default());
        let mut at = rosenbrock(&w);
        for _ in 0..60 {
            at = spec.step(&mut w, at, &mut memory, 1.0, rosenbrock);
        }
        assert!((w[0] - 1.0).abs() < 1e-6 && (w[1] - 1.0).abs() < 1e-6, "{w:?}");
    }

    #[test]
    fn a_point_without_slope_stays() {
        let (mut w, mut memory) = ([1.0, 1.0], LbfgsMemory::default());
        Lbfgs::default().step(&mut w, rosenbrock(&[1.0, 1.0]), &mut memory, 1.0, rosenbrock);
        assert_eq!(w, [1.0, 1.0]);
    }
}
