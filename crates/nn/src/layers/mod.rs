//! Layers: plain data that says which parameters there are and which operations are applied.

mod activation;
mod attention;
mod attention_pool;
mod batch_norm;
mod convolution;
mod dense;
mod directed_message_passing;
mod dropout;
mod embedding;
mod flatten;
mod gaussian_noise;
mod graph_attention;
mod graph_convolution;
mod kind;
mod layer_norm;
mod message_passing;
mod neural_fingerprint;
mod pool;
mod readout;
pub(crate) mod recurrent;
mod residual;
#[cfg(test)]
pub(crate) mod samples;
mod transformer;
mod transposed_convolution;
mod windows;

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::recurrent::Cell;
use tensor::kernels::windows::By;

pub use activation::Activation;
pub use attention::Attention;
pub use attention_pool::AttentionPool;
pub use batch_norm::BatchNorm;
pub use convolution::{Convolution, Padding};
pub use dense::Dense;
pub use directed_message_passing::DirectedMessagePassing;
pub use dropout::Dropout;
pub use embedding::Embedding;
pub use gaussian_noise::GaussianNoise;
pub use graph_attention::GraphAttention;
pub use graph_convolution::GraphConvolution;
pub use layer_norm::LayerNorm;
pub use message_passing::MessagePassing;
pub use neural_fingerprint::NeuralFingerprint;
pub use pool::{Pool, PoolBy};
pub use readout::{Readout, ReadoutBy};
pub use recurrent::{Gives, Recurrent};
pub use residual::Residual;
pub use transformer::{Positions, Transformer};
pub use transposed_convolution::TransposedConvolution;
pub use windows::{AdaptivePool, Take, Windows};

use convolution::Axes;
pub(crate) use kind::Kind;
use kind::layers;

use crate::form::Form;
use crate::parameters::{Builder, Context};

layers! {
    dense {
        /// Every output is a weighted sum of all inputs.
        "dense" Dense(Dense), (layer) => layer;
    }
    batch_norm {
        /// Batch normalisation.
        "batch_norm" BatchNorm(BatchNorm), (layer) => layer;
    }
    dropout {
        /// Random zeros in training.
        "dropout" Dropout(Dropout), (layer) => layer;
    }
    gaussian_noise {
        /// Noise in training.
        "gaussian_noise" GaussianNoise(GaussianNoise), (layer) => layer;
    }
    activation {
        /// A function of each number.
        "activation" Activation {
            /// Which function.
            function: Activation,
        }, { function } => function;
    }
    layer_norm {
        /// Moments of each row taken away.
        "layer_norm" LayerNorm(LayerNorm), (layer) => layer;
    }
    embedding {
        /// A vector for each token.
        "embedding" Embedding(Embedding), (layer) => layer;
    }
    recurrent {
        /// A simple recurrent network.
        "rnn" Rnn(Recurrent), (layer) => &(Cell::Simple, layer);
        /// Long short-term memory.
        "lstm" Lstm(Recurrent), (layer) => &(Cell::Lstm, layer);
        /// A recurrent network with reset and update gates.
        "gru" Gru(Recurrent), (layer) => &(Cell::Gru, layer);
    }
    convolution {
        /// A filter that slides along a sequence.
        "convolution1d" Convolution1d(Convolution), (layer) => &(Axes::Steps, layer);
        /// A filter that slides over an image.
        "convolution2d" Convolution2d(Convolution), (layer) => &(Axes::Image, layer);
    }
    transposed_convolution {
        /// The transpose of a filter: a finer sequence or image.
        "transposed_convolution" TransposedConvolution(TransposedConvolution), (layer) => layer;
    }
    windows {
        /// The largest number of each window.
        "max_pool" MaxPool(Windows), (layer) => &(By::Max, layer);
        /// The mean of each window.
        "average_pool" AveragePool(Windows), (layer) => &(By::Mean, layer);
        /// The root of the sum of squares of each window.
        "l2_pool" L2Pool(Windows), (layer) => &(By::L2, layer);
        /// Windows that leave so many places, whatever comes in.
        "adaptive_pool" AdaptivePool(AdaptivePool), (layer) => layer;
    }
    residual {
        /// Layers with a way around them.
        "residual" Residual(Residual), (layer) => layer;
    }
    attention {
        /// Steps look at one another.
        "attention" Attention(Attention), (layer) => layer;
    }
    transformer {
        /// A block of a Transformer.
        "transformer" Transformer(Transformer), (layer) => layer;
        /// Where each step stands.
        "positions" Positions(Positions), (layer) => layer;
    }
    pool {
        /// The mean, the maximum or the last of all steps or places.
        "pool" Pool(Pool), (layer) => layer;
    }
    attention_pool {
        /// A mean over all steps with weights that are learnt.
        "attention_pool" AttentionPool(AttentionPool), (layer) => layer;
    }
    flatten {
        /// The steps of a sequence or the places of an image as features without an order.
        "flatten" Flatten {}, {} => &flatten::Flatten;
    }
    graph_convolution {
        /// Convolution over the neighbours of a node.
        "graph_convolution" GraphConvolution(GraphConvolution), (layer) => layer;
    }
    graph_attention {
        /// Nodes look at their neighbours.
        "graph_attention" GraphAttention(GraphAttention), (layer) => layer;
    }
    message_passing {
        /// Messages along edges, by matrices that follow from the edge.
        "message_passing" MessagePassing(MessagePassing), (layer) => layer;
    }
    directed_message_passing {
        /// Messages from edge to edge.
        "directed_message_passing" DirectedMessagePassing(DirectedMessagePassing), (layer) => layer;
    }
    neural_fingerprint {
        /// A fingerprint of a graph that is learnt.
        "neural_fingerprint" NeuralFingerprint(NeuralFingerprint), (layer) => layer;
    }
    readout {
        /// One row of features from the nodes of each graph.
        "readout" Readout(Readout), (layer) => layer;
    }
}

impl Layer {
    /// Applies the layer and the next in one operation, where there is one: a convolution, of which only the largest numbers are kept.
    pub(crate) fn apply_with<'t, T: Real>(
        &self,
        next: &Layer,
        x: Var<'t, T>,
        form: Form,
        cx: &Context<'t, '_, T>,
    ) -> Option<Var<'t, T>> {
        match (self, next) {
            (Layer::Convolution1d(layer) | Layer::Convolution2d(layer), Layer::MaxPool(pool)) => {
                layer.apply_pooled(pool, x, form.grid()?, cx)
            }
            _ => None,
        }
    }
}

pub(crate) const SEQUENCES: &str = "sequences, of which the layers before it keep the steps";
pub(crate) const GRIDS: &str = "images or sequences, of which the layers before it keep the places";

pub(crate) const GRAPHS: &str = "graphs, of which the layers before it keep the nodes; molecules are graphs";

/// What looks at features alone sees every step or place as a row.
pub(crate) fn each_step<'t, T: Real>(
    x: Var<'t, T>,
    form: Form,
    apply: impl FnOnce(Var<'t, T>) -> Var<'t, T>,
) -> Var<'t, T> {
    if let Form::Flat { .. } = form {
        return apply(x);
    }
    let (rows, _) = x.value().shape().as_matrix();
    let y = apply(ops::reshape(x, [rows * form.places(), form.features()]));
    let (_, features) = y.value().shape().as_matrix();
    ops::reshape(y, [rows, form.places() * features])
}
