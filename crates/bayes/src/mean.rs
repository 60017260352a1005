//! Mean functions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kernels::Parameter;
use crate::prior::{Normal, Prior};

/// Mean function $m(x)$ of a Gaussian process: its prediction far from all data \[Rasmussen2006\]. The weights are
/// learned together with the hyperparameters under normal priors, in units of the values, for inputs in the unit
/// cube. The default prior of a weight is normal with the standard deviation of the values, around their mean or
/// zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mean {
    /// Zero, $m(x) = 0$ in units of the values: nothing is learned \[Rasmussen2006\].
    Zero,
    /// A constant, $m(x) = c$ \[Rasmussen2006\].
    Constant {
        /// Prior of $c$.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Normal>,
    },
    /// A linear trend, $m(x) = c + \sum_a b_a (x_a - \tfrac12)$.
    Linear(Trend),
    /// A quadratic trend, $m(x) = c + \sum_a b_a (x_a - \tfrac12) + \sum_a q_a (x_a - \tfrac12)^2$.
    Quadratic(Trend),
}

/// Trend along some inputs \[Rasmussen2006\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Trend {
    /// Inputs of the trend, counted from 0; by default all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<usize>,
    /// Prior of $c$, the value in the center of the cube.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Normal>,
    /// Prior of $b$, the change over the range of each input: none, one for all, or one for each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slopes: Vec<Normal>,
    /// Prior of $q$: none, one for all, or one for each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub curvatures: Vec<Normal>,
}

impl Default for Mean {
    fn default() -> Self {
        Mean::Constant { level: None }
    }
}

/// Weights lie within so many standard deviations of their prior.
const WITHIN: f64 = 6.0;
/// And the level, without a prior, within so many standard deviations of the values.
const NEAR: f64 = 3.0;

impl Mean {
    /// Of a mean that runs with inputs, which ones, and up to which power.
    pub(crate) fn trend(&self) -> Option<(&Trend, usize)> {
        match self {
            Mean::Linear(trend) => Some((trend, 1)),
            Mean::Quadratic(trend) => Some((trend, 2)),
            Mean::Zero | Mean::Constant { .. } => None,
        }
    }

    /// How many weights it has for points of `width` numbers.
    pub fn count(&self, width: usize) -> usize {
        match self.trend() {
            Some((trend, power)) => 1 + power * trend.inputs(width).len(),
            None => usize::from(*self != Mean::Zero),
        }
    }

    /// Its weights as they are learned: for values with mean and standard deviation `scale` that were brought to 0 and 1.
    pub(crate) fn parameters(&self, width: usize, scale: [f64; 2]) -> Vec<Parameter> {
        let [center, deviation] = scale;
        let weight = |name: String, prior: Option<Normal>, shift: f64, reach: f64| {
            let own = |p: Normal| Normal { mean: (p.mean - shift) / deviation, deviation: p.deviation / deviation };
            let known = prior.map(own);
            let p = known.unwrap_or_default();
            let reach = if known.is_some() { WITHIN * p.deviation } else { reach };
            let bounds = [p.mean - reach, p.mean + reach];
            Parameter { name, positive: false, start: p.mean, bounds, prior: Prior::Normal(p) }
        };
        let level = |prior: Option<Normal>| weight("mean".into(), prior, center, NEAR);
        match self {
            Mean::Zero => Vec::new(),
            Mean::Constant { level: prior } => vec![level(*prior)],
            Mean::Linear(trend) | Mean::Quadratic(trend) => {
                let mut all = vec![level(trend.level)];
                let inputs = trend.inputs(width);
                let mut add = |word: &str, priors: &[Normal]| {
                    for (at, input) in inputs.iter().enumerate() {
                        let prior = priors.get(at).or(if priors.len() == 1 { priors.first() } else { None });
                        all.push(weight(format!("{word} {}", input + 1), prior.copied(), 0.0, WITHIN));
                    }
                };
                add("slope", &trend.slopes);
                if matches!(self, Mean::Quadratic(_)) {
                    add("curvature", &trend.curvatures);
                }
                all
            }
        }
    }

