//! One function drawn from what a process knows, with slopes.

use tensor::kernels::reduce::dot;
use tensor::random::Key;

use super::Features;
use crate::kernels::Covariance;
use crate::points::Points;
use crate::process::FittedProcess;

/// $f(x) = \frac1{\sqrt M} \sum_m w_m \varphi_m(x) + k(x, X)\,K^{-1}(y - m - \Phi w - \varepsilon)$: a function drawn before
/// there were data, corrected by what the data say \[Wilson2020\]. It can be followed by its slope, at any point.
pub(crate) struct Path<'a> {
    process: &'a FittedProcess,
    features: Features,
    weights: Vec<f64>,
    correction: Vec<f64>,
}

/// Random functions $M$.
const COUNT: usize = 1024;

impl<'a> Path<'a> {
    /// `levels` are numbers of values of categories, by column; `None` where the covariance cannot be drawn.
    pub fn draw(process: &'a FittedProcess, levels: &[usize], key: Key) -> Option<Self> {
        let split = process.split();
        let mut random = key.random();
        let features = Features::draw(&process.kernel, split.kernel, levels, COUNT, &mut random)?;
        let weights: Vec<f64> = (0..COUNT).map(|_| random.normal() / (COUNT as f64).sqrt()).collect();
        let data = &process.data;
        let noise = data.noise(split.noise);
        let rest = |(at, x): (usize, &[f64])| {
            let before = dot(&features.at(x).0, &weights);
            data.y[at] - process.mean_at(x) - before - noise[at].sqrt() * random.normal()
        };
        let rest: Vec<f64> = data.x.chunks_exact(data.width.max(1)).enumerate().map(rest).collect();
        let correction = process.factors.factor.solve(&rest);
        Some(Path { process, features, weights, correction })
    }

    /// Numbers of a point.
    pub fn width(&self) -> usize {
        self.process.data.width.max(1)
    }

    /// The value at a point, in units of the values.
    pub fn value(&self, x: &[f64]) -> f64 {
        let own = self.process.split().kernel;
        let [center, deviation] = self.process.data.scale;
        let points = Points::new(x, self.process.data.width);
        let k = self.process.kernel.matrix(own, points, self.process.known());
        center
            + deviation
                * (self.process.mean_at(x) + dot(&self.features.at(x).0, &self.weights) + dot(&k, &self.correction))
    }

    /// The value at a point, and how it moves with it.
    pub fn climb(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let own = self.process.split().kernel;
        let deviation = self.process.data.scale[1];
        let points = Points::new(x, self.process.data.width);
        let (mut unused, mut dx) = (vec![0.0; own.len()], vec![0.0; x.len()]);
        self.process.kernel.pullback(own, (points, self.process.known()), &self.correction, &mut unused, Some(&mut dx));
        self.features.at(x).1(&self.weights, &mut dx);
        dx.iter_mut().for_each(|dx| *dx *= deviation);
        self.process.add_mean_slope(x, 1.0, &mut dx);
        (self.value(x), dx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::tests::process;

    /// Means and variances of many drawn functions are those that the process gives.
    #[test]
    fn drawn_functions_have_the_processs_distribution() {
        let process = process();
        let x = [0.12, 0.95];
        let said = process.predict(&x);
        let draws: Vec<f64> = (0..400)
            .map(|at| Path::draw(&process, &[1, 1], Key::new(0, "test").shard(at)).unwrap().value(&x))
            .collect();
        let mean = draws.iter().sum::<f64>() / 400.0;
        let variance = draws.iter().map(|f| (f - mean).powi(2)).sum::<f64>() / 400.0;
        let deviation = said.variance[0].sqrt();
        assert!((mean - said.mean[0]).abs() < 0.2 * deviation, "{mean} {said:?}");
        assert!((variance.sqrt() / deviation - 1.0).abs() < 0.15, "{} {deviation}", variance.sqrt());
    }

    #[test]
    fn it_passes_through_the_data_and_its_slope_is_the_derivative() {
        let process = process();
        let path = Path::draw(&process, &[1, 1], Key::new(0, "test")).unwrap();
        let data = process.observations();
        let known = data.scale[0] + data.scale[1] * data.y[3];
        assert!((path.value(&data.x[6..8]) - known).abs() < 0.02 * data.scale[1]);
        let (_, slope) = path.climb(&[0.4, 0.3]);
        let numeric = (path.value(&[0.4 + 1e-6, 0.3]) - path.value(&[0.4 - 1e-6, 0.3])) / 2e-6;
        assert!((slope[0] - numeric).abs() < 1e-5 * (1.0 + numeric.abs()), "{slope:?} {numeric}");
    }
}
