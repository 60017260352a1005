//! Acquisition functions: functions of the mean and standard deviation that a process predicts for a point. Values are minimized.

mod entropy;
mod normal;
mod sloped;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use entropy::{log_information, quantile, smallest_values};
pub use normal::{log_cdf, log_improvement, log_pdf};
pub(crate) use sloped::Sloped;

/// Acquisition functions, which are maximized to find the next point. $\mu$ and $\sigma$ are the predicted mean and
/// standard deviation there, $f^*$ is the best value so far, $u = (f^* - \mu)/\sigma$, and $\varphi$ and $\Phi$ are
/// density and distribution function of a standard normal variable. Values are minimized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Acquisition {
    /// Log expected improvement, $\ln \mathrm{EI}$ with $\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$: finite
    /// where expected improvement would underflow to zero \[Ament2023\].
    #[default]
    LogExpectedImprovement,
    /// Expected improvement, $\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$ \[Jones1998\].
    ExpectedImprovement,
    /// Noisy expected improvement, $\ln \mathrm{EI}$ with the best predicted mean of the points so far as $f^*$,
    /// since the best measured value may be noise \[Letham2019\].
    NoisyExpectedImprovement,
    /// Log probability of improvement, $\ln \Phi(u)$ \[Kushner1964\].
    LogProbabilityOfImprovement,
    /// Probability of improvement, $\Phi(u)$ \[Kushner1964\].
    ProbabilityOfImprovement,
    /// Lower confidence bound, $-\mu + \beta\,\sigma$ \[Srinivas2012\].
    ConfidenceBound {
        /// Weight $\beta$ of the uncertainty, in standard deviations.
        #[serde(default = "two")]
        #[schemars(range(min = 0.0))]
        beta: f64,
        /// Use $\beta = \sqrt{0.2\,d \ln 2t}$ instead, for $d$ axes and $t$ points so far \[Kandasamy2015\].
        #[serde(default)]
        growing: bool,
    },
    /// Pure exploitation, $-\mu$ \[Jones2001\].
    Greedy,
    /// Pure exploration, $\ln\sigma$: the entropy of a measurement, up to a constant \[Shewry1987\].
    MaximumEntropy,
    /// Max-value entropy search, the information that a measurement gives about the smallest value, averaged over
    /// samples $y^*$ of it \[Wang2017\]: $\frac{\gamma\,\varphi(\gamma)}{2\,\Phi(\gamma)} - \ln\Phi(\gamma)$ with
    /// $\gamma = (\mu - y^*)/\sigma$.
    MaxValueEntropy,
}

fn two() -> f64 {
    2.0
}

/// Reference values of an acquisition function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    /// The value that is to be improved on.
    pub best: f64,
    /// A natural unit of the values: their standard deviation.
    pub unit: f64,
    /// Draws of the smallest value.
    pub optima: Vec<f64>,
}

impl Acquisition {
    /// The value, and its derivatives with respect to $\mu$ and $\sigma$.
    ///
    /// ```
    /// use bayes::{Acquisition::ExpectedImprovement, Reference};
    /// let [value, by_mean, by_deviation] = ExpectedImprovement.value(0.0, 1.0, &Reference::default());
    /// // 1/sqrt(2 pi), one half less for each unit of the mean.
    /// assert!((value - 0.398942).abs() < 1e-6 && (by_mean + 0.5).abs() < 1e-12 && (by_deviation - value).abs() < 1e-12);
    /// ```
    pub fn value(self, mean: f64, deviation: f64, to: &Reference) -> [f64; 3] {
        let [mean, deviation] = Sloped::at(mean, deviation);
        self.formula(mean, deviation, to).parts()
    }

    /// The logarithm of a positive form that has its maxima at the same points, and its derivatives with respect to $\mu$ and
    /// $\sigma$: what is added to logarithms of probabilities and costs. Of what may be negative it is
    /// $\ln\ln(1 + e^v)$, where $v$ counts from $f^*$ in units of the values.
    pub fn log(self, mean: f64, deviation: f64, to: &Reference) -> [f64; 3] {
        let [mean, deviation] = Sloped::at(mean, deviation);
        self.log_formula(mean, deviation, to).parts()
    }

    /// As it stands beside each of them above.
    fn formula(self, mean: Sloped, deviation: Sloped, to: &Reference) -> Sloped {
        let u = (-mean + to.best) / deviation;
        match self {
            Acquisition::LogExpectedImprovement | Acquisition::NoisyExpectedImprovement => {
                u.through(log_improvement) + deviation.ln()
            }
            Acquisition::LogProbabilityOfImprovement => u.through(log_cdf),
            Acquisition::ConfidenceBound { beta, .. } => deviation * beta - mean,
            Acquisition::Greedy => -mean,
            Acquisition::MaximumEntropy => deviation.ln(),
            Acquisition::ExpectedImprovement | Acquisition::ProbabilityOfImprovement | Acquisition::MaxValueEntropy => {
                self.log_formula(mean, deviation, to).exp()
            }
        }
    }

