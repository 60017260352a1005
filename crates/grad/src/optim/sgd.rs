//! Stochastic gradient descent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Real, kernels::update};

/// Stochastic gradient descent \[Robbins1951\], $w \leftarrow w - \eta g$; with momentum \[Polyak1964\]
/// $b \leftarrow \mu b + g$, $w \leftarrow w - \eta b$; with Nesterov momentum \[Nesterov1983\]
/// $w \leftarrow w - \eta(g + \mu b)$. Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sgd {
    /// Learning rate $\eta$.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Momentum $\mu$; 0 for none.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub momentum: f64,
    /// Nesterov momentum.
    pub nesterov: bool,
}

impl Default for Sgd {
    fn default() -> Self {
        Sgd { learning_rate: 0.01, momentum: 0.0, nesterov: false }
    }
}

impl Sgd {
    pub(super) fn update<T: Real>(&self, w: &mut [T], g: &[T], moments: &mut [&mut [T]; 2], rate: f64) {
        let rate = T::of(self.learning_rate * rate);
        if self.momentum > 0.0 {
            update::momentum(w, g, moments[0], rate, T::of(self.momentum), self.nesterov);
        } else {
            update::descend(w, g, rate);
        }
    }
}
