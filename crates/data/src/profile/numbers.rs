//! Figures of a column of numbers.

use serde::Serialize;

use super::shown::SHOWN;
use crate::scale::quantile;

/// Moments, quartiles and outliers; missing numbers do not count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Numbers {
    /// Different values.
    pub distinct: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Standard deviation of the population: divided by $n$, as the scaling does.
    pub deviation: f64,
    /// $g_1 = m_3 / m_2^{3/2}$: above 0 where the long tail is on the side of large numbers; 0 for a constant.
    pub skewness: f64,
    /// The smallest.
    pub min: f64,
    /// A quarter is smaller; quantiles are interpolated, definition 7 of \[Hyndman1996\].
    pub lower_quartile: f64,
    /// Half are smaller.
    pub median: f64,
    /// A quarter is larger.
    pub upper_quartile: f64,
    /// The largest.
    pub max: f64,
    /// How many lie more than 1.5 times the distance of the quartiles outside of these \[Tukey1977\].
    pub n_outliers: usize,
    /// How many of them lie more than 3 times that distance outside.
    pub n_far_outliers: usize,
    /// Rows of the outliers that lie farthest outside, counted from 1; at most five.
    pub outlier_rows: Vec<usize>,
}

/// Fences in distances of the quartiles \[Tukey1977\].
const FENCE: f64 = 1.5;
const FAR_FENCE: f64 = 3.0;

impl Numbers {
    /// The figures of `numbers`; `None` where all are missing.
    ///
    /// ```
    /// let numbers = data::profile::Numbers::of(&[1.0, 2.0, 3.0, 4.0, 50.0]).unwrap();
    /// assert_eq!((numbers.lower_quartile, numbers.median, numbers.upper_quartile), (2.0, 3.0, 4.0));
    /// assert_eq!((numbers.n_far_outliers, &numbers.outlier_rows[..]), (1, &[5][..])); // 50 > 4 + 3 * 2
    /// ```
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let (&min, &max) = (sorted.first()?, sorted.last()?);
        let (lower, upper) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75));
        let (mean, deviation, skewness) = if min == max { (min, 0.0, 0.0) } else { moments(&sorted) };
        let beyond = |x: f64| (lower - x).max(x - upper) / (upper - lower);
        let mut outliers: Vec<(f64, usize)> = if upper > lower {
            let far = numbers.iter().enumerate().map(|(row, &x)| (beyond(x), row));
            far.filter(|&(beyond, _)| beyond > FENCE).collect()
        } else {
            Vec::new()
        };
        outliers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Some(Numbers {
            distinct: 1 + sorted.windows(2).filter(|pair| pair[0] != pair[1]).count(),
            mean,
            deviation,
            skewness,
            min,
            lower_quartile: lower,
            median: quantile(&sorted, 0.5),
            upper_quartile: upper,
            max,
            n_outliers: outliers.len(),
            n_far_outliers: outliers.iter().filter(|(beyond, _)| *beyond > FAR_FENCE).count(),
            outlier_rows: outliers.iter().take(SHOWN).map(|(_, row)| row + 1).collect(),
        })
    }

    /// Over how many powers of ten the numbers spread; `None` where not all are positive.
    pub fn decades(&self) -> Option<f64> {
        (self.min > 0.0).then(|| (self.max / self.min).log10())
    }
}

/// Mean, standard deviation and skewness of numbers that are not all equal.
fn moments(numbers: &[f64]) -> (f64, f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let moment = |power| numbers.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    let (second, third) = (moment(2), moment(3));
    (mean, second.sqrt(), third / second.powf(1.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_do_not_count_but_keep_their_rows() {
        let numbers = Numbers::of(&[f64::NAN, 1.0, 2.0, 3.0, -40.0, 2.0]).unwrap();
        assert_eq!((numbers.distinct, numbers.outlier_rows), (4, vec![5]));
        assert_eq!(Numbers::of(&[f64::NAN]), None);
    }

    #[test]
    fn a_constant_has_neither_spread_nor_outliers() {
        let numbers = Numbers::of(&[0.1; 7]).unwrap();
        assert_eq!((numbers.mean, numbers.deviation, numbers.skewness, numbers.n_outliers), (0.1, 0.0, 0.0, 0));
    }

    #[test]
    fn decades_are_those_between_positive_numbers() {
        assert_eq!(Numbers::of(&[0.01, 100.0]).unwrap().decades(), Some(4.0));
        assert_eq!(Numbers::of(&[0.0, 100.0]).unwrap().decades(), None);
    }
}
