//! Hogwild! on sparse inputs: only the rows of the first weight matrix that an input touches are read and written.

use std::sync::Mutex;

use grad::Tape;
use grad::optim::Optimizer;
use grad::optim::hogwild::Shared;
use tensor::random::Key;
use tensor::{Device, Real, Shape, Tensor};

use crate::Result;
use crate::batches::Order;
use crate::error::Error;
use crate::examples::Examples;
use crate::layers::Layer;
use crate::network::Network;
use crate::parameters::Moment;
use crate::penalty::Penalty;
use crate::state::State;
use crate::training::Training;

/// Inputs in compressed rows: what is zero is not stored.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseRows<T> {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<T>,
}

impl<T: Real> SparseRows<T> {
    /// The numbers of `x: [rows, width]` that are not zero.
    pub fn new(x: &[T], width: usize) -> Self {
        let mut sparse = SparseRows { starts: vec![0], columns: Vec::new(), values: Vec::new() };
        for row in x.chunks_exact(width.max(1)) {
            for (column, &value) in row.iter().enumerate().filter(|(_, value)| **value != T::ZERO) {
                sparse.columns.push(column as u32);
                sparse.values.push(value);
            }
            sparse.starts.push(sparse.columns.len());
        }
        sparse
    }

    /// Columns and values of one row.
    pub fn row(&self, row: usize) -> (&[u32], &[T]) {
        let range = self.starts[row]..self.starts[row + 1];
        (&self.columns[range.clone()], &self.values[range])
    }
}

/// Batches that a thread takes at a time, so that it makes a tape only once for them.
const BATCHES_A_TASK: usize = 32;

/// Lock-free SGD \[Niu2011\]: each thread reads the parameters that its batch touches, computes on its copy, and writes
/// its update to the shared cells.
pub(crate) struct Hogwild<T> {
    rows: SparseRows<T>,
    batch: usize,
}

impl<T: Real> Hogwild<T> {
    pub fn new(network: &Network, examples: &Examples<T>, training: &Training) -> Result<Self> {
        let unsuitable = |expected: &str, found: &str, hint| {
            Err(Error::Unsuitable { model: "Hogwild!", expected: expected.into(), found: found.into(), hint })
        };
        if !matches!(&training.optimizer, Optimizer::Sgd(sgd) if sgd.momentum == 0.0) {
            let hint = "set `train.optimizer = { kind = \"sgd\" }` or `train.parallel = \"synchronous\"`";
            return unsuitable("plain SGD without momentum", "the optimizer is another one", hint);
        }
        if training.l1 > 0.0 || training.l2 > 0.0 || training.clip.is_some() {
            let hint = "leave out `train.l1`, `train.l2` and `train.clip`: they would touch every weight in every step";
            return unsuitable("a loss without penalties or clipping", "there are some", hint);
        }
        if network.layers.iter().any(|layer| matches!(layer, Layer::BatchNorm(_))) {
            return unsuitable(
                "layers without running statistics",
                "there is a `batch_norm`",
                "leave out batch normalization",
            );
        }
        if network.reads_graphs() {
            return unsuitable("rows of features", "they are graphs", "set `train.parallel = \"synchronous\"`");
        }
        if !matches!(network.layers.first(), Some(Layer::Dense(_))) {
            return unsuitable("a dense first layer", "the first is another one", "put a dense layer first");
        }
        Ok(Hogwild { rows: SparseRows::new(&examples.x, examples.width), batch: training.batch })
    }

    /// One pass over all rows; the mean loss.
    pub fn epoch(
        &self,
        network: &Network,
        examples: &Examples<T>,
        state: &mut State<T>,
        (seed, epoch, rate): (u64, usize, f64),
        device: &Device,
    ) -> Result<f64> {
        let order = Order::shuffled(examples.n_rows(), self.batch, seed, epoch);
        let batches: Vec<&[usize]> = order.batches().collect();
        let shared = Shared::new(&state.parameters);
        let (total, failed) = (Mutex::new(0.0), Mutex::new(None));
        device.threads().run(batches.len().div_ceil(BATCHES_A_TASK), &|task| {
            let mut worker = Worker {
                network,
                compact: network.clone(),
                shared: &shared,
                tape: Tape::new(Device::cpu(1)),
                places: vec![0; examples.width],
            };
            let mut sum = 0.0;
            let range = task * BATCHES_A_TASK..((task + 1) * BATCHES_A_TASK).min(batches.len());
            for (step, rows) in range.clone().zip(&batches[range]) {
                let key = Key::new(seed, "dropout").at(epoch, step);
                let moment = Moment { key, progress: 0.0 };
                let loss = worker.step(&self.rows, examples, rows, moment, T::of(rate));
                sum += loss * rows.len() as f64;
                if !loss.is_finite() {
                    failed.lock().unwrap_or_else(|e| e.into_inner()).get_or_insert((step, rows[0]));
                    break;
                }
            }
            *total.lock().unwrap_or_else(|e| e.into_inner()) += sum;
        });
        if let Some((step, row)) = failed.into_inner().unwrap_or_else(|e| e.into_inner()) {
            let hint = "lower `train.optimizer.learning_rate`";
            return Err(Error::NotFinite {
                epoch: epoch + 1,
                step: step + 1,
                op: "loss",
                backward: false,
                row: Some(row),
                hint,
            });
        }
        state.parameters = shared.snapshot();
        Ok(total.into_inner().unwrap_or_else(|e| e.into_inner()) / examples.n_rows() as f64)
    }
}

