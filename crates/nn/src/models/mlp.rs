//! Multilayer perceptron.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::initialise::Initialise;
use crate::layers::{Activation, BatchNorm, Dense, Dropout, Layer};

/// Multilayer perceptron: dense layers with a function behind each, and a linear one at the end \[Rumelhart1986\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mlp {
    /// Width of each hidden layer.
    pub hidden: Vec<usize>,
    /// The function behind each hidden layer.
    pub activation: Activation,
    /// Share of hidden numbers that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Normalise each hidden layer over the batch.
    pub batch_norm: bool,
    /// First weights; by default those that suit the activation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initialise: Option<Initialise>,
}

impl Default for Mlp {
    fn default() -> Self {
        Mlp { hidden: vec![256, 64], activation: Activation::Relu, dropout: 0.1, batch_norm: false, initialise: None }
    }
}

impl Mlp {
    /// The hidden layers.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for &features in &self.hidden {
            let (activation, initialise) = (self.activation, self.initialise);
            if self.batch_norm {
                let initialise = initialise.or(Some(activation.initialise()));
                let dense = Dense { bias: false, initialise, ..Dense::new(features, Activation::Linear) };
                layers.push(Layer::Dense(dense));
                layers.push(Layer::BatchNorm(BatchNorm::default()));
                layers.push(Layer::Activation { function: activation });
            } else {
                layers.push(Layer::Dense(Dense { initialise, ..Dense::new(features, activation) }));
            }
            if self.dropout > 0.0 {
                layers.push(Layer::Dropout(Dropout { rate: self.dropout }));
            }
        }
        layers
    }
}

/// Layers one behind the other, as they are listed; a linear one with as many outputs as are needed follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sequential {
    /// The layers before the last.
    pub layers: Vec<Layer>,
}
