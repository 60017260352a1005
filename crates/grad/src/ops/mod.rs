//! Differentiable operations, one file each: equation, value, pullback, check.

use tensor::{Real, Tensor};

mod activation;
mod additive_attention;
mod arithmetic;
mod attention;
mod batch_norm;
mod binary_cross_entropy;
mod convolution;
mod dropout;
mod elastic_net;
mod embedding;
mod gaussian_negative_log_likelihood;
mod grouped_matmul;
mod layer_norm;
mod linear;
mod matmul;
mod pinball;
mod pool;
mod pool_steps;
mod recurrent;
mod regression;
mod segments;
mod shape;
mod softmax;
mod softmax_cross_entropy;
mod sparse_product;
mod square_root;
mod weighted_sum;
mod weights;

pub use activation::activation;
pub use additive_attention::additive_attention;
pub use arithmetic::{add, add_row, mul, scale, sub, sum};
pub use attention::{Look, attention};
pub use batch_norm::{Moments, batch_norm, batch_norm_predict};
pub use binary_cross_entropy::binary_cross_entropy;
pub use convolution::{convolution, convolution_max_pool, transposed_convolution};
pub use dropout::dropout;
pub use elastic_net::elastic_net;
pub use embedding::embedding;
pub use gaussian_negative_log_likelihood::{gaussian_negative_log_likelihood, variance};
pub use grouped_matmul::grouped_matmul;
pub use layer_norm::layer_norm;
pub use linear::{linear, linear_relu};
pub use matmul::matmul;
pub use pinball::pinball;
pub use pool::pool;
pub use pool_steps::{Pool, pool_steps};
pub use recurrent::{CellWeights, Run, States, recurrent};
pub use regression::{huber, mean_absolute_error, mean_squared_error};
pub use segments::{segment_max, segment_softmax};
pub use shape::{join, join_all, part, reshape, swap};
pub use softmax::softmax;
pub use softmax_cross_entropy::softmax_cross_entropy;
pub use sparse_product::sparse_product;
pub use square_root::square_root;
pub use weighted_sum::weighted_sum;

/// The numbers of a tensor that nothing else holds yet.
fn numbers<T: Real>(tensor: &mut Tensor<T>) -> &mut [T] {
    tensor.data_mut().unwrap_or_default()
}
