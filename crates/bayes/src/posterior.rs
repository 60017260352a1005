//! Posterior of a Gaussian process at new points.

use crate::kernels::Covariance;
use crate::points::Points;
use crate::process::FittedProcess;

/// Predictions for some points, in units of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// Means.
    pub mean: Vec<f64>,
    /// Variances of the noise-free values.
    pub variance: Vec<f64>,
}

/// Points that are asked about at a time.
const BLOCK: usize = 256;
/// Variances are positive; those below are rounding errors.
const SMALLEST: f64 = 1e-14;

impl FittedProcess {
    /// Means and variances at points `x: [m, width]`:
    /// $\mu = m + k^\top \alpha$, $\sigma^2 = k(x, x) - k^\top K^{-1} k$.
    pub fn predict(&self, x: &[f64]) -> Posterior {
        let own = self.split().kernel;
        let [center, deviation] = self.data.scale;
        let n = self.data.n();
        let mut said = Posterior { mean: Vec::new(), variance: Vec::new() };
        for x in x.chunks(BLOCK * self.data.width.max(1)) {
            let (k, variances) = self.cross(own, x);
            for (k, x) in k.chunks_exact(n.max(1)).zip(x.chunks_exact(self.data.width.max(1))) {
                let sum: f64 = k.iter().zip(&self.factors.alpha).map(|(k, a)| k * a).sum();
                said.mean.push(center + deviation * (self.mean_at(x) + sum));
            }
            said.variance.extend(variances);
        }
        said
    }

    /// $\sigma^2$ in squared units, from covariances `k: [m, n]` with the known points and variances before those were known.
    pub(crate) fn variances(&self, k: &[f64], diagonal: &[f64]) -> Vec<f64> {
        let square = self.data.scale[1].powi(2);
        let v = self.factors.factor.solve_lower(k);
        let one = |(own, v): (&f64, &[f64])| {
            let rest = own - v.iter().map(|v| v * v).sum::<f64>();
            // NaN stays NaN.
            square * if rest < SMALLEST { SMALLEST } else { rest }
        };
        diagonal.iter().zip(v.chunks_exact(self.data.n().max(1))).map(one).collect()
    }

    /// Means `[m]` and covariances `[m, m]` of the noise-free values at points `x: [m, width]`:
    /// $\Sigma = k(x, x) - k^\top K^{-1} k$.
    ///
    /// ```
    /// use bayes::GaussianProcess;
    /// let process = GaussianProcess::default().fit(&[0.0, 0.5, 1.0], 1, &[1.0, 2.0, 0.0], &[], None, 0);
    /// let (mean, covariance) = process.joint(&[0.2, 0.21]);
    /// assert_eq!(mean.len(), 2);
    /// assert!(covariance[1] > 0.99 * (covariance[0] * covariance[3]).sqrt()); // near points move together
    /// ```
    pub fn joint(&self, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let own = self.split().kernel;
        let square = self.data.scale[1].powi(2);
        let points = Points::new(x, self.data.width);
        let (n, m) = (self.data.n(), points.n());
        let mut covariance = self.kernel.matrix(own, points, points);
        let v = self.factors.factor.solve_lower(&self.kernel.matrix(own, points, self.known()));
        let row = |i: usize| &v[i * n..(i + 1) * n];
        for i in 0..m {
            for j in 0..=i {
                let rest = covariance[i * m + j] - tensor::kernels::reduce::dot(row(i), row(j));
                covariance[i * m + j] = square * rest;
                covariance[j * m + i] = square * rest;
            }
        }
        (self.predict(x).mean, covariance)
    }

    /// How the means of [`predict`](Self::predict) move with the points, given their cotangents; `[m, width]`.
    pub fn pullback_mean(&self, x: &[f64], dmean: &[f64]) -> Vec<f64> {
        let own = self.split().kernel;
        let deviation = self.data.scale[1];
        let points = Points::new(x, self.data.width);
        let dk: Vec<f64> =
            dmean.iter().flat_map(|d| self.factors.alpha.iter().map(move |alpha| deviation * d * alpha)).collect();
        let (mut unused, mut dx) = (vec![0.0; own.len()], vec![0.0; x.len()]);
        self.kernel.pullback(own, (points, self.known()), &dk, &mut unused, Some(&mut dx));
        self.add_mean_slopes(x, dmean, &mut dx);
        dx
    }

    /// The pullback of [`predict`](Self::predict): how means and variances move with the points, given their cotangents;
    /// `[m, width]`.
    pub fn pullback(&self, x: &[f64], dmean: &[f64], dvariance: &[f64]) -> Vec<f64> {
        let rows = x.chunks_exact(self.data.width.max(1)).zip(dmean.iter().zip(dvariance));
        let one = |(x, (dmean, dvariance)): (&[f64], (&f64, &f64))| {
            let weights: Vec<f64> = self.factors.alpha.iter().map(|alpha| dmean * alpha).collect();
            self.pull(x, &weights, *dmean, *dvariance)
        };
        rows.flat_map(one).collect()
    }

