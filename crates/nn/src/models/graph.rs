//! Networks that read graphs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{
    Activation, BatchNorm, Dense, DirectedMessagePassing, Dropout, GraphAttention, GraphConvolution, Layer,
    MessagePassing, NeuralFingerprint, Readout, ReadoutBy,
};

/// Graph convolutional network \[Kipf2017\]: $H^l = \max(0, \hat A H^{l-1} W_l + b_l)$ from the atom features $H^0$
/// with $\hat A = D^{-1/2}(A + I)D^{-1/2}$ of the adjacency matrix $A$ and the degrees $D$ of $A + I$, then a readout
/// to one row of features for each molecule and dense layers.
///
/// Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
/// classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GraphConvolutions {
    /// Embedding width: hidden size of each atom.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Number of stacked layers, the distance in bonds from which an atom receives information.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Readout: reduction of the atoms to one row.
    pub readout: ReadoutBy,
    /// Width of the hidden dense layer after the readout; 0 for none.
    pub head: usize,
    /// Dropout probability after each layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Normalize each layer over the atoms of the batch \[Ioffe2015\].
    pub batch_norm: bool,
}

impl Default for GraphConvolutions {
    fn default() -> Self {
        GraphConvolutions {
            features: 64,
            layers: 3,
            readout: ReadoutBy::Sum,
            head: 64,
            dropout: 0.0,
            batch_norm: false,
        }
    }
}

impl GraphConvolutions {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let (features, mut layers) = (self.features, Vec::new());
        for _ in 0..self.layers {
            let activation = if self.batch_norm { Activation::Linear } else { Activation::Relu };
            layers.push(Layer::GraphConvolution(GraphConvolution { features, activation, bias: !self.batch_norm }));
            if self.batch_norm {
                layers.push(Layer::BatchNorm(BatchNorm::default()));
                layers.push(Layer::Activation { function: Activation::Relu });
            }
            layers.extend(thinned(self.dropout));
        }
        layers.push(Layer::Readout(Readout::new(self.readout)));
        layers.extend(head(self.head, self.dropout));
        layers
    }
}

/// Graph attention network \[Velickovic2018\]: $h_i \leftarrow f(\sum_j p_{ij} W h_j + b)$ over the neighbors $j$ of
/// atom $i$ and itself with attention weights
/// $p_{ij} = \operatorname{softmax}_j(\operatorname{LeakyReLU}(u^\top W h_j + v^\top W h_i))$ and ELU as $f$, layer
/// by layer, then a readout to one row of features for each molecule and dense layers.
///
/// Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
/// classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GraphAttentionNetwork {
    /// Hidden size of each attention head for each atom.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Width of the hidden dense layer after the readout; 0 for none.
    #[schemars(range(min = 1))]
    pub heads: usize,
    /// Number of stacked layers.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Readout: reduction of the atoms to one row.
    pub readout: ReadoutBy,
    /// Width of the dense layer after; 0 for none.
    pub head: usize,
    /// Dropout probability after each layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for GraphAttentionNetwork {
    fn default() -> Self {
        GraphAttentionNetwork { features: 32, heads: 4, layers: 3, readout: ReadoutBy::Sum, head: 64, dropout: 0.0 }
    }
}

impl GraphAttentionNetwork {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = Vec::new();
        for at in 1..=self.layers {
            let average = at == self.layers;
            let own = GraphAttention::new(self.features, self.heads, Activation::Elu);
            layers.push(Layer::GraphAttention(GraphAttention { average, ..own }));
            layers.extend(thinned(self.dropout));
        }
        layers.push(Layer::Readout(Readout::new(self.readout)));
        layers.extend(head(self.head, self.dropout));
        layers
    }
}

/// Message passing neural network \[Gilmer2017\]: $h_i \leftarrow \mathrm{GRU}(\sum_j A(e_{ij}) h_j,\, h_i)$ over the
/// neighbors $j$ of atom $i$ in each step, where an edge network computes the matrix $A$ from the bond features
/// $e_{ij}$, then a readout, by default Set2Set \[Vinyals2016\], to one row of features for each molecule and dense
/// layers.
///
/// Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
/// classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MessagePassingNetwork {
    /// Embedding width: hidden size of each atom.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Number of message-passing steps.
    #[schemars(range(min = 1))]
    pub steps: usize,
    /// Hidden width of the edge network.
    #[schemars(range(min = 1))]
    pub edge_hidden: usize,
    /// Readout: reduction of the atoms to one row.
    pub readout: ReadoutBy,
    /// Width of the hidden dense layer after the readout; 0 for none.
    pub head: usize,
    /// Dropout probability after the hidden dense layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for MessagePassingNetwork {
    fn default() -> Self {
        let readout = ReadoutBy::Set2set;
        MessagePassingNetwork { features: 64, steps: 3, edge_hidden: 64, readout, head: 64, dropout: 0.0 }
    }
}

