//! Models: plain specifications, and what fitting makes of them.

mod convolution;
mod elastic_net;
mod forest;
mod graph;
mod linear;
mod logistic;
mod mean;
mod mlp;
mod perceptron;
mod recurrent;
mod ridge;
mod streamed_ridge;

pub use convolution::Convolutions;
pub use elastic_net::{ElasticNet, Lasso};
pub use forest::{FittedForest, RandomForest};
pub use graph::{
    DirectedMessagePassingNetwork, GraphAttentionNetwork, GraphConvolutions, MessagePassingNetwork,
    NeuralFingerprintNetwork,
};
pub use linear::{FittedLinear, Link};
pub use logistic::Logistic;
pub use mean::Mean;
pub use mlp::{Mlp, Sequential};
pub use perceptron::{Perceptron, Rule};
pub use recurrent::RecurrentNetwork;
pub use ridge::Ridge;
