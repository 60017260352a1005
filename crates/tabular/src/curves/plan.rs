//! The plan of the trainings of a curve: checked before the first training of a run.

use data::Fold;
use evaluation::curves::decompose::Noise;
use evaluation::curves::measured::{CurvePoint, CurveReport, ERROR_RATE};
use evaluation::replicates;
use inputs::source::Source;
use inputs::target::{TargetInfo, Values};
use serde_json::Value;
use spec::curve::check::steps;
use spec::curve::rows::{sizes, subset};
use spec::curve::{Curve, ROWS};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::model::ModelKind;
use spec::task::Task;
use tensor::random::Key;

use crate::curves::errors::{bootstrap, error, observed};

/// How often rows are drawn from a single split, so that a learning curve has an interval.
const DRAWS: usize = 3;

/// A curve with everything that its trainings need.
pub struct Plan<'a> {
    pub curve: &'a Curve,
    source: &'a Source,
    pub columns: &'a [String],
    pub folds: &'a [Fold],
    pub steps: Vec<Prepared>,
    pub trainings: Vec<Training>,
    /// The variance of equal inputs, where there are enough of them and it is asked for.
    pub noise: Option<f64>,
    over: &'static str,
}

/// One value: its experiment, and the table as that experiment sees it.
pub struct Prepared {
    pub value: Value,
    pub experiment: Experiment,
    /// The table with other features, of curves over `molecules`.
    own: Option<Source>,
    pub info: TargetInfo,
    pub values: Values,
}

/// One training of a whole model.
pub struct Training {
    pub step: usize,
    pub fold: usize,
    pub rows: Vec<usize>,
    pub seed: u64,
    /// The rows are a bootstrap sample.
    pub resample: bool,
}

impl<'a> Plan<'a> {
    /// Lays out a curve.
    ///
    /// # Errors
    /// No validation rows, more rows than there are, and features that a value asks for and that do not exist.
    pub fn new(
        curve: &'a Curve,
        experiment: &Experiment,
        (source, columns): (&'a Source, &'a [String]),
        folds: &'a [Fold],
    ) -> Result<Self> {
        if folds.iter().any(|fold| fold.validation.is_empty()) {
            return Err(Error::Setting {
                message: "a curve is evaluated on validation rows, and the split leaves none".into(),
                place: format!("the curve over `{}`", curve.field),
                hint: "leave some with `--set split.fractions=[0.8,0.1,0.1]`".into(),
            });
        }
        let smallest = folds.iter().map(|fold| fold.train.len()).min().unwrap_or(0);
        let plain = || Experiment { curves: Vec::new(), ..experiment.clone() };
        let all: Vec<(Value, Experiment)> = if curve.field == ROWS {
            sizes(curve, smallest)?.into_iter().map(|size| (size.into(), plain())).collect()
        } else {
            steps(curve, experiment)?.into_iter().map(|step| (step.value, step.experiment)).collect()
        };
        let new_features = curve.field.starts_with("molecules");
        let steps = all.into_iter().map(|(value, experiment)| Prepared::new(value, experiment, source, new_features));
        let over = match (folds.len(), experiment.split.folds) {
            (1, _) if curve.field == ROWS => "draws",
            (1, _) => "split",
            (_, 0) => "splits",
            _ => "folds",
        };
        let steps = steps.collect::<Result<_>>()?;
        let mut plan = Plan { curve, source, columns, folds, steps, trainings: Vec::new(), noise: None, over };
        plan.trainings = (0..plan.steps.len()).flat_map(|step| plan.at(step, experiment.seed)).collect();
        plan.noise = if curve.resamples > 0 { plan.noise()? } else { None };
        Ok(plan)
    }

    /// The trainings at one value: on each fold, each draw of rows, and each bootstrap sample of the first draw.
    fn at(&self, step: usize, seed: u64) -> Vec<Training> {
        let size = (self.curve.field == ROWS).then(|| self.steps[step].value.as_u64().unwrap_or(0) as usize);
        let mut trainings = Vec::new();
        for (fold, Fold { train, .. }) in self.folds.iter().enumerate() {
            // All rows can be drawn in one way only.
            let draws = if self.over == "draws" && size.is_some_and(|size| size < train.len()) { DRAWS } else { 1 };
            for draw in 0..draws {
                let rows = size.map_or_else(
                    || train.clone(),
                    |size| {
                        let order = Key::new(seed, "curve").at(fold, draw).random().permutation(train.len());
                        subset(train, &order, size)
                    },
                );
                let samples = if draw == 0 { self.curve.resamples } else { 0 };
                trainings.extend((0..samples).map(|sample| {
                    let rows = bootstrap(&rows, Key::new(seed, "curve_resample").at(fold, sample));
                    let seed = Key::new(seed, "curve_training").shard(sample).random().next_u64();
                    Training { step, fold, rows, seed, resample: true }
                }));
                trainings.push(Training { step, fold, rows, seed, resample: false });
            }
        }
        trainings
    }

