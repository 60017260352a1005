//! Layers: plain data that says which parameters there are and which operations are applied.

mod activation;
mod batch_norm;
mod dense;
mod dropout;

use grad::Var;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

pub use activation::Activation;
pub use batch_norm::BatchNorm;
pub use dense::Dense;
pub use dropout::Dropout;

use crate::parameters::{Builder, Context};

/// One layer of a sequential network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Layer {
    /// Every output is a weighted sum of all inputs.
    Dense(Dense),
    /// Batch normalisation.
    BatchNorm(BatchNorm),
    /// Random zeros in training.
    Dropout(Dropout),
    /// A function of each number.
    Activation {
        /// Which function.
        function: Activation,
    },
}

impl Layer {
    /// Asks for the parameters of a layer with `inputs` features and tells how many features it gives.
    pub(crate) fn build(&self, inputs: usize, builder: &mut Builder) -> usize {
        match self {
            Layer::Dense(layer) => layer.build(inputs, builder),
            Layer::BatchNorm(layer) => layer.build(inputs, builder),
            Layer::Dropout(_) | Layer::Activation { .. } => inputs,
        }
    }

    /// Applies the layer to `x: [n, inputs]`.
    pub(crate) fn apply<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        match self {
            Layer::Dense(layer) => layer.apply(x, cx),
            Layer::BatchNorm(layer) => layer.apply(x, cx),
            Layer::Dropout(layer) => layer.apply(x, cx),
            Layer::Activation { function } => function.apply(x),
        }
    }

    /// The word that stands in files and messages.
    pub fn name(&self) -> &'static str {
        match self {
            Layer::Dense(_) => "dense",
            Layer::BatchNorm(_) => "batch_norm",
            Layer::Dropout(_) => "dropout",
            Layer::Activation { .. } => "activation",
        }
    }
}
