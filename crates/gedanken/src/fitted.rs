//! A trained model without the table around it.

use data::Scaler;
use nn::Network;
use nn::models::{FittedForest, FittedLinear};
use tensor::{Device, Real, Tensor};

use crate::encode::Encoder;
use crate::error::Result;

/// What is trained, with what stands before and behind it.
pub(crate) struct PartModel {
    pub encoder: Encoder,
    /// The scale of the targets that are numbers.
    pub targets: Option<Scaler>,
    pub fitted: Fitted,
}

pub(crate) enum Fitted {
    Network(Network, Weights),
    Linear(FittedLinear),
    Forest(FittedForest),
}

/// Parameters and buffers in the precision of the training.
pub(crate) enum Weights {
    Single(Vec<f32>, Vec<f32>),
    Double(Vec<f64>, Vec<f64>),
}

impl Fitted {
    /// Predictions for `x: [rows, inputs]`, on the scale of the training: `[rows, outputs]`.
    pub fn predict(&self, x: &[f32], inputs: usize, device: &Device) -> Result<Vec<f64>> {
        Ok(match self {
            Fitted::Linear(linear) => linear.predict(x),
            Fitted::Forest(forest) => forest.predict(x, inputs)?,
            Fitted::Network(network, Weights::Single(w, b)) => network_predict(network, w, b, x.to_vec(), device),
            Fitted::Network(network, Weights::Double(w, b)) => {
                network_predict(network, w, b, x.iter().map(|&x| f64::from(x)).collect(), device)
            }
        })
    }

    /// How the predictions move with `x: [rows, inputs]`: $J(x)^\top\,\mathrm{d}y$ for `dy: [rows, outputs]`; `None` of
    /// models that have no slope, such as trees.
    pub fn pullback(&self, x: &[f32], dy: &[f64], device: &Device) -> Option<Vec<f64>> {
        match self {
            Fitted::Linear(linear) => linear.pullback(dy),
            Fitted::Forest(_) => None,
            Fitted::Network(network, Weights::Single(w, b)) => Some(network_pullback(network, (w, b), x, dy, device)),
            Fitted::Network(network, Weights::Double(w, b)) => Some(network_pullback(network, (w, b), x, dy, device)),
        }
    }
}

fn network_pullback<T: Real>(
    network: &Network,
    (parameters, buffers): (&[T], &[T]),
    x: &[f32],
    dy: &[f64],
    device: &Device,
) -> Vec<f64> {
    let parameters = Tensor::new([parameters.len()], parameters.to_vec());
    let x: Vec<T> = x.iter().map(|&x| T::of(f64::from(x))).collect();
    let dy: Vec<T> = dy.iter().map(|&dy| T::of(dy)).collect();
    network.pullback(&parameters, buffers, &x, &dy, device).iter().map(|dx| dx.to_f64()).collect()
}

fn network_predict<T: Real>(
    network: &Network,
    parameters: &[T],
    buffers: &[T],
    x: Vec<T>,
    device: &Device,
) -> Vec<f64> {
    let parameters = Tensor::new([parameters.len()], parameters.to_vec());
    network.predict(&parameters, buffers, &x, device).iter().map(|y| y.to_f64()).collect()
}
