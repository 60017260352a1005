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
mod ends;
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
mod reads;
pub(crate) mod recurrent;
mod residual;
#[cfg(test)]
pub(crate) mod samples;
mod transformer;
mod transposed_convolution;
mod windows;

use grad::Var;
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
pub(crate) use reads::{GRAPHS, GRIDS, SEQUENCES, each_step};

use crate::form::Form;
use crate::parameters::{Builder, Context};

layers! {
    dense {
        /// Fully connected layer: every output is a weighted sum of all inputs.
        "dense" Dense(Dense), (layer) => layer;
    }
    batch_norm {
        /// Brings each feature to mean 0 and variance 1 over the rows of the mini-batch.
        "batch_norm" BatchNorm(BatchNorm), (layer) => layer;
    }
    dropout {
        /// Random zeros in training, against overfitting.
        "dropout" Dropout(Dropout), (layer) => layer;
    }
    gaussian_noise {
        /// Noise in training.
        "gaussian_noise" GaussianNoise(GaussianNoise), (layer) => layer;
    }
    activation {
        /// Activation function of each number, $y_i = f(x_i)$, without parameters \[Goodfellow2016\]; `softmax` is taken
        /// over the features of a row.
        ///
        /// Input and output have the same shape.
        "activation" Activation {
            /// The function $f$.
            function: Activation,
        }, { function } => function;
    }
    layer_norm {
        /// Brings the features of each row to mean 0 and variance 1.
        "layer_norm" LayerNorm(LayerNorm), (layer) => layer;
    }
    embedding {
        /// A learned vector for each token.
        "embedding" Embedding(Embedding), (layer) => layer;
    }
    recurrent {
        /// Simple recurrent layer, $h_t = \tanh(W x_t + U h_{t-1} + b)$ \[Elman1990\].
        "rnn" Rnn(Recurrent), (layer) => &(Cell::Simple, layer);
        /// Long short-term memory \[Hochreiter1997\] with a forget gate \[Gers2000\]:
        /// $c_t = f_t \odot c_{t-1} + i_t \odot g_t$ and $h_t = o_t \odot \tanh c_t$ with
        /// $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$
        /// and $b$ of its own. The biases of the forget gate begin at 1 \[Jozefowicz2015\].
        "lstm" Lstm(Recurrent), (layer) => &(Cell::Lstm, layer);
        /// Gated recurrent unit \[Cho2014\]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
        /// $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.
        "gru" Gru(Recurrent), (layer) => &(Cell::Gru, layer);
    }
    convolution {
        /// Convolution along the steps of a sequence \[Waibel1989\]: $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$.
        ///
        /// Input `[batch, steps, inputs]`, output `[batch, steps', features]`.
        "convolution1d" Convolution1d(Convolution), (layer) => &(Axes::Steps, layer);
        /// Convolution over the pixels of an image \[LeCun1989\]:
        /// $y_{uv} = f(b + \sum_{jk} W_{jk}^\top x_{s u + d j - p,\, s v + d k - p})$.
        ///
        /// Input `[batch, height, width, inputs]`, output `[batch, height', width', features]`.
        "convolution2d" Convolution2d(Convolution), (layer) => &(Axes::Image, layer);
    }
    transposed_convolution {
        /// The transpose of a convolution: upsampling to a finer sequence or image.
        "transposed_convolution" TransposedConvolution(TransposedConvolution), (layer) => layer;
    }
    windows {
        /// Max pooling, $y_{tc} = \max_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$, for each feature $c$
        /// \[Goodfellow2016\].
        "max_pool" MaxPool(Windows), (layer) => &(By::Max, layer);
        /// Average pooling, $y_{tc} = \frac{1}{|W_t|} \sum_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$,
        /// for each feature $c$ \[LeCun1998\].
        "average_pool" AveragePool(Windows), (layer) => &(By::Mean, layer);
        /// L2 pooling, $y_{tc} = \sqrt{\sum_{j \in W_t} x_{jc}^2}$ over the positions $j$ of window $W_t$, for each
        /// feature $c$ \[Goodfellow2016\].
        "l2_pool" L2Pool(Windows), (layer) => &(By::L2, layer);
        /// Pooling to a fixed number of positions, whatever the size of the input.
        "adaptive_pool" AdaptivePool(AdaptivePool), (layer) => layer;
    }
    residual {
        /// Layers with a skip connection around them.
        "residual" Residual(Residual), (layer) => layer;
    }
    attention {
        /// Self-attention: each step becomes a weighted mean over all steps, with weights that depend on both.
        "attention" Attention(Attention), (layer) => layer;
    }
    transformer {
        /// Encoder block of a Transformer: self-attention, then a network of two dense layers for each step.
        "transformer" Transformer(Transformer), (layer) => layer;
        /// Positional encoding: adds the position of each step to its features.
        "positions" Positions(Positions), (layer) => layer;
    }
    pool {
        /// Global pooling: the mean, the maximum or the last of all steps or pixels.
        "pool" Pool(Pool), (layer) => layer;
    }
    attention_pool {
        /// Attention pooling: a mean over all steps with learned weights.
        "attention_pool" AttentionPool(AttentionPool), (layer) => layer;
    }
    flatten {
        /// The steps of a sequence or the pixels of an image as one row of features, $y_{iF + c} = x_{ic}$ for position
        /// $i$ and feature $c$ of $F$ \[Goodfellow2016\].
        ///
        /// Input `[batch, steps, features]`, output `[batch, steps * features]`; or input
        /// `[batch, height, width, features]`, output `[batch, height * width * features]`.
        "flatten" Flatten {}, {} => &flatten::Flatten;
    }
    graph_convolution {
        /// Graph convolution: each node becomes a weighted sum over itself and its neighbors.
        "graph_convolution" GraphConvolution(GraphConvolution), (layer) => layer;
    }
    graph_attention {
        /// Graph attention: a sum over the neighbors of a node with learned attention weights.
        "graph_attention" GraphAttention(GraphAttention), (layer) => layer;
    }
    message_passing {
        /// Message passing between nodes, by matrices that are computed from the features of the edge.
        "message_passing" MessagePassing(MessagePassing), (layer) => layer;
    }
    directed_message_passing {
        /// Message passing between directed edges.
        "directed_message_passing" DirectedMessagePassing(DirectedMessagePassing), (layer) => layer;
    }
    neural_fingerprint {
        /// A learned fingerprint of a graph.
        "neural_fingerprint" NeuralFingerprint(NeuralFingerprint), (layer) => layer;
    }
    readout {
        /// Readout: one row of features from the nodes of each graph.
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
