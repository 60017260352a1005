//! The trainings of a run: one model on one fold, or all members on all folds.

use std::path::Path;

use learn::fitted::PartModel;
use learn::session::History;
use learn::trainings::{member_seed, train_all};
use learn::unit::Unit;
use nn::{Control, Progress};
use spec::ensemble::Member;
use spec::error::Result;
use spec::model::ModelKind;
use tensor::Device;

use crate::choose::Candidate;
use crate::context::Context;
use crate::folds::FoldData;

/// Data in which the trainings of a run differ.
pub struct UnitSettings<'a> {
    pub seed: u64,
    pub resample: bool,
    pub checkpoint: Option<&'a Path>,
}

impl Context<'_> {
    pub(super) fn train_baseline(&self, kind: &ModelKind, fold: &FoldData<'_>) -> Result<PartModel> {
        let settings = UnitSettings { seed: self.experiment.seed, resample: false, checkpoint: None };
        let (part, _) = self.train_part(kind, fold, settings, &Device::cpu(1), &mut |_| Control::Continue)?;
        Ok(part)
    }

    /// One training, with the encoder and output scale of the model.
    pub fn train_part(
        &self,
        kind: &ModelKind,
        fold: &FoldData<'_>,
        settings: UnitSettings<'_>,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<(PartModel, History)> {
        let view = fold.view(kind);
        let narrow = if kind.spec().fingerprints() { None } else { view.encoder.without_fingerprints() };
        let narrow = narrow.map(|(encoder, left)| {
            (encoder, view.train.columns(&left), view.validation.as_ref().map(|v| v.columns(&left)))
        });
        let (encoder, train, validation) = match &narrow {
            Some((encoder, train, validation)) => (encoder, train, validation.as_ref()),
            None => (&view.encoder, &view.train, view.validation.as_ref()),
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
