//! Carries out an experiment: reads, splits, trains, judges.

mod choose;
mod curves;
mod folds;
mod judge;
mod notes;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use data::{Fold, Table};
use nn::models::{Logistic, Mean, RandomForest, Ridge};
use nn::{Control, EpochRecord, Progress};
use rayon::prelude::*;
use tensor::Device;

use crate::checkpoint;
use crate::compare::Comparison;
use crate::curves::CurveReport;
use crate::domain::DomainReport;
use crate::encode::choose_columns;
use crate::error::{Error, Result};
use crate::experiment::{Experiment, Task};
use crate::fitted::PartModel;
use crate::intervals::{self, Measured};
use crate::model::Model;
use crate::registry::ModelKind;
use crate::scores::ModelScores;
use crate::source::Source;
use crate::spread::Spread;
use crate::target::{TargetInfo, Values};
use crate::unit::Unit;
use choose::Candidate;
use curves::Plan;
use folds::FoldData;

/// What a run needs beside the experiment; none of it changes the result.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads; zero means one for every core.
    pub threads: usize,
    /// Folder in which the state is kept after every epoch.
    pub checkpoints: Option<&'a Path>,
    /// Hears what happens and may interrupt.
    pub watch: &'a (dyn Fn(Event<'_>) -> Control + Sync),
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { threads: 0, checkpoints: None, watch: &|_| Control::Continue }
    }
}

/// What happens in a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// Something that the user should know.
    Note(&'a str),
    /// Reading and featurising have begun.
    Reading,
    /// A baseline is being trained.
    Baseline(&'a str),
    /// A curve is being measured: over which field.
    Curve(&'a str),
    /// Trainings of the model, or of a curve, begin: how many.
    Trainings(usize),
    /// An epoch is over.
    Epoch {
        /// Which training.
        unit: usize,
        /// How it stands.
        progress: Progress,
    },
    /// A training is over.
    Trained(usize),
}

/// Everything that a run has found.
pub struct Outcome {
    /// The model, averaged over folds and members where there are several.
    pub model: Model,
    /// Test figures: baselines first, the model last.
    pub scores: Vec<ModelScores>,
    /// Figures of the same models on the validation rows: what settings are chosen by.
    pub validation_scores: Vec<ModelScores>,
    /// Test figures of the model in each fold.
    pub fold_scores: Vec<ModelScores>,
    /// Predictions of the model for validation and test rows.
    pub predictions: Vec<Predictions>,
    /// Where several models were trained on the same splits.
    pub comparison: Option<Comparison>,
    /// Errors over numbers of rows or values of settings, where they were asked for.
    pub curves: Vec<CurveReport>,
    /// Errors of test rows of the first fold by their distance to its training rows; `None` without test rows.
    pub domain: Option<DomainReport>,
    /// What the stated uncertainty is worth, for each target; empty without validation or test rows.
    pub uncertainty: Vec<Measured>,
    /// How each training went.
    pub histories: Vec<History>,
    /// Rows of each fold, as numbers of rows in the file.
    pub folds: Vec<Fold>,
    /// What was noticed about the data.
    pub notes: Vec<String>,
    /// Rows of the table that were used.
    pub rows: usize,
    /// Rows left out because their molecule could not be read.
    pub skipped: usize,
}

/// Which rows a prediction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Rows that decided when to stop.
    Validation,
    /// Rows that decided nothing.
    Test,
}

/// Predictions for the rows of one part of one fold.
#[derive(Clone, Debug)]
pub struct Predictions {
    /// The fold.
    pub fold: usize,
    /// Validation or test.
    pub part: Part,
    /// Rows of the file, from zero.
    pub rows: Vec<usize>,
    /// Their molecules as SMILES; empty where there are none.
    pub smiles: Vec<String>,
    /// Targets in their own units, or classes as numbers; `[rows, targets]`.
    pub observed: Vec<f64>,
    /// `[rows, targets]`, or `[rows, classes]` probabilities.
    pub predicted: Vec<f64>,
    /// Their deviation, where the model knows it: between members or samples, or predicted by the network.
    pub deviation: Option<Vec<f64>>,
    /// Lower and upper ends that the network gives by itself, before any calibration; of the quantile loss alone.
    pub bounds: Option<[Vec<f64>; 2]>,
}

/// More threads than the largest machines have cores; their stacks alone would fill the memory of others.
const MOST_THREADS: usize = 1024;

impl Predictions {
    /// Errors of the first target, NaN where it is missing; of classes one where the likeliest is wrong, else zero.
    pub fn errors(&self, info: &TargetInfo) -> Vec<f64> {
        let (k, width) = (info.outputs().max(1), info.names.len().max(1));
        let row = |(predicted, observed): (&[f64], &[f64])| match info.task {
            Task::Regression => predicted[0] - observed[0],
            Task::Classification => f64::from(u8::from(nn::metrics::argmax(predicted) != observed[0] as usize)),
        };
        self.predicted.chunks_exact(k).zip(self.observed.chunks_exact(width)).map(row).collect()
    }

    /// What the model says, without what was observed.
    pub(crate) fn spread(&self) -> Spread {
        let (values, deviation, bounds) = (self.predicted.clone(), self.deviation.clone(), self.bounds.clone());
        Spread { values, deviation, bounds }
    }
}

/// Carries out an experiment on its own threads.
pub fn run(experiment: &Experiment, options: &Options<'_>) -> Result<Outcome> {
    run_on(experiment, options, || Source::read(experiment))
}

/// Carries out an experiment on a table in memory instead of the one that its `data` names.
pub fn run_table(experiment: &Experiment, table: Table, options: &Options<'_>) -> Result<Outcome> {
    let sha256 = data::hash::of_table(&table);
    run_on(experiment, options, || Source::new(table, sha256, &experiment.data, &experiment.molecules))
}

fn run_on(
    experiment: &Experiment,
    options: &Options<'_>,
    read: impl FnOnce() -> Result<Source> + Send,
) -> Result<Outcome> {
    if options.threads > MOST_THREADS {
        let reason = format!("{} are asked for, at most {MOST_THREADS} are possible", options.threads);
        return Err(Error::Threads { reason });
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let pool = pool.map_err(|e| Error::Threads { reason: e.to_string() })?;
    crate::curves::check(experiment)?;
    pool.install(|| {
        (options.watch)(Event::Reading);
        Run { experiment, options, notes: Mutex::default() }.carry_out(read()?)
    })
}

/// The epochs of a training and the best of them.
pub type History = (Vec<EpochRecord>, Option<usize>);

/// What differs between the trainings of a run.
struct UnitSettings<'a> {
    seed: u64,
    resample: bool,
    checkpoint: Option<&'a Path>,
}

struct Run<'a> {
    experiment: &'a Experiment,
    options: &'a Options<'a>,
    notes: Mutex<Vec<String>>,
}

