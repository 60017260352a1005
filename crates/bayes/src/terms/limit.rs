//! How probable it is that a measured quantity keeps its limit.

use super::Term;
use crate::acquisition::log_cdf;
use crate::process::FittedProcess;

/// $\ln \Phi((b - \mu(x))/\sigma(x))$: the probability that a quantity is at most $b$ \[Gardner2014\].
pub(crate) struct LimitTerm<'a> {
    pub process: &'a FittedProcess,
    pub bound: f64,
}

impl Term for LimitTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let said = self.process.predict(x);
        let one = |(mean, variance): (&f64, &f64)| log_cdf((self.bound - mean) / variance.sqrt()).0;
        said.mean.iter().zip(&said.variance).map(one).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let said = self.process.predict(x);
        let (mean, variance) = (said.mean[0], said.variance[0]);
        let deviation = variance.sqrt();
        let u = (self.bound - mean) / deviation;
        let (log, slope) = log_cdf(u);
        (log, self.process.pullback(x, &[-slope / deviation], &[-slope * u / (2.0 * variance)]))
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
