//! Covariance functions, one file each: equation, matrix, pullback.

mod alike;
mod composite;
#[cfg(test)]
mod conformance;
mod hamming;
mod latent;
mod linear;
mod periodic;
mod stationary;
mod tanimoto;
mod white;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use alike::Alike;
pub(crate) use alike::factor;
pub use composite::{Scaled, Several};
#[cfg(test)]
pub(crate) use conformance::samples;
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

/// A hyperparameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Such as `lengthscale 3`.
    pub name: String,
    /// It is positive, and its logarithm is learned.
    pub positive: bool,
    /// Where the search begins, as it is learned.
    pub start: f64,
    /// Lower and upper bound, as it is learned.
    pub bounds: [f64; 2],
    /// Its prior.
    pub prior: Prior,
}

/// Interface of covariance functions. `theta` holds its hyperparameters as they are learned: logarithms of positive ones.
pub(crate) trait Covariance: Sync {
    /// Its hyperparameters, for points of `width` numbers.
    fn parameters(&self, width: usize) -> Vec<Parameter>;

    /// $K_{ij} = k(a_i, b_j)$, `[a, b]`.
    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64>;

    /// $k(a_i, a_i)$.
    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64>;

    /// Given the cotangent `dk: [a, b]` of the matrix, adds that of the hyperparameters to `dtheta` and, where it is
    /// wanted, that of the points `a` to `da: [a, width]`. If both are the same points, only the lower triangle of `dk` is
    /// read, which then holds for both triangles together; `da` is not wanted there.
    fn pullback(
        &self,
        theta: &[f64],
        points: (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    );
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
            Kernel::Sum(own) => act(&own.joined(composite::Joint::Sum)),
            Kernel::Product(own) => act(&own.joined(composite::Joint::Product)),
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

/// The columns that a covariance looks at: those that are named, or all.
pub(crate) fn columns(named: &[usize], width: usize) -> Vec<usize> {
    if named.is_empty() { (0..width).collect() } else { named.to_vec() }
}

/// Fills the rows of a matrix `[a, b]`, in parallel; of the same points only the lower triangle, which is then mirrored.
/// `row(i, out)` writes `k(a_i, b_j)` for the first `out.len()` points.
pub(crate) fn fill(a: Points<'_>, b: Points<'_>, row: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
    let (n, m) = (a.n(), b.n());
    let mut k = vec![0.0; n * m];
    let upto = |i: usize| reach(i, a, b);
    if n * m < PARALLEL {
        k.chunks_exact_mut(m.max(1)).enumerate().for_each(|(i, out)| row(i, &mut out[..upto(i)]));
    } else {
        k.par_chunks_exact_mut(m.max(1)).enumerate().for_each(|(i, out)| row(i, &mut out[..upto(i)]));
    }
    if a.same(b) {
        for i in 0..n {
            for j in 0..i {
                k[j * m + i] = k[i * m + j];
            }
        }
    }
    k
}

/// How many numbers of row `i` of a matrix `[a, b]` count: of the same points those up to the diagonal.
pub(crate) fn reach(i: usize, a: Points<'_>, b: Points<'_>) -> usize {
    if a.same(b) { i + 1 } else { b.n() }
}

/// Sums `row(i, upto, sums)` over the rows of a matrix `[a, b]`: each adds the part of its first `upto` numbers to `size`
/// sums. Rows are taken in blocks whose number does not depend on the threads, and blocks are added in order.
pub(crate) fn add_up(
    a: Points<'_>,
    b: Points<'_>,
    size: usize,
    row: impl Fn(usize, usize, &mut [f64]) + Sync,
) -> Vec<f64> {
    let (n, m) = (a.n(), b.n());
    let block = |start: usize| {
        let mut sums = vec![0.0; size];
        (start..(start + BLOCK).min(n)).for_each(|i| row(i, reach(i, a, b), &mut sums));
        sums
    };
    let starts: Vec<usize> = (0..n).step_by(BLOCK).collect();
    let parts: Vec<Vec<f64>> = if n * m < PARALLEL {
        starts.into_iter().map(block).collect()
    } else {
        starts.into_par_iter().map(block).collect()
    };
    let mut sums = vec![0.0; size];
    parts.iter().for_each(|part| sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += x));
    sums
}

/// Below so many numbers threads cost more than they help.
const PARALLEL: usize = 40_000;
/// Rows of a block.
const BLOCK: usize = 32;