impl MessagePassingNetwork {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let mut layers = vec![
            Layer::Dense(Dense::new(self.features, Activation::Relu)),
            Layer::MessagePassing(MessagePassing { steps: self.steps, hidden: self.edge_hidden }),
            Layer::Readout(Readout::new(self.readout)),
        ];
        layers.extend(head(self.head, self.dropout));
        layers
    }
}

/// Directed message passing neural network \[Yang2019\]: $h^{t+1}_{vw} = f(h^0_{vw} + W_h \sum_{u \ne w} h^t_{uv})$
/// for each directed bond $v \to w$ from $h^0_{vw} = W_i [x_v, e_{vw}]$, atoms collect
/// $f(W_o [x_v, \sum_u h^T_{uv}] + b)$, then a readout to one row of features for each molecule and dense layers. The
/// default width is 128 with dropout: chemprop's 300 without dropout was no better on validation rows and took four
/// times as long.
///
/// Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
/// classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DirectedMessagePassingNetwork {
    /// Hidden size of each bond.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Number of message-passing steps $T$, the distance in bonds from which an atom receives information.
    #[schemars(range(min = 1))]
    pub depth: usize,
    /// Readout: reduction of the atoms to one row.
    pub readout: ReadoutBy,
    /// Width of each hidden dense layer after the readout.
    pub head: Vec<usize>,
    /// Dropout probability in states and after dense layers \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Add biases in the states of bonds.
    pub bias: bool,
}

impl Default for DirectedMessagePassingNetwork {
    fn default() -> Self {
        let readout = ReadoutBy::Mean;
        DirectedMessagePassingNetwork { hidden: 128, depth: 3, readout, head: vec![128], dropout: 0.1, bias: false }
    }
}

impl DirectedMessagePassingNetwork {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let DirectedMessagePassingNetwork { hidden, depth, dropout, bias, .. } = *self;
        let passing =
            DirectedMessagePassing { features: hidden, steps: depth, dropout, bias, activation: Activation::Relu };
        let mut layers = vec![Layer::DirectedMessagePassing(passing), Layer::Readout(Readout::new(self.readout))];
        layers.extend(self.head.iter().flat_map(|&width| head(width, dropout)));
        layers
    }
}

/// Neural fingerprint \[Duvenaud2015\]: a circular fingerprint whose positions are learned,
/// $\sum_{t,i} \operatorname{softmax}(h^t_i W_t)$ over atoms $i$ and steps $t$ with
/// $h^{t+1}_i = f([h^t_i + \sum_j h^t_j, \sum_j e_{ij}]\,H_d)$ over the neighbors $j$ and a matrix for each number
/// $d$ of neighbors; dense layers read it.
///
/// Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
/// classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NeuralFingerprintNetwork {
    /// Length of the fingerprint.
    #[schemars(range(min = 1))]
    pub length: usize,
    /// Hidden size of each atom between steps.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Radius of the neighborhoods in bonds.
    #[schemars(range(min = 1))]
    pub radius: usize,
    /// Width of the hidden dense layer after the fingerprint; 0 for none.
    pub head: usize,
    /// Dropout probability after the hidden dense layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

impl Default for NeuralFingerprintNetwork {
    fn default() -> Self {
        NeuralFingerprintNetwork { length: 256, features: 64, radius: 3, head: 64, dropout: 0.0 }
    }
}

impl NeuralFingerprintNetwork {
    /// The layers before the last.
    pub fn layers(&self) -> Vec<Layer> {
        let NeuralFingerprintNetwork { length, features, radius, .. } = *self;
        let own = NeuralFingerprint { length, features, steps: radius, activation: Activation::Relu };
        let mut layers = vec![Layer::NeuralFingerprint(own)];
        layers.extend(head(self.head, self.dropout));
        layers
    }
}

fn head(width: usize, dropout: f64) -> Vec<Layer> {
    let dense = (width > 0).then(|| Layer::Dense(Dense::new(width, Activation::Relu)));
    let behind = dense.as_ref().and_then(|_| thinned(dropout));
    dense.into_iter().chain(behind).collect()
}

fn thinned(rate: f64) -> Option<Layer> {
    (rate > 0.0).then_some(Layer::Dropout(Dropout { rate }))
}
