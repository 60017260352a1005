//! A trained model, independent of its table.

use std::sync::Arc;

use data::Scaler;
use inputs::block::Block;
use inputs::encoder::Encoder;
use inputs::source::Source;
use inputs::target::TargetInfo;
use nn::models::{FittedForest, FittedLinear, FittedNeighbors};
use nn::{Loss, Network, Rows};
use spec::error::Result;
use spec::experiment::Experiment;
use spec::task::Task;
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::process::Processes;
use crate::spread::{Spread, average};

/// A trained model with its encoder and output scale.
#[derive(Clone)]
pub struct PartModel {
    /// The encoder of rows.
    pub encoder: Encoder,
    /// The scale of the targets that are numbers.
    pub targets: Option<Scaler>,
    /// The trained model itself.
    pub fitted: Fitted,
}

/// A trained model, of any kind.
#[derive(Clone)]
pub enum Fitted {
    Network(Network, Weights),
    Linear(FittedLinear),
    /// Shared, for trees of the library cannot be copied.
    Forest(Arc<FittedForest>),
    Processes(Processes),
    /// Shared, for it holds the training rows.
    Neighbors(Arc<FittedNeighbors>),
}

/// Parameters and buffers in the precision of the training.
#[derive(Clone)]
pub enum Weights {
    Single(Vec<f32>, Vec<f32>),
    Double(Vec<f64>, Vec<f64>),
}

/// Number of MC dropout samples that predict in place of one network with dropout; zero for none.
#[derive(Clone, Copy)]
pub struct Samples {
    seed: u64,
    count: usize,
}

impl Samples {
    /// The samples that an experiment asks for.
    pub fn of(experiment: &Experiment) -> Self {
        Samples { seed: experiment.seed, count: experiment.uncertainty.dropout_samples }
    }

    /// Each names its masks for all rows, so that no prediction depends on its neighbors.
    fn keys(self) -> impl Iterator<Item = Key> {
        (0..self.count).map(move |sample| Key::new(self.seed, "dropout samples").at(sample, 0))
    }
}

impl PartModel {
    /// Whether its predictions are means over MC dropout samples, which have no single gradient.
    pub fn is_thinned(&self, samples: Samples) -> bool {
        samples.count > 0 && self.fitted.has_dropout()
    }

    /// Predictions for some rows, in the unit of the target.
    pub fn predict(&self, source: &Source, rows: &[usize], info: &TargetInfo, samples: Samples) -> Result<Spread> {
        // Of images and graphs only some are in memory.
        let at_once = self.encoder.kind().at_once().min(rows.len().max(1));
        let some = |rows: &[usize]| self.predict_encoded(&self.encoder.encode(source, rows)?, info, samples);
        match rows.chunks(at_once).map(some).reduce(|all, more| Ok(all?.followed_by(more?))) {
            Some(all) => all,
            None => some(rows),
        }
    }

    /// The same for rows that are numbers already.
    pub fn predict_encoded(&self, rows: &Block, info: &TargetInfo, samples: Samples) -> Result<Spread> {
        let said = |key| {
            let said = self.fitted.predict(rows, self.encoder.names().len(), key)?;
            Ok(if info.task == Task::Regression { said.restore(info, self.targets.as_ref()) } else { said })
        };
        if !self.is_thinned(samples) {
            return said(None);
        }
        Ok(average(&samples.keys().map(|key| said(Some(key))).collect::<Result<Vec<_>>>()?))
    }

    /// The numbers of the last hidden layer, `[rows, width]`, and the width; `None` of a model without one.
    pub fn hidden(&self, source: &Source, rows: &[usize]) -> Result<Option<(Vec<f32>, usize)>> {
        let Fitted::Network(network, weights) = &self.fitted else { return Ok(None) };
        let Some(width) = network.hidden_width() else { return Ok(None) };
        let device = Device::cpu(1);
        let mut values = Vec::with_capacity(rows.len() * width);
        for rows in rows.chunks(self.encoder.kind().at_once().min(rows.len().max(1))) {
            let Block { x, graphs } = self.encoder.encode(source, rows)?;
            let graphs = graphs.as_ref();
            match weights {
                Weights::Single(w, b) => {
                    values.extend(network.hidden(&flat(w), b, Rows { numbers: &x, graphs }, &device));
                }
                Weights::Double(w, b) => {
                    let x: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
                    let hidden = network.hidden(&flat(w), b, Rows { numbers: &x, graphs }, &device);
                    values.extend(hidden.iter().map(|&h| h as f32));
                }
            }
        }
        Ok(Some((values, width)))
    }
}

impl Fitted {
    fn has_dropout(&self) -> bool {
        matches!(self, Fitted::Network(network, _) if network.has_dropout())
    }

