//! Surrogate models of a space: a process of the objective, and of everything else that makes a point good.

use tensor::random::Key;

use crate::acquisition::{Acquisition, Reference, smallest_values};
use crate::designs::spread;
use crate::knowledge::Knowledge;
use crate::mean::Mean;
use crate::process::{FittedProcess, GaussianProcess, Noise};
use crate::space::Space;
use crate::strategy::Strategy;
use crate::terms::{CostTerm, Costs, LimitTerm, Term};
use crate::warp::Bend;

/// Hyperparameters of the processes as they were found last: of the objectives, the limits, failure and cost.
pub type Hyperparameters = Vec<Vec<f64>>;

/// Processes that have learned what is known.
pub(crate) struct Beliefs {
    pub objective: FittedProcess,
    pub bend: Bend,
    /// Quantities with the bounds that they must keep.
    pub limits: Vec<(FittedProcess, f64)>,
    pub costs: Option<Costs>,
    /// How much costs count.
    pub exponent: f64,
    pub reference: Reference,
    /// Whether a point is known that keeps all bounds: only then can it be improved on.
    pub has_feasible: bool,
    /// The best points so far, `[at most 5, axes]`.
    pub near: Vec<f64>,
    pub width: usize,
}

/// The best points so far that the search begins near to.
const INCUMBENTS: usize = 5;
/// Draws of the smallest value.
const OPTIMA: usize = 10;
/// Between a failure, one, and a success, zero.
const HALF: f64 = 0.5;

impl Beliefs {
    /// From the trials that have a value; `y` are those of the objective, one for each trial.
    pub fn new(
        space: &Space,
        strategy: &Strategy,
        known: &Knowledge,
        y: &[f64],
        before: &mut Learning<'_>,
    ) -> Option<Self> {
        let width = space.width();
        let kernel = strategy.kernel.clone().unwrap_or_else(|| space.kernel());
        let bend = Bend::new(strategy.warp, y);
        let bent: Vec<f64> = y.iter().map(|y| bend.bent(*y)).collect();
        // What is sure in units of the values is sure in those of the bend, by its slope.
        let variances: Vec<f64> = known.variances.iter().zip(y).map(|(v, y)| v * bend.slope(*y).powi(2)).collect();
        let spec =
            |mean: Mean, noise: Noise| GaussianProcess { kernel: kernel.clone(), mean, noise, ..Default::default() };
        let of_objective = spec(strategy.mean.clone(), strategy.noise);
        let objective = before.fit(of_objective, &known.x, width, &bent, &variances)?;
        let measured = spec(Mean::default(), strategy.noise);
        let noisy = spec(Mean::default(), Noise::default());
        let mut limits: Vec<(FittedProcess, f64)> = Vec::new();
        for limit in &known.limits {
            if let Some(process) = before.fit(measured.clone(), &known.x, width, &limit.values, &[]) {
                limits.push((process, limit.bound));
            }
        }
        if known.failed.iter().any(|failed| *failed) {
            let values: Vec<f64> = known.failed.iter().map(|failed| f64::from(u8::from(*failed))).collect();
            if let Some(process) = before.fit(noisy.clone(), &known.x, width, &values, &[]) {
                limits.push((process, HALF));
            }
        }
        let costs = match &known.cost {
            Some(rule) => Some(Costs::Known(rule.clone(), space.axes.clone())),
            None if known.costs.iter().any(|c| *c > 0.0) => {
                let logs: Vec<f64> = known.costs.iter().map(|c| if *c > 0.0 { c.ln() } else { f64::NAN }).collect();
                before.fit(noisy, &known.x, width, &logs, &[]).map(|process| Costs::Learned(Box::new(process)))
            }
            None => None,
        };
        let exponent = if strategy.cool { known.budget_left.clamp(0.0, 1.0) } else { 1.0 } * strategy.cost_exponent;
        let feasible: Vec<usize> = known.feasible().into_iter().filter(|&at| bent[at].is_finite()).collect();
        let means = objective.predict(&rows(&known.x, width, &feasible)).mean;
        let exact = strategy.noise == Noise::Deterministic;
        let smooth = strategy.acquisition == Acquisition::NoisyExpectedImprovement || !exact;
        let worth: Vec<f64> =
            feasible.iter().zip(means).map(|(&at, mean)| if smooth { mean } else { bent[at] }).collect();
        let mut order: Vec<usize> = (0..feasible.len()).collect();
        order.sort_by(|&a, &b| worth[a].total_cmp(&worth[b]));
        let unit = objective.observations().scale[1];
        let smallest = bent.iter().copied().filter(|y| y.is_finite()).fold(f64::INFINITY, f64::min);
        let best = order.first().map_or(smallest, |&first| worth[first]);
        order.truncate(INCUMBENTS);
        let near: Vec<usize> = order.iter().map(|&at| feasible[at]).collect();
        Some(Beliefs {
            near: rows(&known.x, width, &near),
            reference: Reference { best, unit, optima: Vec::new() },
            has_feasible: !feasible.is_empty(),
            objective,
            bend,
            limits,
            costs,
            exponent,
            width,
        })
    }

