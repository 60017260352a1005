//! Why a point is proposed, in numbers.

use crate::acquisition::{Acquisition, log_cdf};
use crate::beliefs::Beliefs;
use crate::knowledge::Knowledge;
use crate::space::Space;

/// Prediction for a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The value that is expected (of bent values the median), in units of the objective, which is minimized.
    pub mean: f64,
    /// How far it may be off: half the width of the interval of 68 %.
    pub deviation: f64,
    /// The logarithm of the expected improvement, on the scale of the process.
    pub log_improvement: f64,
    /// The probability that it keeps all bounds and does not fail; one where there are none.
    pub feasible: f64,
    /// The cost that is expected, where costs are known.
    pub cost: Option<f64>,
    /// The nearest point that was tried, as its row, and how far it lies away, in lengthscales.
    pub nearest: Option<(usize, f64)>,
}

impl Forecast {
    pub(crate) fn new(space: &Space, known: &Knowledge, beliefs: &Beliefs, x: &[f64]) -> Self {
        let said = beliefs.objective.predict(x);
        let (mean, deviation) = (said.mean[0], said.variance[0].sqrt());
        let straight = |z: f64| beliefs.bend.straightened(z);
        let limit = |(process, bound): &(crate::process::FittedProcess, f64)| {
            let said = process.predict(x);
            log_cdf((bound - said.mean[0]) / said.variance[0].sqrt()).0
        };
        let lengths = beliefs.objective.lengths();
        let distance = |other: &[f64]| space.distance(x, other, &lengths);
        let nearest = known.x.chunks_exact(x.len().max(1)).map(distance).enumerate();
        Forecast {
            mean: straight(mean),
            deviation: 0.5 * (straight(mean + deviation) - straight(mean - deviation)),
            log_improvement: Acquisition::LogExpectedImprovement.value(mean, deviation, &beliefs.reference)[0],
            feasible: beliefs.limits.iter().map(limit).sum::<f64>().exp(),
            cost: beliefs.costs.as_ref().map(|costs| costs.log(x, x.len())[0].exp()),
            nearest: nearest.min_by(|a, b| a.1.total_cmp(&b.1)),
        }
    }
}
