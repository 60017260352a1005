//! Classes on the test rows: ranking, and calibration of the probabilities.

use ::report::Figure;
use evaluation::predictions::Part;
use evaluation::temperature::test_bins;
use nn::metrics::{
    PrecisionRecall, RocCurve, average_precision, expected_calibration_error, precision_recall, roc_curve,
};

use crate::outcome::Outcome;

/// Curves of one class against the rest.
pub struct Curves<'a> {
    pub name: &'a str,
    pub roc: Option<RocCurve>,
    pub precision: Option<PrecisionRecall>,
    pub area: Option<f64>,
    /// The fraction of rows of the class.
    pub share: f64,
}

/// More curves than this cannot be told apart; the first classes are drawn.
const MOST: usize = 6;

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
            share: positive.iter().filter(|&&p| p).count() as f64 / positive.len().max(1) as f64,
        }
    };
    (usize::from(k == 2)..k).take(MOST).map(curve).collect()
}

/// The reliability diagram: of two classes the probability of the second, of more the probability of whichever class was
/// predicted, and how often it was correct \[Guo2017\].
pub fn figure(title: &str, outcome: &Outcome) -> Figure {
    let classes = &outcome.model.target.classes;
    let k = classes.len();
    let bins = test_bins(k, &outcome.predictions);
    let points: Vec<_> = bins.iter().map(|bin| (bin.predicted, bin.observed, bin.low, bin.high)).collect();
    let name = if k == 2 { classes[1].as_str() } else { "predicted class" };
    let mut figure = report::calibration(title, &[(name, &points)]);
    figure.note = expected_calibration_error(&bins).map(|error| format!("expected calibration error {error:.3}"));
    figure
}
