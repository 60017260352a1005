//! Sums of errors over origins, and the figures that follow from them.

use nn::metrics::{ForecastSums, Interval, bootstrap};
use tensor::random::Key;

use crate::scores::{ForecastScores, TargetErrors};

/// Sums over origins.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    pub sums: Vec<ForecastSums>,
    /// For each target inside, width, pinball, and how many values.
    pub ranges: Vec<[f64; 4]>,
    /// For each step of the horizon squares, absolute errors, and how many values.
    pub by_step: Vec<[f64; 3]>,
    /// For each origin and target squares, absolute errors, and how many values.
    pub origins: Vec<[f64; 3]>,
    pub n_origins: usize,
}

/// Adds numbers to others.
pub fn add(own: &mut [f64], other: &[f64]) {
    own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
}

impl Tally {
    /// Adds the results of another split.
    pub fn join(&mut self, other: &Tally) {
        if self.sums.is_empty() {
            *self = other.clone();
            return;
        }
        self.sums.iter_mut().zip(&other.sums).for_each(|(own, other)| own.join(other));
        self.ranges.iter_mut().zip(&other.ranges).for_each(|(own, other)| add(own, other));
        self.by_step.iter_mut().zip(&other.by_step).for_each(|(own, other)| add(own, other));
        self.origins.extend(&other.origins);
        self.n_origins += other.n_origins;
    }

    /// The figures; blocks of `block` origins, which share most of what they predict, are resampled together.
    pub fn scores(&self, model: &str, names: &[String], block: usize, seed: u64) -> ForecastScores {
        let k = names.len();
        let by_step: Vec<[f64; 2]> = self.by_step.iter().map(|[s, a, n]| [(s / n).sqrt(), a / n]).collect();
        let mut all = [0.0; 3];
        self.by_step.iter().for_each(|sums| add(&mut all, sums));
        let one = |(target, name): (usize, &String)| {
            let [covered, width, loss, n] = self.ranges[target];
            let finite = |sum: f64| Some(sum / n).filter(|_| width.is_finite());
            let [rmse, mae] = self.intervals(target, k, block, seed);
            let errors = self.sums[target].errors();
            let (coverage, width, pinball) = (finite(covered), finite(width), finite(loss));
            TargetErrors { target: name.clone(), errors, mae, rmse, coverage, width, pinball }
        };
        ForecastScores {
            model: model.to_owned(),
            origins: self.n_origins,
            scaled_mse: all[0] / all[2],
            scaled_mae: all[1] / all[2],
            targets: names.iter().enumerate().map(one).collect(),
            by_step,
        }
    }

    fn intervals(&self, target: usize, k: usize, block: usize, seed: u64) -> [Option<Interval>; 2] {
        let own: Vec<[f64; 3]> = self.origins.iter().skip(target).step_by(k).copied().collect();
        let blocks: Vec<&[[f64; 3]]> = own.chunks(block.max(1)).collect();
        if blocks.len() < FEWEST {
            return [None; 2];
        }
        bootstrap(blocks.len(), Key::new(seed, "bootstrap"), |drawn| {
            let mut sums = [0.0; 3];
            drawn.iter().flat_map(|&at| blocks[at]).for_each(|errors| add(&mut sums, errors));
            let [squares, absolute, n] = sums;
            if n > 0.0 { [Some((squares / n).sqrt()), Some(absolute / n)] } else { [None; 2] }
        })
    }
}

/// Blocks of origins below which a bootstrap is meaningless.
const FEWEST: usize = 5;
