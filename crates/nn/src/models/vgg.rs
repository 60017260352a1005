//! Small filters one behind the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::resnet::normalised;
use crate::layers::{Activation, Dense, Dropout, Layer, Windows};

/// Stages of convolutions of 3 x 3 with pooling behind each stage, and a perceptron: a small VGG \[Simonyan2015\] with batch
/// normalisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vgg {
    /// Numbers of a place in each stage.
    pub features: Vec<usize>,
    /// Convolutions of a stage.
    #[schemars(range(min = 1, max = 10))]
    pub convolutions: usize,
    /// Width of the hidden layer behind the last stage.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Share of the numbers before and behind the hidden layer that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for Vgg {
    fn default() -> Self {
        Vgg { features: vec![32, 64, 128], convolutions: 2, hidden: 128, dropout: 0.3 }
    }
}

impl Vgg {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for &features in &self.features {
            for _ in 0..self.convolutions {
                layers.extend(normalised(features, 3, 1, Activation::Relu, false));
            }
            layers.push(Layer::MaxPool(Windows::default()));
        }
        let drop = (self.dropout > 0.0).then_some(Layer::Dropout(Dropout { rate: self.dropout }));
        layers.push(Layer::Flatten {});
        layers.extend(drop.clone());
        layers.push(Layer::Dense(Dense::new(self.hidden, Activation::Relu)));
        layers.extend(drop);
        layers
    }
}
