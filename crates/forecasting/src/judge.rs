//! Evaluation of forecasts: errors of every origin, intervals, and their coverage.

use nn::metrics::{ForecastSums, pinball};
use tensor::Device;

use crate::panel::{Columns, Panel, Track};
use crate::predict::{Forecasting, Said};
use crate::tally::{Tally, add};
use crate::windows::Origin;

/// Conformal margin of both bounds of an interval, for each step of the horizon and each target, so that it covers the nominal
/// fraction of the validation steps \[Romano2019\].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widths(pub Vec<f64>);

/// Context shared by all evaluations of a split.
pub struct Judge<'a> {
    pub panel: &'a Panel,
    pub horizon: usize,
    pub level: f64,
    /// Standard deviations of the targets in the training steps.
    pub deviations: Vec<f64>,
    /// For each series and target the mean absolute error of the seasonal naive forecast on the training steps.
    pub scales: Vec<Vec<f64>>,
    pub device: &'a Device,
}

/// Origins that are predicted at a time.
const CHUNK: usize = 256;
/// Origins whose errors make the widths of intervals; more would not make them better.
const MOST: usize = 2000;

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

    /// For each measured value the index among the numbers of an origin, the index among all, and the value.
    fn truths<'c>(&'c self, origins: &'c [Origin]) -> impl Iterator<Item = (usize, usize, f64)> + 'c {
        let k = self.panel.layout.targets;
        let each = self.horizon * k;
        origins.iter().enumerate().flat_map(move |(origin, at)| {
            let track = &self.panel.tracks[at.track];
            let measured = (0..each).filter(move |place| track.is_measured(at.step + place / k, place % k));
            measured.map(move |place| {
                (place, origin * each + place, track.row(at.step + place / k, self.panel.layout)[place % k])
            })
        })
    }

    /// Errors from some origins.
    pub(crate) fn tally(&self, model: &Forecasting, widths: &Widths, origins: &[Origin]) -> Tally {
        let k = self.panel.layout.targets;
        let mut tally = Tally {
            sums: vec![ForecastSums::default(); k],
            ranges: vec![[0.0; 4]; k],
            by_step: vec![[0.0; 3]; self.horizon],
            origins: Vec::with_capacity(origins.len() * k),
            n_origins: origins.len(),
        };
        let tail = (1.0 - self.level) / 2.0;
        for chunk in origins.chunks(CHUNK) {
            let said = model.say(self.panel, chunk, self.horizon, self.device);
            let first = tally.origins.len();
            tally.origins.resize(first + chunk.len() * k, [0.0; 3]);
            for (at, place, truth) in self.truths(chunk) {
                let (origin, step, target) = (place / (self.horizon * k), at / k, at % k);
                let predicted = said.values[place];
                tally.sums[target].add(truth, predicted, self.scales[chunk[origin].track][target]);
                let error = (predicted - truth) / self.deviations[target];
                add(&mut tally.by_step[step], &[error * error, error.abs(), 1.0]);
                let own = [(predicted - truth).powi(2), (predicted - truth).abs(), 1.0];
                add(&mut tally.origins[first + origin * k + target], &own);
                let [low, high] = said.range(place, widths.0[at]);
                let inside = f64::from(u8::from((low..=high).contains(&truth)));
                let loss = (pinball(truth, low, tail) + pinball(truth, high, 1.0 - tail)) / 2.0;
                add(&mut tally.ranges[target], &[inside, high - low, loss, 1.0]);
            }
        }
        tally
    }
}

/// The mean absolute error of the seasonal naive forecast one step ahead, on the first steps of a series.
pub(super) fn naive_scale(track: &Track, (columns, target): (Columns, usize), season: usize, steps: usize) -> f64 {
    let value = |step: usize| track.row(step, columns)[target];
    let measured = |step: &usize| track.is_measured(*step, target) && track.is_measured(step - season, target);
    let errors: Vec<f64> =
        (season..steps).filter(measured).map(|step| (value(step) - value(step - season)).abs()).collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

impl Said {
    /// The bounds of a value before calibration.
    fn ends(&self, place: usize) -> [f64; 2] {
        match &self.bounds {
            Some([low, high]) => [low[place].min(high[place]), low[place].max(high[place])],
            None => [self.values[place]; 2],
        }
    }

    /// The bounds of a value, which lies between them with the probability of the level.
    pub fn range(&self, place: usize, width: f64) -> [f64; 2] {
        let [low, high] = self.ends(place);
        let value = self.values[place];
        [(low - width).min(value), (high + width).max(value)]
    }
}
