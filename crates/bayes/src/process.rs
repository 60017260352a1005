//! A Gaussian process: hyperparameters from data, and what it then says of other points.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;

use crate::kernels::{Kernel, Parameter};
use crate::likelihood::{Factors, Law, Split, negative_log_likelihood};
use crate::mean::Mean;
use crate::minimize::{Search, minimize};
use crate::observations::Observations;
use crate::prior::Prior;

/// Gaussian process \[Rasmussen2006\]: values at all points are jointly normal with the mean function $m$ and the
/// covariance function $k$. From values $y$ at the points $X$ follow, at a new point, the mean
/// $\mu = m(x) + k_x^\top (K + \sigma^2 I)^{-1} (y - m(X))$ and the variance
/// $s^2 = k(x, x) - k_x^\top (K + \sigma^2 I)^{-1} k_x$. Hyperparameters maximize the posterior density. Inputs are
/// meant to lie in the unit cube; values are standardized.
///
/// Input `[batch, features]`, output `[batch, targets]` with a standard deviation for each number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GaussianProcess {
    /// Covariance function $k$.
    pub kernel: Kernel,
    /// Mean function $m$: the prediction far from all data.
    pub mean: Mean,
    /// Noise variance $\sigma^2$ of a single measurement.
    pub noise: Noise,
    /// Starts of the hyperparameter search that are drawn from the priors, in addition to the default one.
    #[schemars(range(min = 0, max = 100))]
    pub restarts: usize,
    /// Points used to find hyperparameters, at most; of more, a random sample. Predictions use all points.
    #[schemars(range(min = 2))]
    pub search_rows: usize,
}

impl Default for GaussianProcess {
    fn default() -> Self {
        GaussianProcess {
            kernel: Kernel::default(),
            mean: Mean::default(),
            noise: Noise::default(),
            restarts: 2,
            search_rows: 1000,
        }
    }
}

/// Noise variance of a single measurement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Noise {
    /// Learned, $\sigma^2$ from $10^{-6}$ to 1 times the variance of the values.
    Learned {
        /// Prior of $\sigma^2$, relative to the variance of the values; by default $\ln\sigma^2 \sim N(-4, 1)$
        /// \[Hvarfner2024\].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prior: Option<Prior>,
    },
    /// A known variance $\sigma^2$ (`variance`) \[Rasmussen2006\].
    Fixed {
        /// The variance, in squared units of the values.
        variance: f64,
    },
    /// Repeated measurements are the same: $\sigma^2$ is $10^{-8}$ of the variance of the values.
    Deterministic,
}

impl Noise {
    /// The error in its numbers, in words.
    pub fn fault(self) -> Option<String> {
        match self {
            Noise::Learned { prior } => prior.and_then(Prior::fault),
            Noise::Fixed { variance } if !(variance >= 0.0 && variance.is_finite()) => {
                Some(format!("a variance of {variance} is none"))
            }
            Noise::Fixed { .. } | Noise::Deterministic => None,
        }
    }
}

impl Default for Noise {
    fn default() -> Self {
        Noise::Learned { prior: None }
    }
}

/// The noise of exact values, relative to their variance.
const EXACT: f64 = 1e-8;
/// The smallest noise that is learned.
const FLOOR: f64 = 1e-6;
/// So many points tell which of several starts is worth following.
const VALLEYS: usize = 200;
/// The noise at which the search begins: the mode of its prior.
const START: f64 = 6.7e-3;

/// A process that has learned.
#[derive(Clone, Debug)]
pub struct FittedProcess {
    pub(crate) kernel: Kernel,
    pub(crate) mean: Mean,
    pub(crate) theta: Vec<f64>,
    pub(crate) data: Observations,
    pub(crate) factors: Factors,
}

