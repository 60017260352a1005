//! Networks that read a sequence with a state.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{AttentionPool, Dropout, Gives, Layer, Recurrent};

/// Stacked recurrent layers, $h^l_t = f(h^{l-1}_t, h^l_{t-1})$ from $h^0_t = x_t$, and a linear layer on the last
/// state, $\hat y = W h^L_T + b$ \[Elman1990, Hochreiter1997, Cho2014\].
///
/// Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
/// classes `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecurrentNetwork {
    /// Hidden size: features of the state of each layer.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Number of stacked layers.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Each layer also runs from the last step to the first.
    pub bidirectional: bool,
    /// Dropout probability after each recurrent layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Patch length: steps of the window that are read at once; it divides the window. A long window of many small
    /// steps is read better in patches \[Lin2023\].
    #[schemars(range(min = 1))]
    pub patch: usize,
    /// Embedding width: features to which a dense layer with a rectifier maps each step, or patch, before it is read;
    /// 0 for none.
    pub embed: usize,
    /// Attention pooling over all steps, with learned weights that can be inspected, in place of the last state
    /// \[Bahdanau2015, Yang2016\].
    pub attention: bool,
    /// Truncated backpropagation through time \[Williams1990\]: gradients do not pass from a step whose index is a
    /// multiple of this to the one before; 0 for no truncation.
    pub truncate: usize,
    /// Of `lstm`: gates also see the memory \[Gers2002\].
    pub peepholes: bool,
}

impl Default for RecurrentNetwork {
    fn default() -> Self {
        RecurrentNetwork {
            hidden: 64,
            layers: 1,
            bidirectional: false,
            dropout: 0.0,
            patch: 1,
            embed: 0,
            attention: false,
            truncate: 0,
            peepholes: false,
        }
    }
}

impl RecurrentNetwork {
    /// The layers before the last, with `layer` around each recurrent one.
    pub fn layers(&self, layer: fn(Recurrent) -> Layer) -> Vec<Layer> {
        let mut layers = Vec::new();
        if self.embed > 0 {
            layers.push(Layer::Dense(crate::Dense::new(self.embed, crate::Activation::Relu)));
        }
        for at in 0..self.layers {
            let gives = if at + 1 == self.layers && !self.attention { Gives::Last } else { Gives::All };
            let RecurrentNetwork { hidden, bidirectional, truncate, peepholes, .. } = *self;
            layers.push(layer(Recurrent { features: hidden, gives, bidirectional, truncate, peepholes }));
            if self.dropout > 0.0 {
                layers.push(Layer::Dropout(Dropout { rate: self.dropout }));
            }
        }
        if self.attention {
            layers.push(Layer::AttentionPool(AttentionPool::default()));
        }
        layers
    }
}
