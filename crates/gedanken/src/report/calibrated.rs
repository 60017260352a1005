//! Classes on the test rows: how well they are ranked, and whether their probabilities are honest.

use ::report::Figure;
use nn::metrics::{
    PrecisionRecall, ReliabilityBin, RocCurve, average_precision, expected_calibration_error, precision_recall,
    reliability, roc_curve,
};

use crate::run::{Outcome, Part};

/// What is drawn of one class against the rest.
pub struct Curves<'a> {
    pub name: &'a str,
    pub roc: Option<RocCurve>,
    pub precision: Option<PrecisionRecall>,
    pub area: Option<f64>,
    pub bins: Vec<ReliabilityBin>,
    /// The share of rows of the class.
    pub share: f64,
}

/// More curves than this cannot be told apart; the first classes are drawn.
const MOST: usize = 6;
const BINS: usize = 10;

/// The curves of each class; of two classes those of the second.
pub fn curves(outcome: &Outcome) -> Vec<Curves<'_>> {
    let classes = &outcome.model.target.classes;
    let k = classes.len();
    let test = || outcome.predictions.iter().filter(|p| p.part == Part::Test);
    let curve = |class: usize| {
        let positive: Vec<bool> = test().flat_map(|p| p.observed.iter().map(move |&y| y as usize == class)).collect();
        let scores: Vec<f64> = test().flat_map(|p| p.predicted.iter().skip(class).step_by(k).copied()).collect();
        Curves {
            name: &classes[class],
            roc: roc_curve(&positive, &scores),
            precision: precision_recall(&positive, &scores),
            area: average_precision(&positive, &scores),
            bins: reliability(&positive, &scores, BINS),
            share: positive.iter().filter(|&&p| p).count() as f64 / positive.len().max(1) as f64,
        }
    };
    (usize::from(k == 2)..k).take(MOST).map(curve).collect()
}

/// The reliability diagram of all curves, with the calibration error of each.
pub fn figure(title: &str, curves: &[Curves<'_>]) -> Figure {
    let bins: Vec<Vec<_>> = curves
        .iter()
        .map(|c| c.bins.iter().map(|bin| (bin.predicted, bin.observed, bin.low, bin.high)).collect())
        .collect();
    let named: Vec<(&str, &[_])> = curves.iter().zip(&bins).map(|(c, bins)| (c.name, &bins[..])).collect();
    let mut figure = report::calibration(title, &named);
    let error = |c: &Curves<'_>| {
        expected_calibration_error(&c.bins).map(|error| match curves.len() {
            1 => format!("{error:.3}"),
            _ => format!("{} {error:.3}", c.name),
        })
    };
    let errors: Vec<String> = curves.iter().filter_map(error).collect();
    figure.note = (!errors.is_empty()).then(|| format!("expected calibration error: {}", errors.join(", ")));
    figure
}