    /// Predictions for `x: [rows, inputs]`, on the scale of the training: `[rows, outputs]`; by the network that `key`
    /// masks, if there is one.
    fn predict(&self, rows: &Block, inputs: usize, key: Option<Key>) -> Result<Spread> {
        let (x, graphs) = (&rows.x, rows.graphs.as_ref());
        let (network, values) = match self {
            Fitted::Linear(linear) => return Ok(Spread::of(linear.predict(x))),
            Fitted::Forest(forest) => return Ok(Spread::of(forest.predict(x, inputs)?)),
            Fitted::Neighbors(model) => return Ok(Spread::of(model.predict(x, &Device::cpu(1))?)),
            Fitted::Processes(processes) => {
                let [values, deviation] = processes.predict(x);
                return Ok(Spread { deviation: Some(deviation), ..Spread::of(values) });
            }
            Fitted::Network(network, Weights::Single(w, b)) => {
                (network, outputs(network, (w, b), Rows { numbers: x, graphs }, key))
            }
            Fitted::Network(network, Weights::Double(w, b)) => {
                let x: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
                (network, outputs(network, (w, b), Rows { numbers: &x, graphs }, key))
            }
        };
        Ok(spread(network, values))
    }

    /// Attention weights over the steps of sequences `x`, `[rows, steps]`; `None` of other models.
    pub fn looks(&self, x: &[f32]) -> Option<Vec<f64>> {
        let Fitted::Network(network, weights) = self else { return None };
        let device = Device::cpu(1);
        match weights {
            Weights::Single(w, b) => {
                network.looks(&flat(w), b, x, &device).map(|looks| looks.into_iter().map(f64::from).collect())
            }
            Weights::Double(w, b) => {
                let x: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
                network.looks(&flat(w), b, &x, &device)
            }
        }
    }

    /// Vector-Jacobian product of the predictions for `x: [rows, inputs]`: $J(x)^\top\,\mathrm{d}y$ for `dy: [rows, outputs]`;
    /// `None` of models that have no gradient, such as trees.
    pub fn pullback(&self, x: &[f32], dy: &[f64]) -> Option<Vec<f64>> {
        match self {
            Fitted::Linear(linear) => linear.pullback(dy),
            Fitted::Forest(_) | Fitted::Neighbors(_) => None,
            Fitted::Processes(processes) => Some(processes.pullback(x, dy)),
            Fitted::Network(network, Weights::Single(w, b)) => pullback(network, (w, b), x, dy),
            Fitted::Network(network, Weights::Double(w, b)) => pullback(network, (w, b), x, dy),
        }
    }
}

fn pullback<T: Real>(network: &Network, (w, b): (&[T], &[T]), x: &[f32], dy: &[f64]) -> Option<Vec<f64>> {
    let x: Vec<T> = x.iter().map(|&x| T::of(f64::from(x))).collect();
    let dy: Vec<T> = dy.iter().map(|&dy| T::of(dy)).collect();
    let slopes = network.pullback(&flat(w), b, &x, &dy, &Device::cpu(1))?;
    Some(slopes.iter().map(|dx| dx.to_f64()).collect())
}

fn outputs<T: Real>(network: &Network, (w, b): (&[T], &[T]), x: Rows<'_, T>, key: Option<Key>) -> Vec<f64> {
    let device = Device::cpu(1);
    let values = match key {
        None => network.predict(&flat(w), b, x, &device),
        Some(key) => network.sample(key, (&flat(w), b), x, &device),
    };
    values.iter().map(|y| y.to_f64()).collect()
}

/// Outputs of a network for each target: one number; mean and standard deviation; or median, lower and upper bound.
pub fn spread(network: &Network, values: Vec<f64>) -> Spread {
    match network.loss {
        Loss::GaussianNegativeLogLikelihood => {
            let [values, deviation] = blocks(&values, network.outputs);
            Spread { deviation: Some(deviation), ..Spread::of(values) }
        }
        Loss::Quantile { .. } => {
            let [values, low, high] = blocks(&values, network.outputs);
            Spread { bounds: Some([low, high]), ..Spread::of(values) }
        }
        _ => Spread::of(values),
    }
}

/// Of each row of `values: [rows, outputs]` the first part, the second, and so on.
fn blocks<const N: usize>(values: &[f64], outputs: usize) -> [Vec<f64>; N] {
    let k = outputs / N;
    std::array::from_fn(|at| values.chunks_exact(outputs).flat_map(|row| &row[at * k..(at + 1) * k]).copied().collect())
}

/// Parameters as one flat tensor.
pub fn flat<T: Real>(parameters: &[T]) -> Tensor<T> {
    Tensor::new([parameters.len()], parameters.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_row_are_kept_apart() {
        // Two rows of two targets: means, then standard deviations.
        let [means, deviations] = blocks(&[1.0, 2.0, 0.1, 0.2, 3.0, 4.0, 0.3, 0.4], 4);
        assert_eq!((means, deviations), (vec![1.0, 2.0, 3.0, 4.0], vec![0.1, 0.2, 0.3, 0.4]));
    }
}
