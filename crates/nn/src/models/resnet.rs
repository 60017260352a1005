//! Residual networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{Activation, BatchNorm, Convolution, Dropout, Layer, Pool, PoolBy, Residual};

/// A small ResNet for images \[He2016\]: stages of residual blocks $h \leftarrow \max(0, g(h) + h)$, where $g$ is two
/// convolutions of 3 x 3 pixels with batch normalization, each stage at half the size of the one before, then the
/// mean over all pixels and a linear layer.
///
/// Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResNet {
    /// Number of features (filters) of each stage.
    pub features: Vec<usize>,
    /// Number of residual blocks of each stage.
    #[schemars(range(min = 1, max = 20))]
    pub blocks: usize,
    /// Dropout probability before the last layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for ResNet {
    fn default() -> Self {
        ResNet { features: vec![16, 32, 64], blocks: 2, dropout: 0.0 }
    }
}

/// A ResNet along one axis, for spectra and other sequences \[He2016, Ho2019\]: stages of residual blocks
/// $h \leftarrow \max(0, g(h) + h)$, where $g$ is two convolutions with long kernels and batch normalization, each
/// stage at half the length of the one before, then adaptive pooling and a linear layer.
///
/// Input `[batch, steps, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResNet1d {
    /// Number of features (filters) of each stage.
    pub features: Vec<usize>,
    /// Number of residual blocks of each stage.
    #[schemars(range(min = 1, max = 20))]
    pub blocks: usize,
    /// Kernel size in steps.
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Positions of the adaptive pooling before the last layer: 1 is the mean of each feature over the whole axis;
    /// more keep the position of a band.
    #[schemars(range(min = 1))]
    pub places: usize,
    /// Dropout probability before the last layer \[Srivastava2014\].
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
    let mut layers = normalized(first, kernel, 1, Activation::Relu, line);
    for (stage, &features) in features.iter().enumerate() {
        for block in 0..blocks {
            let stride = if stage > 0 && block == 0 { 2 } else { 1 };
            let first = normalized(features, kernel, stride, Activation::Relu, line);
            let second = normalized(features, kernel, 1, Activation::Linear, line);
            let activation = Activation::Relu;
            layers.push(Layer::Residual(Residual { layers: [first, second].concat(), activation }));
        }
    }
    layers
}

/// A convolution with batch normalization and a function after it.
pub(super) fn normalized(
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
