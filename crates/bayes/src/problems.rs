//! Functions with known minima, to measure searches on.

use std::f64::consts::PI;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A function on the unit cube that is minimized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Two inputs, three equal minima \[Dixon1978\].
    Branin,
    /// Two inputs, values over five decades \[Goldstein1971\].
    GoldsteinPrice,
    /// Six inputs, six local minima \[Dixon1978\].
    Hartmann6,
}

impl Problem {
    /// How many inputs it has.
    pub fn inputs(self) -> usize {
        if self == Problem::Hartmann6 { 6 } else { 2 }
    }

    /// The smallest value.
    pub fn minimum(self) -> f64 {
        match self {
            Problem::Branin => 0.397_887_357_729_738,
            Problem::GoldsteinPrice => 3.0,
            Problem::Hartmann6 => -3.322_368_011_415_512,
        }
    }

    /// Lower and upper bounds of the inputs in the function's own units.
    pub fn bounds(self) -> Vec<[f64; 2]> {
        match self {
            Problem::Branin => vec![[-5.0, 10.0], [0.0, 15.0]],
            Problem::GoldsteinPrice => vec![[-2.0, 2.0]; 2],
            Problem::Hartmann6 => vec![[0.0, 1.0]; 6],
        }
    }

    /// The value at a point of the unit cube.
    ///
    /// ```
    /// use bayes::Problem;
    /// let at = [(std::f64::consts::PI + 5.0) / 15.0, 2.275 / 15.0];
    /// assert!((Problem::Branin.value(&at) - Problem::Branin.minimum()).abs() < 1e-9);
    /// ```
    pub fn value(self, unit: &[f64]) -> f64 {
        let x: Vec<f64> = unit.iter().zip(self.bounds()).map(|(u, [low, high])| low + u * (high - low)).collect();
        match self {
            Problem::Branin => branin(x[0], x[1]),
            Problem::GoldsteinPrice => goldstein_price(x[0], x[1]),
            Problem::Hartmann6 => hartmann6(&x),
        }
    }
}

fn branin(x: f64, y: f64) -> f64 {
    let valley = y - 5.1 / (4.0 * PI * PI) * x * x + 5.0 / PI * x - 6.0;
    valley * valley + 10.0 * (1.0 - 1.0 / (8.0 * PI)) * x.cos() + 10.0
}

fn goldstein_price(x: f64, y: f64) -> f64 {
    let a = (x + y + 1.0).powi(2) * (19.0 - 14.0 * x + 3.0 * x * x - 14.0 * y + 6.0 * x * y + 3.0 * y * y);
    let b = (2.0 * x - 3.0 * y).powi(2) * (18.0 - 32.0 * x + 12.0 * x * x + 48.0 * y - 36.0 * x * y + 27.0 * y * y);
    (1.0 + a) * (30.0 + b)
}

fn hartmann6(x: &[f64]) -> f64 {
    const WEIGHTS: [f64; 4] = [1.0, 1.2, 3.0, 3.2];
    const SLOPES: [[f64; 6]; 4] = [
        [10.0, 3.0, 17.0, 3.5, 1.7, 8.0],
        [0.05, 10.0, 17.0, 0.1, 8.0, 14.0],
        [3.0, 3.5, 1.7, 10.0, 17.0, 8.0],
        [17.0, 8.0, 0.05, 10.0, 0.1, 14.0],
    ];
    const CENTERS: [[f64; 6]; 4] = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];
    let hill = |k: usize| {
        let exponent: f64 = (0..6).map(|i| SLOPES[k][i] * (x[i] - CENTERS[k][i]).powi(2)).sum();
        WEIGHTS[k] * (-exponent).exp()
    };
    -(0..4).map(hill).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Search, minimize};

    /// From the published places, by differences.
    #[test]
    fn minima_are_where_they_are_said_to_be() {
        for (problem, start) in [
            (Problem::Branin, vec![0.5428, 0.1517]),
            (Problem::GoldsteinPrice, vec![0.5, 0.25]),
            (Problem::Hartmann6, vec![0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573]),
        ] {
            let f = |x: &[f64]| {
                let slope = |at: usize| {
                    let moved = |by: f64| {
                        let mut x = x.to_vec();
                        x[at] += by;
                        problem.value(&x)
                    };
                    (moved(1e-6) - moved(-1e-6)) / 2e-6
                };
                (problem.value(x), (0..x.len()).map(slope).collect::<Vec<f64>>())
            };
            let found = minimize(f, &start, &vec![[0.0, 1.0]; start.len()], Search::default());
            assert!((found.value - problem.minimum()).abs() < 1e-6, "{problem:?}: {found:?}");
        }
    }
}