impl GaussianProcess {
    /// Learns from points `x: [n, width]`, values and, where they are known, variances of the values. Hyperparameters are the
    /// most probable ones, found from the usual start, from `before` where a similar process is known, and from draws.
    ///
    /// ```
    /// use bayes::GaussianProcess;
    /// let x: Vec<f64> = (0..20).map(|i| i as f64 / 19.0).collect();
    /// let y: Vec<f64> = x.iter().map(|x| (6.0 * x).sin()).collect();
    /// let process = GaussianProcess::default().fit(&x, 1, &y, &[], None, 0);
    /// let said = process.predict(&[0.512]);
    /// assert!((said.mean[0] - (6.0_f64 * 0.512).sin()).abs() < 0.01 && said.variance[0] < 0.01);
    /// ```
    pub fn fit(
        &self,
        x: &[f64],
        width: usize,
        y: &[f64],
        variances: &[f64],
        before: Option<&[f64]>,
        seed: u64,
    ) -> FittedProcess {
        let data = Observations::new(x, width, y, variances);
        let parameters = self.parameters(width, &data);
        let some = data.some(self.search_rows, seed);
        let searched = some.as_ref().unwrap_or(&data);
        let bounds: Vec<[f64; 2]> = parameters.iter().map(|p| p.bounds).collect();
        let objective = |data: &Observations, theta: &[f64]| {
            let (mut value, mut gradient) = negative_log_likelihood(self.law(), theta, data);
            for (at, parameter) in parameters.iter().enumerate() {
                let (density, slope) = parameter.log_density(theta[at]);
                value -= density;
                gradient[at] -= slope;
            }
            (value, gradient)
        };
        let usual: Vec<f64> = parameters.iter().map(|p| p.start).collect();
        let known = before.filter(|theta| theta.len() == usual.len()).map(<[f64]>::to_vec);
        let draw = |restart: usize| -> Vec<f64> {
            let mut random = Key::new(seed, "hyperparameters").shard(restart).random();
            let one = |p: &Parameter| if p.positive { p.prior.draw(&mut random, p.start) } else { p.start };
            parameters.iter().map(one).collect()
        };
        let starts: Vec<Vec<f64>> =
            std::iter::once(usual.clone()).chain(known).chain((0..self.restarts).map(draw)).collect();
        let search = Search { iterations: 100, gradient: 1e-4, fall: 1e-7 };
        // The first of equally probable ones, so that threads decide nothing.
        let best = |data: &Observations, starts: &[Vec<f64>]| -> Option<Vec<f64>> {
            let one = |start: &Vec<f64>| minimize(|theta: &[f64]| objective(data, theta), start, &bounds, search);
            let found: Vec<_> = starts.par_iter().map(one).collect();
            found.into_iter().filter(|m| m.value.is_finite()).min_by(|a, b| a.value.total_cmp(&b.value)).map(|m| m.x)
        };
        // Of many points a few tell which valley is the deepest; its bottom is then found by all.
        let coarse = if starts.len() > 1 { searched.some(VALLEYS, seed) } else { None };
        let starts = match coarse.and_then(|some| best(&some, &starts)) {
            Some(start) => vec![start],
            None => starts,
        };
        let theta = best(searched, &starts).unwrap_or(usual);
        FittedProcess::new(self.kernel.clone(), self.mean.clone(), theta, data)
    }

    /// $-\ln p(y \mid \theta)$ and its gradient where the search for hyperparameters begins.
    ///
    /// ```
    /// use bayes::{GaussianProcess, Observations};
    /// let data = Observations::new(&[0.0, 0.5, 1.0], 1, &[1.0, 2.0, 0.0], &[]);
    /// let (value, gradient) = GaussianProcess::default().likelihood(&data);
    /// assert!(value.is_finite() && gradient.len() == 3); // a lengthscale, the noise, the mean
    /// ```
    pub fn likelihood(&self, data: &Observations) -> (f64, Vec<f64>) {
        let theta: Vec<f64> = self.parameters(data.width, data).iter().map(|p| p.start).collect();
        negative_log_likelihood(self.law(), &theta, data)
    }

