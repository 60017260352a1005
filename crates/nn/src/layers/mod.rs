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
mod graph_attention;
mod graph_convolution;
mod layer_norm;
mod message_passing;
mod neural_fingerprint;
mod pool;
mod readout;
pub(crate) mod recurrent;
mod residual;
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

use crate::form::Form;
use crate::parameters::{Builder, Context};

/// One layer of a sequential network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Layer {
    /// Fully connected layer: every output is a weighted sum of all inputs.
    Dense(Dense),
    /// Brings each feature to mean 0 and variance 1 over the rows of the mini-batch.
    BatchNorm(BatchNorm),
    /// Random zeros in training, against overfitting.
    Dropout(Dropout),
    /// Activation function of each number, $y_i = f(x_i)$, without parameters \[Goodfellow2016\]; `softmax` is taken
    /// over the features of a row.
    ///
    /// Input and output have the same shape.
    Activation {
        /// The function $f$.
        function: Activation,
    },
    /// Brings the features of each row to mean 0 and variance 1.
    LayerNorm(LayerNorm),
    /// A learned vector for each token.
    Embedding(Embedding),
    /// Simple recurrent layer, $h_t = \tanh(W x_t + U h_{t-1} + b)$ \[Elman1990\].
    Rnn(Recurrent),
    /// Long short-term memory \[Hochreiter1997\] with a forget gate \[Gers2000\]:
    /// $c_t = f_t \odot c_{t-1} + i_t \odot g_t$ and $h_t = o_t \odot \tanh c_t$ with
    /// $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$
    /// and $b$ of its own. The biases of the forget gate begin at 1 \[Jozefowicz2015\].
    Lstm(Recurrent),
    /// Gated recurrent unit \[Cho2014\]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
    /// $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.
    Gru(Recurrent),
    /// Convolution along the steps of a sequence \[Waibel1989\]: $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$.
    ///
    /// Input `[batch, steps, inputs]`, output `[batch, steps', features]`.
    Convolution1d(Convolution),
    /// Convolution over the pixels of an image \[LeCun1989\]:
    /// $y_{uv} = f(b + \sum_{jk} W_{jk}^\top x_{s u + d j - p,\, s v + d k - p})$.
    ///
    /// Input `[batch, height, width, inputs]`, output `[batch, height', width', features]`.
    Convolution2d(Convolution),
    /// The transpose of a convolution: upsampling to a finer sequence or image.
    TransposedConvolution(TransposedConvolution),
    /// Max pooling, $y_{tc} = \max_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$, for each feature $c$
    /// \[Goodfellow2016\].
    MaxPool(Windows),
    /// Average pooling, $y_{tc} = \frac{1}{|W_t|} \sum_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$,
    /// for each feature $c$ \[LeCun1998\].
    AveragePool(Windows),
    /// L2 pooling, $y_{tc} = \sqrt{\sum_{j \in W_t} x_{jc}^2}$ over the positions $j$ of window $W_t$, for each
    /// feature $c$ \[Goodfellow2016\].
    L2Pool(Windows),
    /// Pooling to a fixed number of positions, whatever the size of the input.
    AdaptivePool(AdaptivePool),
    /// Layers with a skip connection around them.
    Residual(Residual),
    /// Self-attention: each step becomes a weighted mean over all steps, with weights that depend on both.
    Attention(Attention),
    /// Encoder block of a Transformer: self-attention, then a network of two dense layers for each step.
    Transformer(Transformer),
    /// Positional encoding: adds the position of each step to its features.
    Positions(Positions),
    /// Global pooling: the mean, the maximum or the last of all steps or pixels.
    Pool(Pool),
    /// Attention pooling: a mean over all steps with learned weights.
    AttentionPool(AttentionPool),
    /// The steps of a sequence or the pixels of an image as one row of features, $y_{iF + c} = x_{ic}$ for position
    /// $i$ and feature $c$ of $F$ \[Goodfellow2016\].
    ///
    /// Input `[batch, steps, features]`, output `[batch, steps * features]`; or input
    /// `[batch, height, width, features]`, output `[batch, height * width * features]`.
    Flatten {},
    /// Graph convolution: each node becomes a weighted sum over itself and its neighbors.
    GraphConvolution(GraphConvolution),
    /// Graph attention: a sum over the neighbors of a node with learned attention weights.
    GraphAttention(GraphAttention),
    /// Message passing between nodes, by matrices that are computed from the features of the edge.
    MessagePassing(MessagePassing),
    /// Message passing between directed edges.
    DirectedMessagePassing(DirectedMessagePassing),
    /// A learned fingerprint of a graph.
    NeuralFingerprint(NeuralFingerprint),
    /// Readout: one row of features from the nodes of each graph.
    Readout(Readout),
}

