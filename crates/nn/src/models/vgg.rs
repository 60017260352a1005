//! Small filters one after the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::resnet::normalized;
use crate::layers::{Activation, Dense, Dropout, Layer, Windows};

/// A small VGG \[Simonyan2015\] with batch normalization: stages of convolutions
/// $h \leftarrow \max(0, \operatorname{norm}(W * h))$ with kernels of 3 x 3 pixels, max pooling after each stage, a
/// hidden dense layer and a linear one.
///
/// Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vgg {
    /// Number of features (filters) of each stage.
    pub features: Vec<usize>,
    /// Number of convolutions of each stage.
    #[schemars(range(min = 1, max = 10))]
    pub convolutions: usize,
    /// Width of the hidden dense layer after the last stage.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Dropout probability before and after the hidden dense layer \[Srivastava2014\].
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
                layers.extend(normalized(features, 3, 1, Activation::Relu, false));
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
