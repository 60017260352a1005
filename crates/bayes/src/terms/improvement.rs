//! Improvement at a point, given the pending points.

use super::Term;
use crate::acquisition::{Acquisition, Reference, log_mean};
use crate::fantasy::Fantasies;

/// $\ln \frac1S \sum_s \alpha(\mu_s(x), \sigma(x), f^*_s)$ over possible values $s$ at the pending points: an acquisition that
/// counts what those may bring. $f^*_s$ is the best of the measured and of the possible values, less a margin.
pub(crate) struct ImprovementTerm<'a> {
    acquisition: Acquisition,
    fantasies: &'a Fantasies,
    /// One for each draw.
    references: Vec<Reference>,
}

impl<'a> ImprovementTerm<'a> {
    pub fn new(acquisition: Acquisition, fantasies: &'a Fantasies, reference: &Reference, margin: f64) -> Self {
        let smallest = fantasies.smallest();
        let one = |draw: usize| {
            let best = smallest.get(draw).map_or(reference.best, |smallest| smallest.min(reference.best));
            Reference { best: best - margin, ..reference.clone() }
        };
        ImprovementTerm { acquisition, fantasies, references: (0..fantasies.draws()).map(one).collect() }
    }

    /// The mean over the draws, and its derivatives with respect to each draw's mean and to the standard deviation.
    fn mean(&self, means: &[f64], deviation: f64) -> (f64, Vec<f64>, f64) {
        let one = |(mean, reference): (&f64, &Reference)| self.acquisition.log(*mean, deviation, reference);
        let logs: Vec<[f64; 3]> = means.iter().zip(&self.references).map(one).collect();
        if let [[value, by_mean, by_deviation]] = logs[..] {
            return (value, vec![by_mean], by_deviation);
        }
        let (value, shares) = log_mean(logs.iter().map(|log| log[0]));
        let by_means = logs.iter().zip(&shares).map(|(log, share)| share * log[1]).collect();
        let by_deviation = logs.iter().zip(&shares).map(|(log, share)| share * log[2]).sum();
        (value, by_means, by_deviation)
    }
}

impl Term for ImprovementTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let said = self.fantasies.said(x);
        let rows = said.means.chunks_exact(self.references.len()).zip(&said.deviations);
        rows.map(|(means, deviation)| self.mean(means, *deviation).0).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let said = self.fantasies.said(x);
        let (value, by_means, by_deviation) = self.mean(&said.means, said.deviations[0]);
        (value, self.fantasies.pullback(x, &by_means, by_deviation, said.deviations[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::{check, process};
    use tensor::random::Key;

    #[test]
    fn slopes_are_derivatives_with_and_without_pending_points() {
        let process = process();
        let reference = Reference { best: -2.5, unit: 2.0, optima: vec![-3.0, -4.0] };
        for pending in [&[][..], &[0.3, 0.4, 0.7, 0.1]] {
            let fantasies = Fantasies::new(&process, pending, 16, Key::new(1, "test"));
            for acquisition in [
                Acquisition::LogExpectedImprovement,
                Acquisition::ProbabilityOfImprovement,
                Acquisition::ConfidenceBound { beta: 1.0, growing: false },
                Acquisition::MaxValueEntropy,
                Acquisition::MaximumEntropy,
            ] {
                check(&ImprovementTerm::new(acquisition, &fantasies, &reference, 0.1), &[0.45, 0.55]);
            }
        }
    }

    /// Beside a pending point there is little left to gain.
    #[test]
    fn a_pending_point_takes_away_what_lies_beside_it() {
        let process = process();
        let reference = Reference { best: -2.0, unit: 1.0, optima: Vec::new() };
        let at = [0.9, 0.05];
        let value = |pending: &[f64]| {
            let fantasies = Fantasies::new(&process, pending, 64, Key::new(1, "test"));
            ImprovementTerm::new(Acquisition::LogExpectedImprovement, &fantasies, &reference, 0.0).values(&at)[0]
        };
        let (free, beside, far) = (value(&[]), value(&[0.9, 0.051]), value(&[0.1, 0.95]));
        assert!(beside < free - 2.0 && (far - free).abs() < 0.5, "{free} {beside} {far}");
    }
}
