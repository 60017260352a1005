//! Values at some points, drawn together.

use tensor::linalg::Cholesky;
use tensor::random::Key;

use crate::process::FittedProcess;

/// Jitter: what is added to the diagonal, relative to its largest element, until the covariance has a factor.
const JITTER: [f64; 7] = [1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-4];

/// Draws of the values without noise at points `x: [m, width]` from their joint distribution, `[draws, m]`.
///
/// ```
/// use bayes::{GaussianProcess, draw_jointly};
/// let process = GaussianProcess::default().fit(&[0.0, 0.5, 1.0], 1, &[1.0, 2.0, 0.0], &[], None, 0);
/// let drawn = draw_jointly(&process, &[0.2, 0.2001], 1, tensor::random::Key::new(0, "draws"));
/// assert!((drawn[0] - drawn[1]).abs() < 0.05); // near points move together
/// ```
pub fn draw_jointly(process: &FittedProcess, x: &[f64], draws: usize, key: Key) -> Vec<f64> {
    let (mean, mut covariance) = process.joint(x);
    let m = mean.len();
    let size = (0..m).map(|i| covariance[i * m + i]).fold(1e-300, f64::max);
    let mut random = key.random();
    for jitter in JITTER {
        (0..m).for_each(|i| covariance[i * m + i] += jitter * size);
        if let Some(factor) = Cholesky::new(&covariance, m) {
            let draw = |_| {
                let normals: Vec<f64> = (0..m).map(|_| random.normal()).collect();
                factor.lower_times(&normals).into_iter().zip(&mean).map(|(z, mean)| mean + z).collect::<Vec<f64>>()
            };
            return (0..draws).flat_map(draw).collect();
        }
    }
    // What is left are rounding errors: the points hardly vary.
    (0..draws).flat_map(|_| mean.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::process;

    #[test]
    fn draws_have_the_joint_covariance() {
        let (process, x) = (process(), [0.1, 0.9, 0.15, 0.85, 0.9, 0.1]);
        let (mean, covariance) = process.joint(&x);
        let drawn = draw_jointly(&process, &x, 8000, Key::new(0, "test"));
        for i in 0..3 {
            for j in 0..=i {
                let own = drawn.chunks(3).map(|d| (d[i] - mean[i]) * (d[j] - mean[j])).sum::<f64>() / 8000.0;
                let scale = (covariance[i * 4] * covariance[j * 4]).sqrt();
                assert!((own - covariance[i * 3 + j]).abs() < 0.05 * scale, "{i} {j} {own} {covariance:?}");
            }
        }
    }
}
