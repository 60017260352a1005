//! AdaGrad.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Real, kernels::update};

/// AdaGrad \[Duchi2011\]: $s \leftarrow s + g^2$, $w \leftarrow w - \eta g/(\sqrt s + \varepsilon)$. Here $w$ are the
/// parameters, $g$ their gradient and $\eta$ the learning rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdaGrad {
    /// Learning rate $\eta$.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
}

impl Default for AdaGrad {
    fn default() -> Self {
        AdaGrad { learning_rate: 0.01, epsilon: 1e-10 }
    }
}

impl AdaGrad {
    pub(super) fn update<T: Real>(&self, w: &mut [T], g: &[T], moments: &mut [&mut [T]; 2], rate: f64) {
        let constants = [self.learning_rate * rate, 1.0, 1.0, self.epsilon].map(T::of);
        update::scaled_by_root(w, g, moments[0], constants);
    }
}
