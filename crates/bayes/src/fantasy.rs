//! A process that looks ahead: what it would say if points that are not measured yet had been.

use crate::acquisition::quantile;
use crate::designs::sobol;
use crate::kernels::Covariance;
use crate::points::Points;
use crate::process::FittedProcess;
use tensor::random::Key;

/// A process, and possible values at pending points: draws from their joint distribution. Given one draw, what is said of any
/// other point is normal again, with a standard deviation that no draw changes. So the expected improvement of a batch that is chosen
/// point by point is a mean over draws of exact expected improvements \[Snoek2012\].
#[derive(Clone, Debug)]
pub(crate) struct Fantasies {
    /// Extended by the pending points; its own values there are the means.
    process: FittedProcess,
    /// $K^{-1} (y_s - m)$ for each draw, `[draws, n]`; a single one without pending points.
    alphas: Vec<f64>,
    /// Values at the pending points on the process's own scale, `[draws, pending]`.
    values: Vec<f64>,
    pending: usize,
    draws: usize,
    key: Key,
}

/// Predictions for some points under each draw.
pub(crate) struct Said {
    /// `[points, draws]`.
    pub means: Vec<f64>,
    /// One for each point.
    pub deviations: Vec<f64>,
}

impl Fantasies {
    /// Of a process with the pending points `x: [p, width]`.
    pub fn new(process: &FittedProcess, x: &[f64], draws: usize, key: Key) -> Self {
        let alphas = process.factors.alpha.clone();
        let mut found = Fantasies { process: process.clone(), alphas, values: Vec::new(), pending: 0, draws, key };
        x.chunks_exact(process.data.width.max(1)).for_each(|x| found.add(x));
        found
    }

    /// Draws, or the single one without pending points.
    pub fn draws(&self) -> usize {
        if self.pending == 0 { 1 } else { self.draws }
    }

    /// The smallest value at pending points in each draw, in units of the values.
    pub fn smallest(&self) -> Vec<f64> {
        let [center, deviation] = self.process.data.scale;
        let rows = self.values.chunks_exact(self.pending.max(1));
        rows.map(|row| center + deviation * row.iter().copied().fold(f64::INFINITY, f64::min)).collect()
    }

    /// One more pending point: its values are drawn given those of the others.
    pub fn add(&mut self, x: &[f64]) {
        let [center, deviation] = self.process.data.scale;
        let said = self.said(x);
        let normals = normals(self.draws, self.pending, self.key);
        let mean = |draw: usize| said.means[if self.pending == 0 { 0 } else { draw }];
        let value = |draw: usize| (mean(draw) + said.deviations[0] * normals[draw] - center) / deviation;
        let own: Vec<f64> = (0..self.draws).map(value).collect();
        let old = self.values.chunks_exact(self.pending.max(1)).map(<[f64]>::to_vec);
        let old: Vec<Vec<f64>> = if self.pending == 0 { vec![Vec::new(); self.draws] } else { old.collect() };
        self.values = old.into_iter().zip(own).flat_map(|(row, own)| row.into_iter().chain([own])).collect();
        self.pending += 1;
        let mean = self.process.predict(x).mean[0];
        self.process = self.process.with_point(x, mean, 0.0);
        self.solve();
    }

    fn solve(&mut self) {
        let data = &self.process.data;
        let known = data.n() - self.pending;
        let means: Vec<f64> = data.x.chunks_exact(data.width.max(1)).map(|x| self.process.mean_at(x)).collect();
        let right: Vec<f64> = self
            .values
            .chunks_exact(self.pending)
            .flat_map(|own| data.y[..known].iter().chain(own).zip(&means).map(|(y, mean)| y - mean))
            .collect();
        self.alphas = self.process.factors.factor.solve(&right);
    }

    /// Means under each draw, and standard deviations.
    pub fn said(&self, x: &[f64]) -> Said {
        let process = &self.process;
        let own = process.split().kernel;
        let [center, deviation] = process.data.scale;
        let n = process.data.n();
        let (k, variances) = process.cross(own, x);
        let one = |k: &[f64], alpha: &[f64]| tensor::kernels::reduce::dot(k, alpha);
        let mut means = Vec::with_capacity(variances.len() * self.draws());
        for (k, x) in k.chunks_exact(n.max(1)).zip(x.chunks_exact(process.data.width.max(1))) {
            let mean = process.mean_at(x);
            means.extend(self.alphas.chunks_exact(n.max(1)).map(|alpha| center + deviation * (mean + one(k, alpha))));
        }
        Said { means, deviations: variances.iter().map(|v| v.sqrt()).collect() }
    }

    /// How means and the standard deviation of one point move with it, given their cotangents.
    pub fn pullback(&self, x: &[f64], dmeans: &[f64], ddeviation: f64, deviation: f64) -> Vec<f64> {
        let n = self.process.data.n().max(1);
        // All draws move through the same covariances: their alphas are added up first.
        let mut alpha = vec![0.0; n];
        for (own, d) in self.alphas.chunks_exact(n).zip(dmeans) {
            alpha.iter_mut().zip(own).for_each(|(sum, a)| *sum += d * a);
        }
        self.process.pull(x, &alpha, dmeans.iter().sum(), 0.5 * ddeviation / deviation)
    }
}

