//! How likely the measurements are under some hyperparameters.

use std::f64::consts::TAU;

use tensor::linalg::Cholesky;

use crate::kernels::{Covariance, Kernel};
use crate::mean::Mean;
use crate::observations::Observations;
use crate::points::Points;

/// Hyperparameters as they are learned: those of the covariance, the logarithm of the noise, and the weights of the mean.
pub(crate) struct Split<'t> {
    pub kernel: &'t [f64],
    pub noise: f64,
    pub mean: &'t [f64],
}

/// Covariance and mean function of a process.
#[derive(Clone, Copy)]
pub(crate) struct Law<'a> {
    pub kernel: &'a Kernel,
    pub mean: &'a Mean,
}

impl Law<'_> {
    /// The parts of its hyperparameters, for points of `width` numbers.
    pub fn split<'t>(&self, theta: &'t [f64], width: usize) -> Split<'t> {
        let k = theta.len() - 1 - self.mean.count(width);
        Split { kernel: &theta[..k], noise: theta[k].exp(), mean: &theta[k + 1..] }
    }

    /// $y - m$ at the known points, on their scale.
    pub fn rest(&self, weights: &[f64], data: &Observations) -> Vec<f64> {
        let rows = data.x.chunks_exact(data.width.max(1)).zip(&data.y);
        rows.map(|(x, y)| y - self.mean.at(weights, data.scale, x)).collect()
    }
}

/// Factors computed once for some hyperparameters.
#[derive(Clone, Debug)]
pub(crate) struct Factors {
    pub factor: Cholesky,
    /// $K^{-1} (y - m)$.
    pub alpha: Vec<f64>,
    /// Jitter: what is added to the diagonal so that the matrix has a factor, relative to its mean.
    pub jitter: f64,
}

/// Jitter: what is added to the diagonal, relative to its mean, until the matrix has a factor.
const JITTER: [f64; 8] = [0.0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4];

impl Factors {
    /// `None` where even the largest jitter does not help.
    pub fn new(law: Law<'_>, theta: &[f64], data: &Observations) -> Option<Self> {
        let Split { kernel: own, noise, mean } = law.split(theta, data.width);
        let points = Points::new(&data.x, data.width);
        let mut k = law.kernel.matrix(own, points, points);
        let n = data.n();
        for (i, noise) in data.noise(noise).into_iter().enumerate() {
            k[i * n + i] += noise;
        }
        let size = (0..n).map(|i| k[i * n + i]).sum::<f64>() / n.max(1) as f64;
        let mut added = 0.0;
        for jitter in JITTER {
            (0..n).for_each(|i| k[i * n + i] += jitter * size - added);
            added = jitter * size;
            if let Some(factor) = Cholesky::new(&k, n) {
                return Some(Factors { alpha: factor.solve(&law.rest(mean, data)), factor, jitter });
            }
        }
        None
    }
}