    fn log_formula(self, mean: Sloped, deviation: Sloped, to: &Reference) -> Sloped {
        match self {
            Acquisition::ExpectedImprovement => Acquisition::LogExpectedImprovement.formula(mean, deviation, to),
            Acquisition::ProbabilityOfImprovement => {
                Acquisition::LogProbabilityOfImprovement.formula(mean, deviation, to)
            }
            Acquisition::LogExpectedImprovement
            | Acquisition::NoisyExpectedImprovement
            | Acquisition::LogProbabilityOfImprovement
            | Acquisition::MaximumEntropy => self.formula(mean, deviation, to),
            Acquisition::ConfidenceBound { .. } | Acquisition::Greedy => {
                ((self.formula(mean, deviation, to) + to.best) / to.unit).through(log_softplus)
            }
            Acquisition::MaxValueEntropy => {
                let of = |optimum: &f64| ((mean + -optimum) / deviation).through(log_information);
                let logs: Vec<Sloped> = to.optima.iter().map(of).collect();
                let (value, shares) = log_mean(logs.iter().map(|log| log.value));
                let by = |at: usize| logs.iter().zip(&shares).map(|(log, share)| share * log.by[at]).sum();
                Sloped { value, by: [by(0), by(1)] }
            }
        }
    }

    /// With what depends on the number of axes and of points so far.
    pub(crate) fn resolved(self, axes: usize, points: usize) -> Self {
        match self {
            Acquisition::ConfidenceBound { growing: true, .. } => {
                let beta = (0.2 * axes as f64 * (2.0 * points.max(1) as f64).ln()).sqrt();
                Acquisition::ConfidenceBound { beta, growing: true }
            }
            other => other,
        }
    }
}

/// $\ln \frac1n \sum_i e^{l_i}$ and its derivatives, which are the fractions of the sum.
pub(crate) fn log_mean(logs: impl ExactSizeIterator<Item = f64> + Clone) -> (f64, Vec<f64>) {
    let n = logs.len() as f64;
    let most = logs.clone().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = logs.map(|log| (log - most).exp()).collect();
    let sum: f64 = parts.iter().sum();
    (most + (sum / n).ln(), parts.into_iter().map(|part| part / sum).collect())
}

/// $\ln\ln(1 + e^v)$ and its derivative.
pub(crate) fn log_softplus(v: f64) -> (f64, f64) {
    if v < -30.0 {
        return (v, 1.0);
    }
    let plus = if v > 30.0 { v } else { v.exp().ln_1p() };
    (plus.ln(), 1.0 / (1.0 + (-v).exp()) / plus)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Acquisition; 9] = [
        Acquisition::LogExpectedImprovement,
        Acquisition::ExpectedImprovement,
        Acquisition::LogProbabilityOfImprovement,
        Acquisition::ProbabilityOfImprovement,
        Acquisition::NoisyExpectedImprovement,
        Acquisition::ConfidenceBound { beta: 1.5, growing: false },
        Acquisition::Greedy,
        Acquisition::MaximumEntropy,
        Acquisition::MaxValueEntropy,
    ];

    fn reference(best: f64) -> Reference {
        Reference { best, unit: 1.3, optima: vec![best - 0.1, best - 0.7, best - 3.0] }
    }

    #[test]
    fn derivatives_are_those_of_the_values() {
        for acquisition in ALL {
            for form in [Acquisition::value, Acquisition::log] {
                for (mean, deviation, best) in [(0.3, 0.7, 0.1), (5.0, 0.4, 0.0), (-2.0, 1.3, 1.0)] {
                    let [_, by_mean, by_deviation] = form(acquisition, mean, deviation, &reference(best));
                    let value = |mean, deviation| form(acquisition, mean, deviation, &reference(best))[0];
                    let numeric = [
                        (value(mean + 1e-6, deviation) - value(mean - 1e-6, deviation)) / 2e-6,
                        (value(mean, deviation + 1e-6) - value(mean, deviation - 1e-6)) / 2e-6,
                    ];
                    for (found, numeric) in [by_mean, by_deviation].iter().zip(numeric) {
                        let close = (found - numeric).abs() < 1e-6 * (1.0 + numeric.abs());
                        assert!(close, "{acquisition:?} {mean} {deviation}: {found} {numeric}");
                    }
                }
            }
        }
    }

    /// The better of two points is the better in either form.
    #[test]
    fn both_forms_have_one_order() {
        for acquisition in ALL {
            let points = [(0.3, 0.7), (5.0, 0.4), (-2.0, 1.3), (-0.5, 0.1), (0.2, 2.0)];
            let order = |form: fn(Acquisition, f64, f64, &Reference) -> [f64; 3]| {
                let mut order: Vec<usize> = (0..points.len()).collect();
                let value = |at: &usize| form(acquisition, points[*at].0, points[*at].1, &reference(0.0))[0];
                order.sort_by(|a, b| value(b).total_cmp(&value(a)));
                order
            };
            assert_eq!(order(Acquisition::value), order(Acquisition::log), "{acquisition:?}");
        }
    }

    #[test]
    fn hopeless_points_still_have_a_value_and_a_slope() {
        for acquisition in ALL {
            let found = acquisition.log(1e6, 1.0, &reference(0.0));
            assert!(found.iter().all(|x| x.is_finite()), "{acquisition:?} {found:?}");
        }
    }
}
