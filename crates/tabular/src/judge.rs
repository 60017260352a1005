//! Predicts validation and test rows and computes the figures.

use evaluation::predictions::{Part, Predictions};
use evaluation::scores::{ModelScores, Observed};
use inputs::names::RowNames;
use inputs::target::TargetInfo;
use learn::fitted::{PartModel, Samples};
use learn::spread::{Spread, together};
use spec::error::Result;
use spec::experiment::Experiment;
use spec::model::ModelKind;

use crate::folds::{FoldData, Judged};

pub struct Judge<'a> {
    experiment: &'a Experiment,
    info: &'a TargetInfo,
    test: Vec<ModelScores>,
    validation: Vec<ModelScores>,
}

impl<'a> Judge<'a> {
    pub fn new(experiment: &'a Experiment, info: &'a TargetInfo) -> Self {
        Judge { experiment, info, test: Vec::new(), validation: Vec::new() }
    }

    /// Predictions of one model, given its members for each fold, for validation and test rows of all folds.
    pub fn predict_all(
        &self,
        kind: &ModelKind,
        data: &[FoldData<'_>],
        parts: &[Vec<PartModel>],
    ) -> Result<Vec<Predictions>> {
        let mut all = Vec::new();
        for (fold, (data, parts)) in data.iter().zip(parts).enumerate() {
            for (judged, part) in data.judged.iter().zip([Part::Validation, Part::Test]) {
                all.push(self.predict(kind, (fold, part), judged, parts)?);
            }
        }
        Ok(all)
    }

    /// Evaluates the predictions of one model on the rows of all folds combined.
    pub fn add(&mut self, name: &str, all: &[Predictions]) {
        let score = |part| {
            let rows: Vec<&Predictions> = all.iter().filter(|p| p.part == part).collect();
            let predicted: Vec<f64> = rows.iter().flat_map(|p| p.predicted.iter().copied()).collect();
            let observed: Vec<f64> = rows.iter().flat_map(|p| p.observed.iter().copied()).collect();
            self.score(name, observed, &predicted)
        };
        let (test, validation) = (score(Part::Test), score(Part::Validation));
        self.test.push(test);
        self.validation.push(validation);
    }

    /// The model's test figures in each fold.
    pub fn by_fold(&self, predictions: &[Predictions]) -> Vec<ModelScores> {
        let test = predictions.iter().filter(|p| p.part == Part::Test && !p.rows.is_empty());
        test.map(|p| self.score(&format!("fold {}", p.fold + 1), p.observed.clone(), &p.predicted)).collect()
    }

    /// Validation figures of the `n` models that were evaluated last.
    pub fn last_validation(&self, n: usize) -> &[ModelScores] {
        &self.validation[self.validation.len() - n..]
    }

    /// Of the `n` models that were evaluated last, moves one to the end: the selected one.
    pub fn put_last(&mut self, n: usize, kept: usize) {
        for scores in [&mut self.test, &mut self.validation] {
            let at = scores.len() - n + kept;
            let scores_of_kept = scores.remove(at);
            scores.push(scores_of_kept);
        }
    }

    /// Figures of all models on test and on validation rows.
    pub fn finish(self) -> (Vec<ModelScores>, Vec<ModelScores>) {
        (self.test, self.validation)
    }

    fn score(&self, name: &str, observed: Vec<f64>, predicted: &[f64]) -> ModelScores {
        ModelScores::of(name, self.info, &Observed::from_numbers(observed, self.info), predicted, self.experiment.seed)
    }

    fn predict(
        &self,
        kind: &ModelKind,
        (fold, part): (usize, Part),
        judged: &Judged<'_>,
        parts: &[PartModel],
    ) -> Result<Predictions> {
        let Judged { source, values, rows } = judged;
        let samples = Samples::of(self.experiment);
        let each = parts.iter().map(|p| p.predict(source, rows, self.info, samples)).collect::<Result<Vec<_>>>()?;
        let Spread { values: predicted, deviation, bounds } = together(kind, &each);
        let rows_in_file = rows.iter().map(|&row| source.rows[row]).collect();
        let smiles = source.molecules.as_ref().map(|m| rows.iter().map(|&row| m.canonical[row].clone()).collect());
        Ok(Predictions {
            fold,
            part,
            rows: rows_in_file,
            names: RowNames::of(source, &self.experiment.data, rows)?,
            smiles: smiles.unwrap_or_default(),
            observed: Observed::numbers(values, rows, self.info),
            predicted,
            deviation,
            bounds,
        })
    }
}
