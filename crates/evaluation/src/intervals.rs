//! How sure a prediction is: conformal intervals of numbers and sets of classes, from rows the model has not learned from.

pub mod measured;

use inputs::target::TargetInfo;
use learn::model_file::{Arrays, Reader};
use learn::spread::Spread;
use nn::conformal::{adaptive_scores, adaptive_set, quantile};
use spec::error::Result;
use spec::task::Task;

use crate::intervals::measured::Measured;
use crate::predictions::{Part, Predictions};

/// What validation rows say of the errors of a model; saved with it.
///
/// The score of a number is $|y - \hat y| / (\sigma + \bar\sigma)$ with the deviation $\sigma$ between the members of an
/// ensemble and its mean over the validation rows; of a single model it is the error itself. The score of a class is
/// that of adaptive sets \[Romano2020\]. Where the network gives two ends itself, the score is $\max(l - y, y - h)$, how far
/// the number lies outside, and less than zero inside \[Romano2019\]. Over several folds, each row is scored by the models that have not seen it, and
/// all scores are pooled \[Vovk2015\].
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Sorted, for each target; for classes one list.
    scores: Vec<Vec<f64>>,
    /// Mean deviation for each target; empty for a single model and for classes.
    spread: Vec<f64>,
}

/// The interval of every number of a prediction, or the set of classes of every row.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// Low and high, in the order of the predictions.
    Intervals(Vec<[f64; 2]>),
    /// Classes, the likeliest first.
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

    /// Intervals or sets at `level` for what a model says of some rows.
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

    pub fn write(&self, arrays: &mut Arrays) {
        arrays.add("calibration.spread", &self.spread);
        self.scores.iter().enumerate().for_each(|(at, scores)| arrays.add(&format!("calibration.{at}"), scores));
    }

    pub fn read(reader: &Reader<'_>, targets: usize) -> Result<Self> {
        let scores = (0..targets).map(|at| reader.array(&format!("calibration.{at}"))).collect::<Result<_>>()?;
        Ok(Calibration { scores, spread: reader.array("calibration.spread")? })
    }
}

/// One observed number with its prediction.
#[derive(Clone, Copy)]
struct Row {
    observed: f64,
    predicted: f64,
    deviation: Option<f64>,
    bounds: Option<[f64; 2]>,
}

impl Row {
    fn error(&self) -> f64 {
        self.predicted - self.observed
    }

    fn score(&self, spread: &[f64], at: usize) -> f64 {
        match self.bounds {
            Some([low, high]) => (low - self.observed).max(self.observed - high),
            None => self.error().abs() / scale(spread, at, self.deviation),
        }
    }
}

/// Both ends moved outwards by `by`, or inwards where it is negative; where they would pass one another, both are the
/// middle.
fn shifted([low, high]: [f64; 2], by: f64) -> [f64; 2] {
    let (middle, ends) = (low + (high - low) / 2.0, [low - by, high + by]);
    if ends[0] <= ends[1] { ends } else { [middle; 2] }
}

/// The rows on which target `at` is known.
fn known<'a>(p: &'a Predictions, info: &TargetInfo, at: usize) -> impl Iterator<Item = Row> + use<'a> {
    let width = info.names.len().max(1);
    let row = move |i: usize| Row {
        observed: p.observed[i],
        predicted: p.predicted[i],
        deviation: p.deviation.as_ref().map(|d| d[i]),
        bounds: p.bounds.as_ref().map(|[low, high]| [low[i], high[i]]),
    };
    (at..p.observed.len()).step_by(width).map(row).filter(|row| !row.observed.is_nan())
}

