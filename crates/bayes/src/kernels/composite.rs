//! Covariances made of others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kernel;
use super::covariance::{Covariance, Parameter, reach};
use crate::points::Points;
use crate::prior::Prior;

/// A scaled covariance, $s\,k(x, x')$ with a learned variance $s$ from $10^{-4}$ to $10^4$, 1 at the start
/// \[Rasmussen2006\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scaled {
    /// The covariance function $k$.
    pub of: Box<Kernel>,
    /// Prior of the variance; by default $\ln s \sim N(0, 1)$.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variance: Option<Prior>,
}

impl Covariance for Scaled {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let own = Parameter {
            name: "variance".into(),
            positive: true,
            start: 0.0,
            bounds: [1e-4_f64.ln(), 1e4_f64.ln()],
            prior: self.variance.unwrap_or(Prior::LogNormal { mean: 0.0, deviation: 1.0 }),
        };
        std::iter::once(own).chain(self.of.parameters(width)).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let s = theta[0].exp();
        self.of.matrix(&theta[1..], a, b).into_iter().map(|k| s * k).collect()
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        let s = theta[0].exp();
        self.of.diagonal(&theta[1..], a).into_iter().map(|k| s * k).collect()
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    ) {
        let s = theta[0].exp();
        let k = self.of.matrix(&theta[1..], a, b);
        dtheta[0] += s * inner(&k, dk, a, b);
        let scaled: Vec<f64> = dk.iter().map(|dk| s * dk).collect();
        self.of.pullback(&theta[1..], (a, b), &scaled, &mut dtheta[1..], da);
    }
}

/// Several covariance functions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Several {
    /// The covariance functions $k_m$.
    pub of: Vec<Kernel>,
}

/// How they are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Joint {
    Sum,
    Product,
}

impl Several {
    pub(crate) fn sum(&self) -> Joined<'_> {
        Joined { own: self, joint: Joint::Sum }
    }

    pub(crate) fn product(&self) -> Joined<'_> {
        Joined { own: self, joint: Joint::Product }
    }
}

pub(crate) struct Joined<'a> {
    own: &'a Several,
    joint: Joint,
}

impl Joined<'_> {
    /// Each part with its hyperparameters, which begin at the place that comes with it.
    fn parts<'t>(&self, theta: &'t [f64], width: usize) -> Vec<(&Kernel, usize, &'t [f64])> {
        let mut start = 0;
        let part = |kernel| {
            let n = Covariance::parameters(kernel, width).len();
            start += n;
            (kernel, start - n, &theta[start - n..start])
        };
        self.own.of.iter().map(part).collect()
    }

    fn join(&self, mut lists: impl Iterator<Item = Vec<f64>>) -> Vec<f64> {
        let mut all = lists.next().unwrap_or_default();
        for list in lists {
            match self.joint {
                Joint::Sum => all.iter_mut().zip(list).for_each(|(all, k)| *all += k),
                Joint::Product => all.iter_mut().zip(list).for_each(|(all, k)| *all *= k),
            }
        }
        all
    }
}

impl Covariance for Joined<'_> {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        self.own.of.iter().flat_map(|kernel| kernel.parameters(width)).collect()
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        self.join(self.parts(theta, a.width).into_iter().map(|(kernel, _, theta)| kernel.matrix(theta, a, b)))
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        self.join(self.parts(theta, a.width).into_iter().map(|(kernel, _, theta)| kernel.diagonal(theta, a)))
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        mut da: Option<&mut [f64]>,
    ) {
        let parts = self.parts(theta, a.width);
        let matrices: Vec<Vec<f64>> = match self.joint {
            Joint::Sum => Vec::new(),
            Joint::Product => parts.iter().map(|(kernel, _, theta)| kernel.matrix(theta, a, b)).collect(),
        };
        for (at, (kernel, start, theta)) in parts.iter().enumerate() {
            let mut own = dk.to_vec();
            for other in matrices.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, k)| k) {
                own.iter_mut().zip(other).for_each(|(own, k)| *own *= k);
            }
            let dtheta = &mut dtheta[*start..start + theta.len()];
            kernel.pullback(theta, (a, b), &own, dtheta, da.as_deref_mut());
        }
    }
}

/// The sum of products of two matrices, over the lower triangle where both sides are the same points.
fn inner(k: &[f64], dk: &[f64], a: Points<'_>, b: Points<'_>) -> f64 {
    let m = b.n();
    let row = |i: usize| i * m..i * m + reach(i, a, b);
    (0..a.n()).map(|i| k[row(i)].iter().zip(&dk[row(i)]).map(|(k, dk)| k * dk).sum::<f64>()).sum()
}
