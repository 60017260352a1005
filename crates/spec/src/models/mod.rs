//! The contract of each kind of model, one file each.

mod convolution;
mod d_mpnn;
mod elastic_net;
mod embedding;
mod gat;
mod gaussian_process;
mod gcn;
mod lasso;
mod lenet;
mod logistic;
mod mean;
mod mlp;
mod mpnn;
mod nearest_neighbors;
mod neural_fingerprint;
mod perceptron;
mod pls;
mod random_forest;
pub(crate) mod recurrent;
mod resnet;
mod resnet1d;
mod ridge;
mod seq2seq;
mod sequential;
mod vgg;
