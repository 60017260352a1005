//! Covariances that depend on the distance alone, with a lengthscale for each input.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::distance::{add_squared_differences, weighted_differences, weighted_squared_differences};
use tensor::{Device, Real};

use super::covariance::{Covariance, Parameter, add_up, columns, fill, reach};
use crate::points::Points;
use crate::prior::Prior;

/// A stationary covariance, a function of the scaled distance $r^2 = \sum_i (x_i - x'_i)^2 / \ell_i^2$
/// \[Rasmussen2006\].
///
/// | hyperparameter | start | bounds | prior |
/// |---|---|---|---|
/// | lengthscale $\ell$ | $0.205 \sqrt d$ | $[0.025, 100\sqrt d]$ | $\ln\ell \sim N(\sqrt2 + \frac12 \ln d, 3)$ \[Hvarfner2024\] |
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stationary {
    /// Inputs that it depends on, counted from zero; empty for all.
    pub columns: Vec<usize>,
    /// A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
    /// 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ard: Option<bool>,
    /// Prior of the lengthscales; by default the one in the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengthscale: Option<Prior>,
}

/// Inputs that have a lengthscale each, at most: more would be overfitted.
const MOST_EACH: usize = 20;

/// Which function of the distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Profile {
    Rbf,
    Matern12,
    Matern32,
    Matern52,
    /// With the exponent $\alpha$.
    RationalQuadratic(f64),
}

impl Profile {
    /// $k(r^2)$.
    #[inline(always)]
    fn value(self, r2: f64) -> f64 {
        match self {
            Profile::Rbf => Real::exp(-0.5 * r2),
            Profile::Matern12 => Real::exp(-r2.sqrt()),
            Profile::Matern32 => {
                let s = (3.0 * r2).sqrt();
                (1.0 + s) * Real::exp(-s)
            }
            Profile::Matern52 => {
                let s = (5.0 * r2).sqrt();
                (1.0 + s + s * s / 3.0) * Real::exp(-s)
            }
            Profile::RationalQuadratic(alpha) => (-alpha * (r2 / (2.0 * alpha)).ln_1p()).exp(),
        }
    }

    /// $\mathrm{d}k/\mathrm{d}r^2$; that of the rough one is infinite at zero, where no direction is meant, and taken as zero.
    #[inline(always)]
    fn slope(self, r2: f64) -> f64 {
        match self {
            Profile::Rbf => -0.5 * Real::exp(-0.5 * r2),
            Profile::Matern12 if r2 > 0.0 => -0.5 * Real::exp(-r2.sqrt()) / r2.sqrt(),
            Profile::Matern12 => 0.0,
            Profile::Matern32 => -1.5 * Real::exp(-(3.0 * r2).sqrt()),
            Profile::Matern52 => {
                let s = (5.0 * r2).sqrt();
                -5.0 / 6.0 * (1.0 + s) * Real::exp(-s)
            }
            Profile::RationalQuadratic(alpha) => -0.5 * (-(alpha + 1.0) * (r2 / (2.0 * alpha)).ln_1p()).exp(),
        }
    }
}

impl Stationary {
    pub(crate) fn shaped(&self, profile: Profile) -> Shaped<'_> {
        Shaped { own: self, profile }
    }

    /// Whether each of `inputs` has a lengthscale of its own.
    fn each(&self, inputs: usize) -> bool {
        self.ard.unwrap_or(inputs <= MOST_EACH)
    }

    fn lengthscales(&self, width: usize) -> Vec<Parameter> {
        let used = columns(&self.columns, width);
        let d = used.len().max(1) as f64;
        let one = |name: String| Parameter {
            name,
            positive: true,
            start: (0.205 * d.sqrt()).ln(),
            bounds: [0.025_f64.ln(), (100.0 * d.sqrt()).ln()],
            prior: self.lengthscale.unwrap_or(Prior::LogNormal {
                mean: std::f64::consts::SQRT_2 + 0.5 * d.ln(),
                deviation: 3.0_f64.sqrt(),
            }),
        };
        match self.each(used.len()) {
            true => used.iter().map(|column| one(format!("lengthscale {}", column + 1))).collect(),
            false => vec![one("lengthscale".into())],
        }
    }
}

/// A stationary covariance with its function.
pub(crate) struct Shaped<'a> {
    own: &'a Stationary,
    profile: Profile,
}

/// Points over their lengthscales, one list for each input.
struct Scaled {
    lists: Vec<Vec<f64>>,
    inverse: Vec<f64>,
}

impl Shaped<'_> {
    fn scaled(&self, theta: &[f64], points: Points<'_>) -> Scaled {
        let used = columns(&self.own.columns, points.width);
        let each = self.own.each(used.len());
        let inverse: Vec<f64> = (0..used.len()).map(|at| (-theta[if each { at } else { 0 }]).exp()).collect();
        let list = |(&column, inverse): (&usize, &f64)| {
            (0..points.n()).map(|i| points.x[i * points.width + column] * inverse).collect()
        };
        Scaled { lists: used.iter().zip(&inverse).map(list).collect(), inverse }
    }
}

fn distances(a: &Scaled, b: &Scaled, i: usize, out: &mut [f64]) {
    out.fill(0.0);
    for (a, b) in a.lists.iter().zip(&b.lists) {
        add_squared_differences(a[i], &b[..out.len()], out);
    }
}