    /// The variance of the first target within groups of equal inputs, over the training and validation rows of all folds.
    fn noise(&self) -> Result<Option<f64>> {
        let Some(Prepared { info, values, .. }) = self.steps.first() else { return Ok(None) };
        if info.task == Task::Classification {
            return Ok(None);
        }
        let table = &self.source.table;
        let canonical = self.source.molecules.as_ref().map(|molecules| molecules.canonical.as_slice());
        let groups = replicates::groups(table, self.columns, canonical)?;
        let all: Vec<usize> = (0..self.source.n_rows()).collect();
        let numbers = observed(values, &all, info);
        let mut noise = Noise::default();
        for fold in self.folds {
            let mut seen = vec![false; numbers.len()];
            fold.train.iter().chain(&fold.validation).for_each(|&row| seen[row] = !numbers[row].is_nan());
            for group in &groups {
                let group: Vec<usize> = group.iter().copied().filter(|&row| seen[row]).collect();
                if group.len() > 1 {
                    noise.squares += replicates::squares(&numbers, &group);
                    noise.freedom += group.len() - 1;
                }
            }
        }
        // Folds share rows: combined they contain no more information than one of them.
        let n = self.folds.len().max(1);
        Ok(noise.variance(noise.freedom / n))
    }

    /// The table with the features of a value.
    pub fn source(&self, step: usize) -> &Source {
        self.steps[step].own.as_ref().unwrap_or(self.source)
    }

    /// The error of rows that are too few to differ in any feature, with the value that asks for them.
    pub fn too_few(&self, training: &Training, error: Error) -> Error {
        let Error::NoFeatures { reason, .. } = error else { return error };
        let sample = if training.resample { "a bootstrap sample of " } else { "" };
        Error::Setting {
            message: format!("{sample}{} training rows cannot be learned from: {reason}", training.rows.len()),
            place: format!("the curve over `{}`", self.curve.field),
            hint: "begin with more rows, for example `--curve rows=50,100,200`".into(),
        }
    }

    /// The model that is trained at a value: the selected one, unless the curve is over its own fields.
    pub fn kind<'k>(&self, step: &'k Prepared, kept: &'k ModelKind) -> &'k ModelKind {
        if self.curve.field.starts_with("model") { &step.experiment.model } else { kept }
    }

    /// The curve without its conclusions.
    pub fn report(&self, points: Vec<CurvePoint>) -> CurveReport {
        let (mut errors, mut unit, mut target, mut classes) = (Vec::new(), String::new(), String::new(), false);
        if let Some(Prepared { info, values, .. }) = self.steps.first() {
            classes = info.task == Task::Classification;
            target = info.names.first().cloned().unwrap_or_default();
            unit = if classes { String::new() } else { info.units.first().cloned().unwrap_or_default() };
            for fold in self.folds {
                let [train, validation] = [&fold.train, &fold.validation].map(|rows| observed(values, rows, info));
                let guess = if classes { commonest(&train, info.classes.len()) } else { mean(&train) };
                errors.push(error(info.task, &validation, &vec![guess; validation.len()]));
            }
        }
        CurveReport {
            field: self.curve.field.clone(),
            target,
            figure: if classes { ERROR_RATE } else { "RMSE" }.into(),
            unit,
            over: self.over.into(),
            mean_error: mean(&errors),
            resamples: self.curve.resamples,
            points,
            verdict: Vec::new(),
        }
    }
}

impl Prepared {
    fn new(value: Value, experiment: Experiment, source: &Source, new_features: bool) -> Result<Self> {
        let again = || {
            let table = source.table.clone();
            Source::new(table, source.sha256.clone(), &experiment.data, &experiment.molecules)
        };
        let own = if new_features { Some(again()?) } else { None };
        let (info, values) = TargetInfo::find(&source.table, &experiment)?;
        Ok(Prepared { value, own, info, values, experiment })
    }
}

/// The mean of the numbers that are known.
fn mean(numbers: &[f64]) -> f64 {
    let known = || numbers.iter().filter(|y| !y.is_nan());
    known().sum::<f64>() / known().count() as f64
}

/// The most frequent class.
fn commonest(labels: &[f64], classes: usize) -> f64 {
    let mut counts = vec![0.0; classes];
    labels.iter().for_each(|&label| counts[label as usize] += 1.0);
    nn::metrics::argmax(&counts) as f64
}