    /// How a sum over the known points and the variance of one point move with it: `weights` are what covariances with the
    /// known points are multiplied by, on the process's own scale; `dmean` and `dvariance` are the cotangents of the mean
    /// function and of the variance.
    pub(crate) fn pull(&self, x: &[f64], weights: &[f64], dmean: f64, dvariance: f64) -> Vec<f64> {
        let own = self.split().kernel;
        let deviation = self.data.scale[1];
        let points = Points::new(x, self.data.width);
        let w = self.factors.factor.solve(&self.kernel.matrix(own, points, self.known()));
        let by_variance = -2.0 * deviation * deviation * dvariance;
        let dk: Vec<f64> = weights.iter().zip(&w).map(|(a, w)| deviation * a + by_variance * w).collect();
        let (mut unused, mut dx) = (vec![0.0; own.len()], vec![0.0; x.len()]);
        self.kernel.pullback(own, (points, self.known()), &dk, &mut unused, Some(&mut dx));
        // k(x, x) moves by twice the slope in its first argument: both are the same point.
        let copy = x.to_vec();
        let both = [2.0 * deviation * deviation * dvariance];
        let pair = (points, Points::new(&copy, self.data.width));
        self.kernel.pullback(own, pair, &both, &mut unused, Some(&mut dx));
        self.add_mean_slopes(x, &[dmean], &mut dx);
        dx
    }

    /// How the means and covariances of [`joint`](Self::joint) move with the points, given their cotangents; that of the
    /// covariances is symmetric. `[m, width]`.
    pub(crate) fn pullback_joint(&self, x: &[f64], dmean: &[f64], dcovariance: &[f64]) -> Vec<f64> {
        let own = self.split().kernel;
        let deviation = self.data.scale[1];
        let points = Points::new(x, self.data.width);
        let (n, m) = (self.data.n(), points.n());
        let w = self.factors.factor.solve(&self.kernel.matrix(own, points, self.known()));
        let square = deviation * deviation;
        // d covariance_ij = -k_i K^-1 k_j, from both sides.
        let mut dk = vec![0.0; m * n];
        for i in 0..m {
            let row = &mut dk[i * n..(i + 1) * n];
            row.iter_mut().zip(&self.factors.alpha).for_each(|(dk, a)| *dk = deviation * dmean[i] * a);
            for j in 0..m {
                let by = -2.0 * square * dcovariance[i * m + j];
                row.iter_mut().zip(&w[j * n..(j + 1) * n]).for_each(|(dk, w)| *dk += by * w);
            }
        }
        let (mut unused, mut dx) = (vec![0.0; own.len()], vec![0.0; x.len()]);
        self.kernel.pullback(own, (points, self.known()), &dk, &mut unused, Some(&mut dx));
        let copy = x.to_vec();
        let both: Vec<f64> = dcovariance.iter().map(|d| 2.0 * square * d).collect();
        self.kernel.pullback(own, (points, Points::new(&copy, self.data.width)), &both, &mut unused, Some(&mut dx));
        self.add_mean_slopes(x, dmean, &mut dx);
        dx
    }

    /// Adds how the mean function moves with points `x: [m, width]`, given its cotangents, in units of the values.
    fn add_mean_slopes(&self, x: &[f64], dmean: &[f64], dx: &mut [f64]) {
        let width = self.data.width.max(1);
        let rows = x.chunks_exact(width).zip(dmean).zip(dx.chunks_exact_mut(width));
        rows.for_each(|((x, by), dx)| self.add_mean_slope(x, *by, dx));
    }

    pub(crate) fn known(&self) -> Points<'_> {
        Points::new(&self.data.x, self.data.width)
    }
}

#[cfg(test)]
mod tests {
    use crate::kernels::{Kernel, Linear, Several, Stationary};
    use crate::mean::{Mean, Trend};
    use crate::process::GaussianProcess;
    use tensor::random::Key;

    #[test]
    fn the_pullback_is_the_derivative() {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..60).map(|_| random.uniform()).collect();
        let y: Vec<f64> = x.chunks(2).map(|x| 5.0 + (4.0 * x[0]).sin() * x[1] + 0.05 * random.normal()).collect();
        let linear = Kernel::Linear(Linear::default());
        let kernel = Kernel::Sum(Several { of: vec![Kernel::Matern52(Stationary::default()), linear] });
        let mean = Mean::Quadratic(Trend::default());
        let process = GaussianProcess { kernel, mean, restarts: 0, ..Default::default() }.fit(&x, 2, &y, &[], None, 0);
        let at = [0.3, 0.7, 0.9, 0.1];
        let (dmean, dvariance) = ([0.7, -1.2], [30.0, -20.0]);
        let value = |x: &[f64]| -> f64 {
            let said = process.predict(x);
            let means = said.mean.iter().zip(&dmean).map(|(m, d)| m * d).sum::<f64>();
            means + said.variance.iter().zip(&dvariance).map(|(v, d)| v * d).sum::<f64>()
        };
        let found = process.pullback(&at, &dmean, &dvariance);
        for k in 0..4 {
            let moved = |by: f64| {
                let mut at = at;
                at[k] += by;
                value(&at)
            };
            let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((found[k] - numeric).abs() < 1e-6 * (1.0 + numeric.abs()), "{k}: {found:?} {numeric}");
        }
        let (means, both) = (process.pullback_mean(&at, &dmean), process.pullback(&at, &dmean, &[0.0; 2]));
        assert!(means.iter().zip(&both).all(|(a, b)| (a - b).abs() < 1e-12), "{means:?} {both:?}");
    }
}
