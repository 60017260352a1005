//! How good forecasts are: errors of every origin, intervals, and what they are worth.

use nn::metrics::{ForecastErrors, ForecastSums, Interval, bootstrap, pinball};
use serde::Serialize;
use tensor::Device;
use tensor::random::Key;

use super::panel::{Columns, Panel, Track};
use super::predict::{Forecasting, Said};
use super::windows::Origin;

/// Errors of one model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastScores {
    /// Such as `seasonal naive (24)`.
    pub model: String,
    /// Origins from which was predicted.
    pub origins: usize,
    /// Mean squared error over all targets, in squares of their deviations among the training steps.
    pub scaled_mse: f64,
    /// Mean absolute error over all targets, in their deviations among the training steps.
    pub scaled_mae: f64,
    /// One entry for each target.
    pub targets: Vec<TargetErrors>,
    /// For each step ahead the root mean squared and the mean absolute error over all targets, scaled as above.
    pub by_step: Vec<[f64; 2]>,
}

/// Errors of one target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetErrors {
    /// Its name.
    pub target: String,
    /// In its unit.
    pub errors: ForecastErrors,
    /// The mean absolute error, with the 95 % interval of a bootstrap over blocks of origins; absent where there are few.
    pub mae: Option<Interval>,
    /// The root mean squared error, likewise.
    pub rmse: Option<Interval>,
    /// Share of the values inside the intervals.
    pub coverage: f64,
    /// Their mean width.
    pub width: f64,
    /// Mean pinball loss of the ends of the intervals, as quantiles.
    pub pinball: f64,
}

/// What is added to both ends of an interval, for each step ahead and each target, so that it holds the promised share of the
/// validation steps \[Romano2019\].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Widths(pub Vec<f64>);

/// What all judgements of a cut share.
pub(crate) struct Judge<'a> {
    pub panel: &'a Panel,
    pub horizon: usize,
    pub level: f64,
    /// Deviations of the targets among the training steps.
    pub deviations: Vec<f64>,
    /// For each series and target the mean absolute error of the seasonal naive forecast on the training steps.
    pub scales: Vec<Vec<f64>>,
    pub device: &'a Device,
}

/// Origins that are predicted at a time.
const CHUNK: usize = 256;
/// Origins whose errors make the widths of intervals; more would not make them better.
const MOST: usize = 2000;

/// Sums over origins.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    sums: Vec<ForecastSums>,
    /// For each target inside, width, pinball.
    ranges: Vec<[f64; 3]>,
    /// For each step ahead squares and absolute errors.
    by_step: Vec<[f64; 2]>,
    /// For each origin and target the mean squared and the mean absolute error.
    origins: Vec<[f64; 2]>,
    n_origins: usize,
}

impl Judge<'_> {
    /// Conformal widths from the errors of validation origins, of which up to two thousand are taken, evenly spread.
    pub fn widths(&self, model: &Forecasting, origins: &[Origin]) -> Widths {
        let some: Vec<Origin> = origins.iter().copied().step_by(origins.len().div_ceil(MOST).max(1)).collect();
        let k = self.panel.layout.targets;
        let mut scores: Vec<Vec<f64>> = vec![Vec::with_capacity(some.len()); self.horizon * k];
        for chunk in some.chunks(CHUNK) {
            let said = model.say(self.panel, chunk, self.horizon, self.device);
            for (at, place, truth) in self.truths(chunk) {
                let [low, high] = said.ends(place);
                scores[at].push((low - truth).max(truth - high));
            }
        }
        let quantile = |scores: &mut Vec<f64>| {
            scores.sort_by(f64::total_cmp);
            nn::conformal::quantile(scores, self.level)
        };
        Widths(scores.iter_mut().map(quantile).collect())
    }

    /// The place among the numbers of an origin, the place among all, and the true value.
    fn truths<'c>(&'c self, origins: &'c [Origin]) -> impl Iterator<Item = (usize, usize, f64)> + 'c {
        let k = self.panel.layout.targets;
        let each = self.horizon * k;
        origins.iter().enumerate().flat_map(move |(origin, at)| {
            let track = &self.panel.tracks[at.track];
            (0..each).map(move |place| {
                (place, origin * each + place, track.row(at.step + place / k, self.panel.layout)[place % k])
            })
        })
    }

    /// Errors from some origins.
    pub fn tally(&self, model: &Forecasting, widths: &Widths, origins: &[Origin]) -> Tally {
        let k = self.panel.layout.targets;
        let mut tally = Tally {
            sums: vec![ForecastSums::default(); k],
            ranges: vec![[0.0; 3]; k],
            by_step: vec![[0.0; 2]; self.horizon],
            origins: Vec::with_capacity(origins.len() * k),
            n_origins: origins.len(),
        };
        let tail = (1.0 - self.level) / 2.0;
        for chunk in origins.chunks(CHUNK) {
            let said = model.say(self.panel, chunk, self.horizon, self.device);
            let first = tally.origins.len();
            tally.origins.resize(first + chunk.len() * k, [0.0; 2]);
            for (at, place, truth) in self.truths(chunk) {
                let (origin, step, target) = (place / (self.horizon * k), at / k, at % k);
                let predicted = said.values[place];
                tally.sums[target].add(truth, predicted, self.scales[chunk[origin].track][target]);
                let error = (predicted - truth) / self.deviations[target];
                tally.by_step[step][0] += error * error;
                tally.by_step[step][1] += error.abs();
                let own = &mut tally.origins[first + origin * k + target];
                own[0] += (predicted - truth).powi(2) / self.horizon as f64;
                own[1] += (predicted - truth).abs() / self.horizon as f64;
                let [low, high] = said.range(place, widths.0[at]);
                let ranges = &mut tally.ranges[target];
                ranges[0] += f64::from(u8::from((low..=high).contains(&truth)));
                ranges[1] += high - low;
                ranges[2] += (pinball(truth, low, tail) + pinball(truth, high, 1.0 - tail)) / 2.0;
            }
        }
        tally
    }
}

