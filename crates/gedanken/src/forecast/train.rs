//! Trainings of a run with forecasts: one model on one cut, or all members on all cuts.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use nn::Control;
use rayon::prelude::*;
use tensor::Device;

use super::cuts::Span;
use super::fit::Task;
use super::fold::Fold;
use super::predict::{Forecasting, Part};
use super::run::Run;
use super::windows::{Frame, Scaled, Windows};
use crate::error::Result;
use crate::registry::ModelKind;
use crate::run::{Event, History, member_seed};
use crate::unit::Saved;

/// Windows of the validation steps by which a training stops; more would not make the choice better.
const MOST_VALIDATION: usize = 4000;

/// A model that was trained on all cuts.
pub(super) struct Candidate<'a> {
    pub kind: &'a ModelKind,
    pub models: Vec<Forecasting>,
    pub histories: Vec<History>,
}

impl Run<'_> {
    fn windows<'w>(&'w self, frame: &'w Frame, fold: &'w Fold<'_>, span: Span) -> Windows<'w> {
        let stride = match span {
            Span::Training => self.forecast.stride,
            _ => fold.origins[0].len().div_ceil(MOST_VALIDATION).max(1),
        };
        let of = Scaled { panel: self.panel, scaler: &fold.scaler };
        Windows { frame, of, origins: fold.cut.origins(frame, span, stride) }
    }

    pub(super) fn train_one(&self, kind: &ModelKind, frame: &Frame, fold: &Fold<'_>, saved: Saved<'_>) -> Result<Part> {
        self.train_part(kind, frame, fold, (saved, false), &self.device, &mut |_| Control::Continue)
            .map(|(part, _)| part)
    }

    fn train_part(
        &self,
        kind: &ModelKind,
        frame: &Frame,
        fold: &Fold<'_>,
        (saved, resample): (Saved<'_>, bool),
        device: &Device,
        watch: &mut dyn FnMut(&nn::Progress) -> Control,
    ) -> Result<(Part, History)> {
        let mut train = self.windows(frame, fold, Span::Training);
        if resample {
            let mut random = tensor::random::Key::new(saved.seed, "bagging").random();
            let n = train.origins.len();
            train.origins = (0..n).map(|_| train.origins[random.below(n)]).collect();
        }
        let validation = Some(self.windows(frame, fold, Span::Validation)).filter(|rows| !rows.origins.is_empty());
        let task = Task { kind, experiment: self.experiment, train, validation, saved };
        let (fitted, history) = task.fit(device, watch)?;
        Ok((Part { frame: frame.clone(), scaler: fold.scaler.clone(), fitted }, history))
    }

    /// Trains all members on all cuts; several at once, one on each thread.
    pub(super) fn train<'k>(
        &self,
        kind: &'k ModelKind,
        number: usize,
        frame: &Frame,
        folds: &[Fold<'_>],
    ) -> Result<Candidate<'k>> {
        let members = kind.members();
        let units: Vec<(usize, usize)> =
            (0..folds.len()).flat_map(|fold| (0..members.len()).map(move |member| (fold, member))).collect();
        (self.options.watch)(Event::Trainings(units.len()));
        let stop = AtomicBool::new(false);
        let fit = |at: usize| {
            let (fold, member) = units[at];
            let (kind, which, resample) = members[member];
            let device = if units.len() > 1 { Device::cpu(1) } else { self.device.clone() };
            let name = if number == 0 { at.to_string() } else { format!("{number}_{at}") };
            let file = self.options.checkpoints.map(|folder| folder.join(format!("training_{name}.safetensors")));
            let saved = Saved { seed: member_seed(self.experiment.seed, which), checkpoint: file.as_deref() };
            let trained = self.train_part(kind, frame, &folds[fold], (saved, resample), &device, &mut |progress| {
                let control = (self.options.watch)(Event::Epoch { unit: at, progress: *progress });
                if control == Control::Interrupt {
                    stop.store(true, Relaxed);
                }
                if stop.load(Relaxed) { Control::Interrupt } else { control }
            });
            (self.options.watch)(Event::Trained(at));
            trained
        };
        let trained: Vec<_> = (0..units.len()).into_par_iter().map(fit).collect();
        let mut parts: Vec<Vec<Part>> = folds.iter().map(|_| Vec::new()).collect();
        let mut histories = Vec::new();
        for ((fold, _), trained) in units.into_iter().zip(trained) {
            let (part, history) = trained?;
            parts[fold].push(part);
            histories.push(history);
        }
        Ok(Candidate { kind, models: parts.into_iter().map(Forecasting::Models).collect(), histories })
    }
}