    /// With draws of the smallest value, where the acquisition looks at them.
    pub fn with_optima(mut self, space: &Space, listed: Option<&[f64]>, key: Key) -> Self {
        let own;
        let probes = match listed {
            Some(listed) => listed,
            None => {
                own = [spread(space, 1024, key), self.near.clone()].concat();
                &own
            }
        };
        let said = self.objective.predict(probes);
        let deviations: Vec<f64> = said.variance.iter().map(|v| v.sqrt()).collect();
        self.reference.optima = smallest_values(&said.mean, &deviations, OPTIMA);
        self
    }

    /// What a point is worth besides its value: the probability that it keeps all bounds, and its cost.
    pub fn besides(&self) -> Vec<Box<dyn Term + '_>> {
        let limits = self.limits.iter().map(|(process, bound)| LimitTerm { process, bound: *bound });
        let mut terms: Vec<Box<dyn Term + '_>> = limits.map(|term| Box::new(term) as Box<dyn Term>).collect();
        terms.extend(self.cost());
        terms
    }

    /// Its cost alone, where it counts.
    pub fn cost(&self) -> Option<Box<dyn Term + '_>> {
        let costs = self.costs.as_ref().filter(|_| self.exponent > 0.0)?;
        Some(Box::new(CostTerm { costs, exponent: self.exponent, width: self.width }))
    }
}

/// How hyperparameters are found: from those known before, and again from draws now and then.
pub(crate) struct Learning<'a> {
    pub before: &'a Hyperparameters,
    pub restarts: usize,
    pub seed: u64,
    /// Result.
    pub found: Hyperparameters,
}

impl Learning<'_> {
    /// A process of the trials that have a value; `None` where none has.
    fn fit(
        &mut self,
        spec: GaussianProcess,
        x: &[f64],
        width: usize,
        y: &[f64],
        variances: &[f64],
    ) -> Option<FittedProcess> {
        let at = self.found.len();
        self.found.push(Vec::new());
        let known: Vec<usize> = (0..y.len()).filter(|&at| y[at].is_finite()).collect();
        if known.is_empty() {
            return None;
        }
        let spec = GaussianProcess { restarts: self.restarts, ..spec };
        let pick = |from: &[f64]| known.iter().filter_map(|&at| from.get(at)).copied().collect::<Vec<f64>>();
        let before = self.before.get(at).filter(|theta| !theta.is_empty()).map(Vec::as_slice);
        let process = spec.fit(&rows(x, width, &known), width, &pick(y), &pick(variances), before, self.seed);
        self.found[at] = process.theta().to_vec();
        Some(process)
    }
}

/// Some rows of `x: [n, width]`.
pub(crate) fn rows(x: &[f64], width: usize, which: &[usize]) -> Vec<f64> {
    which.iter().flat_map(|&at| x[at * width..(at + 1) * width].iter().copied()).collect()
}
