//! Joint improvement of a batch, all its points optimized together.

use tensor::linalg::Cholesky;
use tensor::random::Key;

use super::Term;
use crate::acquisition::{log_mean, quantile};
use crate::designs::{MOST_INPUTS, sobol};
use crate::process::FittedProcess;

/// $\ln \frac1S \sum_s \max_j \bigl(f^* - f_{sj}\bigr)^+$ with $f_s = \mu + L z_s$: expected improvement of a batch over fixed
/// normal numbers $z_s$ \[Wilson2018\]. Edges are rounded so that slopes never vanish \[Ament2023\].
pub(crate) struct JointTerm<'a> {
    process: &'a FittedProcess,
    best: f64,
    pending: Vec<f64>,
    /// `[draws, points]`.
    normals: Vec<f64>,
    points: usize,
}

/// How far the edge at no improvement is rounded, in units of the values.
const EDGE: f64 = 1e-6;
/// How far the edge between two points that are equally good is rounded, in the logarithm of their improvement.
const TIE: f64 = 1e-2;
/// The fraction of the far tail's slow decay.
const TAIL: f64 = 0.1;
/// Jitter: what is added to the diagonal of covariances, relative to the variance of the values.
const JITTER: f64 = 1e-9;

impl<'a> JointTerm<'a> {
    /// For batches of `members` beside the pending points.
    pub fn new(process: &'a FittedProcess, best: f64, pending: &[f64], members: usize, draws: usize, key: Key) -> Self {
        let points = pending.len() / process.data.width.max(1) + members;
        let even = points.min(MOST_INPUTS);
        let mut random = key.shard(1).random();
        let rows = sobol(draws, even, key);
        let normals = rows.chunks_exact(even.max(1)).flat_map(|row| {
            let more: Vec<f64> = (even..points).map(|_| random.normal()).collect();
            row.iter().map(|u| quantile(*u)).chain(more).collect::<Vec<f64>>()
        });
        JointTerm { process, best, pending: pending.to_vec(), normals: normals.collect(), points }
    }

    fn one(&self, x: &[f64], slope: bool) -> (f64, Vec<f64>) {
        let n = self.points;
        let all: Vec<f64> = self.pending.iter().chain(x).copied().collect();
        let unit = self.process.data.scale[1];
        let (mean, mut covariance) = self.process.joint(&all);
        let mut jitter = JITTER * unit * unit;
        let factor = loop {
            (0..n).for_each(|i| covariance[i * n + i] += jitter);
            if let Some(factor) = Cholesky::new(&covariance, n) {
                break factor;
            }
            jitter *= 10.0;
            if jitter > unit * unit {
                return (f64::NEG_INFINITY, vec![0.0; x.len()]);
            }
        };
        let mut logs = Vec::with_capacity(self.normals.len() / n);
        // Of each draw: how its logarithm moves with each point's value.
        let mut moves = Vec::with_capacity(self.normals.len());
        for z in self.normals.chunks_exact(n) {
            let values = factor.lower_times(z);
            let parts: Vec<(f64, f64)> =
                values.iter().zip(&mean).map(|(v, mean)| log_improvement((self.best - mean - v) / unit)).collect();
            let most = parts.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = parts.iter().map(|p| ((p.0 - most) / TIE).exp()).sum();
            logs.push(most + TIE * sum.ln());
            moves.extend(parts.iter().map(|p| -((p.0 - most) / TIE).exp() / sum * p.1 / unit));
        }
        let (value, shares) = log_mean(logs.iter().copied());
        let value = value + unit.ln();
        if !slope {
            return (value, Vec::new());
        }
        let (mut dmean, mut dlower) = (vec![0.0; n], vec![0.0; n * n]);
        for ((share, own), z) in shares.iter().zip(moves.chunks_exact(n)).zip(self.normals.chunks_exact(n)) {
            for i in 0..n {
                let d = share * own[i];
                dmean[i] += d;
                (0..=i).for_each(|j| dlower[i * n + j] += d * z[j]);
            }
        }
        let dx = self.process.pullback_joint(&all, &dmean, &factor.pullback(&dlower));
        (value, dx[self.pending.len()..].to_vec())
    }
}

/// $\ln$ of a rounded $\max(u, 0)$ and its derivative: $\varepsilon \bigl(\ln(1 + e^v) + \frac{a}{1 + v^2}\bigr)$ with
/// $v = u/\varepsilon$.
fn log_improvement(u: f64) -> (f64, f64) {
    let v = u / EDGE;
    let (plus, rise) = if v > 40.0 { (v, 1.0) } else { (v.exp().ln_1p(), 1.0 / (1.0 + (-v).exp())) };
    let tail = TAIL / (1.0 + v * v);
    let both = plus + tail;
    ((EDGE * both).ln(), (rise - 2.0 * v * tail / (1.0 + v * v)) / both / EDGE)
}

impl Term for JointTerm<'_> {
    fn values(&self, x: &[f64]) -> Vec<f64> {
        let members = self.points * self.process.data.width - self.pending.len();
        x.chunks_exact(members.max(1)).map(|x| self.one(x, false).0).collect()
    }

    fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        self.one(x, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acquisition::{Acquisition, Reference};
    use crate::fantasy::Fantasies;
    use crate::terms::ImprovementTerm;
    use crate::terms::tests::{check, process};

    #[test]
    fn the_slope_is_the_derivative() {
        let process = process();
        for pending in [&[][..], &[0.8, 0.2]] {
            let term = JointTerm::new(&process, -1.0, pending, 2, 64, Key::new(0, "test"));
            check(&term, &[0.42, 0.61, 0.9, 0.15]);
        }
    }

    /// The improvement of two together: that of the first, and what the second adds given possible values of the first.
    #[test]
    fn two_ways_of_counting_the_improvement_of_two_agree() {
        let process = process();
        let (first, second, best) = ([0.85, 0.1], [0.95, 0.3], -1.5);
        let reference = Reference { best, unit: 1.0, optima: Vec::new() };
        let log = |pending: &[f64], x: &[f64]| {
            let fantasies = Fantasies::new(&process, pending, 4096, Key::new(1, "test"));
            ImprovementTerm::new(Acquisition::LogExpectedImprovement, &fantasies, &reference, 0.0).values(x)[0].exp()
        };
        let chained = log(&[], &first) + log(&first, &second);
        let term = JointTerm::new(&process, best, &[], 2, 4096, Key::new(0, "test"));
        let joint = term.values(&[first, second].concat())[0].exp();
        assert!((joint / chained - 1.0).abs() < 0.01, "{joint} {chained}");
    }
}