impl Run<'_> {
    fn carry_out(&self, mut source: Source) -> Result<Outcome> {
        let test = Source::read_test(self.experiment)?;
        source.table.notes.iter().for_each(|note| self.note(note.clone()));
        if source.skipped > 0 {
            self.note(format!(
                "{} of {} rows are left out: their molecule cannot be read",
                source.skipped,
                source.skipped + source.n_rows()
            ));
        }
        if let Some(folder) = self.options.checkpoints {
            checkpoint::same_data(folder, &source.sha256)?;
        }
        let (info, values) = TargetInfo::find(&source.table, self.experiment)?;
        notes::two_values(self, &info, &values);
        let (columns, dropped) = choose_columns(&source, self.experiment)?;
        dropped.into_iter().for_each(|note| self.note(note));
        let folds = self.folds(&mut source, &info, &values, &columns)?;
        self.report_leaks(&source, test.as_ref(), &columns, &folds)?;
        let data: Vec<FoldData<'_>> = folds
            .iter()
            .map(|fold| FoldData::new(self, (&source, &values), test.as_ref(), &info, &columns, fold))
            .collect::<Result<_>>()?;
        notes::hogwild(self, &data);
        notes::unweighted(self);
        self.check_dropout(&info)?;
        let plan = |curve| Plan::new(curve, self.experiment, (&source, &columns), &folds);
        let plans = self.experiment.curves.iter().map(plan).collect::<Result<Vec<_>>>()?;

        let mut judge = judge::Judge::new(self.experiment, &info);
        for kind in self.baselines(&info) {
            (self.options.watch)(Event::Baseline(kind.name()));
            let trained = data.par_iter().map(|fold| self.train_baseline(&kind, fold)).collect::<Result<Vec<_>>>()?;
            let parts: Vec<Vec<PartModel>> = trained.into_iter().map(|part| vec![part]).collect();
            judge.add(&kind.title(), &judge.predict_all(&data, &parts)?);
        }
        let candidates = self.candidates(&info);
        let mut trained = Vec::new();
        for (at, kind) in candidates.iter().enumerate() {
            if candidates.len() > 1 {
                (self.options.watch)(Event::Baseline(kind.name()));
            }
            let (parts, histories) = self.train_members(kind, at, &data)?;
            let mut predictions = judge.predict_all(&data, &parts)?;
            let tempered = self.temper(kind, &info, &mut predictions);
            judge.add(&kind.title(), &predictions);
            let fold_scores = judge.by_fold(&predictions);
            trained.push(Candidate { kind, parts, histories, fold_scores, predictions, tempered });
        }
        let (kept, comparison) = self.choose(&judge, &trained, &data);
        let Candidate { kind, parts, histories, fold_scores, predictions, tempered } = trained.swap_remove(kept);
        judge.put_last(candidates.len(), kept);
        notes::cut_short(self, &histories);
        notes::constant(self, kind, &info, &predictions);
        notes::unseen_classes(self, &info, &predictions);
        let (at_pooled, tempered) = tempered.unzip();
        let saved = at_pooled.as_deref().unwrap_or(&predictions).iter().filter(|p| p.part == Part::Validation);
        let calibrated = intervals::calibrate(&info, self.experiment.uncertainty.level, &predictions, saved);
        let (calibration, mut uncertainty) = calibrated.unzip();
        uncertainty.iter_mut().flatten().for_each(|measured: &mut Measured| measured.temperature = tempered);
        let (scores, validation_scores) = judge.finish();

        let (domain, domain_report) = self.domain(&source, &parts, &data, &folds, &predictions, &info)?;
        let curves = plans.iter().map(|plan| self.curve(plan, kind)).collect::<Result<Vec<_>>>()?;
        let in_file = |rows: &[usize]| rows.iter().map(|&row| source.rows[row]).collect();
        let named = |fold: &Fold| Fold {
            train: in_file(&fold.train),
            validation: in_file(&fold.validation),
            test: in_file(&fold.test),
        };
        let rows = folds.first().map_or(0, |f| f.train.len() + f.validation.len() + f.test.len());
        Ok(Outcome {
            model: Model {
                experiment: Experiment {
                    model: kind.clone(),
                    compare: Vec::new(),
                    curves: Vec::new(),
                    ..self.experiment.clone()
                },
                target: info.clone(),
                data_sha256: source.sha256.clone(),
                train_rows: folds.first().map_or(0, |fold| fold.train.len()),
                parts: parts.into_iter().flatten().collect(),
                calibration,
                temperature: tempered.map(|tempered| tempered.temperature),
                domain,
            },
            scores,
            validation_scores,
            fold_scores,
            predictions,
            comparison,
            curves,
            domain: domain_report,
            uncertainty: uncertainty.unwrap_or_default(),
            histories,
            folds: folds.iter().map(named).collect(),
            notes: self.notes.lock().map(|notes| notes.clone()).unwrap_or_default(),
            rows,
            skipped: source.skipped,
        })
    }

    fn note(&self, note: String) {
        let mut notes = self.notes.lock().unwrap_or_else(|e| e.into_inner());
        if !notes.contains(&note) {
            (self.options.watch)(Event::Note(&note));
            notes.push(note);
        }
    }

    /// What the model must beat; a model that is a baseline itself is not trained twice.
    fn baselines(&self, info: &TargetInfo) -> Vec<ModelKind> {
        if !self.experiment.baselines {
            return Vec::new();
        }
        let linear = match info.task {
            Task::Regression => ModelKind::Ridge(Ridge::default()),
            Task::Classification => ModelKind::Logistic(Logistic::default()),
        };
        let all = [ModelKind::Mean(Mean::default()), linear, ModelKind::RandomForest(RandomForest::default())];
        let candidates = self.candidates(info);
        all.into_iter().filter(|kind| candidates.iter().all(|other| kind.name() != other.name())).collect()
    }

    fn train_baseline(&self, kind: &ModelKind, fold: &FoldData<'_>) -> Result<PartModel> {
        let settings = UnitSettings { seed: self.experiment.seed, resample: false, checkpoint: None };
        let (part, _) = self.train_part(kind, fold, settings, &Device::cpu(1), &mut |_| Control::Continue)?;
        Ok(part)
    }

    /// One training with what stands before and behind the model.
    fn train_part(
        &self,
        kind: &ModelKind,
        fold: &FoldData<'_>,
        settings: UnitSettings<'_>,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<(PartModel, History)> {
        let narrow = match kind {
            ModelKind::RandomForest(forest) if !forest.fingerprints => fold.encoder.without_fingerprints(),
            _ => None,
        };
        let narrow = narrow.map(|(encoder, left)| {
            (encoder, fold.train.columns(&left), fold.validation.as_ref().map(|v| v.columns(&left)))
        });
        let (encoder, train, validation) = match &narrow {
            Some((encoder, train, validation)) => (encoder, train, validation.as_ref()),
            None => (&fold.encoder, &fold.train, fold.validation.as_ref()),
        };
        let UnitSettings { seed, resample, checkpoint } = settings;
        let unit = Unit { kind, experiment: self.experiment, train, validation, seed, resample, checkpoint };
        let trained = unit.fit(device, watch)?;
        let part = PartModel { encoder: encoder.clone(), targets: fold.scaler.clone(), fitted: trained.fitted };
        Ok((part, (trained.history, trained.best_epoch)))
    }

    /// Trains all members on all folds; several at once, one on each thread, which is faster than several threads on one.
    fn train_members(
        &self,
        kind: &ModelKind,
        candidate: usize,
        data: &[FoldData<'_>],
    ) -> Result<(Vec<Vec<PartModel>>, Vec<History>)> {
        let members = kind.members();
        let units: Vec<(usize, usize)> =
            (0..data.len()).flat_map(|fold| (0..members.len()).map(move |member| (fold, member))).collect();
        (self.options.watch)(Event::Trainings(units.len()));
        let whole = Device::cpu(if units.len() > 1 { 1 } else { rayon::current_num_threads() });
        let stop = AtomicBool::new(false);
        let fit = |at: usize| {
            let (fold, member) = units[at];
            let (kind, number, resample) = members[member];
            let device = if units.len() > 1 { Device::cpu(1) } else { whole.clone() };
            let name = if candidate == 0 { at.to_string() } else { format!("{candidate}_{at}") };
            let checkpoint = self.options.checkpoints.map(|folder| folder.join(format!("training_{name}.safetensors")));
            let seed = member_seed(self.experiment.seed, number);
            let settings = UnitSettings { seed, resample, checkpoint: checkpoint.as_deref() };
            let trained = self.train_part(kind, &data[fold], settings, &device, &mut |progress| {
                let control = (self.options.watch)(Event::Epoch { unit: at, progress: *progress });
                if control == Control::Interrupt {
                    stop.store(true, Relaxed);
                }
                if stop.load(Relaxed) { Control::Interrupt } else { Control::Continue }
            });
            (self.options.watch)(Event::Trained(at));
            trained
        };
        // All end before the first error in order is told, so that it does not depend on the threads.
        let trained: Vec<_> = (0..units.len()).into_par_iter().map(fit).collect();
        let trained = trained.into_iter().collect::<Result<Vec<_>>>()?;
        let mut parts: Vec<Vec<PartModel>> = data.iter().map(|_| Vec::new()).collect();
        let mut histories = Vec::new();
        for ((fold, _), (part, history)) in units.into_iter().zip(trained) {
            parts[fold].push(part);
            histories.push(history);
        }
        Ok((parts, histories))
    }

    fn folds(&self, source: &mut Source, info: &TargetInfo, values: &Values, columns: &[String]) -> Result<Vec<Fold>> {
        folds::folds(self, source, info, values, columns)
    }

    fn report_leaks(&self, source: &Source, test: Option<&Source>, columns: &[String], folds: &[Fold]) -> Result<()> {
        folds::leaks(source, test, columns, folds)?.into_iter().for_each(|note| self.note(note));
        Ok(())
    }
}

/// Each member draws its own numbers; the first draws those of a single model.
fn member_seed(seed: u64, member: usize) -> u64 {
    seed.wrapping_add((member as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The folder of checkpoints inside the folder of a run.
pub(crate) fn checkpoint_folder(run: &Path) -> PathBuf {
    run.join("checkpoints")
}
