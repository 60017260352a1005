//! A training step as `nn` takes it, written with tape and operations alone.

use std::sync::Arc;

use grad::ops::{self, CellWeights, Run};
use grad::optim::{Adam, Memory, Optimizer};
use grad::{Tape, Var};
use tensor::kernels::convolution::Convolution;
use tensor::kernels::recurrent::Cell;
use tensor::kernels::reduce::sum_of_squares;
use tensor::kernels::sparse::Sparse;
use tensor::kernels::windows::Windows;
use tensor::random::Key;
use tensor::{Device, Shape, Tensor};

use crate::workload::{HEAD, Network, Workload};

/// The same numbers in every run.
const SEED: u64 = 0;

/// A network in the middle of its training.
pub struct Training {
    workload: &'static Workload,
    tape: Tape<f32>,
    /// All weights and biases, one behind the other.
    parameters: Tensor<f32>,
    /// Start and shape of each.
    layout: Vec<(usize, Shape)>,
    optimizer: Optimizer,
    memory: Memory<f32>,
    inputs: Tensor<f32>,
    targets: Tensor<f32>,
    /// Of graphs who is joined to whom, and the nodes of each.
    joined: Option<[Arc<Sparse<f32>>; 2]>,
}

impl Training {
    /// Weights after \[He2015\], zeros as biases, inputs and targets standard normal.
    pub fn new(workload: &'static Workload, threads: usize) -> Self {
        let (mut values, mut layout) = (Vec::new(), Vec::new());
        for (at, shape) in workload.shapes().iter().enumerate() {
            match shape[..] {
                [inputs, outputs] => {
                    layout.push((values.len(), Shape::from([inputs, outputs])));
                    values.extend(normal(inputs * outputs, (2.0 / inputs as f64).sqrt(), "weights", at));
                }
                _ => {
                    layout.push((values.len(), Shape::from([shape[0]])));
                    values.resize(values.len() + shape[0], 0.0);
                }
            }
        }
        let [inputs, outputs] = workload.ends();
        let optimizer = Optimizer::Adam(Adam { learning_rate: 1e-3, ..Adam::default() });
        let matrix = |purpose, width| {
            Tensor::new([workload.batch, width], normal(workload.batch * width, 1.0, purpose, 0).collect())
        };
        Training {
            tape: Tape::new(Device::cpu(threads)),
            memory: optimizer.memory(values.len()),
            parameters: Tensor::new([values.len()], values),
            layout,
            optimizer,
            inputs: matrix("inputs", inputs),
            targets: matrix("targets", outputs),
            joined: match workload.network {
                Network::Convolutions { nodes, .. } => Some(rings(workload.batch, nodes)),
                _ => None,
            },
            workload,
        }
    }

    /// Steps so far.
    pub fn n_steps(&self) -> u64 {
        self.memory.step
    }

    /// Forward, backward, check, update; the loss before the update.
    pub fn step(&mut self) -> f32 {
        self.tape.clear();
        let (loss, gradients) = self.gradients();
        self.tape.clear();
        let device = self.tape.device();
        let norm = gradients.iter().map(|g| sum_of_squares(device, g.data())).sum::<f64>().sqrt();
        assert!(loss.is_finite() && norm.is_finite(), "step {}: loss {loss}, gradient {norm}", self.memory.step);
        let blocks: Vec<_> =
            self.layout.iter().zip(&gradients).map(|((start, _), g)| (*start..start + g.size(), g.data())).collect();
        // The tape is clear: nothing else holds the parameters.
        let values = self.parameters.data_mut().expect("parameters are not shared between steps");
        self.optimizer.update(device, values, &blocks, &mut self.memory, 1.0);
        loss
    }

    fn gradients(&self) -> (f32, Vec<Tensor<f32>>) {
        let tape = &self.tape;
        let variables: Vec<Var<'_, f32>> =
            self.layout.iter().map(|&(start, shape)| tape.variable(self.parameters.window(start, shape))).collect();
        let x = tape.constant(self.inputs.clone());
        let y = match self.workload.network {
            Network::Perceptron { dropout, .. } => self.perceptron(x, &variables, dropout),
            Network::Recurrent { cell, steps, .. } => recurrent(x, &variables, cell, steps),
            Network::Convolutional { size, channels } => convolutional(x, &variables, size, channels),
            Network::Convolutions { nodes, widths, .. } => {
                let [neighbors, graphs] = self.joined.as_ref().expect("graphs of this workload");
                let x = tape.constant(self.inputs.reshape([self.workload.batch * nodes, widths[0]]));
                let (layers, head) = variables.split_at(variables.len() - 4);
                let x = layers
                    .chunks_exact(2)
                    .fold(x, |x, pair| ops::linear_relu(ops::sparse_product(neighbors, x), pair[0], pair[1]));
                let whole = ops::linear_relu(ops::sparse_product(graphs, x), head[0], head[1]);
                ops::linear(whole, head[2], head[3])
            }
        };
        let loss = match self.workload.network {
            Network::Convolutional { .. } => {
                let labels = (0..self.workload.batch).map(|row| row % HEAD[1]).collect::<Vec<_>>();
                ops::softmax_cross_entropy(y, &labels, None)
            }
            _ => ops::mean_squared_error(y, tape.constant(self.targets.clone()), None),
        };
        let mut gradients = loss.backward();
        let gradient = |v: &Var<'_, f32>| gradients.take(*v).expect("the loss depends on every parameter");
        (loss.value().item(), variables.iter().map(gradient).collect())
    }

