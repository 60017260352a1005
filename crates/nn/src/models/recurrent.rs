//! Networks that read a sequence with a state.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{AttentionPool, Dropout, Gives, Layer, Recurrent};

/// Recurrent layers one behind the other, of which the last state goes into a linear layer \[Elman1990, Hochreiter1997, Cho2014\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecurrentNetwork {
    /// Numbers of the state of each layer.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Layers one behind the other.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Each layer also runs from the last step to the first.
    pub bidirectional: bool,
    /// Share of the numbers between layers that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Steps of the window that are read at once; they divide the window. A long window of many small steps is read better in
    /// pieces \[Lin2023\].
    #[schemars(range(min = 1))]
    pub patch: usize,
    /// Numbers into which a linear layer with a rectifier turns each step, or patch, before it is read; 0 for none.
    pub embed: usize,
    /// Behind the last layer stands a mean over all steps with weights that are learnt and can be looked at, in place of the last
    /// state \[Bahdanau2015, Yang2016\].
    pub attention: bool,
    /// Gradients do not pass from a step whose number is a multiple of this to the one before \[Williams1990\]; 0: they pass
    /// everywhere.
    pub truncate: usize,
    /// Of long short-term memory: gates also see the memory \[Gers2002\].
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
