//! Numbers and names as text.

use ::report::words::count;
use evaluation::predictions::Part;
use evaluation::scores::Scores;
use nn::metrics::Interval;

use crate::outcome::Outcome;

/// Metrics: the name, the value, and whether smaller is better.
pub fn merits(scores: &Scores) -> Vec<(&'static str, Option<Interval>, bool)> {
    match scores {
        Scores::Regression { rmse, mae, r2, .. } => {
            vec![("RMSE", *rmse, true), ("MAE", *mae, true), ("R2", *r2, false)]
        }
        Scores::Classification { accuracy, f1_macro, roc_auc, cross_entropy, .. } => vec![
            ("accuracy", *accuracy, false),
            ("F1 macro", *f1_macro, false),
            ("ROC AUC", *roc_auc, false),
            ("log loss", *cross_entropy, true),
        ],
    }
}

/// How many rows were for training, validation and test; a range over folds of different size.
pub fn row_counts(outcome: &Outcome) -> [String; 3] {
    let range = |[low, high]: [usize; 2]| {
        if low == high { count(low) } else { format!("{} to {}", count(low), count(high)) }
    };
    outcome.row_counts().map(range)
}

/// Kind of input of the model, as text.
pub fn inputs(outcome: &Outcome) -> &'static str {
    let data = &outcome.model.experiment.data;
    match (&data.smiles, data.features.is_empty()) {
        _ if data.images.is_some() => "images",
        _ if data.spectra.is_some() => "spectra",
        (Some(_), true) => "molecules",
        (Some(_), false) => "molecules and measurements",
        (None, _) if data.sequence.is_some() => "sequences",
        (None, _) => "measurements",
    }
}

/// The rows of one part of all folds: what was observed and what was predicted of one target, or of one class.
pub fn pairs(outcome: &Outcome, part: Part, at: usize) -> (Vec<f64>, Vec<f64>) {
    let width = outcome.model.target.names.len();
    let rows = outcome.predictions.iter().filter(|p| p.part == part);
    let pairs = rows.flat_map(|p| p.observed.iter().zip(&p.predicted).skip(at).step_by(width));
    pairs.filter(|(y, _)| !y.is_nan()).map(|(&y, &p)| (y, p)).unzip()
}