/// $-\ln p(y \mid \theta)$ and its gradient \[Rasmussen2006\]: with $K$ of the means of repeated points, their noise on its
/// diagonal, and $G = \frac12 (K^{-1} - \alpha\alpha^\top)$ as the cotangent of $K$,
/// $$ \frac12 (y-m)^\top \alpha + \frac12 \ln\det K + \frac n2 \ln 2\pi + \sum_i \frac{n_i-1}{2} \ln 2\pi\sigma^2 +
/// \frac{1}{2\sigma^2}\sum_{ij} (y_{ij} - \bar y_i)^2 + \frac12 \sum_i \ln n_i. $$
///
/// Infinite where the matrix has no factor.
pub(crate) fn negative_log_likelihood(law: Law<'_>, theta: &[f64], data: &Observations) -> (f64, Vec<f64>) {
    let mut gradient = vec![0.0; theta.len()];
    let Some(Factors { factor, alpha, .. }) = Factors::new(law, theta, data) else {
        return (f64::INFINITY, gradient);
    };
    let Split { kernel: own, noise, mean } = law.split(theta, data.width);
    let (n, k) = (data.n(), own.len());
    let repeats = data.n_values as f64 - n as f64;
    let fit: f64 = law.rest(mean, data).iter().zip(&alpha).map(|(rest, a)| rest * a).sum();
    let mut value = 0.5 * (fit + factor.log_determinant() + n as f64 * TAU.ln());
    if repeats > 0.0 {
        value += 0.5 * (repeats * (TAU * noise).ln() + data.within / noise);
        value += 0.5 * data.counts.iter().map(|count| count.ln()).sum::<f64>();
    }
    let mut cotangent = factor.inverse();
    for i in 0..n {
        // Below the diagonal for both triangles.
        for j in 0..i {
            cotangent[i * n + j] -= alpha[i] * alpha[j];
        }
        cotangent[i * n + i] = 0.5 * (cotangent[i * n + i] - alpha[i] * alpha[i]);
    }
    let points = Points::new(&data.x, data.width);
    law.kernel.pullback(own, (points, points), &cotangent, &mut gradient[..k], None);
    gradient[k] = noise * (0..n).map(|i| cotangent[i * n + i] / data.counts[i]).sum::<f64>();
    if repeats > 0.0 {
        gradient[k] += 0.5 * (repeats - data.within / noise);
    }
    let by_mean: Vec<f64> = alpha.iter().map(|a| -a).collect();
    law.mean.pullback(&data.x, data.width, &by_mean, &mut gradient[k + 1..]);
    (value, gradient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::Stationary;
    use crate::mean::Trend;
    use tensor::random::Key;

    fn data(n: usize, repeats: bool) -> Observations {
        let mut random = Key::new(0, "test").random();
        let mut x: Vec<f64> = (0..2 * n).map(|_| random.uniform()).collect();
        if repeats {
            let again = x[..8].to_vec();
            x[8..16].copy_from_slice(&again);
        }
        let y: Vec<f64> = x.chunks(2).map(|x| (5.0 * x[0]).sin() + x[1] + 0.1 * random.normal()).collect();
        Observations::new(&x, 2, &y, &[])
    }

    #[test]
    fn the_gradient_is_the_derivative() {
        let kernel = Kernel::Matern52(Stationary::default());
        let mean = Mean::Quadratic(Trend::default());
        let law = Law { kernel: &kernel, mean: &mean };
        for repeats in [false, true] {
            let (data, theta) = (data(20, repeats), [-0.5, 0.2, -3.0, 0.1, 0.7, -0.4, 1.2, 0.3]);
            let (_, gradient) = negative_log_likelihood(law, &theta, &data);
            for at in 0..theta.len() {
                let moved = |by: f64| {
                    let mut theta = theta;
                    theta[at] += by;
                    negative_log_likelihood(law, &theta, &data).0
                };
                let numeric = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((gradient[at] - numeric).abs() < 1e-6 * (1.0 + numeric.abs()), "{at} {gradient:?} {numeric}");
            }
        }
    }

    /// Four points measured twice are as likely as eight points that stand side by side: the likelihood of the whole.
    #[test]
    fn collapsed_repeats_are_exactly_as_likely() {
        let (x, y) = ([0.1, 0.5, 0.1, 0.9, 0.5], [1.0, 2.0, 1.4, 0.3, 2.2]);
        let collapsed = Observations::new(&x, 1, &y, &[]);
        assert_eq!(collapsed.n(), 3);
        let whole = Observations {
            x: x.to_vec(),
            width: 1,
            y: y.iter().map(|y| (y - collapsed.scale[0]) / collapsed.scale[1]).collect(),
            counts: vec![1.0; 5],
            known: Vec::new(),
            within: 0.0,
            n_values: 5,
            scale: collapsed.scale,
        };
        let kernel = Kernel::Rbf(Stationary::default());
        let (mean, theta) = (Mean::default(), [-0.7, -2.0, 0.3]);
        let law = Law { kernel: &kernel, mean: &mean };
        let (a, ga) = negative_log_likelihood(law, &theta, &collapsed);
        let (b, gb) = negative_log_likelihood(law, &theta, &whole);
        assert!((a - b).abs() < 1e-9, "{a} {b}");
        assert!(ga.iter().zip(&gb).all(|(a, b)| (a - b).abs() < 1e-8), "{ga:?} {gb:?}");
    }
}
