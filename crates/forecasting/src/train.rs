//! Trainings of a run with forecasts: one model on one split, or all members on all splits.

use learn::session::History;
use learn::trainings::{member_seed, train_all};
use learn::unit::Saved;
use nn::Control;
use spec::error::Result;
use spec::model::ModelKind;
use tensor::Device;

use crate::context::Context;
use crate::cuts::Span;
use crate::fit::Task;
use crate::fold::Fold;
use crate::predict::{Forecasting, Part};
use crate::windows::{Frame, Scaled, Windows};

/// Windows of the validation steps by which a training stops; more would not make the choice better.
const MOST_VALIDATION: usize = 4000;

/// A model that was trained on all splits.
pub struct Candidate<'a> {
    pub kind: &'a ModelKind,
    pub models: Vec<Forecasting>,
    pub histories: Vec<History>,
}

impl Context<'_> {
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

    /// Trains all members on all splits; several at once, one on each thread.
    pub fn train<'k>(
        &self,
        kind: &'k ModelKind,
        number: usize,
        frame: &Frame,
        folds: &[Fold<'_>],
    ) -> Result<Candidate<'k>> {
        let members = kind.members();
        let units: Vec<(usize, usize)> =
            (0..folds.len()).flat_map(|fold| (0..members.len()).map(move |member| (fold, member))).collect();
        let trained = train_all(self.options, number, units.len(), &|at, device, checkpoint, watch| {
            let (fold, member) = units[at];
            let (kind, which, resample) = members[member];
            let saved = Saved { seed: member_seed(self.experiment.seed, which), checkpoint };
            self.train_part(kind, frame, &folds[fold], (saved, resample), device, watch)
        })?;
        let mut parts: Vec<Vec<Part>> = folds.iter().map(|_| Vec::new()).collect();
        let mut histories = Vec::new();
        for ((fold, _), (part, history)) in units.into_iter().zip(trained) {
            parts[fold].push(part);
            histories.push(history);
        }
        Ok(Candidate { kind, models: parts.into_iter().map(Forecasting::Models).collect(), histories })
    }
}
