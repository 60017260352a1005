//! The parts of an error: bias, variance and noise, from models that were trained on resampled rows.
//!
//! Bootstrap samples stand for new training sets. Each holds about 63 % of the different rows, so that both parts are
//! those of a slightly smaller table.

use serde::{Deserialize, Serialize};

/// The parts of the error on validation rows. Of numbers they are squares, in squared units of the target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decomposition {
    /// How far the mean of the models lies from the truth, $\text{bias}^2$; with the noise where that is not known. Of
    /// classes the fraction of rows whose main prediction is wrong.
    pub bias: f64,
    /// How far the models lie from their mean. Of classes the fraction of predictions that are not the main one.
    pub variance: f64,
    /// The variance of equal inputs, which no model can predict; `None` where no inputs are equal, and of classes.
    pub noise: Option<f64>,
    /// The mean error of the models: of numbers the mean square, which is the sum of the parts; of classes the error rate.
    pub error: f64,
}

/// The variance of targets that belong to equal inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Noise {
    /// Sum of squares about the means of the groups.
    pub squares: f64,
    /// Rows less groups.
    pub freedom: usize,
}

/// With fewer degrees of freedom the standard error of a variance, $\sqrt{2/\nu}$ of it, is above 45 %.
const LEAST_FREEDOM: usize = 10;

impl Noise {
    /// $\sum_g \sum_i (y_{gi} - \bar y_g)^2 / \nu$; `None` of too few replicates, where `known` degrees of freedom are
    /// truly known.
    pub fn variance(self, known: usize) -> Option<f64> {
        (known >= LEAST_FREEDOM).then(|| self.squares / self.freedom as f64)
    }
}

/// Bias and variance of squared errors \[Geman1992\] from $R$ models, `predictions: [R][rows]`.
///
/// With $\bar f(x) = \frac1R \sum_r f_r(x)$ and $s^2(x) = \frac{1}{R-1} \sum_r (f_r(x) - \bar f(x))^2$
/// $$ \text{variance} = \overline{s^2}, \qquad
///    \text{bias}^2 + \text{noise} = \overline{(\bar f - y)^2} - \overline{s^2} / R. $$
/// The mean of $R$ models still varies by $\sigma^2/R$, which the last term takes away: both are unbiased. Their sum is
/// the mean square of all single errors. `None` of fewer than two models, or without rows.
///
/// Small differences of large squares can fall below zero; then the bias is zero.
pub fn squared(predictions: &[Vec<f64>], observed: &[f64], noise: Option<f64>) -> Option<Decomposition> {
    let r = predictions.len() as f64;
    let known: Vec<usize> = (0..observed.len()).filter(|&row| !observed[row].is_nan()).collect();
    if predictions.len() < 2 || known.is_empty() {
        return None;
    }
    let (mut distance, mut variance) = (0.0, 0.0);
    for &row in &known {
        let mean = predictions.iter().map(|f| f[row]).sum::<f64>() / r;
        distance += (mean - observed[row]).powi(2);
        variance += predictions.iter().map(|f| (f[row] - mean).powi(2)).sum::<f64>() / (r - 1.0);
    }
    let n = known.len() as f64;
    let (distance, variance) = (distance / n, variance / n);
    let error = distance + variance * (r - 1.0) / r;
    let bias = (distance - variance / r - noise.unwrap_or(0.0)).max(0.0);
    Some(Decomposition { bias, variance, noise, error })
}

/// Bias and variance of wrong classes \[Domingos2000; Kohavi1996\] from $R$ models, `predictions: [R][rows]`.
///
/// The main prediction is the most frequent one, the first of equals. The bias is the fraction of rows where it is wrong,
/// the variance the fraction of single predictions that differ from it. They do not add up to the error: where the main
/// prediction is wrong, a different one may be right. The noise is part of the bias.
pub fn zero_one(predictions: &[Vec<usize>], observed: &[usize], classes: usize) -> Option<Decomposition> {
    if predictions.len() < 2 || observed.is_empty() {
        return None;
    }
    let (mut bias, mut variance, mut error) = (0, 0, 0);
    for (row, &class) in observed.iter().enumerate() {
        let mut votes = vec![0_usize; classes];
        predictions.iter().for_each(|f| votes[f[row]] += 1);
        let main = (0..classes).fold(0, |main, other| if votes[other] > votes[main] { other } else { main });
        bias += usize::from(main != class);
        variance += predictions.len() - votes[main];
        error += predictions.len() - votes[class];
    }
    let (rows, all) = (observed.len() as f64, (observed.len() * predictions.len()) as f64);
    let (bias, variance, error) = (bias as f64 / rows, variance as f64 / all, error as f64 / all);
    Some(Decomposition { bias, variance, noise: None, error })
}

