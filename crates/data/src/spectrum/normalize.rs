//! Spectra of one size.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Normalization, $y' = y / \int |y|\, \mathrm{d}x$ or $y' = y / \max |y|$, so that the power of a lamp or the time
/// of a measurement does not matter \[Rinnan2009\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Normalize {
    /// Divisor: area or maximum.
    pub by: NormalizeBy,
}

/// Divisor of a spectrum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NormalizeBy {
    /// The area $\int |y|\, \mathrm{d}x$, by the rule of trapezoids.
    #[default]
    Area,
    /// The largest absolute value.
    Maximum,
}

impl Normalize {
    pub(super) fn apply(&self, axis: &[f64], y: &[f64]) -> Option<Vec<f64>> {
        let size: f64 = match self.by {
            NormalizeBy::Maximum => y.iter().fold(0.0, |largest, y| y.abs().max(largest)),
            NormalizeBy::Area => {
                let pieces = axis.windows(2).zip(y.windows(2));
                pieces.map(|(x, y)| 0.5 * (x[1] - x[0]) * (y[0].abs() + y[1].abs())).sum()
            }
        };
        (size > 0.0).then(|| y.iter().map(|y| y / size).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_or_the_maximum_is_one() {
        let (axis, y) = ([0.0, 1.0, 3.0], [1.0, -3.0, 1.0]);
        // 1 * (1 + 3)/2 + 2 * (3 + 1)/2
        assert_eq!(Normalize { by: NormalizeBy::Area }.apply(&axis, &y), Some(vec![1.0 / 6.0, -0.5, 1.0 / 6.0]));
        assert_eq!(Normalize { by: NormalizeBy::Maximum }.apply(&axis, &y), Some(vec![1.0 / 3.0, -1.0, 1.0 / 3.0]));
        assert_eq!(Normalize::default().apply(&axis, &[0.0; 3]), None);
    }
}
