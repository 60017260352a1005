//! How well classes are told apart.

use serde::{Deserialize, Serialize};

use super::ranking::{average_precision, roc_auc};

/// Counts of rows by observed and predicted class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// How many classes there are.
    pub classes: usize,
    /// Row-major, `[observed, predicted]`.
    pub counts: Vec<usize>,
}

/// Scores of one class against all others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassScores {
    /// True positives over predicted positives; zero where none is predicted.
    pub precision: f64,
    /// True positives over observed positives; zero where none is observed.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// Observed positives.
    pub support: usize,
}

/// Scores of predicted probabilities of classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Classification {
    /// Fraction of rows whose predicted class is the observed one; equals micro-averaged precision, recall and F1.
    pub accuracy: f64,
    /// Mean of the classes' precisions.
    pub precision_macro: f64,
    /// Mean of the classes' recalls.
    pub recall_macro: f64,
    /// Mean of the classes' F1.
    pub f1_macro: f64,
    /// F1 of all decisions taken together.
    pub f1_micro: f64,
    /// $-\frac1n\sum\ln p_{i,y_i}$.
    pub cross_entropy: f64,
    /// Area under the ROC curve, of the second of two classes, else the mean over classes against the rest; absent
    /// where a class is missing among the rows.
    pub roc_auc: Option<f64>,
    /// Average precision, as above.
    pub average_precision: Option<f64>,
    /// Scores of each class.
    pub per_class: Vec<ClassScores>,
    /// Counts from which they follow.
    pub confusion: Confusion,
}

impl Confusion {
    /// Counts rows.
    pub fn of(labels: &[usize], predicted: &[usize], classes: usize) -> Self {
        let mut counts = vec![0; classes * classes];
        for (&label, &guess) in labels.iter().zip(predicted) {
            counts[label * classes + guess] += 1;
        }
        Confusion { classes, counts }
    }

    fn scores(&self, class: usize) -> ClassScores {
        let at = |observed: usize, predicted: usize| self.counts[observed * self.classes + predicted];
        let hits = at(class, class) as f64;
        let predicted: usize = (0..self.classes).map(|k| at(k, class)).sum();
        let support: usize = (0..self.classes).map(|k| at(class, k)).sum();
        let ratio = |of: f64| if of > 0.0 { hits / of } else { 0.0 };
        let (precision, recall) = (ratio(predicted as f64), ratio(support as f64));
        let f1 = if hits > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        ClassScores { precision, recall, f1, support }
    }
}

impl Classification {
    /// The scores of `probabilities: [rows, classes]`.
    ///
    /// ```
    /// use nn::metrics::Classification;
    /// let scores = Classification::of(&[0, 1, 1], &[0.9, 0.1, 0.2, 0.8, 0.6, 0.4], 2);
    /// assert_eq!((scores.accuracy, scores.roc_auc), (2.0 / 3.0, Some(1.0)));
    /// ```
    pub fn of(labels: &[usize], probabilities: &[f64], classes: usize) -> Self {
        let n = labels.len() as f64;
        let rows: Vec<&[f64]> = probabilities.chunks_exact(classes.max(1)).collect();
        let guesses: Vec<usize> = rows.iter().map(|row| argmax(row)).collect();
        let confusion = Confusion::of(labels, &guesses, classes);
        let per_class: Vec<ClassScores> = (0..classes).map(|class| confusion.scores(class)).collect();
        let mean = |f: fn(&ClassScores) -> f64| per_class.iter().map(f).sum::<f64>() / classes as f64;
        let accuracy = labels.iter().zip(&guesses).filter(|(a, b)| a == b).count() as f64 / n;
        // A probability of zero for what was observed would cost infinitely much: the smallest one counted is 1e-15.
        let cross_entropy = -rows.iter().zip(labels).map(|(row, &label)| row[label].max(1e-15).ln()).sum::<f64>() / n;
        let one_against_rest = |score: fn(&[bool], &[f64]) -> Option<f64>| {
            let of = |class: usize| {
                let positive: Vec<bool> = labels.iter().map(|&label| label == class).collect();
                score(&positive, &rows.iter().map(|row| row[class]).collect::<Vec<_>>())
            };
            if classes == 2 { of(1) } else { (0..classes).map(of).sum::<Option<f64>>().map(|sum| sum / classes as f64) }
        };
        Classification {
            accuracy,
            precision_macro: mean(|s| s.precision),
            recall_macro: mean(|s| s.recall),
            f1_macro: mean(|s| s.f1),
            f1_micro: accuracy,
            cross_entropy,
            roc_auc: one_against_rest(roc_auc),
            average_precision: one_against_rest(average_precision),
            per_class,
            confusion,
        }
    }
}

/// The first of the largest numbers: of probabilities, the predicted class.
///
/// ```
/// assert_eq!(nn::metrics::argmax(&[0.2, 0.4, 0.4]), 1);
/// ```
pub fn argmax(row: &[f64]) -> usize {
    (0..row.len()).fold(0, |best, k| if row[k] > row[best] { k } else { best })
}
