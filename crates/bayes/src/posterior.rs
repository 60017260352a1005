//! What a Gaussian process says of points that it has not seen.

use crate::kernels::Covariance;
use crate::likelihood::Split;
use crate::points::Points;
use crate::process::FittedProcess;

/// What is said of some points, in units of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// Means.
    pub mean: Vec<f64>,
    /// Variances of what lies behind the noise.
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
        let Split { kernel: own, mean, .. } = Split::of(&self.theta);
        let [centre, deviation] = self.data.scale;
        let n = self.data.n();
        let mut said = Posterior { mean: Vec::new(), variance: Vec::new() };
        for x in x.chunks(BLOCK * self.data.width.max(1)) {
            let points = Points::new(x, self.data.width);
            let k = self.kernel.matrix(own, points, self.known());
            let v = self.factors.factor.solve_lower(&k);
            let diagonal = self.kernel.diagonal(own, points);
            for (row, own) in diagonal.into_iter().enumerate() {
                let (k, v) = (&k[row * n..(row + 1) * n], &v[row * n..(row + 1) * n]);
                let sum: f64 = k.iter().zip(&self.factors.alpha).map(|(k, a)| k * a).sum();
                let rest = own - v.iter().map(|v| v * v).sum::<f64>();
                said.mean.push(centre + deviation * (mean + sum));
                // NaN stays NaN.
                said.variance.push(deviation * deviation * if rest < SMALLEST { SMALLEST } else { rest });
            }
        }
        said
    }

    /// How the means of [`predict`](Self::predict) move with the points, given their cotangents; `[m, width]`.
    pub fn pullback_mean(&self, x: &[f64], dmean: &[f64]) -> Vec<f64> {
        let Split { kernel: own, .. } = Split::of(&self.theta);
        let deviation = self.data.scale[1];
        let points = Points::new(x, self.data.width);
        let dk: Vec<f64> =
            dmean.iter().flat_map(|d| self.factors.alpha.iter().map(move |alpha| deviation * d * alpha)).collect();
        let (mut unused, mut dx) = (vec![0.0; own.len()], vec![0.0; x.len()]);
        self.kernel.pullback(own, (points, self.known()), &dk, &mut unused, Some(&mut dx));
        dx
    }

    /// The pullback of [`predict`](Self::predict): how means and variances move with the points, given their cotangents;
    /// `[m, width]`.
    pub fn pullback(&self, x: &[f64], dmean: &[f64], dvariance: &[f64]) -> Vec<f64> {
        let Split { kernel: own, .. } = Split::of(&self.theta);
        let deviation = self.data.scale[1];
        let (n, width) = (self.data.n(), self.data.width.max(1));
        let mut dx = vec![0.0; x.len()];
        let blocks = x.chunks(BLOCK * width).zip(dx.chunks_mut(BLOCK * width));
        for ((x, dx), (dmean, dvariance)) in blocks.zip(dmean.chunks(BLOCK).zip(dvariance.chunks(BLOCK))) {
            let points = Points::new(x, self.data.width);
            let k = self.kernel.matrix(own, points, self.known());
            let w = self.factors.factor.solve(&k);
            // d mean / dk = alpha, d variance / dk = -2 K^-1 k.
            let mut dk = vec![0.0; k.len()];
            for (row, dk) in dk.chunks_exact_mut(n.max(1)).enumerate() {
                let (a, b) = (deviation * dmean[row], -2.0 * deviation * deviation * dvariance[row]);
                let sides = self.factors.alpha.iter().zip(&w[row * n..(row + 1) * n]);
                dk.iter_mut().zip(sides).for_each(|(dk, (alpha, w))| *dk = a * alpha + b * w);
            }
            let mut unused = vec![0.0; own.len()];
            self.kernel.pullback(own, (points, self.known()), &dk, &mut unused, Some(&mut *dx));
            // k(x, x) moves by twice the slope in its first argument: both are the same point.
            let copy = x.to_vec();
            for row in 0..points.n() {
                let (own_point, other) = (row * width..(row + 1) * width, &copy[row * width..(row + 1) * width]);
                let pair = (Points::new(&x[own_point.clone()], self.data.width), Points::new(other, self.data.width));
                let both = 2.0 * deviation * deviation * dvariance[row];
                self.kernel.pullback(own, pair, &[both], &mut unused, Some(&mut dx[own_point]));
            }
        }
        dx
    }

    pub(crate) fn known(&self) -> Points<'_> {
        Points::new(&self.data.x, self.data.width)
    }
}

#[cfg(test)]
mod tests {
    use crate::kernels::{Kernel, Linear, Several, Stationary};
    use crate::process::GaussianProcess;
    use tensor::random::Key;

    #[test]
    fn the_pullback_is_the_derivative() {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..60).map(|_| random.uniform()).collect();
        let y: Vec<f64> = x.chunks(2).map(|x| 5.0 + (4.0 * x[0]).sin() * x[1] + 0.05 * random.normal()).collect();
        let linear = Kernel::Linear(Linear::default());
        let kernel = Kernel::Sum(Several { of: vec![Kernel::Matern52(Stationary::default()), linear] });
        let process = GaussianProcess { kernel, restarts: 0, ..Default::default() }.fit(&x, 2, &y, &[], None, 0);
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
