//! How probable it is that a measured quantity keeps its limit.

use super::Term;
use crate::acquisition::{Sloped, log_cdf};
use crate::process::FittedProcess;

/// $\ln \Phi((b - \mu(x))/\sigma(x))$: the probability that a quantity is at most $b$ \[Gardner2014\].
pub(crate) struct LimitTerm<'a> {
    pub process: &'a FittedProcess,
    pub bound: f64,
}

impl LimitTerm<'_> {
    fn log(&self, mean: f64, variance: f64) -> Sloped {
        let [mean, deviation] = Sloped::at(mean, variance.sqrt());
        ((-mean + self.bound) / deviation).through(log_cdf)
    }
}

impl Term for LimitTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let said = self.process.predict(x);
        said.mean.iter().zip(&said.variance).map(|(mean, variance)| self.log(*mean, *variance).value).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let said = self.process.predict(x);
        let (mean, variance) = (said.mean[0], said.variance[0]);
        let log = self.log(mean, variance);
        let [by_mean, by_deviation] = log.by;
        (log.value, self.process.pullback(x, &[by_mean], &[by_deviation / (2.0 * variance.sqrt())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::{check, process};

    #[test]
    fn the_slope_is_the_derivative() {
        let process = process();
        for bound in [-1.0, 2.0] {
            check(&LimitTerm { process: &process, bound }, &[0.42, 0.61]);
        }
    }
}
