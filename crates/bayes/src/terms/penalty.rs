//! Distance to points that are pending.

use super::Term;
use crate::acquisition::log_cdf;
use crate::process::FittedProcess;
use crate::space::Space;

/// $\sum_j \ln \Phi\bigl((L \lVert x - x_j \rVert - (\mu(x_j) - M)) / \sigma(x_j)\bigr)$: how probable it is that the minimum
/// does not lie in the ball around a pending point $x_j$ that its value, with the best value $M$ and the steepest slope $L$,
/// would rule out \[Gonzalez2016\]. Distances are measured in lengthscales.
pub(crate) struct PenaltyTerm<'a> {
    space: &'a Space,
    centers: Vec<Center>,
    lengths: Vec<f64>,
    slope: f64,
}

struct Center {
    x: Vec<f64>,
    radius: f64,
    deviation: f64,
}

/// A slope that is smaller says that the process is flat.
const FLAT: f64 = 1e-7;
/// Nearer than this, in lengthscales, directions mean nothing.
const NEAR: f64 = 1e-10;

impl<'a> PenaltyTerm<'a> {
    /// `probes` are points at which the steepest slope is looked for.
    pub fn new(space: &'a Space, process: &FittedProcess, probes: &[f64]) -> Self {
        let lengths = process.lengths();
        let width = lengths.len();
        let steepness = |x: &[f64]| {
            let slope = process.pullback_mean(x, &[1.0]);
            slope.iter().zip(&lengths).map(|(s, length)| (s * length).powi(2)).sum::<f64>().sqrt()
        };
        let known = &process.observations().x;
        let points = probes.chunks_exact(width).chain(known.chunks_exact(width));
        let slope = points.map(steepness).fold(0.0, f64::max);
        // Without any slope no ball rules anything out: one lengthscale is a natural distance then.
        let unit = process.observations().scale[1];
        let slope = if slope > FLAT * unit { slope } else { unit };
        PenaltyTerm { space, centers: Vec::new(), lengths, slope }
    }

    /// One more pending point.
    pub fn add(&mut self, process: &FittedProcess, best: f64, x: &[f64]) {
        let said = process.predict(x);
        let (radius, deviation) =
            ((said.mean[0] - best).max(0.0) / self.slope, (said.variance[0].sqrt() / self.slope).max(1e-6));
        self.centers.push(Center { x: x.to_vec(), radius, deviation });
    }
}

impl Term for PenaltyTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let one = |x: &[f64]| {
            let part = |center: &Center| {
                log_cdf((self.space.distance(x, &center.x, &self.lengths) - center.radius) / center.deviation).0
            };
            self.centers.iter().map(part).sum()
        };
        x.chunks_exact(self.lengths.len().max(1)).map(one).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let (mut value, mut slope) = (0.0, vec![0.0; x.len()]);
        for center in &self.centers {
            let distance = self.space.distance(x, &center.x, &self.lengths);
            let (log, by) = log_cdf((distance - center.radius) / center.deviation);
            value += log;
            let by = by / center.deviation / distance.max(NEAR);
            let parts = slope.iter_mut().zip(x.iter().zip(&center.x).zip(&self.lengths));
            parts.for_each(|(slope, ((a, b), length))| *slope += by * (a - b) / (length * length));
        }
        (value, slope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::sobol;
    use crate::terms::tests::{check, process};
    use tensor::random::Key;

    #[test]
    fn the_slope_is_the_derivative_and_points_at_once_beside_are_worth_least() {
        let process = process();
        let space = Space::cube(2);
        let mut term = PenaltyTerm::new(&space, &process, &sobol(100, 2, Key::new(0, "probes")));
        for x in [[0.3, 0.4], [0.35, 0.5]] {
            term.add(&process, -2.0, &x);
        }
        check(&term, &[0.42, 0.61]);
        let values = term.values(&[0.3, 0.4, 0.32, 0.42, 0.35, 0.5, 0.9, 0.9]);
        // The newest pending point is penalized like the first.
        assert!(values[0] < values[3] && values[2] < values[3] && values[3] > -0.5, "{values:?}");
    }
}
