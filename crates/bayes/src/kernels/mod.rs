//! Covariance functions, one file each: equation, matrix, pullback.

mod alike;
mod composite;
#[cfg(test)]
mod conformance;
mod covariance;
mod hamming;
mod latent;
mod linear;
mod periodic;
mod stationary;
mod tanimoto;
mod white;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use alike::Alike;
pub(crate) use alike::factor;
pub use composite::{Scaled, Several};
#[cfg(test)]
pub(crate) use conformance::samples;
pub use covariance::Parameter;
pub(crate) use covariance::{Covariance, columns};
pub use hamming::Hamming;
pub use latent::Latent;
pub use linear::Linear;
pub use periodic::Periodic;
pub use stationary::{RationalQuadratic, Stationary};
pub use tanimoto::Tanimoto;
pub use white::White;

use crate::points::Points;
use crate::prior::Prior;

/// Covariance functions $k(x, x')$ of a Gaussian process: how similar the values at two points are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kernel {
    /// Squared exponential (radial basis function), $k = e^{-r^2/2}$: infinitely smooth.
    Rbf(Stationary),
    /// Matérn with $\nu = \frac12$, $k = e^{-r}$: continuous, nowhere differentiable.
    #[serde(rename = "matern_1_2")]
    Matern12(Stationary),
    /// Matérn with $\nu = \frac32$, $k = (1 + \sqrt3 r)\,e^{-\sqrt3 r}$: once differentiable.
    #[serde(rename = "matern_3_2")]
    Matern32(Stationary),
    /// Matérn with $\nu = \frac52$, $k = (1 + \sqrt5 r + \frac53 r^2)\,e^{-\sqrt5 r}$: twice differentiable.
    #[serde(rename = "matern_5_2")]
    Matern52(Stationary),
    /// Rational quadratic: a mixture of many lengthscales.
    RationalQuadratic(RationalQuadratic),
    /// Periodic functions.
    Periodic(Periodic),
    /// Linear functions.
    Linear(Linear),
    /// White noise, independent at each point.
    White(White),
    /// Categories, by the number of inputs in which two points differ.
    Hamming(Hamming),
    /// Latent-variable kernel for categories: each level has a learned position in a plane.
    Latent(Latent),
    /// Molecules, by the Tanimoto similarity of their fingerprints.
    Tanimoto(Tanimoto),
    /// Items with a known matrix of similarities.
    Alike(Alike),
    /// Another covariance function times a learned variance.
    Scaled(Scaled),
    /// The sum of several, $k = \sum_m k_m$ \[Rasmussen2006\].
    Sum(Several),
    /// The product of several, $k = \prod_m k_m$ \[Rasmussen2006\].
    Product(Several),
}

impl Default for Kernel {
    fn default() -> Self {
        Kernel::Matern52(Stationary::default())
    }
}

impl Kernel {
    /// The error in it for points of `width` numbers, in words; `None` where there is none.
    ///
    /// ```
    /// use bayes::{Kernel, Linear};
    /// let found = Kernel::Linear(Linear { columns: vec![0, 3], ..Linear::default() }).fault(2);
    /// assert_eq!(found.unwrap(), "column 3 is asked for, but there are 2 inputs, counted from 0");
    /// ```
    pub fn fault(&self, width: usize) -> Option<String> {
        if let Some(column) = self.named().iter().find(|column| **column >= width) {
            return Some(format!("column {column} is asked for, but there are {width} inputs, counted from 0"));
        }
        match self {
            Kernel::Latent(own) if own.levels < 2 => Some(format!("{} levels are not a choice", own.levels)),
            Kernel::Alike(own) if own.matrix.is_empty() || own.count().pow(2) != own.matrix.len() => {
                Some(format!("{} numbers are not a square matrix", own.matrix.len()))
            }
            Kernel::Sum(own) | Kernel::Product(own) if own.of.is_empty() => Some("it is made of no parts".into()),
            Kernel::Sum(own) | Kernel::Product(own) => own.of.iter().find_map(|kernel| kernel.fault(width)),
            Kernel::Scaled(own) => own.of.fault(width).or_else(|| own.variance.and_then(Prior::fault)),
            _ => self.parameters(width).iter().find_map(|parameter| parameter.prior.fault()),
        }
    }

    /// The columns that it names itself; none may stand for all.
    fn named(&self) -> &[usize] {
        match self {
            Kernel::Rbf(own) | Kernel::Matern12(own) | Kernel::Matern32(own) | Kernel::Matern52(own) => &own.columns,
            Kernel::RationalQuadratic(own) => &own.distance.columns,
            Kernel::Periodic(own) => &own.columns,
            Kernel::Linear(own) => &own.columns,
            Kernel::Hamming(own) => &own.columns,
            Kernel::Tanimoto(own) => &own.columns,
            Kernel::Latent(own) => std::slice::from_ref(&own.column),
            Kernel::Alike(own) => std::slice::from_ref(&own.column),
            Kernel::White(_) | Kernel::Scaled(_) | Kernel::Sum(_) | Kernel::Product(_) => &[],
        }
    }

    /// The columns that it takes for numbers, of points of `width` numbers; its parts have their own.
    pub(crate) fn numbers(&self, width: usize) -> Vec<usize> {
        match self {
            Kernel::Rbf(_)
            | Kernel::Matern12(_)
            | Kernel::Matern32(_)
            | Kernel::Matern52(_)
            | Kernel::RationalQuadratic(_)
            | Kernel::Periodic(_)
            | Kernel::Linear(_) => columns(self.named(), width),
            _ => Vec::new(),
        }
    }

    /// Its hyperparameters, for points of `width` numbers.
    pub fn parameters(&self, width: usize) -> Vec<Parameter> {
        Covariance::parameters(self, width)
    }

    /// The parts that it is made of, itself among them.
    pub fn parts(&self) -> Vec<&Kernel> {
        let below: Vec<&Kernel> = match self {
            Kernel::Scaled(own) => own.of.parts(),
            Kernel::Sum(own) | Kernel::Product(own) => own.of.iter().flat_map(Kernel::parts).collect(),
            _ => Vec::new(),
        };
        std::iter::once(self).chain(below).collect()
    }

    fn with<R>(&self, act: impl FnOnce(&dyn Covariance) -> R) -> R {
        match self {
            Kernel::Rbf(own) => act(&own.shaped(stationary::Profile::Rbf)),
            Kernel::Matern12(own) => act(&own.shaped(stationary::Profile::Matern12)),
            Kernel::Matern32(own) => act(&own.shaped(stationary::Profile::Matern32)),
            Kernel::Matern52(own) => act(&own.shaped(stationary::Profile::Matern52)),
            Kernel::RationalQuadratic(own) => act(own),
            Kernel::Periodic(own) => act(own),
            Kernel::Linear(own) => act(own),
            Kernel::White(own) => act(own),
            Kernel::Hamming(own) => act(own),
            Kernel::Latent(own) => act(own),
            Kernel::Tanimoto(own) => act(own),
            Kernel::Alike(own) => act(own),
            Kernel::Scaled(own) => act(own),
            Kernel::Sum(own) => act(&own.sum()),
            Kernel::Product(own) => act(&own.product()),
        }
    }
}

impl Covariance for Kernel {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        self.with(|kernel| kernel.parameters(width))
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        self.with(|kernel| kernel.matrix(theta, a, b))
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        self.with(|kernel| kernel.diagonal(theta, a))
    }

    fn pullback(
        &self,
        theta: &[f64],
        points: (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    ) {
        self.with(|kernel| kernel.pullback(theta, points, dk, dtheta, da));
    }
}
