//! Priors of hyperparameters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A normal distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Normal {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub deviation: f64,
}

impl Default for Normal {
    fn default() -> Self {
        Normal { mean: 0.0, deviation: 1.0 }
    }
}

impl Normal {
    /// The error in its numbers, in words.
    pub(crate) fn fault(self) -> Option<String> {
        if !self.mean.is_finite() {
            return Some(format!("a prior has mean {}", self.mean));
        }
        positive("deviation", self.deviation)
    }
}

/// That a number of a prior is not above zero, in words.
fn positive(name: &str, x: f64) -> Option<String> {
    (!(x > 0.0 && x.is_finite())).then(|| format!("a prior has {name} {x}, which must be above 0"))
}

/// Prior distribution of a hyperparameter $v$; densities are those of $v$ itself. One that may be negative can only
/// have a normal prior.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Prior {
    /// Uniform, $p(v) \propto 1$.
    Flat,
    /// Normal, $v \sim N(\mu, s)$; where $v$ is positive, truncated at zero.
    Normal(Normal),
    /// Log-normal, $\ln v \sim N(\mu, s)$.
    LogNormal {
        /// Mean of $\ln v$.
        mean: f64,
        /// Standard deviation of $\ln v$.
        deviation: f64,
    },
    /// Gamma, $p(v) \propto v^{\text{shape}-1} e^{-\text{rate}\,v}$.
    Gamma {
        /// The shape.
        shape: f64,
        /// The rate, in units of $1/v$.
        rate: f64,
    },
}

impl Prior {
    /// $\ln p(v)$ up to a constant, and its derivative with respect to $t = \ln v$.
    ///
    /// ```
    /// use bayes::Prior;
    /// // The density of e^N(0, 1) at 1 has slope -1 in ln v.
    /// assert_eq!(Prior::LogNormal { mean: 0.0, deviation: 1.0 }.log_density(0.0), (0.0, -1.0));
    /// ```
    pub fn log_density(self, t: f64) -> (f64, f64) {
        match self {
            Prior::Flat => (0.0, 0.0),
            Prior::Normal(normal) => {
                let v = t.exp();
                let z = (v - normal.mean) / normal.deviation;
                (-0.5 * z * z, -z / normal.deviation * v)
            }
            Prior::LogNormal { mean, deviation } => {
                let z = (t - mean) / deviation;
                (-t - 0.5 * z * z, -1.0 - z / deviation)
            }
            Prior::Gamma { shape, rate } => {
                let v = t.exp();
                ((shape - 1.0) * t - rate * v, shape - 1.0 - rate * v)
            }
        }
    }

    /// The error in its numbers, in words.
    pub(crate) fn fault(self) -> Option<String> {
        match self {
            Prior::Flat => None,
            Prior::Normal(normal) => normal.fault(),
            Prior::LogNormal { mean, deviation } => Normal { mean, deviation }.fault(),
            Prior::Gamma { shape, rate } => positive("shape", shape).or_else(|| positive("rate", rate)),
        }
    }

    /// A random value of $t = \ln v$; `start` where nothing is known.
    pub fn draw(self, random: &mut tensor::random::Random, start: f64) -> f64 {
        match self {
            Prior::Flat => start,
            Prior::Normal(normal) => (normal.mean + normal.deviation * random.normal()).abs().max(1e-12).ln(),
            Prior::LogNormal { mean, deviation } => mean + deviation * random.normal(),
            Prior::Gamma { shape, rate } => (gamma(shape, random) / rate).max(1e-12).ln(),
        }
    }
}

/// A gamma number of rate one \[Marsaglia2000\].
fn gamma(shape: f64, random: &mut tensor::random::Random) -> f64 {
    if shape < 1.0 {
        return gamma(shape + 1.0, random) * random.uniform().powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let z = random.normal();
        let v = (1.0 + c * z).powi(3);
        if v > 0.0 && random.uniform().ln() < 0.5 * z * z + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    #[test]
    fn slopes_are_those_of_the_densities() {
        for prior in [
            Prior::LogNormal { mean: 0.7, deviation: 1.3 },
            Prior::Gamma { shape: 3.0, rate: 2.0 },
            Prior::Normal(Normal { mean: 1.4, deviation: 0.6 }),
        ] {
            for t in [-2.0, 0.1, 1.5] {
                let numeric = (prior.log_density(t + 1e-6).0 - prior.log_density(t - 1e-6).0) / 2e-6;
                assert!((numeric - prior.log_density(t).1).abs() < 1e-7, "{prior:?} {t}");
            }
        }
    }

    /// Mean shape / rate, variance shape / rate^2.
    #[test]
    fn draws_of_a_gamma_have_its_moments() {
        let mut random = Key::new(0, "test").random();
        let prior = Prior::Gamma { shape: 3.0, rate: 2.0 };
        let draws: Vec<f64> = (0..20_000).map(|_| prior.draw(&mut random, 0.0).exp()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 1.5).abs() < 0.02 && (variance - 0.75).abs() < 0.04, "{mean} {variance}");
    }
}