impl Layer {
    /// Asks for the parameters of a layer after `inputs` and tells what it gives; what it would read instead where that does not
    /// fit.
    pub(crate) fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        match self {
            Layer::Dense(layer) => Ok(inputs.with(layer.build(inputs.features(), builder))),
            Layer::BatchNorm(layer) => {
                layer.build(inputs.features(), builder);
                Ok(inputs)
            }
            Layer::LayerNorm(layer) => Ok(layer.build(inputs, builder)),
            Layer::Embedding(layer) => layer.build(inputs, builder).ok_or("sequences of one token a step"),
            Layer::Rnn(layer) => layer.build(Cell::Simple, inputs, builder),
            Layer::Lstm(layer) => layer.build(Cell::Lstm, inputs, builder),
            Layer::Gru(layer) => layer.build(Cell::Gru, inputs, builder),
            Layer::Convolution1d(layer) => {
                layer.build(inputs.grid().filter(|grid| grid.line).ok_or(SEQUENCES)?, builder)
            }
            Layer::Convolution2d(layer) => layer.build(inputs.grid().filter(|grid| !grid.line).ok_or(IMAGES)?, builder),
            Layer::TransposedConvolution(layer) => layer.build(inputs.grid().ok_or(GRIDS)?, builder),
            Layer::MaxPool(layer) | Layer::AveragePool(layer) | Layer::L2Pool(layer) => {
                layer.build(inputs.grid().ok_or(GRIDS)?)
            }
            Layer::AdaptivePool(layer) => Ok(layer.build(inputs.grid().ok_or(GRIDS)?)),
            Layer::Residual(layer) => layer.build(inputs, builder),
            Layer::Attention(layer) => layer.build(inputs, builder),
            Layer::Transformer(layer) => layer.build(inputs, builder),
            Layer::Positions(_) if !matches!(inputs, Form::Sequence { .. }) => Err(SEQUENCES),
            Layer::Pool(layer) => layer.build(inputs),
            Layer::AttentionPool(layer) => layer.build(inputs, builder),
            Layer::Flatten {} if matches!(inputs, Form::Graph { .. }) => {
                Err("sequences; `readout` makes one row of a graph")
            }
            Layer::Flatten {} => Ok(inputs.numbers().into()),
            Layer::GraphConvolution(layer) => layer.build(inputs, builder),
            Layer::GraphAttention(layer) => layer.build(inputs, builder),
            Layer::MessagePassing(layer) => layer.build(inputs, builder),
            Layer::DirectedMessagePassing(layer) => layer.build(inputs, builder),
            Layer::NeuralFingerprint(layer) => layer.build(inputs, builder),
            Layer::Readout(layer) => layer.build(inputs, builder),
            Layer::Dropout(_) | Layer::Activation { .. } | Layer::Positions(_) => Ok(inputs),
        }
    }

    /// Applies the layer to `x: [n, numbers of form]`.
    pub(crate) fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        match self {
            Layer::Dense(layer) => each_step(x, form, |x| layer.apply(x, cx)),
            Layer::Activation { function } => each_step(x, form, |x| function.apply(x)),
            Layer::LayerNorm(layer) => each_step(x, form, |x| layer.apply(x, cx)),
            Layer::BatchNorm(layer) => each_step(x, form, |x| layer.apply_steps(x, cx)),
            Layer::Dropout(layer) => layer.apply(x, 0, cx),
            Layer::Embedding(layer) => layer.apply(x, cx),
            Layer::Rnn(layer) => layer.apply(Cell::Simple, x, form, cx),
            Layer::Lstm(layer) => layer.apply(Cell::Lstm, x, form, cx),
            Layer::Gru(layer) => layer.apply(Cell::Gru, x, form, cx),
            Layer::Convolution1d(layer) | Layer::Convolution2d(layer) => {
                form.grid().map_or(x, |grid| layer.apply(x, grid, cx))
            }
            Layer::TransposedConvolution(layer) => form.grid().map_or(x, |grid| layer.apply(x, grid, cx)),
            Layer::MaxPool(layer) => form.grid().map_or(x, |grid| layer.apply(By::Max, x, grid, cx)),
            Layer::AveragePool(layer) => form.grid().map_or(x, |grid| layer.apply(By::Mean, x, grid, cx)),
            Layer::L2Pool(layer) => form.grid().map_or(x, |grid| layer.apply(By::L2, x, grid, cx)),
            Layer::AdaptivePool(layer) => form.grid().map_or(x, |grid| layer.apply(x, grid, cx)),
            Layer::Residual(layer) => layer.apply(x, form, cx),
            Layer::Attention(layer) => layer.apply(x, form, cx),
            Layer::Transformer(layer) => layer.apply(x, form, cx),
            Layer::Positions(layer) => layer.apply(x, form),
            Layer::Pool(layer) => layer.apply(x, form, cx),
            Layer::AttentionPool(layer) => layer.apply(x, form, cx),
            Layer::Flatten {} => x,
            Layer::GraphConvolution(layer) => layer.apply(x, cx),
            Layer::GraphAttention(layer) => layer.apply(x, cx),
            Layer::MessagePassing(layer) => layer.apply(x, cx),
            Layer::DirectedMessagePassing(layer) => layer.apply(x, cx),
            Layer::NeuralFingerprint(layer) => layer.apply(x, cx),
            Layer::Readout(layer) => layer.apply(x, cx),
        }
    }

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

    /// Whether it has random zeros.
    pub fn draws(&self) -> bool {
        match self {
            Layer::Dropout(dropout) => dropout.rate > 0.0,
            Layer::Transformer(block) => block.dropout > 0.0,
            Layer::DirectedMessagePassing(layer) => layer.dropout > 0.0,
            Layer::Residual(block) => block.layers.iter().any(Layer::draws),
            _ => false,
        }
    }

    /// Whether it reads nothing but graphs.
    pub fn reads_graphs(&self) -> bool {
        use Layer::{
            DirectedMessagePassing, GraphAttention, GraphConvolution, MessagePassing, NeuralFingerprint, Readout,
        };
        match self {
            GraphConvolution(_) | GraphAttention(_) | MessagePassing(_) | DirectedMessagePassing(_) => true,
            NeuralFingerprint(_) | Readout(_) => true,
            Layer::Residual(block) => block.layers.iter().any(Layer::reads_graphs),
            _ => false,
        }
    }

    /// The word that stands in files and messages.
    pub fn name(&self) -> &'static str {
        match self {
            Layer::Dense(_) => "dense",
            Layer::BatchNorm(_) => "batch_norm",
            Layer::Dropout(_) => "dropout",
            Layer::Activation { .. } => "activation",
            Layer::LayerNorm(_) => "layer_norm",
            Layer::Embedding(_) => "embedding",
            Layer::Rnn(_) => "rnn",
            Layer::Lstm(_) => "lstm",
            Layer::Gru(_) => "gru",
            Layer::Convolution1d(_) => "convolution1d",
            Layer::Convolution2d(_) => "convolution2d",
            Layer::TransposedConvolution(_) => "transposed_convolution",
            Layer::MaxPool(_) => "max_pool",
            Layer::AveragePool(_) => "average_pool",
            Layer::L2Pool(_) => "l2_pool",
            Layer::AdaptivePool(_) => "adaptive_pool",
            Layer::Residual(_) => "residual",
            Layer::Attention(_) => "attention",
            Layer::Transformer(_) => "transformer",
            Layer::Positions(_) => "positions",
            Layer::Pool(_) => "pool",
            Layer::AttentionPool(_) => "attention_pool",
            Layer::Flatten {} => "flatten",
            Layer::GraphConvolution(_) => "graph_convolution",
            Layer::GraphAttention(_) => "graph_attention",
            Layer::MessagePassing(_) => "message_passing",
            Layer::DirectedMessagePassing(_) => "directed_message_passing",
            Layer::NeuralFingerprint(_) => "neural_fingerprint",
            Layer::Readout(_) => "readout",
        }
    }
}

pub(crate) const SEQUENCES: &str = "sequences, of which the layers before it keep the steps";
const IMAGES: &str = "images, of which the layers before it keep the pixels";
const GRIDS: &str = "images or sequences, of which the layers before it keep the positions";

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
