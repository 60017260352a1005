//! Adam and AdamW.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::update::{AdamStep, adam};

/// Adam \[Kingma2015\]: $m \leftarrow \beta_1 m + (1-\beta_1)g$, $v \leftarrow \beta_2 v + (1-\beta_2)g^2$,
/// $w \leftarrow w - \eta \hat m/(\sqrt{\hat v} + \varepsilon)$ with $\hat m = m/(1-\beta_1^t)$,
/// $\hat v = v/(1-\beta_2^t)$ at step $t$. Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning
/// rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Adam {
    /// Learning rate $\eta$.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Decay rate $\beta_1$ of the running mean of gradients.
    #[schemars(range(min = 0.0, max = 0.9999999))]
    pub beta1: f64,
    /// Decay rate $\beta_2$ of the running mean of squared gradients.
    #[schemars(range(min = 0.0, max = 0.9999999))]
    pub beta2: f64,
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
}

impl Default for Adam {
    fn default() -> Self {
        Adam { learning_rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
}

impl Adam {
    pub(super) fn update<T: Real>(&self, w: &mut [T], g: &[T], moments: &mut [&mut [T]; 2], at: (f64, u64)) {
        update(self, 0.0, w, g, moments, at);
    }
}

/// AdamW \[Loshchilov2019\]: $w \leftarrow w - \eta\lambda w - \eta \hat m/(\sqrt{\hat v} + \varepsilon)$ with
/// $\hat m$ and $\hat v$ as in Adam \[Kingma2015\], the running means of gradient and squared gradient divided by
/// $1-\beta_1^t$ and $1-\beta_2^t$ at step $t$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdamW {
    /// Learning rate $\eta$.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Decay rate $\beta_1$ of the running mean of gradients.
    #[schemars(range(min = 0.0, max = 0.9999999))]
    pub beta1: f64,
    /// Decay rate $\beta_2$ of the running mean of squared gradients.
    #[schemars(range(min = 0.0, max = 0.9999999))]
    pub beta2: f64,
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
    /// Weight decay $\lambda$.
    #[schemars(range(min = 0.0))]
    pub weight_decay: f64,
}

impl Default for AdamW {
    fn default() -> Self {
        let Adam { learning_rate, beta1, beta2, epsilon } = Adam::default();
        AdamW { learning_rate, beta1, beta2, epsilon, weight_decay: 0.01 }
    }
}

impl AdamW {
    pub(super) fn update<T: Real>(&self, w: &mut [T], g: &[T], moments: &mut [&mut [T]; 2], at: (f64, u64)) {
        let AdamW { learning_rate, beta1, beta2, epsilon, weight_decay } = *self;
        update(&Adam { learning_rate, beta1, beta2, epsilon }, weight_decay, w, g, moments, at);
    }
}

fn update<T: Real>(
    spec: &Adam,
    decay: f64,
    w: &mut [T],
    g: &[T],
    [m, v]: &mut [&mut [T]; 2],
    (rate, step): (f64, u64),
) {
    let (eta, t) = (spec.learning_rate * rate, step as f64);
    adam(
        w,
        g,
        m,
        v,
        AdamStep {
            rate: T::of(eta / (1.0 - spec.beta1.powf(t))),
            betas: [T::of(spec.beta1), T::of(spec.beta2)],
            correction: T::of(1.0 / (1.0 - spec.beta2.powf(t))),
            epsilon: T::of(spec.epsilon),
            keep: T::of(1.0 - eta * decay),
        },
    );
}
