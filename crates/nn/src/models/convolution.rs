//! A network of convolutions that see ever further back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{Activation, Convolution, Dropout, Layer, Padding, Pool, PoolBy};

/// Temporal convolutional network \[Oord2016, Bai2018\]: causal convolutions
/// $h^l_t = f(b + \sum_{j=0}^{k-1} W_j^\top h^{l-1}_{t - 2^{l-1} j})$ from $h^0_t = x_t$, each with twice the
/// dilation of the one before, so that the last step sees $1 + (k - 1)(2^n - 1)$ steps through $n$ layers of kernel
/// size $k$; a linear layer reads that step.
///
/// Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
/// classes `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Convolutions {
    /// Number of features (filters) of each layer.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Kernel size $k$ in steps.
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Number of stacked layers $n$.
    #[schemars(range(min = 1, max = 20))]
    pub layers: usize,
    /// Activation function $f$ after each layer.
    pub activation: Activation,
    /// Dropout probability after each layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for Convolutions {
    fn default() -> Self {
        Convolutions { features: 32, kernel: 3, layers: 5, activation: Activation::Relu, dropout: 0.0 }
    }
}

impl Convolutions {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for at in 0..self.layers {
            let padding = Padding::Causal;
            let one = Convolution::new(self.features, self.kernel, self.activation);
            layers.push(Layer::Convolution1d(Convolution { dilation: 1 << at, padding, ..one }));
            if self.dropout > 0.0 {
                layers.push(Layer::Dropout(Dropout { rate: self.dropout }));
            }
        }
        layers.push(Layer::Pool(Pool { by: PoolBy::Last }));
        layers
    }
}
