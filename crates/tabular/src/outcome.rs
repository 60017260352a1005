//! The outcome of a run.

use data::Fold;
use evaluation::compare::Comparison;
use evaluation::curves::measured::CurveReport;
use evaluation::domain::DomainReport;
use evaluation::intervals::measured::Measured;
use evaluation::predictions::Predictions;
use evaluation::scores::ModelScores;
use learn::session::History;

use crate::model::Model;

/// The outcome of a run.
pub struct Outcome {
    /// The model, averaged over folds and members where there are several.
    pub model: Model,
    /// Test figures: baselines first, the model last.
    pub scores: Vec<ModelScores>,
    /// Figures of the same models on the validation rows, by which settings are selected.
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
    /// Quality of the uncertainty, for each target; empty without validation or test rows.
    pub uncertainty: Vec<Measured>,
    /// The test images that were predicted worst, by their rows of the file, as drawings; empty without images.
    pub pictures: Vec<(usize, String)>,
    /// How each training went.
    pub histories: Vec<History>,
    /// Rows of each fold, as numbers of rows in the file.
    pub folds: Vec<Fold>,
    /// Notes about the data.
    pub notes: Vec<String>,
    /// Rows of the table that were used.
    pub rows: usize,
    /// Rows left out because their molecule could not be read.
    pub skipped: usize,
}