    fn law(&self) -> Law<'_> {
        Law { kernel: &self.kernel, mean: &self.mean }
    }

    /// The error in it for points of `width` numbers, in words; `None` where there is none.
    pub fn fault(&self, width: usize) -> Option<String> {
        self.kernel.fault(width).or_else(|| self.mean.fault(width)).or_else(|| self.noise.fault())
    }

    /// Those of the covariance, the noise and the mean.
    fn parameters(&self, width: usize, data: &Observations) -> Vec<Parameter> {
        let mut all = self.kernel.parameters(width);
        let fixed = |variance: f64| {
            let t = variance.max(1e-12).ln();
            (t, [t, t], Prior::Flat)
        };
        let (start, bounds, prior) = match self.noise {
            Noise::Learned { prior } => {
                let prior = prior.unwrap_or(Prior::LogNormal { mean: -4.0, deviation: 1.0 });
                (START.ln(), [FLOOR.ln(), 1.0_f64.ln()], prior)
            }
            Noise::Fixed { variance } => fixed(variance / data.scale[1].powi(2)),
            Noise::Deterministic => fixed(EXACT),
        };
        all.push(Parameter { name: "noise".into(), positive: true, start, bounds, prior });
        all.extend(self.mean.parameters(width, data.scale));
        all
    }
}

impl Parameter {
    /// The logarithm of its prior density, and the slope of that.
    fn log_density(&self, t: f64) -> (f64, f64) {
        match (self.positive, self.prior) {
            (true, prior) => prior.log_density(t),
            (false, Prior::Normal(normal)) => {
                let z = (t - normal.mean) / normal.deviation;
                (-0.5 * z * z, -z / normal.deviation)
            }
            (false, _) => (0.0, 0.0),
        }
    }
}

impl FittedProcess {
    /// With hyperparameters that are known. Where even jitter does not give the matrix a factor, the noise grows until it
    /// has one.
    ///
    /// # Panics
    /// If a point or a hyperparameter is not finite.
    pub fn new(kernel: Kernel, mean: Mean, mut theta: Vec<f64>, data: Observations) -> Self {
        let noise = theta.len() - 1 - mean.count(data.width);
        loop {
            if let Some(factors) = Factors::new(Law { kernel: &kernel, mean: &mean }, &theta, &data) {
                return FittedProcess { kernel, mean, theta, data, factors };
            }
            assert!(theta[noise] < 50.0, "points and hyperparameters are finite");
            theta[noise] += std::f64::consts::LN_10;
        }
    }

    /// $\ln p(y \mid \theta)$ of the values on its own scale.
    pub fn log_marginal_likelihood(&self) -> f64 {
        -negative_log_likelihood(self.law(), &self.theta, &self.data).0
    }

