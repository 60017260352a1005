//! Measures curves: trains the model at each value on each fold, and looks at training and validation rows only.

mod errors;
pub mod plan;

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use data::Fold;
use evaluation::curves::decompose::{Decomposition, squared, zero_one};
use evaluation::curves::measured::{CurvePoint, CurveReport, Estimate};
use evaluation::curves::verdict;
use inputs::target::TargetInfo;
use learn::fitted::{PartModel, Samples};
use learn::session::{Event, Options};
use learn::spread::together;
use learn::trainings::member_seed;
use nn::Control;
use rayon::prelude::*;
use spec::error::{Error, Result};
use spec::model::ModelKind;
use spec::task::Task;
use tensor::Device;

use crate::context::Context;
use crate::curves::errors::{error, observed};
use crate::curves::plan::{Plan, Prepared, Training};
use crate::folds::FoldData;
use crate::train::UnitSettings;

/// Predictions of a training for one target: a number, or a class as a number, for each row.
struct Found {
    /// The error on its own training rows; not asked for of resampled rows.
    training: Option<f64>,
    validation: Vec<f64>,
}

impl Context<'_> {
    /// Trains all that a curve needs and draws the conclusions; `kept` is the selected model, unless the curve is over its fields.
    pub fn curve(&self, plan: &Plan<'_>, kept: &ModelKind) -> Result<CurveReport> {
        let kinds: Vec<&ModelKind> = plan.steps.iter().map(|step| plan.kind(step, kept)).collect();
        let mut first_units = vec![0];
        for training in &plan.trainings {
            let members = kinds[training.step].members().len();
            first_units.push(first_units[first_units.len() - 1] + members);
        }
        (self.options.watch)(Event::Curve(&plan.curve.field));
        (self.options.watch)(Event::Trainings(first_units[plan.trainings.len()]));
        let stop = AtomicBool::new(false);
        let one = |at: usize| {
            let training = &plan.trainings[at];
            self.train_at(plan, training, (kinds[training.step], first_units[at]), &stop)
        };
        // All end before the first error in order is reported, so that it does not depend on the threads.
        let found: Vec<_> = (0..plan.trainings.len()).into_par_iter().map(one).collect();
        let found = found.into_iter().collect::<Result<Vec<_>>>()?;
        let points = (0..plan.steps.len()).map(|step| plan.point(step, &found)).collect();
        let rows = |f: fn(&Fold) -> usize| plan.folds.iter().map(f).sum::<usize>() as f64;
        let validation_over_train = rows(|f| f.validation.len()) / rows(|f| f.train.len()).max(1.0);
        let mut report = plan.report(points);
        let best = |a: usize, b: usize| if validation(&report, b) < validation(&report, a) { b } else { a };
        let at = (0..kinds.len()).fold(0, best);
        report.verdict = verdict::verdict(&report, &verdict::Context { kind: kinds[at], validation_over_train });
        Ok(report)
    }

    /// One training of the whole model, and its predictions.
    fn train_at(
        &self,
        plan: &Plan<'_>,
        training: &Training,
        (kind, first_unit): (&ModelKind, usize),
        stop: &AtomicBool,
    ) -> Result<Found> {
        let Prepared { experiment, info, values, .. } = &plan.steps[training.step];
        let source = plan.source(training.step);
        // Notes about the data were reported before.
        let options = Options { checkpoints: None, watch: &|_| Control::Continue, ..*self.options };
        let quiet = Context { experiment, options: &options, notes: Mutex::default() };
        let validation = plan.folds[training.fold].validation.clone();
        let fold = Fold { train: training.rows.clone(), validation, test: Vec::new() };
        let data = FoldData::new(&quiet, (source, values), None, info, plan.columns, &fold);
        let data = data.map_err(|error| plan.too_few(training, error))?;
        let hear = |event: Event<'_>| {
            if (self.options.watch)(event) == Control::Interrupt {
                stop.store(true, Relaxed);
            }
            if stop.load(Relaxed) { Control::Interrupt } else { Control::Continue }
        };
        let member = |(at, &(kind, number, resample)): (usize, &(&ModelKind, usize, bool))| {
            if stop.load(Relaxed) {
                return Err(Error::Interrupted { at: None });
            }
            let unit = first_unit + at;
            let settings = UnitSettings { seed: member_seed(training.seed, number), resample, checkpoint: None };
            let trained = quiet.train_part(kind, &data, settings, &Device::cpu(1), &mut |progress| {
                hear(Event::Epoch { unit, progress: *progress })
            });
            hear(Event::Trained(unit));
            trained.map(|(part, _)| part)
        };
        let parts: Vec<_> = kind.members().par_iter().enumerate().map(member).collect();
        let parts = parts.into_iter().collect::<Result<Vec<PartModel>>>()?;
        let predict = |rows: &[usize]| -> Result<Vec<f64>> {
            let samples = Samples::of(quiet.experiment);
            let each = parts.iter().map(|part| part.predict(source, rows, info, samples));
            Ok(first_target(info, &together(kind, &each.collect::<Result<Vec<_>>>()?).values))
        };
        let own = if training.resample { None } else { Some(predict(&fold.train)?) };
        let own = own.map(|own| error(info.task, &observed(values, &fold.train, info), &own));
        Ok(Found { training: own, validation: predict(&fold.validation)? })
    }
}

fn validation(report: &CurveReport, at: usize) -> f64 {
    report.points[at].validation.mean
}

impl Plan<'_> {
    /// The errors of all trainings at one value, and their parts.
    fn point(&self, step: usize, found: &[Found]) -> CurvePoint {
        let Prepared { value, info, values, .. } = &self.steps[step];
        let own = |resample: bool| {
            let all = self.trainings.iter().zip(found);
            all.filter(move |(training, _)| training.step == step && training.resample == resample)
        };
        let observed: Vec<Vec<f64>> = self.folds.iter().map(|fold| observed(values, &fold.validation, info)).collect();
        let validation = own(false).map(|(t, found)| error(info.task, &observed[t.fold], &found.validation));
        let parts = |fold: usize| {
            let all: Vec<Vec<f64>> =
                own(true).filter(|(t, _)| t.fold == fold).map(|(_, found)| found.validation.clone()).collect();
            match info.task {
                Task::Regression => squared(&all, &observed[fold], self.noise),
                Task::Classification => {
                    let labels = |values: &[f64]| values.iter().map(|&y| y as usize).collect::<Vec<_>>();
                    let all: Vec<_> = all.iter().map(|values| labels(values)).collect();
                    zero_one(&all, &labels(&observed[fold]), info.classes.len())
                }
            }
        };
        CurvePoint {
            value: value.clone(),
            training: Estimate::of(own(false).filter_map(|(_, found)| found.training).collect()),
            validation: Estimate::of(validation.collect()),
            decomposition: Decomposition::mean(&(0..self.folds.len()).filter_map(parts).collect::<Vec<_>>()),
        }
    }
}

/// Predictions of the first target, or the predicted classes as numbers.
fn first_target(info: &TargetInfo, predicted: &[f64]) -> Vec<f64> {
    let rows = predicted.chunks_exact(info.outputs().max(1));
    match info.task {
        Task::Regression => rows.map(|row| row[0]).collect(),
        Task::Classification => rows.map(|row| nn::metrics::argmax(row) as f64).collect(),
    }
}
