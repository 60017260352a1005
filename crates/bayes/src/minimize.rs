//! Smooth functions in a box: projected quasi-Newton steps.

use grad::optim::LbfgsMemory;

/// Where a search has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The point.
    pub x: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// How often the function was asked.
    pub evaluations: usize,
}

/// When a search ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Search {
    /// Steps at most.
    pub iterations: usize,
    /// Largest component of the projected gradient at which it is done.
    pub gradient: f64,
    /// Relative fall of the value at which it is done.
    pub fall: f64,
}

impl Default for Search {
    fn default() -> Self {
        Search { iterations: 200, gradient: 1e-6, fall: 1e-10 }
    }
}

/// Pairs of steps and gradient changes that are remembered.
const MEMORY: usize = 10;
/// Fraction of the fall that the slope predicts which a step must bring (Armijo).
const SUFFICIENT: f64 = 1e-4;

/// Minimizes `f`, which gives value and gradient, between `bounds`, from `start` on.
///
/// Limited-memory BFGS \[Liu1989\] on the inputs that are not held by a bound, with steps that are projected into the box and
/// shortened until the value falls enough \[Bertsekas1982\]. A value that is not finite counts as too long a step.
///
/// ```
/// use bayes::{Search, minimize};
/// let f = |x: &[f64]| ((x[0] - 3.0).powi(2) + x[1].powi(2), vec![2.0 * (x[0] - 3.0), 2.0 * x[1]]);
/// let found = minimize(f, &[0.0, 1.0], &[[-1.0, 2.0], [-5.0, 5.0]], Search::default());
/// assert!((found.x[0] - 2.0).abs() < 1e-9 && found.x[1].abs() < 1e-6); // the first is held by its bound
/// ```
pub fn minimize(
    mut f: impl FnMut(&[f64]) -> (f64, Vec<f64>),
    start: &[f64],
    bounds: &[[f64; 2]],
    search: Search,
) -> Minimum {
    let project = |x: &mut [f64]| x.iter_mut().zip(bounds).for_each(|(x, [low, high])| *x = x.clamp(*low, *high));
    let mut x = start.to_vec();
    project(&mut x);
    let (mut value, mut gradient) = f(&x);
    let mut evaluations = 1;
    let mut memory = LbfgsMemory::default();
    for _ in 0..search.iterations {
        let held = |i: usize| {
            let [low, high] = bounds[i];
            (x[i] <= low && gradient[i] > 0.0) || (x[i] >= high && gradient[i] < 0.0)
        };
        let free: Vec<f64> = (0..x.len()).map(|i| if held(i) { 0.0 } else { gradient[i] }).collect();
        if !value.is_finite() || free.iter().fold(0.0_f64, |most, g| most.max(g.abs())) < search.gradient {
            break;
        }
        let mut direction = memory.direction(&free);
        (0..x.len()).filter(|&i| free[i] == 0.0).for_each(|i| direction[i] = 0.0);
        if dot(&direction, &free) >= 0.0 {
            memory.pairs.clear();
            direction = free.iter().map(|g| -g).collect();
        }
        // Without a memory the size of a step is not known: it moves by at most one.
        let mut length = if memory.pairs.is_empty() { (1.0 / dot(&free, &free).sqrt()).min(1.0) } else { 1.0 };
        let mut taken = None;
        for _ in 0..30 {
            let mut next: Vec<f64> = x.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            project(&mut next);
            let step: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
            let (new_value, new_gradient) = f(&next);
            evaluations += 1;
            let slope = dot(&gradient, &step);
            if new_value.is_finite() && new_value <= value + SUFFICIENT * slope {
                taken = Some((next, step, new_value, new_gradient));
                break;
            }
            // The minimum of the parabola through what is known, within limits.
            let bend = new_value - value - slope;
            let shorter = if bend.is_finite() && bend > 0.0 { -0.5 * slope / bend } else { 0.1 };
            length *= shorter.clamp(0.1, 0.5);
        }
        let Some((next, step, new_value, new_gradient)) = taken else { break };
        let change: Vec<f64> = new_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        memory.remember(step, change, MEMORY);
        let fall = value - new_value;
        (x, value, gradient) = (next, new_value, new_gradient);
        if fall <= search.fall * (1.0 + value.abs()) {
            break;
        }
    }
    Minimum { x, value, evaluations }
}

