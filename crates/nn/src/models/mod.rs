//! Models: plain specifications, and what fitting makes of them.

mod convolution;
mod elastic_net;
mod forest;
mod graph;
mod lenet;
mod linear;
mod logistic;
mod mean;
mod mlp;
mod nearest_neighbors;
mod partial_least_squares;
mod perceptron;
mod recurrent;
mod resnet;
mod ridge;
mod streamed_ridge;
mod vgg;

pub use convolution::Convolutions;
pub use elastic_net::{ElasticNet, Lasso};
pub use forest::{FittedForest, RandomForest};
pub use graph::{
    DirectedMessagePassingNetwork, GraphAttentionNetwork, GraphConvolutions, MessagePassingNetwork,
    NeuralFingerprintNetwork,
};
pub use lenet::LeNet;
pub use linear::{FittedLinear, Link};
pub use logistic::Logistic;
pub use mean::Mean;
pub use mlp::{Mlp, Sequential};
pub use nearest_neighbors::{FittedNeighbors, NearestNeighbors, NeighborMetric, NeighborWeights};
pub use partial_least_squares::PartialLeastSquares;
pub use perceptron::{Perceptron, Rule};
pub use recurrent::RecurrentNetwork;
pub use resnet::{ResNet, ResNet1d};
pub use ridge::Ridge;
pub use vgg::Vgg;
