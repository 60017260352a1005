//! Fills missing values of an evenly spaced series.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How missing values and steps are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Impute {
    /// The straight line between the neighbors in time; the nearest value before the first and after the last.
    Linear,
    /// The last known value; the first known before it.
    Previous,
    /// The mean of what is known before, in that series; the first known value before it.
    Mean,
    /// The value one season before, and the straight line where there is none.
    Seasonal,
}

/// Fills the NaN of `values`, of which one at least is a number; the count of those filled.
pub fn fill(values: &mut [f64], impute: Impute, season: usize) -> usize {
    let known: Vec<usize> = (0..values.len()).filter(|&step| !values[step].is_nan()).collect();
    let n_missing = values.len() - known.len();
    if n_missing == 0 || known.is_empty() {
        return 0;
    }
    match impute {
        Impute::Linear => bridge(values, &known, |left, right, share| left + share * (right - left)),
        Impute::Previous => bridge(values, &known, |left, _, _| left),
        Impute::Mean => {
            // Later values are not known yet.
            let (mut sum, mut n, first) = (0.0, 0.0, values[known[0]]);
            for value in values.iter_mut() {
                if value.is_nan() {
                    *value = if n > 0.0 { sum / n } else { first };
                } else {
                    (sum, n) = (sum + *value, n + 1.0);
                }
            }
        }
        Impute::Seasonal => {
            for step in season..values.len() {
                if values[step].is_nan() {
                    values[step] = values[step - season];
                }
            }
            fill(values, Impute::Linear, season);
        }
    }
    n_missing
}

/// Fills between known steps by `between` of their values and the fraction of the way; the ends by the nearest value.
fn bridge(values: &mut [f64], known: &[usize], between: impl Fn(f64, f64, f64) -> f64) {
    for pair in known.windows(2) {
        let (left, right) = (values[pair[0]], values[pair[1]]);
        let n_steps = (pair[1] - pair[0]) as f64;
        for (step, value) in values[pair[0]..pair[1]].iter_mut().enumerate().skip(1) {
            *value = between(left, right, step as f64 / n_steps);
        }
    }
    if let (Some(&first), Some(&last)) = (known.first(), known.last()) {
        let (before, after) = (values[first], values[last]);
        values[..first].fill(before);
        values[last + 1..].fill(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: f64 = f64::NAN;

    fn filled(values: &[f64], impute: Impute, season: usize) -> Vec<f64> {
        let mut values = values.to_vec();
        let n_missing = values.iter().filter(|x| x.is_nan()).count();
        assert_eq!(fill(&mut values, impute, season), n_missing);
        values
    }

    #[test]
    fn a_line_joins_neighbors_and_the_ends_stay_level() {
        assert_eq!(filled(&[N, 1.0, N, N, 4.0, N], Impute::Linear, 1), [1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn the_last_known_value_goes_on() {
        assert_eq!(filled(&[N, 1.0, N, N, 4.0, N], Impute::Previous, 1), [1.0, 1.0, 1.0, 1.0, 4.0, 4.0]);
    }

    #[test]
    fn the_mean_is_that_of_what_was_known_before() {
        assert_eq!(filled(&[N, 1.0, N, 5.0, N], Impute::Mean, 1), [1.0, 1.0, 1.0, 5.0, 3.0]);
    }

    #[test]
    fn a_season_repeats_and_a_line_fills_what_no_season_reaches() {
        // Step 1 has no season before it, so that 3 and 5 have none either: 4 lies between 1 and 7.
        let expected = [1.0, 1.0, 1.0, 1.0, 1.0, 4.0, 7.0];
        assert_eq!(filled(&[1.0, N, N, N, N, N, 7.0], Impute::Seasonal, 2), expected);
        assert_eq!(filled(&[1.0, 2.0, 3.0, N, 5.0, N], Impute::Seasonal, 2), [1.0, 2.0, 3.0, 2.0, 5.0, 2.0]);
        assert_eq!(filled(&[1.0, N, 3.0, 4.0], Impute::Seasonal, 3), [1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn nothing_is_filled_where_nothing_is_known_or_missing() {
        assert_eq!(fill(&mut [N, N], Impute::Linear, 1), 0);
        assert_eq!(fill(&mut [1.0], Impute::Mean, 1), 0);
    }
}