/// The mean absolute error of the seasonal naive forecast one step ahead, on the first steps of a series.
pub(super) fn naive_scale(track: &Track, (columns, target): (Columns, usize), season: usize, steps: usize) -> f64 {
    let value = |step: usize| track.row(step, columns)[target];
    let errors = (season..steps).map(|step| (value(step) - value(step - season)).abs());
    errors.sum::<f64>() / steps.saturating_sub(season) as f64
}

impl Said {
    /// The ends of a value before calibration.
    fn ends(&self, place: usize) -> [f64; 2] {
        match &self.bounds {
            Some([low, high]) => [low[place].min(high[place]), low[place].max(high[place])],
            None => [self.values[place]; 2],
        }
    }

    /// The ends of a value that is promised to lie between them with the level's probability.
    pub fn range(&self, place: usize, width: f64) -> [f64; 2] {
        let [low, high] = self.ends(place);
        let value = self.values[place];
        [(low - width).min(value), (high + width).max(value)]
    }
}

impl Tally {
    /// Adds what was found in another cut.
    pub fn join(&mut self, other: Tally) {
        if self.sums.is_empty() {
            *self = other;
            return;
        }
        self.sums.iter_mut().zip(&other.sums).for_each(|(own, other)| own.join(other));
        let add = |own: &mut [f64], other: &[f64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        self.ranges.iter_mut().zip(&other.ranges).for_each(|(own, other)| add(own, other));
        self.by_step.iter_mut().zip(&other.by_step).for_each(|(own, other)| add(own, other));
        self.origins.extend(other.origins);
        self.n_origins += other.n_origins;
    }

    /// The figures; blocks of `block` origins, which share most of what they predict, are resampled together.
    pub fn scores(&self, model: &str, names: &[String], block: usize, seed: u64) -> ForecastScores {
        let k = names.len();
        let steps = (self.n_origins * k) as f64;
        let by_step: Vec<[f64; 2]> = self.by_step.iter().map(|[s, a]| [(s / steps).sqrt(), a / steps]).collect();
        let all = steps * self.by_step.len() as f64;
        let one = |(target, name): (usize, &String)| {
            let values = self.n_origins as f64 * self.by_step.len() as f64;
            let [covered, width, loss] = self.ranges[target].map(|sum| sum / values);
            let [rmse, mae] = self.intervals(target, k, block, seed);
            let errors = self.sums[target].errors();
            TargetErrors { target: name.clone(), errors, mae, rmse, coverage: covered, width, pinball: loss }
        };
        ForecastScores {
            model: model.to_owned(),
            origins: self.n_origins,
            scaled_mse: self.by_step.iter().map(|sums| sums[0]).sum::<f64>() / all,
            scaled_mae: self.by_step.iter().map(|sums| sums[1]).sum::<f64>() / all,
            targets: names.iter().enumerate().map(one).collect(),
            by_step,
        }
    }

    fn intervals(&self, target: usize, k: usize, block: usize, seed: u64) -> [Option<Interval>; 2] {
        let own: Vec<[f64; 2]> = self.origins.iter().skip(target).step_by(k).copied().collect();
        let blocks: Vec<&[[f64; 2]]> = own.chunks(block.max(1)).collect();
        if blocks.len() < FEWEST {
            return [None; 2];
        }
        bootstrap(blocks.len(), Key::new(seed, "bootstrap"), |drawn| {
            let values = || drawn.iter().flat_map(|&at| blocks[at]);
            let n = values().count() as f64;
            let mean = |at: usize| values().map(|errors| errors[at]).sum::<f64>() / n;
            [Some(mean(0).sqrt()), Some(mean(1))]
        })
    }
}

/// Blocks of origins below which a bootstrap says nothing.
const FEWEST: usize = 5;