/// Minimizes `f`, which gives value and gradient, over a convex set, from `start` on: spectral projected gradients
/// \[Birgin2000\]. `project` gives the nearest point of the set, or `None` where there is none.
///
/// ```
/// use bayes::{Search, minimize_within};
/// let f = |x: &[f64]| ((x[0] - 3.0).powi(2) + x[1].powi(2), vec![2.0 * (x[0] - 3.0), 2.0 * x[1]]);
/// // The line x + y = 1.
/// let line = |x: &[f64]| {
///     let excess = (x[0] + x[1] - 1.0) / 2.0;
///     Some(vec![x[0] - excess, x[1] - excess])
/// };
/// let found = minimize_within(f, &[0.5, 0.5], line, Search::default());
/// assert!((found.x[0] - 2.0).abs() < 1e-6 && (found.x[1] + 1.0).abs() < 1e-6);
/// ```
pub fn minimize_within(
    mut f: impl FnMut(&[f64]) -> (f64, Vec<f64>),
    start: &[f64],
    project: impl Fn(&[f64]) -> Option<Vec<f64>>,
    search: Search,
) -> Minimum {
    let Some(mut x) = project(start) else {
        return Minimum { x: start.to_vec(), value: f64::INFINITY, evaluations: 0 };
    };
    let (mut value, mut gradient) = f(&x);
    let mut evaluations = 1;
    let mut step = 1.0 / gradient.iter().fold(1e-10_f64, |most, g| most.max(g.abs()));
    for _ in 0..search.iterations {
        let ahead: Vec<f64> = x.iter().zip(&gradient).map(|(x, g)| x - step * g).collect();
        let Some(target) = project(&ahead).filter(|_| value.is_finite()) else { break };
        let direction: Vec<f64> = target.iter().zip(&x).map(|(a, b)| a - b).collect();
        let slope = dot(&direction, &gradient);
        if direction.iter().fold(0.0_f64, |most, d| most.max(d.abs())) < search.gradient || slope >= 0.0 {
            break;
        }
        let mut length = 1.0;
        let mut taken = None;
        for _ in 0..30 {
            // Between two points of a convex set lie its points alone.
            let next: Vec<f64> = x.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            let (new_value, new_gradient) = f(&next);
            evaluations += 1;
            if new_value.is_finite() && new_value <= value + SUFFICIENT * length * slope {
                taken = Some((next, new_value, new_gradient));
                break;
            }
            let bend = new_value - value - length * slope;
            let shorter = if bend.is_finite() && bend > 0.0 { -0.5 * length * slope / bend } else { 0.1 };
            length *= shorter.clamp(0.1, 0.5);
        }
        let Some((next, new_value, new_gradient)) = taken else { break };
        let moved: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = new_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let bend = dot(&moved, &change);
        step = if bend > 0.0 { (dot(&moved, &moved) / bend).clamp(1e-10, 1e10) } else { 1e3 * step };
        let fall = value - new_value;
        (x, value, gradient) = (next, new_value, new_gradient);
        if fall <= search.fall * (1.0 + value.abs()) {
            break;
        }
    }
    Minimum { x, value, evaluations }
}

pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rosenbrock(x: &[f64]) -> (f64, Vec<f64>) {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        (a * a + 100.0 * b * b, vec![-2.0 * a - 400.0 * x[0] * b, 200.0 * b])
    }

    #[test]
    fn a_curved_valley_is_followed_to_its_end() {
        let found = minimize(rosenbrock, &[-1.2, 1.0], &[[-5.0, 5.0]; 2], Search::default());
        assert!(found.x.iter().all(|x| (x - 1.0).abs() < 1e-4), "{found:?}");
        assert!(found.evaluations < 100, "{found:?}");
    }

    /// On the edge x = 0.5 the valley's lowest point is y = 0.25.
    #[test]
    fn a_bound_holds_what_would_leave_the_box() {
        let found = minimize(rosenbrock, &[-1.2, 1.0], &[[-2.0, 0.5], [-2.0, 2.0]], Search::default());
        assert!((found.x[0] - 0.5).abs() < 1e-9 && (found.x[1] - 0.25).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn a_value_that_is_not_finite_is_a_step_too_long() {
        let f = |x: &[f64]| (if x[0] > 1.0 { f64::INFINITY } else { (x[0] - 0.9).powi(2) }, vec![2.0 * (x[0] - 0.9)]);
        let found = minimize(f, &[-50.0], &[[-100.0, 100.0]], Search::default());
        assert!((found.x[0] - 0.9).abs() < 1e-5, "{found:?}");
    }
}