    /// What each weight is multiplied by at a point.
    fn basis(&self, x: &[f64]) -> Vec<f64> {
        let mut all = if *self == Mean::Zero { Vec::new() } else { vec![1.0] };
        if let Some((trend, power)) = self.trend() {
            let inputs = trend.inputs(x.len());
            let raised = |power: i32| inputs.iter().map(|&a| (x[a] - 0.5).powi(power)).collect::<Vec<f64>>();
            (1..=power as i32).for_each(|power| all.extend(raised(power)));
        }
        all
    }

    /// $m$ at a point, on the scale of the process.
    pub(crate) fn at(&self, weights: &[f64], scale: [f64; 2], x: &[f64]) -> f64 {
        match self {
            Mean::Zero => -scale[0] / scale[1],
            Mean::Constant { .. } => weights[0],
            _ => self.basis(x).iter().zip(weights).map(|(b, w)| b * w).sum(),
        }
    }

    /// Adds `by` times the slope of $m$ at a point to `dx`.
    pub(crate) fn add_slope(&self, weights: &[f64], x: &[f64], by: f64, dx: &mut [f64]) {
        let Some((trend, power)) = self.trend() else { return };
        let inputs = trend.inputs(x.len());
        for (at, &a) in inputs.iter().enumerate() {
            let bend = if power == 2 { 2.0 * weights[1 + inputs.len() + at] * (x[a] - 0.5) } else { 0.0 };
            dx[a] += by * (weights[1 + at] + bend);
        }
    }

    /// Adds to `dweights` how they move the values at points `x: [n, width]`, whose cotangents are `dm: [n]`.
    pub(crate) fn pullback(&self, x: &[f64], width: usize, dm: &[f64], dweights: &mut [f64]) {
        for (x, dm) in x.chunks_exact(width.max(1)).zip(dm) {
            dweights.iter_mut().zip(self.basis(x)).for_each(|(d, b)| *d += dm * b);
        }
    }

    /// The mean of the negated values.
    #[must_use]
    pub fn negated(&self) -> Mean {
        let one = |p: &Normal| Normal { mean: -p.mean, deviation: p.deviation };
        let many = |all: &[Normal]| all.iter().map(one).collect();
        let trend = |own: &Trend| Trend {
            columns: own.columns.clone(),
            level: own.level.as_ref().map(one),
            slopes: many(&own.slopes),
            curvatures: many(&own.curvatures),
        };
        match self {
            Mean::Zero => Mean::Zero,
            Mean::Constant { level } => Mean::Constant { level: level.as_ref().map(one) },
            Mean::Linear(own) => Mean::Linear(trend(own)),
            Mean::Quadratic(own) => Mean::Quadratic(trend(own)),
        }
    }

    /// The error in it for points of `width` numbers, in words.
    pub fn fault(&self, width: usize) -> Option<String> {
        if let Mean::Constant { level } = self {
            return level.and_then(Normal::fault);
        }
        let (trend, power) = self.trend()?;
        let inputs = trend.inputs(width);
        if let Some(column) = inputs.iter().find(|&&column| column >= width) {
            return Some(format!("the mean uses column {column}, counted from 0, of {width}"));
        }
        let named = [("slopes", &trend.slopes), ("curvatures", &trend.curvatures)];
        let odd = |(_, priors): &&(&str, &Vec<Normal>)| ![0, 1, inputs.len()].contains(&priors.len());
        if let Some((name, priors)) = named.iter().find(odd) {
            return Some(format!("the mean has {} priors of {name} for {} inputs", priors.len(), inputs.len()));
        }
        if power == 1 && !trend.curvatures.is_empty() {
            return Some("a linear mean has no curvatures: `quadratic` has".into());
        }
        trend.level.iter().chain(&trend.slopes).chain(&trend.curvatures).find_map(|prior| prior.fault())
    }
}

