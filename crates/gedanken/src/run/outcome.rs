//! Everything that a run has found.

use data::Fold;
use nn::EpochRecord;

use crate::compare::Comparison;
use crate::curves::CurveReport;
use crate::domain::DomainReport;
use crate::experiment::Task;
use crate::intervals::Measured;
use crate::model::Model;
use crate::names::RowNames;
use crate::scores::ModelScores;
use crate::spread::Spread;
use crate::target::TargetInfo;

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
    /// The test images that were predicted worst, by their rows of the file, as drawings; empty without images.
    pub pictures: Vec<(usize, String)>,
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
    /// What these are called where their numbers would not find them.
    pub names: Option<RowNames>,
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

/// The epochs of a training and the best of them.
pub type History = (Vec<EpochRecord>, Option<usize>);
