//! Values bent until they look normal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Output transform: what is done to the values before a Gaussian process is fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Warp {
    /// Standardization only, a shift and a factor.
    #[default]
    None,
    /// Yeo-Johnson transform $\psi_\lambda((y - m)/s)$, with the power $\lambda$ and the unit $s$ of the largest
    /// likelihood of a normal distribution \[Yeo2000\]: for values over several decades, or with a long tail.
    YeoJohnson,
}

/// A bend that has been found: $y \mapsto \psi_\lambda((y - m)/s)$.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bend {
    center: f64,
    unit: f64,
    lambda: f64,
}

/// Decades below the range of the values in which their unit is looked for.
const DECADES: i32 = 6;
/// Powers that are looked at.
const POWERS: [f64; 2] = [-10.0, 10.0];

impl Bend {
    /// The bend for some values; `None` leaves them straight.
    pub fn new(warp: Warp, values: &[f64]) -> Self {
        let straight = Bend { center: 0.0, unit: 1.0, lambda: 1.0 };
        let mut sorted: Vec<f64> = values.iter().copied().filter(|y| y.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        if warp == Warp::None || sorted.len() < 3 {
            return straight;
        }
        let (low, range) = (sorted[0], sorted[sorted.len() - 1] - sorted[0]);
        if range <= 0.0 {
            return straight;
        }
        // From the smallest value on, in units from a millionth of the range: logarithms of values over decades are among them.
        let fitted = (0..=DECADES).map(|decade| {
            let unit = range * 10.0_f64.powi(-decade);
            let scaled: Vec<f64> = sorted.iter().map(|y| (y - low) / unit).collect();
            let lambda = most_likely(&scaled);
            (log_likelihood(&scaled, lambda) - sorted.len() as f64 * unit.ln(), Bend { center: low, unit, lambda })
        });
        fitted.reduce(|a, b| if b.0 > a.0 { b } else { a }).map_or(straight, |best| best.1)
    }

    /// A value as the process sees it.
    pub fn bent(self, y: f64) -> f64 {
        forward((y - self.center) / self.unit, self.lambda)
    }

    /// How much a small change of a value changes it as the process sees it.
    pub fn slope(self, y: f64) -> f64 {
        let x = (y - self.center) / self.unit;
        let power = if x >= 0.0 { self.lambda - 1.0 } else { 1.0 - self.lambda };
        (power * x.abs().ln_1p()).exp() / self.unit
    }

    /// A value as it was measured. What lies beyond the range of the bend is its end.
    pub fn straightened(self, z: f64) -> f64 {
        self.center + self.unit * backward(z, self.lambda)
    }
}

/// $\psi_\lambda$ \[Yeo2000\].
fn forward(x: f64, lambda: f64) -> f64 {
    let power =
        |x: f64, lambda: f64| if lambda.abs() < 1e-9 { x.ln_1p() } else { (lambda * x.ln_1p()).exp_m1() / lambda };
    if lambda == 1.0 {
        return x; // to the last digit
    }
    if x >= 0.0 { power(x, lambda) } else { -power(-x, 2.0 - lambda) }
}

fn backward(z: f64, lambda: f64) -> f64 {
    let root = |z: f64, lambda: f64| match lambda.abs() < 1e-9 {
        true => z.exp_m1(),
        false => ((lambda * z).max(-1.0 + 1e-12).ln_1p() / lambda).exp_m1(),
    };
    if lambda == 1.0 {
        return z;
    }
    if z >= 0.0 { root(z, lambda) } else { -root(-z, 2.0 - lambda) }
}

/// $-\frac n2 \ln \mathrm{var}(\psi) + (\lambda - 1) \sum_i \mathrm{sign}(x_i) \ln(1 + |x_i|)$.
fn log_likelihood(x: &[f64], lambda: f64) -> f64 {
    let bent: Vec<f64> = x.iter().map(|x| forward(*x, lambda)).collect();
    let n = x.len() as f64;
    let mean = bent.iter().sum::<f64>() / n;
    let variance = bent.iter().map(|b| (b - mean).powi(2)).sum::<f64>() / n;
    let stretch: f64 = x.iter().map(|x| x.signum() * x.abs().ln_1p()).sum();
    -0.5 * n * variance.ln() + (lambda - 1.0) * stretch
}

/// By golden section: the likelihood has a single hill.
fn most_likely(x: &[f64]) -> f64 {
    let [mut low, mut high] = POWERS;
    let ratio = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..80 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if log_likelihood(x, a) > log_likelihood(x, b) { high = b } else { low = a }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bending_and_straightening_are_inverse_and_keep_the_order() {
        for lambda in [-1.5, 0.0, 0.7, 1.0, 2.0, 3.2] {
            let mut before = f64::NEG_INFINITY;
            for x in [-8.0, -1.0, -0.1, 0.0, 0.3, 2.0, 50.0] {
                let z = forward(x, lambda);
                assert!((backward(z, lambda) - x).abs() < 1e-6 * (1.0 + x.abs()), "{lambda} {x} {z}");
                assert!(z > before);
                before = z;
            }
        }
    }

    #[test]
    fn a_long_tail_is_drawn_in_and_flat_values_stay() {
        let values: Vec<f64> = (0..60).map(|i| (f64::from(i) / 6.0).exp()).collect();
        let bend = Bend::new(Warp::YeoJohnson, &values);
        let bent: Vec<f64> = values.iter().map(|y| bend.bent(*y)).collect();
        for y in [1.5, 40.0] {
            let numeric = (bend.bent(y + 1e-5) - bend.bent(y - 1e-5)) / 2e-5;
            assert!((bend.slope(y) / numeric - 1.0).abs() < 1e-6, "{y}: {} {numeric}", bend.slope(y));
        }
        assert!(bent[59] - bent[30] < 2.0 * (bent[30] - bent[0]), "{bent:?}");
        let flat = Bend::new(Warp::YeoJohnson, &[2.0; 5]);
        assert_eq!(flat.bent(3.5), 3.5);
    }

    /// `fixtures/bayes/acquisition.json`, made by `fixtures/make.py`.
    #[test]
    fn bent_values_are_those_of_scipy() {
        let text = include_str!("../../../fixtures/bayes/acquisition.json");
        let fixture: serde_json::Value = serde_json::from_str(text).unwrap();
        let numbers =
            |name: &str| -> Vec<f64> { serde_json::from_value(fixture["yeo_johnson"][name].clone()).unwrap() };
        let (x, lambda) = (numbers("x"), fixture["yeo_johnson"]["lambda"].as_f64().unwrap());
        for (x, bent) in x.iter().zip(numbers("transformed")) {
            assert!((forward(*x, lambda) - bent).abs() < 1e-10 * (1.0 + bent.abs()), "{x} {bent}");
        }
        // The maximum is flat: another search may stop beside it, but not below it.
        assert!(log_likelihood(&x, most_likely(&x)) >= log_likelihood(&x, lambda) - 1e-8);
    }
}
