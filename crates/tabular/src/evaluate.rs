//! Evaluation of a trained model on a table with observed targets.

use data::Table;
use evaluation::domain::DomainReport;
use evaluation::intervals::measured::Measured;
use evaluation::predictions::{Part, Predictions};
use evaluation::scores::{ModelScores, Observed, Scores};
use serde::Serialize;
use spec::error::{Error, Result};

use crate::model::{Model, PredictOptions, Prediction};

/// Evaluation of a model on the rows of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// The model, as in tables of results.
    pub model: String,
    /// Metrics of each target, with 95 % bootstrap intervals.
    pub targets: Vec<Scores>,
    /// Quality of the uncertainty, for each target; empty of a model without validation rows.
    pub uncertainty: Vec<Measured>,
    /// Errors by the distance to the training rows; absent of a model that has not kept any.
    pub domain: Option<DomainReport>,
    /// Warnings.
    pub notes: Vec<String>,
}

impl Evaluation {
    /// The metrics, in the form of the table of models.
    pub fn scores(&self) -> ModelScores {
        ModelScores { model: self.model.clone(), targets: self.targets.clone() }
    }

    /// Quality of intervals and distances, a line each.
    pub fn uncertainty_summary(&self) -> String {
        let lines = self.uncertainty.iter().map(Measured::in_a_line);
        lines.chain(self.domain.as_ref().map(DomainReport::in_a_line)).collect()
    }
}

impl Model {
    /// Compares predictions with the targets in a table.
    ///
    /// # Errors
    /// The table lacks a column of the model, or its targets.
    pub fn evaluate(&self, table: Table) -> Result<Evaluation> {
        self.evaluate_with(table, &PredictOptions::default())
    }

    /// The same with other intervals, or with other rows left out, than the experiment says.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn evaluate_with(&self, table: Table, options: &PredictOptions) -> Result<Evaluation> {
        let (source, info) = (self.source(table, options)?, &self.target);
        let level = options.level.unwrap_or(self.experiment.uncertainty.level);
        let values =
            info.read(&source.table)?.ok_or_else(|| Error::missing_column(info.names.join("`, `"), &source.table))?;
        let known: Vec<usize> = (0..source.n_rows()).filter(|&row| values.known(row, info.names.len())).collect();
        if known.is_empty() {
            let reason = "no row has a target".into();
            let hint = "predict instead: `gedanken predict`";
            return Err(Error::NoUsableRows { rows: source.n_rows(), reason, hint });
        }
        let (prediction, bounds) = self.say(&source, &known, level)?;
        let Prediction { values: predicted, deviation, neighbors, rows, names, notes, .. } = prediction;
        let judged = Predictions {
            fold: 0,
            part: Part::Test,
            rows,
            names,
            smiles: Vec::new(),
            observed: Observed::numbers(&values, &known, info),
            predicted,
            deviation,
            bounds,
        };
        let observed = Observed::from_numbers(judged.observed.clone(), info);
        let title = self.experiment.model.title();
        let scores = ModelScores::of(&title, info, &observed, &judged.predicted, self.experiment.seed);
        let errors = judged.errors(info);
        let uncertainty = match &self.calibration {
            Some(calibration) => Measured::of(info, level, &[(&judged, calibration.clone())]),
            None => Vec::new(),
        };
        let domain = (!neighbors.is_empty()).then(|| DomainReport::new(&neighbors, &errors, info.task));
        Ok(Evaluation { model: title, targets: scores.targets, uncertainty, domain, notes })
    }
}
