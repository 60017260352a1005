//! A drawn function, as what is to be improved.

use super::Term;
use crate::acquisition::log_softplus;
use crate::samples::Path;

/// $\ln\ln\bigl(1 + e^{(b - f(x))/s}\bigr)$ of a drawn function $f$: its lowest point is where this is largest, and like every
/// term it is a logarithm to which others can be added \[HernandezLobato2017\].
///
/// With $b$ as a limit and a small $s$ it says that a drawn quantity keeps the limit, in the same way.
pub(crate) struct DrawTerm<'a> {
    pub path: Path<'a>,
    pub from: f64,
    pub unit: f64,
    /// A limit that is kept gains nothing by being kept well.
    pub limit: bool,
}

impl DrawTerm<'_> {
    fn log(&self, value: f64) -> (f64, f64) {
        let v = (self.from - value) / self.unit;
        if self.limit {
            // ln of the logistic function.
            let log = if v < 0.0 { v - v.exp().ln_1p() } else { -(-v).exp().ln_1p() };
            return (log, -1.0 / (1.0 + v.exp()) / self.unit);
        }
        let (log, slope) = log_softplus(v);
        (log, -slope / self.unit)
    }
}

impl Term for DrawTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let width = self.path.width();
        x.chunks_exact(width).map(|x| self.log(self.path.value(x)).0).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let (value, slope) = self.path.climb(x);
        let (log, by) = self.log(value);
        (log, slope.into_iter().map(|s| by * s).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::{check, process};
    use tensor::random::Key;

    #[test]
    fn slopes_are_derivatives() {
        let process = process();
        for limit in [false, true] {
            for from in [-3.0, 3.0] {
                let path = Path::draw(&process, &[1, 1], Key::new(2, "test")).unwrap();
                check(&DrawTerm { path, from, unit: 0.5, limit }, &[0.42, 0.61]);
            }
        }
    }
}