struct Worker<'a, T: Real> {
    network: &'a Network,
    /// The same network with the touched inputs only.
    compact: Network,
    shared: &'a Shared<T>,
    tape: Tape<T>,
    /// For each input its place among the touched ones, plus one; zero where it is not touched.
    places: Vec<u32>,
}

impl<T: Real> Worker<'_, T> {
    /// One step on a network that has only the touched inputs.
    fn step(&mut self, sparse: &SparseRows<T>, examples: &Examples<T>, rows: &[usize], moment: Moment, rate: T) -> f64 {
        let touched = self.touch(sparse, rows);
        let width = self.network.layout.parameters[0].shape[1];
        let first = touched.len() * width;
        let whole = self.network.inputs * width;
        let rest = self.network.layout.n_parameters() - whole;
        let mut parameters = vec![T::ZERO; first + rest];
        for (&input, row) in touched.iter().zip(parameters.chunks_exact_mut(width)) {
            self.shared.read(input as usize * width, row);
        }
        self.shared.read(whole, &mut parameters[first..]);

        self.shrink(touched.len(), whole - first);
        let targets = examples.without_inputs(rows);
        let mut batch = targets.gather(&(0..rows.len()).collect::<Vec<_>>(), self.tape.device());
        batch.x = self.inputs(sparse, rows, touched.len());
        let parameters = Tensor::new([first + rest], parameters);
        self.tape.clear();
        let (loss, gradients) =
            self.compact.gradients(&self.tape, &parameters, &mut [], batch, moment, Penalty::default());
        for (&input, gradient) in touched.iter().zip(gradients[0].data().chunks_exact(width)) {
            self.shared.descend(input as usize * width, gradient, rate);
        }
        for (entry, gradient) in self.network.layout.parameters.iter().zip(&gradients).skip(1) {
            self.shared.descend(entry.start, gradient.data(), rate);
        }
        for input in touched {
            self.places[input as usize] = 0;
        }
        loss
    }

    fn touch(&mut self, sparse: &SparseRows<T>, rows: &[usize]) -> Vec<u32> {
        let mut touched = Vec::new();
        for &row in rows {
            for &column in sparse.row(row).0 {
                if self.places[column as usize] == 0 {
                    touched.push(column);
                    self.places[column as usize] = touched.len() as u32;
                }
            }
        }
        touched
    }

    fn inputs(&self, sparse: &SparseRows<T>, rows: &[usize], touched: usize) -> Tensor<T> {
        let mut x = vec![T::ZERO; rows.len() * touched];
        for (x, &row) in x.chunks_exact_mut(touched.max(1)).zip(rows) {
            let (columns, values) = sparse.row(row);
            for (&column, &value) in columns.iter().zip(values) {
                x[self.places[column as usize] as usize - 1] = value;
            }
        }
        Tensor::new([rows.len(), touched], x)
    }

    /// Gives the compact network `inputs` inputs; its later parameters lie `shift` places before those of the whole.
    fn shrink(&mut self, inputs: usize, shift: usize) {
        self.compact.inputs = inputs;
        let entries = self.compact.layout.parameters.iter_mut().zip(&self.network.layout.parameters);
        for (at, (entry, whole)) in entries.enumerate() {
            if at == 0 {
                entry.shape = Shape::from([inputs, whole.shape[1]]);
            } else {
                entry.start = whole.start - shift;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::Targets;
    use crate::losses::Loss;
    use crate::train::{Control, train};
    use crate::training::Parallel;
    use grad::optim::Sgd;

    /// Targets are a linear function of 200 inputs, of which five are not zero in a row.
    fn examples(n: usize) -> Examples<f32> {
        let mut random = Key::new(3, "test").random();
        let truth: Vec<f32> = (0..200).map(|_| random.normal() as f32).collect();
        let (mut x, mut values) = (vec![0.0; n * 200], Vec::new());
        for row in x.chunks_exact_mut(200) {
            (0..5).for_each(|_| row[random.below(200)] = 1.0);
            values.push(row.iter().zip(&truth).map(|(x, w)| x * w).sum());
        }
        Examples { width: 200, x, targets: Targets::Numbers { width: 1, values }, weights: Vec::new() }
    }

    #[test]
    fn it_converges_on_sparse_inputs() {
        let examples = examples(2000);
        let network = Network::new(Vec::new(), 200, Loss::MeanSquaredError, &examples.targets).unwrap();
        let optimizer = Optimizer::Sgd(Sgd { learning_rate: 0.05, ..Sgd::default() });
        let training = Training { epochs: 60, batch: 4, optimizer, parallel: Parallel::Hogwild, ..Training::default() };
        let mut state = State::new(&network, &training, 0);
        let device = Device::cpu(2);
        train(&network, (&examples, None), &training, (0, &device), &mut state, &mut |_, _| Control::Continue).unwrap();
        let last = state.history.last().unwrap().train_loss;
        assert!(last < 1e-3 * state.history[0].train_loss, "{last}");
    }

    #[test]
    fn one_thread_equals_the_synchronous_training_on_the_same_steps() {
        let examples = examples(64);
        let network = Network::new(Vec::new(), 200, Loss::MeanSquaredError, &examples.targets).unwrap();
        let run = |parallel| {
            let optimizer = Optimizer::Sgd(Sgd::default());
            let training = Training { epochs: 2, batch: 8, optimizer, parallel, ..Training::default() };
            let mut state = State::new(&network, &training, 0);
            train(&network, (&examples, None), &training, (0, &Device::cpu(1)), &mut state, &mut |_, _| {
                Control::Continue
            })
            .unwrap();
            state.parameters
        };
        for (a, b) in run(Parallel::Hogwild).iter().zip(run(Parallel::Synchronous)) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
    }
}
