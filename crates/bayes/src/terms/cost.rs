//! Cost of a point.

use super::Term;
use crate::knowledge::Cost;
use crate::process::FittedProcess;
use crate::space::Axis;

/// Cost model.
#[derive(Clone)]
pub(crate) enum Costs {
    /// Learned: a process of their logarithms.
    Learned(Box<FittedProcess>),
    /// A rule, and the axes over which it may change smoothly.
    Known(Cost, Vec<Axis>),
}

impl Costs {
    /// $\ln E[c(x)]$, where $E[c] = e^{m + s^2/2}$ of learned ones.
    pub fn log(&self, x: &[f64], width: usize) -> Vec<f64> {
        match self {
            Costs::Learned(process) => {
                let said = process.predict(x);
                said.mean.iter().zip(&said.variance).map(|(m, v)| m + 0.5 * v).collect()
            }
            Costs::Known(rule, _) => x.chunks_exact(width.max(1)).map(|x| rule(x).max(SMALLEST).ln()).collect(),
        }
    }
}

/// Cheaper than this nothing is.
const SMALLEST: f64 = 1e-9;
/// Steps for differences of known costs.
const STEP: f64 = 1e-6;

/// $-\kappa \ln E[c(x)]$: improvement for each unit of cost where $\kappa = 1$ \[Snoek2012\], \[Lee2020\].
pub(crate) struct CostTerm<'a> {
    pub costs: &'a Costs,
    pub exponent: f64,
    pub width: usize,
}

impl Term for CostTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        self.costs.log(x, self.width).into_iter().map(|log| -self.exponent * log).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let log = |x: &[f64]| self.costs.log(x, self.width)[0];
        let slope: Vec<f64> = match self.costs {
            Costs::Learned(process) => process.pullback(x, &[1.0], &[0.5]),
            Costs::Known(_, axes) => {
                let along = |axis: usize| {
                    if axes[axis] != Axis::Continuous {
                        return 0.0;
                    }
                    let mut sides = [x.to_vec(), x.to_vec()];
                    sides[0][axis] = (x[axis] + STEP).min(1.0);
                    sides[1][axis] = (x[axis] - STEP).max(0.0);
                    (log(&sides[0]) - log(&sides[1])) / (sides[0][axis] - sides[1][axis])
                };
                (0..x.len()).map(along).collect()
            }
        };
        (-self.exponent * log(x), slope.into_iter().map(|s| -self.exponent * s).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::{check, process};
    use std::sync::Arc;

    #[test]
    fn the_slope_is_the_derivative_of_learned_and_of_known_costs() {
        let learned = Costs::Learned(Box::new(process()));
        let known = Costs::Known(Arc::new(|x| 1.0 + 3.0 * x[0] + x[1]), vec![Axis::Continuous; 2]);
        for costs in [learned, known] {
            check(&CostTerm { costs: &costs, exponent: 0.7, width: 2 }, &[0.42, 0.61]);
        }
    }
}