impl Trend {
    /// The inputs that it runs with.
    pub(crate) fn inputs(&self, width: usize) -> Vec<usize> {
        crate::kernels::columns(&self.columns, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Kernel, Linear, Several, Stationary};
    use crate::likelihood::{Law, negative_log_likelihood};
    use crate::{FittedProcess, GaussianProcess, Noise, Observations};
    use serde_json::{from_value, json};
    use tensor::random::Key;

    /// Slopes that are normal beforehand make a linear covariance: the most probable ones are those that the process with that
    /// covariance has on average, and both say the same.
    #[test]
    fn a_linear_mean_is_a_linear_covariance() {
        let x = crate::sobol(12, 2, Key::new(0, "test"));
        let y = x.chunks(2).map(|x| 0.5 + x[0] - 2.0 * x[1] + (9.0 * x[0]).sin()).collect::<Vec<f64>>();
        let data = Observations { y: y.clone(), scale: [0.0, 1.0], ..Observations::new(&x, 2, &y, &[]) };
        let (rbf, length, noise) = (Kernel::Rbf(Stationary::default()), 0.4_f64.ln(), 1e-2_f64.ln());
        let both = Kernel::Sum(Several { of: vec![rbf.clone(), Kernel::Linear(Linear::default())] });
        let (level, theta) = (0.3, vec![length, length, 0.0, 0.0, noise, 0.3]);
        let sum = FittedProcess::new(both, Mean::default(), theta, data.clone());
        let mean = Mean::Linear(Trend::default());
        let slope = |a: usize| -> f64 { (0..12).map(|i| (x[2 * i + a] - 0.5) * sum.factors.alpha[i]).sum() };
        let weights = vec![level, slope(0), slope(1)];
        let theta = [vec![length, length, noise], weights.clone()].concat();
        let law = Law { kernel: &rbf, mean: &mean };
        let (_, gradient) = negative_log_likelihood(law, &theta, &data);
        for (weight, slope) in weights.iter().zip(&gradient[3..]).skip(1) {
            assert!((weight + slope).abs() < 1e-8, "{weights:?} {gradient:?}");
        }
        let own = FittedProcess::new(rbf, mean, theta, data);
        let at = [0.3, 0.9, 2.0, 2.0];
        let (said, wanted) = (own.predict(&at).mean, sum.predict(&at).mean);
        assert!(said.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-8), "{said:?} {wanted:?}");
    }

    /// A slope that is known beforehand is followed to where nothing was measured; 8 at 0, so 28 at 1.
    #[test]
    fn what_is_known_of_a_slope_is_said_far_from_the_data() {
        let slope = Normal { mean: 20.0, deviation: 0.1 };
        let mean = Mean::Linear(Trend { slopes: vec![slope], ..Trend::default() });
        let process = GaussianProcess { mean: mean.clone(), noise: Noise::Deterministic, ..Default::default() };
        let fitted = process.fit(&[0.0, 0.1], 1, &[8.0, 10.0], &[], None, 0);
        assert!((fitted.predict(&[1.0]).mean[0] - 28.0).abs() < 0.5, "{:?}", fitted.predict(&[1.0]));
        let falling = GaussianProcess { mean: mean.negated(), noise: Noise::Deterministic, ..Default::default() };
        let fitted = falling.fit(&[0.0, 0.1], 1, &[-8.0, -10.0], &[], None, 0);
        assert!((fitted.predict(&[1.0]).mean[0] + 28.0).abs() < 0.5);
    }

    #[test]
    fn slopes_are_derivatives() {
        let mean = Mean::Quadratic(Trend { columns: vec![0, 2], ..Trend::default() });
        let (weights, x) = ([0.3, 1.5, -0.7, 2.0, 0.4], [0.2, 0.9, 0.6]);
        assert_eq!((mean.count(3), mean.parameters(3, [0.0, 1.0]).len()), (5, 5));
        let mut dx = vec![0.0; 3];
        mean.add_slope(&weights, &x, 1.0, &mut dx);
        for a in 0..3 {
            let moved = |by: f64| {
                let mut x = x;
                x[a] += by;
                mean.at(&weights, [0.0, 1.0], &x)
            };
            assert!((dx[a] - (moved(1e-6) - moved(-1e-6)) / 2e-6).abs() < 1e-8, "{a}: {dx:?}");
        }
    }

    #[test]
    fn faults_are_told() {
        let fault = |text: serde_json::Value| from_value::<Mean>(text).unwrap().fault(2).unwrap_or_default();
        assert!(fault(json!({"kind": "linear", "columns": [3]})).contains("column 3"));
        assert!(fault(json!({"kind": "linear", "slopes": [{}, {}, {}]})).contains("3 priors of slopes for 2 inputs"));
        assert!(fault(json!({"kind": "linear", "curvatures": [{}]})).contains("`quadratic`"));
        assert!(fault(json!({"kind": "constant", "level": {"deviation": 0.0}})).contains("deviation 0"));
        assert_eq!(fault(json!({"kind": "zero"})), "");
    }
}
