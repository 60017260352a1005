//! Noise that belongs to each point.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::covariance::{Covariance, Parameter};
use crate::points::Points;
use crate::prior::Prior;

/// White noise, $k = \sigma^2$ of a point with itself, else zero; $\sigma^2$ from $10^{-8}$ to 10, 0.01 at the start
/// \[Rasmussen2006\].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct White {
    /// Prior of $\sigma^2$; by default $\ln\sigma^2 \sim N(-4, 1)$.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<Prior>,
}

impl Covariance for White {
    fn parameters(&self, _: usize) -> Vec<Parameter> {
        vec![Parameter {
            name: "white noise".into(),
            positive: true,
            start: 0.01_f64.ln(),
            bounds: [1e-8_f64.ln(), 10.0_f64.ln()],
            prior: self.variance.unwrap_or(Prior::LogNormal { mean: -4.0, deviation: 1.0 }),
        }]
    }

    fn matrix(&self, theta: &[f64], a: Points<'_>, b: Points<'_>) -> Vec<f64> {
        let (n, m) = (a.n(), b.n());
        let mut k = vec![0.0; n * m];
        if a.same(b) {
            (0..n).for_each(|i| k[i * m + i] = theta[0].exp());
        }
        k
    }

    fn diagonal(&self, theta: &[f64], a: Points<'_>) -> Vec<f64> {
        vec![theta[0].exp(); a.n()]
    }

    fn pullback(
        &self,
        theta: &[f64],
        (a, b): (Points<'_>, Points<'_>),
        dk: &[f64],
        dtheta: &mut [f64],
        _: Option<&mut [f64]>,
    ) {
        if a.same(b) {
            let n = a.n();
            dtheta[0] += theta[0].exp() * (0..n).map(|i| dk[i * n + i]).sum::<f64>();
        }
    }
}
