//! The trainings of a run: one model on one fold, or all members on all folds.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use nn::{Control, Progress};
use rayon::prelude::*;
use tensor::Device;

use super::choose::Candidate;
use super::folds::FoldData;
use super::outcome::History;
use super::{Event, Options, Run};
use crate::error::{Error, Result};
use crate::fitted::PartModel;
use crate::registry::{Member, ModelKind};
use crate::unit::Unit;

/// What differs between the trainings of a run.
pub(super) struct UnitSettings<'a> {
    pub seed: u64,
    pub resample: bool,
    pub checkpoint: Option<&'a Path>,
}

impl Run<'_> {
    pub(super) fn train_baseline(&self, kind: &ModelKind, fold: &FoldData<'_>) -> Result<PartModel> {
        let settings = UnitSettings { seed: self.experiment.seed, resample: false, checkpoint: None };
        let (part, _) = self.train_part(kind, fold, settings, &Device::cpu(1), &mut |_| Control::Continue)?;
        Ok(part)
    }

    /// One training with what stands before and behind the model.
    pub(super) fn train_part(
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
        let sequences = match &fold.sequences {
            None if kind.needs_sequences() => return Err(no_sequences(kind)),
            None if kind.needs_images() => return Err(no_images(kind)),
            sequences => sequences.as_ref().filter(|_| kind.reads_sequences() || kind.needs_images()),
        };
        let graphs = fold.graphs.as_ref().filter(|_| kind.reads_graphs());
        let (encoder, train, validation) = match narrow.as_ref().or(graphs).or(sequences) {
            Some((encoder, train, validation)) => (encoder, train, validation.as_ref()),
            None => (&fold.encoder, &fold.train, fold.validation.as_ref()),
        };
        let UnitSettings { seed, resample, checkpoint } = settings;
        let unit = Unit { kind, experiment: self.experiment, train, validation, seed, resample, checkpoint };
        let trained = unit.fit(device, watch)?;
        let part = PartModel { encoder: encoder.clone(), targets: fold.scaler.clone(), fitted: trained.fitted };
        Ok((part, (trained.history, trained.best_epoch)))
    }

    /// Trains all members on all folds; several at once, one on each thread, which is faster than several threads on one. What was
    /// trained as a member of an earlier candidate is not trained again.
    pub(super) fn train_members(
        &self,
        kind: &ModelKind,
        candidate: usize,
        data: &[FoldData<'_>],
        earlier: &[Candidate<'_>],
    ) -> Result<(Vec<Vec<PartModel>>, Vec<History>)> {
        let members = kind.members();
        let known = |fold: usize, member: &Member<'_>| earlier.iter().find_map(|other| other.member(fold, member));
        let every = (0..data.len()).flat_map(|fold| members.iter().map(move |member| (fold, member)));
        let units: Vec<(usize, &Member<'_>)> = every.clone().filter(|(fold, m)| known(*fold, m).is_none()).collect();
        let trained = train_all(self.options, candidate, units.len(), &|at, device, checkpoint, watch| {
            let (fold, &(kind, number, resample)) = units[at];
            let seed = member_seed(self.experiment.seed, number);
            let settings = UnitSettings { seed, resample, checkpoint };
            self.train_part(kind, &data[fold], settings, device, watch)
        })?;
        let mut parts: Vec<Vec<PartModel>> = data.iter().map(|_| Vec::new()).collect();
        let (mut histories, mut trained) = (Vec::new(), trained.into_iter());
        for (fold, member) in every {
            let Some((part, history)) = known(fold, member).or_else(|| trained.next()) else { break };
            parts[fold].push(part);
            histories.push(history);
        }
        Ok((parts, histories))
    }
}

/// What hears of a training, and may end it.
type Watch<'a> = &'a mut dyn FnMut(&Progress) -> Control;

/// One training: its number, what it computes on, the file of its state, and who hears of it.
type Fit<'a, X> = dyn Fn(usize, &Device, Option<&Path>, Watch<'_>) -> Result<X> + Sync + 'a;

/// Carries out so many trainings, several at once, one on each thread, which is faster than several threads on one.
/// `candidate` is the number of the model among those that are compared.
pub(crate) fn train_all<X: Send>(
    options: &Options<'_>,
    candidate: usize,
    n: usize,
    fit: &Fit<'_, X>,
) -> Result<Vec<X>> {
    (options.watch)(Event::Trainings(n));
    let whole = Device::cpu(if n > 1 { 1 } else { rayon::current_num_threads() });
    let stop = AtomicBool::new(false);
    let one = |at: usize| {
        let device = if n > 1 { Device::cpu(1) } else { whole.clone() };
        let name = if candidate == 0 { at.to_string() } else { format!("{candidate}_{at}") };
        let checkpoint = options.checkpoints.map(|folder| folder.join(format!("training_{name}.safetensors")));
        let trained = fit(at, &device, checkpoint.as_deref(), &mut |progress| {
            let control = (options.watch)(Event::Epoch { unit: at, progress: *progress });
            if control == Control::Interrupt {
                stop.store(true, Relaxed);
            }
            if stop.load(Relaxed) { Control::Interrupt } else { control }
        });
        (options.watch)(Event::Trained(at));
        trained
    };
    // All end before the first error in order is told, so that it does not depend on the threads.
    let trained: Vec<Result<X>> = (0..n).into_par_iter().map(one).collect();
    trained.into_iter().collect()
}

fn no_sequences(kind: &ModelKind) -> Error {
    Error::Setting {
        message: format!("`{}` reads sequences, and rows of this table are none", kind.name()),
        place: "data.sequence".into(),
        hint: "say where the steps are with `--sequence tokens` (of SMILES), `--sequence columns` or `--sequence rows:ID`; \
               time series to be continued need `--time`"
            .into(),
    }
}

fn no_images(kind: &ModelKind) -> Error {
    Error::Setting {
        message: format!("`{}` reads images, and rows of this table are none", kind.name()),
        place: "data.images".into(),
        hint: "give a folder with a folder for each class, a NumPy file, or name the column of paths with `--images COLUMN`"
            .into(),
    }
}

/// Each member draws its own numbers; the first draws those of a single model.
pub(crate) fn member_seed(seed: u64, member: usize) -> u64 {
    seed.wrapping_add((member as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