impl Decomposition {
    /// The mean over folds.
    pub fn mean(folds: &[Decomposition]) -> Option<Decomposition> {
        let n = folds.len() as f64;
        let mean = |part: fn(&Decomposition) -> f64| folds.iter().map(part).sum::<f64>() / n;
        let noise = folds.first()?.noise;
        Some(Decomposition { bias: mean(|d| d.bias), variance: mean(|d| d.variance), noise, error: mean(|d| d.error) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    #[test]
    fn the_parts_of_three_predictions_are_those_by_hand() {
        // Row 1: 1, 2, 3 for 4: mean 2, distance 4, s2 = 1. Row 2: 5, 5, 5 for 5. Row 3 is not known.
        let found =
            squared(&[vec![1.0, 5.0, 0.0], vec![2.0, 5.0, 0.0], vec![3.0, 5.0, 0.0]], &[4.0, 5.0, f64::NAN], None);
        let found = found.unwrap();
        assert!((found.variance - 0.5).abs() < 1e-12);
        // 4 / 2 - 0.5 / 3
        assert!((found.bias - (2.0 - 0.5 / 3.0)).abs() < 1e-12);
        // (9 + 4 + 1) / 3 / 2
        assert!((found.error - 14.0 / 6.0).abs() < 1e-12);
        assert!((found.bias + found.variance - found.error).abs() < 1e-12);
        assert_eq!(squared(&[vec![1.0]], &[4.0], None), None);
    }

    #[test]
    fn noise_is_taken_out_of_the_bias() {
        let found = squared(&[vec![1.0], vec![3.0]], &[5.0], Some(4.0)).unwrap();
        // 9 - 2 / 2 - 4
        assert!((found.bias - 4.0).abs() < 1e-12 && (found.variance - 2.0).abs() < 1e-12);
        assert!(squared(&[vec![1.0], vec![3.0]], &[5.0], Some(40.0)).unwrap().bias == 0.0);
        assert_eq!(Noise { squares: 20.0, freedom: 10 }.variance(10), Some(2.0));
        assert_eq!(Noise { squares: 20.0, freedom: 9 }.variance(9), None);
    }

    #[test]
    fn the_mean_of_noisy_rows_has_the_bias_and_the_variance_of_the_closed_form() {
        // y = x + noise, x uniform in [0, 1], sigma = 0.3; the model is the mean of n = 20 training rows. Then
        // variance = (1/12 + 0.09) / 20 = 0.00867, and bias^2 + noise = 1/12 + 0.09 = 0.1733.
        let mut random = Key::new(1, "test").random();
        let mut y = |n: usize| (0..n).map(|_| random.uniform() + 0.3 * random.normal()).collect::<Vec<f64>>();
        let observed = y(20_000);
        let models: Vec<Vec<f64>> = (0..400).map(|_| vec![y(20).iter().sum::<f64>() / 20.0; observed.len()]).collect();
        let found = squared(&models, &observed, Some(0.09)).unwrap();
        assert!((found.variance - 0.008_67).abs() < 0.001, "{found:?}");
        assert!((found.bias - 1.0 / 12.0).abs() < 0.004, "{found:?}");
        assert!((found.error - 0.182).abs() < 0.005, "{found:?}");
    }

    #[test]
    fn few_models_are_not_biased_upwards() {
        // The truth is 0, each model is a standard normal number: no bias, variance 1. Uncorrected, 1/R would be bias.
        let mut random = Key::new(2, "test").random();
        let models: Vec<Vec<f64>> = (0..3).map(|_| (0..40_000).map(|_| random.normal()).collect()).collect();
        let found = squared(&models, &vec![0.0; 40_000], None).unwrap();
        assert!(found.bias < 0.02 && (found.variance - 1.0).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn wrong_classes_have_a_main_prediction() {
        // Row 1 of class 0: votes 0, 0, 1: main right. Row 2 of class 0: votes 1, 1, 0: main wrong, one model right.
        let found = zero_one(&[vec![0, 1], vec![0, 1], vec![1, 0]], &[0, 0], 2).unwrap();
        assert_eq!((found.bias, found.noise), (0.5, None));
        assert!((found.variance - 2.0 / 6.0).abs() < 1e-12 && (found.error - 3.0 / 6.0).abs() < 1e-12);
    }
}
