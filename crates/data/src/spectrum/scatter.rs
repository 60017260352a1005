//! Offsets and factors that come from the path of the light and not from the substance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Standard normal variate: $y' = (y - \bar y) / s$ with mean and standard deviation of the spectrum itself
/// \[Barnes1989\]. $s$ is that of the population, divided by $n$.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandardNormalVariate {}

/// Multiplicative scatter correction \[Geladi1985\]: with the least-squares line $y \approx a + b r$ against a
/// reference $r$, $y' = (y - a) / b$. The reference is the mean of the training spectra, and is saved with the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScatterCorrection {}

impl StandardNormalVariate {
    pub(super) fn apply(&self, y: &[f64]) -> Option<Vec<f64>> {
        let mean = mean(y);
        let deviation = (y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / y.len() as f64).sqrt();
        divided(y, mean, deviation)
    }
}

impl ScatterCorrection {
    pub(super) fn apply(&self, reference: &[f64], y: &[f64]) -> Option<Vec<f64>> {
        let (mean_r, mean_y) = (mean(reference), mean(y));
        let both: f64 = reference.iter().zip(y).map(|(r, y)| (r - mean_r) * (y - mean_y)).sum();
        let slope = both / reference.iter().map(|r| (r - mean_r) * (r - mean_r)).sum::<f64>();
        divided(y, mean_y - slope * mean_r, slope)
    }
}

fn mean(y: &[f64]) -> f64 {
    y.iter().sum::<f64>() / y.len() as f64
}

/// $(y - c) / s$, unless $s$ is zero to rounding.
fn divided(y: &[f64], center: f64, scale: f64) -> Option<Vec<f64>> {
    let largest = y.iter().fold(0.0_f64, |largest, y| largest.max(y.abs()));
    let is_zero = scale.is_nan() || scale.is_infinite() || scale.abs() <= f64::EPSILON * largest;
    (!is_zero).then(|| y.iter().map(|y| (y - center) / scale).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offset_and_factor_of_a_spectrum_do_not_matter() {
        let y = [1.0, 5.0, 2.0, 4.0];
        let scattered: Vec<f64> = y.iter().map(|y| 7.0 + 3.0 * y).collect();
        let close =
            |a: Option<Vec<f64>>, b: &[f64]| assert!(a.unwrap().iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12));
        let variate = StandardNormalVariate {};
        close(variate.apply(&scattered), &variate.apply(&y).unwrap());
        close(ScatterCorrection {}.apply(&y, &scattered), &y);
    }

    #[test]
    fn a_constant_spectrum_has_no_variate() {
        assert_eq!(StandardNormalVariate {}.apply(&[0.1; 3]), None);
        assert_eq!(ScatterCorrection {}.apply(&[1.0, 2.0, 3.0], &[0.1; 3]), None);
        assert_eq!(ScatterCorrection {}.apply(&[0.1; 3], &[1.0, 2.0, 3.0]), None);
    }
}
