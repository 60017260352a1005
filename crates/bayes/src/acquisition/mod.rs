//! What a point promises: functions of the mean and deviation that a process gives for it. Values are minimised.

mod normal;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use normal::{log_cdf, log_improvement, log_pdf};

/// What is maximised to find the next point. $\mu$ and $\sigma$ are mean and deviation there, $f^*$ is the best value so far,
/// $u = (f^* - \mu)/\sigma$.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Acquisition {
    /// $\ln \mathrm{EI}$, finite wherever expected improvement would be zero \[Ament2023\].
    #[default]
    LogExpectedImprovement,
    /// $\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$ \[Jones1998\].
    ExpectedImprovement,
    /// $\ln \Phi(u)$.
    LogProbabilityOfImprovement,
    /// $\Phi(u)$ \[Kushner1964\].
    ProbabilityOfImprovement,
    /// $-\mu + \beta\,\sigma$: the optimist's value \[Srinivas2012\].
    ConfidenceBound {
        /// How much uncertainty is worth, in deviations.
        #[serde(default = "two")]
        #[schemars(range(min = 0.0))]
        beta: f64,
    },
    /// $-\mu$: nothing but what is known.
    Greedy,
    /// $\ln\sigma$: nothing but what is not known \[Shewry1987\].
    MaximumEntropy,
}

fn two() -> f64 {
    2.0
}

impl Acquisition {
    /// The value, and its derivatives with respect to $\mu$ and $\sigma$.
    ///
    /// ```
    /// use bayes::Acquisition::ExpectedImprovement;
    /// let [value, by_mean, by_deviation] = ExpectedImprovement.value(0.0, 1.0, 0.0);
    /// // 1/sqrt(2 pi), one half less for each unit of the mean.
    /// assert!((value - 0.398942).abs() < 1e-6 && (by_mean + 0.5).abs() < 1e-12 && (by_deviation - value).abs() < 1e-12);
    /// ```
    pub fn value(self, mean: f64, deviation: f64, best: f64) -> [f64; 3] {
        let u = (best - mean) / deviation;
        match self {
            Acquisition::LogExpectedImprovement => {
                let (log, slope) = log_improvement(u);
                [log + deviation.ln(), -slope / deviation, (1.0 - u * slope) / deviation]
            }
            Acquisition::ExpectedImprovement => {
                let [log, by_mean, by_deviation] = Acquisition::LogExpectedImprovement.value(mean, deviation, best);
                [log.exp(), log.exp() * by_mean, log.exp() * by_deviation]
            }
            Acquisition::LogProbabilityOfImprovement => {
                let (log, slope) = log_cdf(u);
                [log, -slope / deviation, -u * slope / deviation]
            }
            Acquisition::ProbabilityOfImprovement => {
                let [log, by_mean, by_deviation] =
                    Acquisition::LogProbabilityOfImprovement.value(mean, deviation, best);
                [log.exp(), log.exp() * by_mean, log.exp() * by_deviation]
            }
            Acquisition::ConfidenceBound { beta } => [beta * deviation - mean, -1.0, beta],
            Acquisition::Greedy => [-mean, -1.0, 0.0],
            Acquisition::MaximumEntropy => [deviation.ln(), 0.0, 1.0 / deviation],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Acquisition; 7] = [
        Acquisition::LogExpectedImprovement,
        Acquisition::ExpectedImprovement,
        Acquisition::LogProbabilityOfImprovement,
        Acquisition::ProbabilityOfImprovement,
        Acquisition::ConfidenceBound { beta: 1.5 },
        Acquisition::Greedy,
        Acquisition::MaximumEntropy,
    ];

    #[test]
    fn derivatives_are_those_of_the_values() {
        for acquisition in ALL {
            for (mean, deviation, best) in [(0.3, 0.7, 0.1), (5.0, 0.4, 0.0), (-2.0, 1.3, 1.0)] {
                let [_, by_mean, by_deviation] = acquisition.value(mean, deviation, best);
                let value = |mean, deviation| acquisition.value(mean, deviation, best)[0];
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

    #[test]
    fn hopeless_points_still_have_a_value_and_a_slope() {
        let found = Acquisition::LogExpectedImprovement.value(1e6, 1.0, 0.0);
        assert!(found.iter().all(|x| x.is_finite()), "{found:?}");
    }
}
