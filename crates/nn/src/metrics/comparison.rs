//! Whether one model is better than another, or only luckier in its splits.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The mean difference between two models over splits of the same rows, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// Mean over splits.
    pub mean: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Probability of a difference as large or larger, were both models equally good.
    pub p_value: f64,
}

/// The corrected resampled t-test \[Nadeau2003\] on `differences` between two models, one from each of $J$ splits.
///
/// Splits share training rows, so that their differences vary less than those of new data would; the correction adds
/// the ratio of test to training rows:
/// $$ t = \frac{\bar d}{\sqrt{(1/J + n_\text{test}/n_\text{train})\,s^2}}, \qquad s^2 = \frac{1}{J-1}\sum_j (d_j - \bar d)^2 $$
/// has Student's distribution with $J - 1$ degrees of freedom. `None` of fewer than two splits, and where a difference is not
/// finite.
///
/// ```
/// let found = nn::metrics::corrected_resampled_t(&[1.0, 2.0, 3.0], 0.25).unwrap();
/// // s = 1, so the standard error is sqrt(1/3 + 1/4) = 0.7638, times 4.3027 for two degrees of freedom.
/// assert!((found.high - (2.0 + 4.3027 * 0.7638)).abs() < 1e-3);
/// ```
pub fn corrected_resampled_t(differences: &[f64], test_over_train: f64) -> Option<PairedDifference> {
    let n = differences.len();
    if n < 2 || !differences.iter().all(|d| d.is_finite()) {
        return None;
    }
    let mean = differences.iter().sum::<f64>() / n as f64;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
    let error = ((1.0 / n as f64 + test_over_train) * variance).sqrt();
    let student = StudentsT::new(0.0, 1.0, (n - 1) as f64).ok()?;
    let half = student.inverse_cdf(0.975) * error;
    // Models that differ by the same number in all splits differ for certain, or not at all.
    let p_value = match error {
        0.0 if mean == 0.0 => 1.0,
        0.0 => 0.0,
        _ => 2.0 * student.cdf(-(mean / error).abs()),
    };
    Some(PairedDifference { mean, low: mean - half, high: mean + half, p_value })
}

/// Mean of some values and the ends of its 95 % interval by Student's distribution; of a single value that value thrice.
///
/// ```
/// // s = 1, so the standard error is 1 / sqrt(3) = 0.5774, times 4.3027 for two degrees of freedom.
/// let [mean, low, _] = nn::metrics::student_interval(&[1.0, 2.0, 3.0]);
/// assert!(mean == 2.0 && (low - (2.0 - 4.3027 * 0.5774)).abs() < 1e-3);
/// ```
pub fn student_interval(values: &[f64]) -> [f64; 3] {
    match corrected_resampled_t(values, 0.0) {
        Some(found) => [found.mean, found.low, found.high],
        None => [values.first().copied().unwrap_or(f64::NAN); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17: `2 * scipy.stats.t.cdf(-abs(m / sqrt((1/5 + 1/9) * v)), 4)` for these five numbers.
    #[test]
    fn the_p_value_is_that_of_students_distribution() {
        let found = corrected_resampled_t(&[0.3, 0.1, 0.4, -0.1, 0.2], 1.0 / 9.0).unwrap();
        assert!((found.mean - 0.18).abs() < 1e-12);
        assert!((found.p_value - 0.168_709_894_964_8).abs() < 1e-9, "{}", found.p_value);
    }

    #[test]
    fn equal_models_do_not_differ_and_one_split_says_nothing() {
        let equal = PairedDifference { mean: 0.0, low: 0.0, high: 0.0, p_value: 1.0 };
        assert_eq!(corrected_resampled_t(&[0.0, 0.0, 0.0], 0.1), Some(equal));
        assert_eq!(corrected_resampled_t(&[1.0], 0.1), None);
        assert_eq!(corrected_resampled_t(&[1.0, f64::NAN], 0.1), None);
    }
}
