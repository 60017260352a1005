//! How well scores rank positives above negatives.

use serde::{Deserialize, Serialize};

/// True-positive rate over false-positive rate for all thresholds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RocCurve {
    /// Fraction of negatives above the threshold, from 0 to 1.
    pub false_positive_rate: Vec<f64>,
    /// Fraction of positives above the threshold, from 0 to 1.
    pub true_positive_rate: Vec<f64>,
}

/// The ROC curve; `None` where there are only positives or only negatives.
pub fn roc_curve(positive: &[bool], scores: &[f64]) -> Option<RocCurve> {
    let n_positive = positive.iter().filter(|&&p| p).count() as f64;
    let n_negative = positive.len() as f64 - n_positive;
    if n_positive == 0.0 || n_negative == 0.0 {
        return None;
    }
    let mut curve = RocCurve { false_positive_rate: vec![0.0], true_positive_rate: vec![0.0] };
    for (hits, alarms) in thresholds(positive, scores) {
        curve.true_positive_rate.push(hits / n_positive);
        curve.false_positive_rate.push(alarms / n_negative);
    }
    Some(curve)
}

/// Precision over recall for all thresholds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRecall {
    /// Fraction of positives above the threshold, from 0 to 1.
    pub recall: Vec<f64>,
    /// Fraction of those above the threshold that are positive.
    pub precision: Vec<f64>,
}

/// The precision-recall curve \[Davis2006\], below which [`average_precision`] is the area; `None` without positives.
///
/// ```
/// let curve = nn::metrics::precision_recall(&[true, false, true], &[0.9, 0.5, 0.4]).unwrap();
/// assert_eq!((&curve.recall[..], &curve.precision[..]), (&[0.0, 0.5, 0.5, 1.0][..], &[1.0, 1.0, 0.5, 2.0 / 3.0][..]));
/// ```
pub fn precision_recall(positive: &[bool], scores: &[f64]) -> Option<PrecisionRecall> {
    let n_positive = positive.iter().filter(|&&p| p).count() as f64;
    let points: Vec<(f64, f64)> = thresholds(positive, scores)
        .into_iter()
        .map(|(hits, alarms)| (hits / n_positive, hits / (hits + alarms)))
        .collect();
    let (_, first) = *points.first().filter(|_| n_positive > 0.0)?;
    let (recall, precision) = std::iter::once((0.0, first)).chain(points).unzip();
    Some(PrecisionRecall { recall, precision })
}

/// Area under the ROC curve: the probability that a random positive scores above a random negative, ties half.
///
/// ```
/// let auc = nn::metrics::roc_auc(&[false, true, false, true], &[0.1, 0.4, 0.35, 0.8]);
/// assert_eq!(auc, Some(1.0));
/// ```
pub fn roc_auc(positive: &[bool], scores: &[f64]) -> Option<f64> {
    let curve = roc_curve(positive, scores)?;
    let (x, y) = (&curve.false_positive_rate, &curve.true_positive_rate);
    Some((1..x.len()).map(|i| (x[i] - x[i - 1]) * 0.5 * (y[i] + y[i - 1])).sum())
}

/// Average precision, $\sum_k (R_k - R_{k-1}) P_k$ over thresholds; `None` without positives.
pub fn average_precision(positive: &[bool], scores: &[f64]) -> Option<f64> {
    let n_positive = positive.iter().filter(|&&p| p).count() as f64;
    let (mut area, mut recall) = (0.0, 0.0);
    for (hits, alarms) in thresholds(positive, scores) {
        area += (hits / n_positive - recall) * hits / (hits + alarms);
        recall = hits / n_positive;
    }
    (n_positive > 0.0).then_some(area)
}

/// Positives and negatives at or above each different score, from the highest on.
fn thresholds(positive: &[bool], scores: &[f64]) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut hits, mut alarms, mut found) = (0.0, 0.0, Vec::new());
    for (at, &row) in order.iter().enumerate() {
        if positive[row] {
            hits += 1.0
        } else {
            alarms += 1.0
        }
        if order.get(at + 1).is_none_or(|&next| scores[next] != scores[row]) {
            found.push((hits, alarms));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        assert_eq!(roc_auc(&[true, false], &[0.5, 0.5]), Some(0.5));
        assert_eq!(roc_auc(&[true, true], &[0.5, 0.1]), None);
    }

    /// The example in the documentation of scikit-learn's `average_precision_score`: 0.83...
    #[test]
    fn average_precision_of_a_known_ranking() {
        let found = average_precision(&[false, false, true, true], &[0.1, 0.4, 0.35, 0.8]).unwrap();
        assert!((found - 5.0 / 6.0).abs() < 1e-12);
    }
}