    pub(crate) fn law(&self) -> Law<'_> {
        Law { kernel: &self.kernel, mean: &self.mean }
    }

    /// The parts of its hyperparameters.
    pub(crate) fn split(&self) -> Split<'_> {
        self.law().split(&self.theta, self.data.width)
    }

    /// The mean function at a point, on its own scale.
    pub(crate) fn mean_at(&self, x: &[f64]) -> f64 {
        self.mean.at(self.split().mean, self.data.scale, x)
    }

    /// Adds `by` times the slope of the mean function at a point to `dx`, in units of the values.
    pub(crate) fn add_mean_slope(&self, x: &[f64], by: f64, dx: &mut [f64]) {
        self.mean.add_slope(self.split().mean, x, by * self.data.scale[1], dx);
    }

    /// Hyperparameters as they are learned, to begin another search with.
    pub fn theta(&self) -> &[f64] {
        &self.theta
    }

    /// A length for each input over which the covariance changes much: its shortest lengthscale there, one where it has none.
    pub fn lengths(&self) -> Vec<f64> {
        let mut lengths = vec![f64::INFINITY; self.data.width];
        let parameters = self.kernel.parameters(self.data.width);
        for (parameter, t) in parameters.iter().zip(&self.theta) {
            let Some(input) = parameter.name.strip_prefix("lengthscale") else { continue };
            match input.trim().parse::<usize>() {
                Ok(input) => lengths[input - 1] = lengths[input - 1].min(t.exp()),
                Err(_) => lengths.iter_mut().for_each(|length| *length = length.min(t.exp())),
            }
        }
        lengths.iter_mut().filter(|length| !length.is_finite()).for_each(|length| *length = 1.0);
        lengths
    }

    /// The variance of a single measurement, in squared units of the values.
    pub fn noise(&self) -> f64 {
        self.split().noise * self.data.scale[1].powi(2)
    }

    /// Jitter: what is added to the diagonal so that the matrix has a factor, relative to its mean; mostly zero.
    pub fn jitter(&self) -> f64 {
        self.factors.jitter
    }

    /// The different points that it has learned from, with their mean values on its own scale.
    pub fn observations(&self) -> &Observations {
        &self.data
    }

    /// The mean function.
    pub fn mean(&self) -> &Mean {
        &self.mean
    }

    /// The covariance function.
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::Stationary;

    fn wave(n: usize) -> (Vec<f64>, Vec<f64>) {
        let x: Vec<f64> = (0..n).map(|i| i as f64 / (n - 1) as f64).collect();
        let y = x.iter().map(|x| 10.0 + 3.0 * (7.0 * x).sin()).collect();
        (x, y)
    }

    #[test]
    fn a_smooth_law_is_learned_and_what_is_far_is_uncertain() {
        let (x, y) = wave(25);
        let process =
            GaussianProcess { noise: Noise::Deterministic, ..Default::default() }.fit(&x, 1, &y, &[], None, 0);
        let said = process.predict(&[0.333, 3.0]);
        assert!((said.mean[0] - (10.0 + 3.0 * (7.0_f64 * 0.333).sin())).abs() < 1e-2, "{said:?}");
        assert!(said.variance[0] < 1e-3 && said.variance[1] > 1.0, "{said:?}");
    }

    #[test]
    fn points_that_stand_twice_and_flat_values_do_no_harm() {
        let flat = GaussianProcess::default().fit(&[0.1, 0.2, 0.3], 1, &[5.0; 3], &[], None, 0);
        assert!((flat.predict(&[0.9]).mean[0] - 5.0).abs() < 1e-6);
        let kernel = Kernel::Rbf(Stationary::default());
        let x: Vec<f64> = (0..60).map(|i| 0.5 + 1e-9 * f64::from(i)).collect();
        let y: Vec<f64> = (0..60).map(|i| f64::from(i % 7)).collect();
        let near =
            GaussianProcess { kernel, noise: Noise::Deterministic, ..Default::default() }.fit(&x, 1, &y, &[], None, 0);
        assert!(near.predict(&[0.5]).mean[0].is_finite() && near.jitter() <= 1e-4);
    }

    #[test]
    fn noise_is_found() {
        let mut random = Key::new(5, "test").random();
        let x: Vec<f64> = (0..200).map(|i| f64::from(i) / 200.0).collect();
        let y: Vec<f64> = x.iter().map(|x| (6.0 * x).sin() + 0.2 * random.normal()).collect();
        let found = GaussianProcess::default().fit(&x, 1, &y, &[], None, 0).noise();
        assert!((found.sqrt() - 0.2).abs() < 0.03, "{}", found.sqrt());
    }

    #[test]
    fn the_same_seed_gives_the_same_bits_for_any_number_of_threads() {
        let (x, y) = wave(260);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let process = GaussianProcess { restarts: 1, ..Default::default() };
            pool.install(|| process.fit(&x, 1, &y, &[], None, 3).theta().to_vec())
        };
        assert_eq!(with(1), with(2));
    }
}