    fn perceptron<'t>(&self, x: Var<'t, f32>, variables: &[Var<'t, f32>], dropout: f64) -> Var<'t, f32> {
        let key = Key::new(SEED, "dropout").at(0, self.memory.step as usize);
        let n_layers = variables.len() / 2;
        variables.chunks_exact(2).enumerate().fold(x, |x, (layer, pair)| match layer + 1 < n_layers {
            true => ops::dropout(ops::linear_relu(x, pair[0], pair[1]), dropout, key.shard(layer)),
            false => ops::linear(x, pair[0], pair[1]),
        })
    }
}

/// Matrices of so many rings: `[nodes, nodes]` with thirds for a node and its two neighbors, `[rings, nodes]` that sums.
fn rings(count: usize, nodes: usize) -> [Arc<Sparse<f32>>; 2] {
    let all = count * nodes;
    let around = |node: usize| {
        let (ring, at) = (node / nodes * nodes, node % nodes);
        [node, ring + (at + 1) % nodes, ring + (at + nodes - 1) % nodes]
    };
    let neighbors = Sparse::new(
        all,
        (0..=all).map(|row| 3 * row).collect(),
        (0..all).flat_map(around).collect(),
        vec![1.0 / 3.0; 3 * all],
    );
    let starts: Vec<usize> = (0..=count).map(|ring| ring * nodes).collect();
    [neighbors, Sparse::grouping(&starts, None::<fn(usize) -> f32>)].map(Arc::new)
}

/// The last state of a cell, and a linear layer behind it.
fn recurrent<'t>(x: Var<'t, f32>, variables: &[Var<'t, f32>], cell: Cell, steps: usize) -> Var<'t, f32> {
    let (cell_weights, head) = variables.split_at(variables.len() - 2);
    let [input, state, bias, extra @ ..] = cell_weights else { unreachable!("a cell has two weights and a bias") };
    let weights = CellWeights { input: *input, state: *state, bias: *bias, extra: extra.first().copied() };
    let run = Run { cell, steps, lengths: None, reverse: false, truncate: 0 };
    ops::linear(ops::recurrent(&run, x, weights, &[]).last, head[0], head[1])
}

/// Convolutions, each with the largest of each 2 x 2 behind it, and two linear layers.
fn convolutional<'t>(x: Var<'t, f32>, variables: &[Var<'t, f32>], size: usize, channels: &[usize]) -> Var<'t, f32> {
    let (filters, head) = variables.split_at(variables.len() - 4);
    let images = filters.chunks_exact(2).zip(channels.windows(2)).enumerate().fold(x, |x, (at, (pair, widths))| {
        let size = size >> at;
        let of = Convolution {
            size: [size; 2],
            channels: widths[0],
            features: widths[1],
            kernel: [3; 2],
            stride: [1; 2],
            dilation: [1; 2],
            padding: [[1; 2]; 2],
            groups: 1,
        };
        let halves = || (0..size / 2).map(|at| 2 * at..2 * at + 2).collect();
        let windows = Windows { size: [size; 2], channels: widths[1], rows: halves(), columns: halves() };
        ops::convolution_max_pool(x, pair[0], pair[1], &of, &windows)
    });
    ops::linear(ops::linear_relu(images, head[0], head[1]), head[2], head[3])
}

fn normal(n: usize, deviation: f64, purpose: &str, shard: usize) -> impl Iterator<Item = f32> {
    let mut random = Key::new(SEED, purpose).shard(shard).random();
    (0..n).map(move |_| (random.normal() * deviation) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    static PERCEPTRON: Workload =
        Workload { name: "small", batch: 5, network: Network::Perceptron { widths: &[6, 8, 4, 1], dropout: 0.2 } };
    static PLAIN: Workload =
        Workload { name: "plain", batch: 5, network: Network::Perceptron { widths: &[6, 8, 4, 1], dropout: 0.0 } };
    static LSTM: Workload = Workload {
        name: "lstm",
        batch: 5,
        network: Network::Recurrent { cell: Cell::Lstm, steps: 4, features: 3, hidden: 8 },
    };
    static GRU: Workload = Workload {
        name: "gru",
        batch: 5,
        network: Network::Recurrent { cell: Cell::Gru, steps: 4, features: 3, hidden: 8 },
    };

    static GRAPHS: Workload =
        Workload { name: "graphs", batch: 5, network: Network::Convolutions { nodes: 4, widths: &[3, 8, 8], head: 8 } };
    static IMAGES: Workload =
        Workload { name: "images", batch: 5, network: Network::Convolutional { size: 8, channels: &[2, 4, 6] } };

    #[test]
    fn the_loss_falls() {
        for workload in [&PLAIN, &LSTM, &GRU, &GRAPHS, &IMAGES] {
            let mut training = Training::new(workload, 1);
            let first = training.step();
            let last = (0..500).map(|_| training.step()).last().unwrap();
            assert!(last < 0.1 * first, "{}: {first} -> {last}", workload.name);
            assert_eq!(training.n_steps(), 501);
        }
    }

    #[test]
    fn the_number_of_threads_leaves_the_loss() {
        for workload in [&PERCEPTRON, &LSTM, &GRU, &GRAPHS, &IMAGES] {
            let loss = |threads| {
                let mut training = Training::new(workload, threads);
                (0..20).map(|_| training.step()).last()
            };
            assert_eq!(loss(1), loss(2), "{}", workload.name);
        }
    }
}
