//! Conformal calibration by the validation rows.

use inputs::target::TargetInfo;
use learn::model_file::{Arrays, Reader};
use learn::spread::Spread;
use nn::conformal::{adaptive_scores, adaptive_set, quantile};
use spec::error::Result;
use spec::task::Task;

use crate::predictions::Predictions;

/// Conformal scores of the validation rows of a model; saved with it.
///
/// The score of a number is $|y - \hat y| / (\sigma + \bar\sigma)$ with the standard deviation $\sigma$ between the members of an
/// ensemble and its mean over the validation rows; of a single model it is the error itself. The score of a class is
/// that of adaptive sets \[Romano2020\]. Where the network predicts two bounds itself, the score is $\max(l - y, y - h)$, how far
/// the number lies outside, and less than zero inside \[Romano2019\]. Over several folds, each row is scored by the models that have not seen it, and
/// all scores are pooled \[Vovk2015\].
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Sorted, for each target; for classes one list.
    pub(super) scores: Vec<Vec<f64>>,
    /// Mean standard deviation for each target; empty for a single model and for classes.
    pub(super) spread: Vec<f64>,
}

/// The interval of every number of a prediction, or the set of classes of every row.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// Low and high, in the order of the predictions.
    Intervals(Vec<[f64; 2]>),
    /// Classes, the most probable first.
    Sets(Vec<Vec<usize>>),
}

impl Calibration {
    /// Scores of the rows of `part`; `None` without any.
    pub fn of<'a>(info: &TargetInfo, rows: impl Iterator<Item = &'a Predictions> + Clone) -> Option<Self> {
        let known = |at: usize| rows.clone().flat_map(move |p| known(p, info, at));
        let spread = match info.task {
            Task::Regression => (0..info.names.len())
                .map(|at| mean(known(at).filter_map(|row| row.deviation)))
                .collect::<Option<Vec<f64>>>()
                .unwrap_or_default(),
            Task::Classification => Vec::new(),
        };
        let mut scores: Vec<Vec<f64>> = match info.task {
            Task::Regression => {
                (0..info.names.len()).map(|at| known(at).map(|row| row.score(&spread, at)).collect()).collect()
            }
            Task::Classification => {
                let labels = |p: &Predictions| p.observed.iter().map(|&y| y as usize).collect::<Vec<_>>();
                vec![rows.flat_map(|p| adaptive_scores(&p.predicted, &labels(p), info.classes.len())).collect()]
            }
        };
        scores.iter_mut().for_each(|scores| scores.sort_by(f64::total_cmp));
        scores.iter().all(|scores| !scores.is_empty()).then_some(Calibration { scores, spread })
    }

    /// Intervals or sets at `level` for predictions of a model.
    pub fn range(&self, info: &TargetInfo, level: f64, said: &Spread) -> Range {
        match info.task {
            Task::Regression => {
                let width = info.names.len().max(1);
                let quantiles: Vec<f64> = self.scores.iter().map(|scores| quantile(scores, level)).collect();
                let interval = |(i, &y): (usize, &f64)| {
                    let (at, deviation) = (i % width, said.deviation.as_ref().map(|d| d[i]));
                    match &said.bounds {
                        Some([low, high]) => shifted([low[i], high[i]], quantiles[at]),
                        None => shifted([y, y], quantiles[at] * scale(&self.spread, at, deviation)),
                    }
                };
                Range::Intervals(said.values.iter().enumerate().map(interval).collect())
            }
            Task::Classification => {
                let threshold = quantile(&self.scores[0], level);
                let rows = said.values.chunks_exact(info.classes.len().max(1));
                Range::Sets(rows.map(|row| adaptive_set(row, threshold)).collect())
            }
        }
    }

    /// Whether there are rows enough for this level.
    pub fn reaches(&self, level: f64) -> bool {
        self.scores.iter().all(|scores| quantile(scores, level).is_finite())
    }

    /// How many rows it rests on: of the target with the fewest.
    pub fn n_rows(&self) -> usize {
        self.scores.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// Targets, or one for classes.
    pub fn n_targets(&self) -> usize {
        self.scores.len()
    }

    /// Puts it into the arrays of a model file.
    pub fn write(&self, arrays: &mut Arrays) {
        arrays.add("calibration.spread", &self.spread);
        self.scores.iter().enumerate().for_each(|(at, scores)| arrays.add(&format!("calibration.{at}"), scores));
    }

    /// Takes it from a model file.
    pub fn read(reader: &Reader<'_>, targets: usize) -> Result<Self> {
        let scores = (0..targets).map(|at| reader.array(&format!("calibration.{at}"))).collect::<Result<_>>()?;
        Ok(Calibration { scores, spread: reader.array("calibration.spread")? })
    }
}

/// One observed number with its prediction.
#[derive(Clone, Copy)]
pub(super) struct Row {
    observed: f64,
    predicted: f64,
    pub(super) deviation: Option<f64>,
    pub(super) bounds: Option<[f64; 2]>,
}

impl Row {
    pub(super) fn error(&self) -> f64 {
        self.predicted - self.observed
    }

    fn score(&self, spread: &[f64], at: usize) -> f64 {
        match self.bounds {
            Some([low, high]) => (low - self.observed).max(self.observed - high),
            None => self.error().abs() / scale(spread, at, self.deviation),
        }
    }
}

/// Both bounds moved outwards by `by`, or inwards where it is negative; where they would pass one another, both are the
/// middle.
fn shifted([low, high]: [f64; 2], by: f64) -> [f64; 2] {
    let (middle, ends) = (low + (high - low) / 2.0, [low - by, high + by]);
    if ends[0] <= ends[1] { ends } else { [middle; 2] }
}

/// The rows on which target `at` is known.
pub(super) fn known<'a>(p: &'a Predictions, info: &TargetInfo, at: usize) -> impl Iterator<Item = Row> + use<'a> {
    let width = info.names.len().max(1);
    let row = move |i: usize| Row {
        observed: p.observed[i],
        predicted: p.predicted[i],
        deviation: p.deviation.as_ref().map(|d| d[i]),
        bounds: p.bounds.as_ref().map(|[low, high]| [low[i], high[i]]),
    };
    (at..p.observed.len()).step_by(width).map(row).filter(|row| !row.observed.is_nan())
}

/// Unit of an error: one for a single model, otherwise standard deviation and mean standard deviation.
pub(super) fn scale(spread: &[f64], at: usize, deviation: Option<f64>) -> f64 {
    match (spread.get(at), deviation) {
        (Some(&mean), Some(own)) if mean > 0.0 => own + mean,
        _ => 1.0,
    }
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), x| (sum + x, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}
