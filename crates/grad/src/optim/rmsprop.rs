//! RMSProp.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Real, kernels::update};

/// RMSProp \[Tieleman2012\]: $s \leftarrow \rho s + (1-\rho) g^2$, $w \leftarrow w - \eta g/(\sqrt s + \varepsilon)$.
/// Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RmsProp {
    /// Learning rate $\eta$.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Decay rate $\rho$ of the running mean of squared gradients.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub decay: f64,
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
}

impl Default for RmsProp {
    fn default() -> Self {
        RmsProp { learning_rate: 0.001, decay: 0.99, epsilon: 1e-8 }
    }
}

impl RmsProp {
    pub(super) fn update<T: Real>(&self, w: &mut [T], g: &[T], moments: &mut [&mut [T]; 2], rate: f64) {
        let constants = [self.learning_rate * rate, self.decay, 1.0 - self.decay, self.epsilon].map(T::of);
        update::scaled_by_root(w, g, moments[0], constants);
    }
}
