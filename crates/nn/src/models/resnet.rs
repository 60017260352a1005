//! Residual networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{Activation, BatchNorm, Convolution, Dropout, Layer, Pool, PoolBy, Residual};

/// Stages of residual blocks of two convolutions of 3 x 3 with batch normalisation, each stage at half the size of the one before,
/// and the mean over all places: a small ResNet for images \[He2016\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResNet {
    /// Numbers of a place in each stage.
    pub features: Vec<usize>,
    /// Blocks of a stage.
    #[schemars(range(min = 1, max = 20))]
    pub blocks: usize,
    /// Share of the numbers before the last layer that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for ResNet {
    fn default() -> Self {
        ResNet { features: vec![16, 32, 64], blocks: 2, dropout: 0.0 }
    }
}

/// The same along one axis, for spectra and other sequences, with longer filters \[Ho2019\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResNet1d {
    /// Numbers of a step in each stage.
    pub features: Vec<usize>,
    /// Blocks of a stage.
    #[schemars(range(min = 1, max = 20))]
    pub blocks: usize,
    /// Steps that a filter sees.
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Places that are left of each feature before the last layer: one is its mean over the whole axis; more keep where a band
    /// stands.
    #[schemars(range(min = 1))]
    pub places: usize,
    /// Share of the numbers before the last layer that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for ResNet1d {
    fn default() -> Self {
        ResNet1d { features: vec![16, 32, 32], blocks: 1, kernel: 7, places: 16, dropout: 0.0 }
    }
}

impl ResNet {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = stages(&self.features, self.blocks, 3, false);
        layers.push(Layer::Pool(Pool { by: PoolBy::Mean }));
        layers.extend(drop(self.dropout));
        layers
    }
}

impl ResNet1d {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = stages(&self.features, self.blocks, self.kernel, true);
        layers.push(Layer::AdaptivePool(crate::layers::AdaptivePool { places: self.places, by: Default::default() }));
        layers.push(Layer::Flatten {});
        layers.extend(drop(self.dropout));
        layers
    }
}

fn drop(rate: f64) -> Option<Layer> {
    (rate > 0.0).then_some(Layer::Dropout(Dropout { rate }))
}

fn stages(features: &[usize], blocks: usize, kernel: usize, line: bool) -> Vec<Layer> {
    let Some(&first) = features.first() else { return Vec::new() };
    let mut layers = normalised(first, kernel, 1, Activation::Relu, line);
    for (stage, &features) in features.iter().enumerate() {
        for block in 0..blocks {
            let stride = if stage > 0 && block == 0 { 2 } else { 1 };
            let first = normalised(features, kernel, stride, Activation::Relu, line);
            let second = normalised(features, kernel, 1, Activation::Linear, line);
            let activation = Activation::Relu;
            layers.push(Layer::Residual(Residual { layers: [first, second].concat(), activation }));
        }
    }
    layers
}

/// A convolution with batch normalisation and a function behind it.
pub(super) fn normalised(
    features: usize,
    kernel: usize,
    stride: usize,
    function: Activation,
    line: bool,
) -> Vec<Layer> {
    let one = Convolution { stride, bias: false, ..Convolution::new(features, kernel, Activation::Linear) };
    let one = if line { Layer::Convolution1d(one) } else { Layer::Convolution2d(one) };
    let mut layers = vec![one, Layer::BatchNorm(BatchNorm::default())];
    if function != Activation::Linear {
        layers.push(Layer::Activation { function });
    }
    layers
}