/// What an error is measured in: one of a single model, else deviation and mean deviation.
fn scale(spread: &[f64], at: usize, deviation: Option<f64>) -> f64 {
    match (spread.get(at), deviation) {
        (Some(&mean), Some(own)) if mean > 0.0 => own + mean,
        _ => 1.0,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), x| (sum + x, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

/// Calibrates on `validation` rows of all folds as the saved model predicts them, and measures on the test rows of each
/// fold with what its own validation rows say; `None` where there are none.
pub fn calibrate<'a>(
    info: &TargetInfo,
    level: f64,
    predictions: &[Predictions],
    validation: impl Iterator<Item = &'a Predictions> + Clone,
) -> Option<(Calibration, Vec<Measured>)> {
    let pooled = Calibration::of(info, validation)?;
    let folds = predictions.iter().filter(|p| p.part == Part::Test && !p.rows.is_empty());
    let own = |p: &'_ Predictions| {
        Calibration::of(info, predictions.iter().filter(|v| v.part == Part::Validation && v.fold == p.fold))
    };
    let judged: Vec<(&Predictions, Calibration)> = folds.filter_map(|p| Some((p, own(p)?))).collect();
    let measured = Measured::of(info, level, &judged);
    Some((pooled, measured))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(classes: &[&str]) -> TargetInfo {
        TargetInfo {
            names: vec!["y".into()],
            units: vec![String::new()],
            task: if classes.is_empty() { Task::Regression } else { Task::Classification },
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            log: false,
        }
    }

    fn predictions(observed: Vec<f64>, predicted: Vec<f64>, deviation: Option<Vec<f64>>) -> Predictions {
        let rows = (0..observed.len()).collect();
        Predictions {
            fold: 0,
            part: Part::Validation,
            rows,
            names: None,
            smiles: Vec::new(),
            observed,
            predicted,
            deviation,
            bounds: None,
        }
    }

    /// Ten errors 0.1, 0.2, ..., 1.0: the ninth and tenth of ten, ceil(11 * 0.8) = 9 and ceil(11 * 0.9) = 10.
    #[test]
    fn ten_rows_by_hand() {
        let errors: Vec<f64> = (1..=10).map(|k| f64::from(k) / 10.0).collect();
        let p = predictions(vec![0.0; 10], errors, None);
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        for (level, half) in [(0.8, 0.9), (0.9, 1.0), (0.95, f64::INFINITY)] {
            let Range::Intervals(found) = calibration.range(&info(&[]), level, &Spread::of(vec![2.0])) else {
                panic!()
            };
            assert_eq!(found, [[2.0 - half, 2.0 + half]], "{level}");
        }
    }

    /// Deviations 1 and 3, mean 2: the errors 3 and 10 have scores 3/3 and 10/5.
    #[test]
    fn members_that_disagree_widen_the_interval() {
        let p = predictions(vec![0.0, 0.0], vec![3.0, 10.0], Some(vec![1.0, 3.0]));
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        let said = Spread { deviation: Some(vec![0.0, 4.0]), ..Spread::of(vec![0.0, 0.0]) };
        let Range::Intervals(found) = calibration.range(&info(&[]), 0.5, &said) else { panic!() };
        assert_eq!(found, [[-4.0, 4.0], [-12.0, 12.0]]);
    }

    /// Between the ends -1 and 1 lie 0 and 0.5, by 1 and 0.5; 3 lies outside by 2. Scores -1, -0.5, 2.
    #[test]
    fn ends_of_the_network_are_moved_by_what_the_validation_rows_ask_for() {
        let bounds = Some([vec![-1.0; 3], vec![1.0; 3]]);
        let p = Predictions { bounds, ..predictions(vec![0.0, 0.5, 3.0], vec![0.0; 3], Some(vec![9.0; 3])) };
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        let said = Spread { bounds: Some([vec![4.0, 4.0], vec![6.0, 5.5]]), ..Spread::of(vec![5.0, 5.0]) };
        for (level, expected) in [(0.75, [[2.0, 8.0], [2.0, 7.5]]), (0.25, [[5.0, 5.0], [4.75, 4.75]])] {
            let Range::Intervals(found) = calibration.range(&info(&[]), level, &said) else { panic!() };
            assert_eq!(found, expected, "{level}");
        }
    }

    #[test]
    fn classes_become_sets() {
        let p = predictions(vec![0.0, 1.0, 2.0], vec![0.6, 0.3, 0.1, 0.5, 0.4, 0.1, 0.2, 0.2, 0.6], None);
        let info = info(&["a", "b", "c"]);
        let calibration = Calibration::of(&info, std::iter::once(&p)).unwrap();
        // Scores 0.3, 0.7, 0.3; at 75 % the third of three. The second row's outer classes are equally likely: 0.55 each.
        let said = Spread::of(vec![0.7, 0.2, 0.1, 0.3, 0.4, 0.3]);
        let Range::Sets(sets) = calibration.range(&info, 0.75, &said) else { panic!() };
        assert_eq!(sets, [vec![0], vec![1, 0, 2]]);
    }
}
