//! The trainings of a run: one model on one fold, or all members on all folds.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use nn::{Control, Progress};
use rayon::prelude::*;
use tensor::Device;

use super::folds::FoldData;
use super::outcome::History;
use super::{Event, Run};
use crate::error::{Error, Result};
use crate::fitted::PartModel;
use crate::registry::ModelKind;
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
            sequences => sequences.as_ref().filter(|_| kind.reads_sequences()),
        };
        let (encoder, train, validation) = match narrow.as_ref().or(sequences) {
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
    pub(super) fn train_members(
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
                if stop.load(Relaxed) { Control::Interrupt } else { control }
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

/// Each member draws its own numbers; the first draws those of a single model.
pub(crate) fn member_seed(seed: u64, member: usize) -> u64 {
    seed.wrapping_add((member as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
