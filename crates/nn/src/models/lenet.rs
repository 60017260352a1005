//! The first convolutional network for images.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{Activation, Convolution, Dense, Dropout, Layer, Padding, Windows};

/// LeNet-5 \[LeCun1998\] with rectifiers and max pooling in place of its sigmoids and means: convolutions
/// $h \leftarrow \operatorname{maxpool}(\max(0, W * h + b))$, then dense layers $h \leftarrow \max(0, W h + b)$ and a
/// linear one.
///
/// Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeNet {
    /// Number of features (filters) of each convolution.
    pub features: Vec<usize>,
    /// Kernel size: side of the filters in pixels.
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Widths of the hidden dense layers after the convolutions.
    pub hidden: Vec<usize>,
    /// Dropout probability before each hidden dense layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for LeNet {
    fn default() -> Self {
        LeNet { features: vec![6, 16], kernel: 5, hidden: vec![120, 84], dropout: 0.0 }
    }
}

impl LeNet {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for (at, &features) in self.features.iter().enumerate() {
            // As in the original, the first sees the borders, which a digit does not reach; the others do not pad.
            let padding = if at == 0 { Padding::Same } else { Padding::Valid };
            let one = Convolution { padding, ..Convolution::new(features, self.kernel, Activation::Relu) };
            layers.extend([Layer::Convolution2d(one), Layer::MaxPool(Windows::default())]);
        }
        layers.push(Layer::Flatten {});
        for &width in &self.hidden {
            if self.dropout > 0.0 {
                layers.push(Layer::Dropout(Dropout { rate: self.dropout }));
            }
            layers.push(Layer::Dense(Dense::new(width, Activation::Relu)));
        }
        layers
    }
}
