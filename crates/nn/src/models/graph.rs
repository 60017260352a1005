//! Networks that read graphs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layers::{
    Activation, BatchNorm, Dense, DirectedMessagePassing, Dropout, GraphAttention, GraphConvolution, Layer,
    MessagePassing, NeuralFingerprint, Readout, ReadoutBy,
};

/// Convolutions over the neighbours of each atom, one behind the other, then one row of features for each molecule, and a dense layer
/// that reads it \[Kipf2017\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GraphConvolutions {
    /// Numbers of an atom between layers.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Layers one behind the other: so many bonds far an atom sees.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// How atoms become one row.
    pub readout: ReadoutBy,
    /// Width of the dense layer behind; 0 for none.
    pub head: usize,
    /// Share of the numbers behind each layer that become zero in a training step.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Normalise each layer over the atoms of the batch.
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

/// Atoms look at their neighbours, layer by layer, then one row of features for each molecule, and a dense layer that reads it
/// \[Velickovic2018\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GraphAttentionNetwork {
    /// Numbers that each head gives for an atom.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Heads that look at once; the last layer takes their mean.
    #[schemars(range(min = 1))]
    pub heads: usize,
    /// Layers one behind the other.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// How atoms become one row.
    pub readout: ReadoutBy,
    /// Width of the dense layer behind; 0 for none.
    pub head: usize,
    /// Share of the numbers behind each layer that become zero in a training step.
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

/// Atoms hear of their neighbours through matrices that follow from the bonds, and a memory asks all atoms \[Gilmer2017\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MessagePassingNetwork {
    /// Numbers of an atom.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Times that neighbours are heard.
    #[schemars(range(min = 1))]
    pub steps: usize,
    /// Width of the hidden layer of the network that reads bonds.
    #[schemars(range(min = 1))]
    pub edge_hidden: usize,
    /// How atoms become one row.
    pub readout: ReadoutBy,
    /// Width of the dense layer behind; 0 for none.
    pub head: usize,
    /// Share of the numbers of the dense layer that become zero in a training step.
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

/// Bonds hear of the bonds before them, and atoms collect what they have heard: D-MPNN \[Yang2019\]. chemprop has 300 numbers where
/// there are 128 here, and no dropout: on validation rows that was no better, and took four times as long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DirectedMessagePassingNetwork {
    /// Numbers of the state of each bond.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Through so many bonds an atom hears of others.
    #[schemars(range(min = 1))]
    pub depth: usize,
    /// How atoms become one row.
    pub readout: ReadoutBy,
    /// Width of each dense layer behind.
    pub head: Vec<usize>,
    /// Share of the numbers of states and dense layers that become zero in a training step.
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

/// A circular fingerprint whose places are learnt, and a dense layer that reads it \[Duvenaud2015\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NeuralFingerprintNetwork {
    /// Numbers of the fingerprint.
    #[schemars(range(min = 1))]
    pub length: usize,
    /// Numbers of an atom between steps.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// How far an atom sees, in bonds.
    #[schemars(range(min = 1))]
    pub radius: usize,
    /// Width of the dense layer behind; 0 for none.
    pub head: usize,
    /// Share of the numbers of the dense layer that become zero in a training step.
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