fn map(x: &mut [f64], f: impl Fn(f64) -> f64 + Copy + Sync) {
    let from = x.to_vec();
    tensor::kernels::map::map(&Device::cpu(1), &from, x, f);
}

impl Covariance for Shaped<'_> {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        self.own.lengthscales(width)
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let (sa, sb) = (self.scaled(theta, a), self.scaled(theta, b));
        let profile = self.profile;
        fill(a, b, |i, out| {
            distances(&sa, &sb, i, out);
            // Decided here, outside the loop.
            match profile {
                Profile::Rbf => map(out, |r2| Profile::Rbf.value(r2)),
                Profile::Matern12 => map(out, |r2| Profile::Matern12.value(r2)),
                Profile::Matern32 => map(out, |r2| Profile::Matern32.value(r2)),
                Profile::Matern52 => map(out, |r2| Profile::Matern52.value(r2)),
                Profile::RationalQuadratic(_) => map(out, |r2| profile.value(r2)),
            }
        })
    }

    fn diagonal(&self, _: &[f64], a: Points<'_>) -> Vec<f64> {
        vec![1.0; a.n()]
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    ) {
        let (sa, sb) = (self.scaled(theta, a), self.scaled(theta, b));
        let (m, d, profile) = (b.n(), sa.lists.len(), self.profile);
        // dk times dk/dr2 for one row.
        let weights = |i: usize| {
            let mut w = vec![0.0; reach(i, a, b)];
            distances(&sa, &sb, i, &mut w);
            match profile {
                Profile::Rbf => map(&mut w, |r2| Profile::Rbf.slope(r2)),
                Profile::Matern12 => map(&mut w, |r2| Profile::Matern12.slope(r2)),
                Profile::Matern32 => map(&mut w, |r2| Profile::Matern32.slope(r2)),
                Profile::Matern52 => map(&mut w, |r2| Profile::Matern52.slope(r2)),
                Profile::RationalQuadratic(_) => map(&mut w, |r2| profile.slope(r2)),
            }
            w.iter_mut().zip(&dk[i * m..]).for_each(|(w, dk)| *w *= dk);
            w
        };
        let sums = add_up(a, b, d, |i, _, sums| {
            let w = weights(i);
            for (at, sum) in sums.iter_mut().enumerate() {
                *sum += weighted_squared_differences(sa.lists[at][i], &sb.lists[at][..w.len()], &w);
            }
        });
        for (at, sum) in sums.iter().enumerate() {
            dtheta[if self.own.each(d) { at } else { 0 }] -= 2.0 * sum;
        }
        let Some(da) = da else { return };
        let used = columns(&self.own.columns, a.width);
        da.par_chunks_exact_mut(a.width.max(1)).enumerate().for_each(|(i, da)| {
            let w = weights(i);
            for (at, &column) in used.iter().enumerate() {
                let sum = weighted_differences(sa.lists[at][i], &sb.lists[at][..w.len()], &w);
                da[column] += 2.0 * sum * sa.inverse[at];
            }
        });
    }
}

/// Rational quadratic, $k = (1 + r^2/2\alpha)^{-\alpha}$: a mixture of squared exponentials of many lengthscales
/// \[Rasmussen2006\].
///
/// Hyperparameters: the lengthscales of the distance $r$ as in `rbf`, and $\alpha$ from 0.01 to 1000, 1 at the start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RationalQuadratic {
    /// The scaled distance $r$.
    pub distance: Stationary,
    /// Prior of $\alpha$; by default $\ln\alpha \sim N(0, 2)$.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha: Option<Prior>,
}

impl RationalQuadratic {
    fn shaped(&self, theta: &[f64]) -> Shaped<'_> {
        let alpha = theta.last().map_or(1.0, |t| t.exp());
        self.distance.shaped(Profile::RationalQuadratic(alpha))
    }
}

impl Covariance for RationalQuadratic {
    fn parameters(&self, width: usize) -> Vec<Parameter> {
        let mut all = self.distance.lengthscales(width);
        all.push(Parameter {
            name: "alpha".into(),
            positive: true,
            start: 0.0,
            bounds: [0.01_f64.ln(), 1000.0_f64.ln()],
            prior: self.alpha.unwrap_or(Prior::LogNormal { mean: 0.0, deviation: 2.0 }),
        });
        all
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        self.shaped(theta).matrix(theta, a, b)
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        self.shaped(theta).diagonal(theta, a)
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        da: Option<&mut [f64]>,
    ) {
        let shaped = self.shaped(theta);
        let last = theta.len() - 1;
        let alpha = theta[last].exp();
        let (sa, sb) = (shaped.scaled(theta, a), shaped.scaled(theta, b));
        let m = b.n();
        // dk/dln(alpha) = alpha k (r2/2alpha / p - ln p) with p = 1 + r2/2alpha.
        let sums = add_up(a, b, 1, |i, upto, sums| {
            let mut r2 = vec![0.0; upto];
            distances(&sa, &sb, i, &mut r2);
            for (r2, dk) in r2.iter().zip(&dk[i * m..]) {
                let u = r2 / (2.0 * alpha);
                sums[0] += dk * alpha * (-alpha * u.ln_1p()).exp() * (u / (1.0 + u) - u.ln_1p());
            }
        });
        dtheta[last] += sums[0];
        shaped.pullback(theta, (a, b), dk, &mut dtheta[..last], da);
    }
}