/// Standard normal numbers that fill their space evenly, one for each draw: coordinate `at` of Sobol points.
fn normals(draws: usize, at: usize, key: Key) -> Vec<f64> {
    let at = at % crate::designs::MOST_INPUTS;
    let points = sobol(draws, at + 1, key);
    points.chunks_exact(at + 1).map(|point| quantile(point[at])).collect()
}

impl FittedProcess {
    /// Covariances with the known points `[m, n]` on the process's own scale, and variances at points in squared units.
    pub(crate) fn cross(&self, own: &[f64], x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let points = Points::new(x, self.data.width);
        let k = self.kernel.matrix(own, points, self.known());
        let variances = self.variances(&k, &self.kernel.diagonal(own, points));
        (k, variances)
    }

    /// As if one more value had been measured, with the same hyperparameters: the factor grows by a row. `noise` is the
    /// variance of the value, in squared units.
    ///
    /// ```
    /// use bayes::GaussianProcess;
    /// let process = GaussianProcess::default().fit(&[0.0, 0.5, 1.0], 1, &[1.0, 2.0, 0.0], &[], None, 0);
    /// let after = process.with_point(&[0.25], 5.0, 0.0);
    /// assert!((after.predict(&[0.25]).mean[0] - 5.0).abs() < 1e-3 && after.predict(&[0.25]).variance[0] < 1e-6);
    /// ```
    pub fn with_point(&self, x: &[f64], y: f64, noise: f64) -> FittedProcess {
        let own = self.split().kernel;
        let points = Points::new(x, self.data.width);
        let mut next = self.clone();
        let [center, deviation] = self.data.scale;
        let variance = noise / (deviation * deviation);
        let cross = self.kernel.matrix(own, points, self.known());
        next.factors.factor.push(&cross, self.kernel.diagonal(own, points)[0] + variance, SMALL);
        next.data.x.extend_from_slice(x);
        next.data.y.push((y - center) / deviation);
        next.data.counts.push(1.0);
        next.data.n_values += 1;
        if !next.data.known.is_empty() {
            next.data.known.push(variance);
        }
        let rest = next.law().rest(next.split().mean, &next.data);
        next.factors.alpha = next.factors.factor.solve(&rest);
        next
    }
}

/// What the diagonal of a factor keeps where a point says nothing new.
const SMALL: f64 = 1e-5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::process;

    /// The draws of two near points have the means, variances and covariance of the joint distribution.
    #[test]
    fn draws_have_the_joint_distribution() {
        let process = process();
        let x = [0.11, 0.93, 0.2, 0.9];
        let fantasies = Fantasies::new(&process, &x, 4096, Key::new(1, "test"));
        let (mean, covariance) = process.joint(&x);
        let [center, unit] = process.data.scale;
        let values: Vec<[f64; 2]> =
            fantasies.values.chunks(2).map(|v| [center + unit * v[0], center + unit * v[1]]).collect();
        for (i, j) in [(0, 0), (0, 1), (1, 1)] {
            let own: f64 = values.iter().map(|v| (v[i] - mean[i]) * (v[j] - mean[j])).sum::<f64>() / 4096.0;
            let expected = covariance[i * 2 + j];
            assert!((own - expected).abs() < 0.02 * (covariance[0] * covariance[3]).sqrt(), "{i} {j} {own} {expected}");
        }
    }

    #[test]
    fn the_pullback_is_the_derivative() {
        let fantasies = Fantasies::new(&process(), &[0.3, 0.4, 0.7, 0.1], 4, Key::new(1, "test"));
        let (x, dmeans) = ([0.45, 0.55], [0.3, -1.0, 0.5, 2.0]);
        let value = |x: &[f64]| {
            let said = fantasies.said(x);
            said.means.iter().zip(dmeans).map(|(m, d)| m * d).sum::<f64>() + 0.7 * said.deviations[0]
        };
        let found = fantasies.pullback(&x, &dmeans, 0.7, fantasies.said(&x).deviations[0]);
        for axis in 0..2 {
            let moved = |by: f64| {
                let mut x = x;
                x[axis] += by;
                value(&x)
            };
            let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((found[axis] - numeric).abs() < 1e-5 * (1.0 + numeric.abs()), "{found:?} {numeric}");
        }
    }

    /// A point that was added is as good as one that was there from the beginning.
    #[test]
    fn an_extended_process_is_that_of_all_points() {
        let (process, x) = (process(), [0.31, 0.77]);
        let extended = process.with_point(&x, 2.0, process.noise());
        let mut data = process.data.clone();
        data.x.extend(x);
        data.y.push((2.0 - data.scale[0]) / data.scale[1]);
        data.counts.push(1.0);
        let whole = FittedProcess::new(process.kernel.clone(), process.mean.clone(), process.theta.clone(), data);
        let at = [0.4, 0.6, 0.9, 0.2];
        let (a, b) = (extended.predict(&at), whole.predict(&at));
        let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-7);
        assert!(close(&a.mean, &b.mean) && close(&a.variance, &b.variance), "{a:?} {b:?}");
    }
}
