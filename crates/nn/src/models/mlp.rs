//! Multilayer perceptron.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::initialize::Initialize;
use crate::layers::{Activation, BatchNorm, Dense, Dropout, Layer};

/// Multilayer perceptron \[Rumelhart1986\]: $h_l = f(h_{l-1} W_l + b_l)$ from $h_0 = x$, and $\hat y = h_L W + b$
/// after the last of $L$ hidden layers.
///
/// Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mlp {
    /// Width of each hidden layer.
    pub hidden: Vec<usize>,
    /// Activation function $f$ after each hidden layer.
    pub activation: Activation,
    /// Dropout probability after each hidden layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Normalize each hidden layer over the batch \[Ioffe2015\].
    pub batch_norm: bool,
    /// Initial weights; by default those that suit the activation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initialize: Option<Initialize>,
}

impl Default for Mlp {
    fn default() -> Self {
        Mlp { hidden: vec![256, 64], activation: Activation::Relu, dropout: 0.1, batch_norm: false, initialize: None }
    }
}

impl Mlp {
    /// The hidden layers.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for &features in &self.hidden {
            let (activation, initialize) = (self.activation, self.initialize);
            if self.batch_norm {
                let initialize = initialize.or(Some(activation.initialize()));
                let dense = Dense { bias: false, initialize, ..Dense::new(features, Activation::Linear) };
                layers.push(Layer::Dense(dense));
                layers.push(Layer::BatchNorm(BatchNorm::default()));
                layers.push(Layer::Activation { function: activation });
            } else {
                layers.push(Layer::Dense(Dense { initialize, ..Dense::new(features, activation) }));
            }
            if self.dropout > 0.0 {
                layers.push(Layer::Dropout(Dropout { rate: self.dropout }));
            }
        }
        layers
    }
}

/// Stacked layers \[Goodfellow2016\], $\hat y = W^\top (g_L \circ \cdots \circ g_1)(x) + b$ with the layers
/// $g_1, \ldots, g_L$ as they are listed; a linear layer with as many outputs as are needed follows.
///
/// Input `[batch, features]`, `[batch, steps, features]`, `[batch, height, width, channels]` or graphs; output
/// `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sequential {
    /// The layers $g_1, \ldots, g_L$ before the last.
    pub layers: Vec<Layer>,
}
