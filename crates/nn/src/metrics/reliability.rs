//! Whether predicted probabilities are what they say.

use serde::{Deserialize, Serialize};

/// Rows whose predicted probability of a class lies in the same part of `[0, 1]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityBin {
    /// Mean predicted probability.
    pub predicted: f64,
    /// Fraction of rows that are of the class.
    pub observed: f64,
    /// Lower end of the 95 % interval of the fraction.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How many rows.
    pub rows: usize,
}

/// Cuts `[0, 1]` into `n_bins` equal parts and compares in each the mean probability with the fraction of positives
/// \[Niculescu2005\]; parts without rows are left out. The intervals are Wilson's \[Wilson1927\].
///
/// ```
/// let bins = nn::metrics::reliability(&[true, false, true, true], &[0.1, 0.1, 0.9, 0.9], 10);
/// assert_eq!((bins.len(), bins[0].observed, bins[1].observed), (2, 0.5, 1.0));
/// ```
pub fn reliability(positive: &[bool], probabilities: &[f64], n_bins: usize) -> Vec<ReliabilityBin> {
    let mut sums = vec![(0.0, 0_usize, 0_usize); n_bins];
    for (&positive, &p) in positive.iter().zip(probabilities).filter(|(_, p)| p.is_finite()) {
        let bin = ((p * n_bins as f64) as usize).min(n_bins.saturating_sub(1));
        if let Some((sum, hits, rows)) = sums.get_mut(bin) {
            *sum += p;
            *hits += usize::from(positive);
            *rows += 1;
        }
    }
    let bin = |(sum, hits, rows): (f64, usize, usize)| {
        let [low, high] = wilson(hits, rows);
        let n = rows as f64;
        ReliabilityBin { predicted: sum / n, observed: hits as f64 / n, low, high, rows }
    };
    sums.into_iter().filter(|(.., rows)| *rows > 0).map(bin).collect()
}

/// The mean distance between probability and share, weighted by rows: the expected calibration error \[Guo2017\].
pub fn expected_calibration_error(bins: &[ReliabilityBin]) -> Option<f64> {
    let rows: usize = bins.iter().map(|bin| bin.rows).sum();
    let sum: f64 = bins.iter().map(|bin| bin.rows as f64 * (bin.observed - bin.predicted).abs()).sum();
    (rows > 0).then(|| sum / rows as f64)
}

/// Wilson's 95 % interval of a fraction.
fn wilson(hits: usize, rows: usize) -> [f64; 2] {
    // 97.5th percentile of the standard normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (rows as f64, hits as f64 / rows as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    [(middle - half).max(0.0), (middle + half).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.binomtest(8, 10).proportion_ci(method="wilson")`: 0.49016, 0.94332.
    #[test]
    fn wilsons_interval_of_eight_in_ten() {
        let [low, high] = wilson(8, 10);
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4, "{low} {high}");
    }

    #[test]
    fn the_calibration_error_weighs_bins_by_their_rows() {
        let bins = reliability(&[true, true, true, false], &[0.95, 0.95, 0.95, 0.35], 10);
        // 3 rows are off by 0.05, one by 0.35.
        assert!((expected_calibration_error(&bins).unwrap() - 0.125).abs() < 1e-12);
        assert_eq!(expected_calibration_error(&[]), None);
    }

    #[test]
    fn a_probability_of_one_is_in_the_last_bin() {
        assert_eq!(reliability(&[true], &[1.0], 10)[0].rows, 1);
    }
}
