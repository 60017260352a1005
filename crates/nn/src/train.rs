//! The training loop: epochs of mini-batches, early stopping and schedules.

use std::time::Instant;

use grad::Tape;
use grad::optim::{Clip, Evaluation, Lbfgs, Optimizer};
use tensor::kernels::reduce::sum_of_squares;
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::Result;
use crate::batches::{Feed, Order};
use crate::error::Error;
use crate::examples::Examples;
use crate::network::Network;
use crate::parameters::Moment;
use crate::penalty::Penalty;
use crate::sparse;
use crate::state::{EpochRecord, State};
use crate::training::{Parallel, Training};

/// Where a training stands, for those who watch.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Finished epochs.
    pub epoch: usize,
    /// Epochs at most.
    pub epochs: usize,
    /// The latest epoch.
    pub record: EpochRecord,
    /// Seconds since this call of [`train`] began.
    pub seconds: f64,
}

/// The watcher's answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Stop after this epoch, unfinished; the state can be resumed.
    Interrupt,
    /// Be content with what was reached: the training is finished after this epoch.
    Finish,
}

/// Trains `network` from `state` on. `watch` hears of every epoch, with the state to save, and may interrupt.
pub fn train<T: Real>(
    network: &Network,
    (examples, validation): (&dyn Feed<T>, Option<&dyn Feed<T>>),
    training: &Training,
    (seed, device): (u64, &Device),
    state: &mut State<T>,
    watch: &mut dyn FnMut(&Progress, &State<T>) -> Control,
) -> Result<()> {
    if examples.n_rows() == 0 {
        return Err(Error::NoRows);
    }
    let n = network.layout.n_parameters();
    if state.parameters.len() != n {
        return Err(Error::StateDoesNotFit { what: "parameters", found: state.parameters.len(), expected: n });
    }
    let start = Instant::now();
    let mut steps = Steps::new(network, examples, training, seed, device)?;
    while !state.finished {
        let epoch = state.history.len();
        let (train_loss, learning_rate) = steps.epoch(epoch, state)?;
        let validation_loss = validation.filter(|v| v.n_rows() > 0).map(|validation| {
            let parameters = Tensor::new([n], state.parameters.clone());
            network.mean_loss(&parameters, &state.buffers, validation, device)
        });
        let validation_loss = validation_loss.transpose()?;
        if validation_loss.is_some_and(|loss| !loss.is_finite()) {
            let hint = "lower the learning rate; look for extreme values among the validation rows";
            return Err(Error::NotFinite {
                epoch: epoch + 1,
                step: 0,
                op: "validation loss",
                backward: false,
                row: None,
                hint,
            });
        }
        let record = EpochRecord { epoch: epoch + 1, learning_rate, train_loss, validation_loss };
        state.history.push(record);
        state.observe(&record, training);
        let progress =
            Progress { epoch: epoch + 1, epochs: training.epochs, record, seconds: start.elapsed().as_secs_f64() };
        match watch(&progress, state) {
            Control::Continue => {}
            Control::Interrupt => break,
            Control::Finish => state.finished = true,
        }
    }
    Ok(())
}

/// State shared by all steps of a training.
struct Steps<'a, T: Real> {
    network: &'a Network,
    examples: &'a dyn Feed<T>,
    training: &'a Training,
    seed: u64,
    device: &'a Device,
    tape: Tape<T>,
    penalty: Penalty,
    sparse: Option<(sparse::Hogwild<T>, &'a Examples<T>)>,
    /// Of sequences.
    lengths: Option<Vec<usize>>,
}

impl<'a, T: Real> Steps<'a, T> {
    fn new(
        network: &'a Network,
        examples: &'a dyn Feed<T>,
        training: &'a Training,
        seed: u64,
        device: &'a Device,
    ) -> Result<Self> {
        let penalty = Penalty { l1: training.l1, l2: training.l2 };
        let sparse = match training.parallel {
            Parallel::Synchronous => None,
            Parallel::Hogwild => {
                let examples = examples.examples().ok_or(Error::Unsuitable {
                    model: "Hogwild!",
                    expected: "rows of a table".into(),
                    found: "these are made when they are wanted".into(),
                    hint: "set `train.parallel = \"synchronous\"`",
                })?;
                Some((sparse::Hogwild::new(network, examples, training)?, examples))
            }
        };
        let tape = Tape::new(device.clone());
        let lengths = examples.lengths();
        Ok(Steps { network, examples, training, seed, device, tape, penalty, sparse, lengths })
    }

    /// Trains for one epoch; mean loss and last learning rate.
    fn epoch(&mut self, epoch: usize, state: &mut State<T>) -> Result<(f64, f64)> {
        let rate = |epoch: f64, state: &State<T>| {
            self.training.schedule.factor(epoch, self.training.epochs, self.training.warm_up, &state.plateau)
        };
        let base = self.training.optimizer.learning_rate();
        if let Some((sparse, examples)) = &self.sparse {
            let rate = rate(epoch as f64 + 1.0, state) * base;
            return Ok((sparse.epoch(self.network, examples, state, (self.seed, epoch, rate), self.device)?, rate));
        }
        if let Optimizer::Lbfgs(lbfgs) = &self.training.optimizer {
            let rate = rate(epoch as f64 + 1.0, state);
            return Ok((self.full_batch(lbfgs, epoch, rate, state)?, rate * base));
        }
        let order = match &self.lengths {
            Some(lengths) => Order::bucketed(lengths, self.training.batch, self.seed, epoch),
            None => Order::shuffled(self.examples.n_rows(), self.training.batch, self.seed, epoch),
        };
        let n_steps = order.batches().len();
        let (mut total, mut last) = (0.0, 0.0);
        let mut parameters = Tensor::new([state.parameters.len()], std::mem::take(&mut state.parameters));
        let mut failed = None;
        for (step, rows) in order.batches().enumerate() {
            last = rate(epoch as f64 + (step + 1) as f64 / n_steps as f64, state);
            let at = self.moment(epoch, step);
            self.tape.clear();
            let batch = match self.examples.batch(rows, Some(at.key), self.device) {
                Ok(batch) => batch,
                Err(error) => {
                    state.parameters = parameters.data().to_vec();
                    return Err(error);
                }
            };
            let (loss, mut gradients) =
                self.network.gradients(&self.tape, &parameters, &mut state.buffers, batch, at, self.penalty);
            self.tape.clear();
            let norm = gradients.iter().map(|g| sum_of_squares(self.device, g.data())).sum::<f64>().sqrt();
            if !loss.is_finite() || !norm.is_finite() {
                failed = Some((step, rows.to_vec()));
                break;
            }
            self.clip(norm, &mut gradients);
            let blocks: Vec<_> = self
                .network
                .layout
                .parameters
                .iter()
                .zip(&gradients)
                .map(|(entry, gradient)| (entry.start..entry.start + gradient.size(), gradient.data()))
                .collect();
            // The tape is clear and the batch is over: nothing else holds the parameters.
            let values = parameters.data_mut().expect("parameters are not shared between steps");
            self.training.optimizer.update(self.device, values, &blocks, &mut state.memory, last);
            total += loss * rows.len() as f64;
        }
        if let Some((step, rows)) = failed {
            return Err(self.fault(&parameters, state, (epoch, step, &rows)));
        }
        state.parameters = parameters.data().to_vec();
        Ok((total / self.examples.n_rows() as f64, last * base))
    }

    /// What is drawn in a step, and how much of the training is done.
    fn moment(&self, epoch: usize, step: usize) -> Moment {
        let progress = epoch as f64 / self.training.epochs.max(1) as f64;
        Moment { key: Key::new(self.seed, "dropout").at(epoch, step), progress }
    }

    fn clip(&self, norm: f64, gradients: &mut [Tensor<T>]) {
        let change = |gradients: &mut [Tensor<T>], f: &(dyn Fn(T) -> T + Sync)| {
            for gradient in gradients {
                *gradient = self
                    .device
                    .tensor(gradient.shape(), |to| to.iter_mut().zip(gradient.data()).for_each(|(to, &g)| *to = f(g)));
            }
        };
        match self.training.clip {
            Some(Clip::Norm { limit }) if norm > limit => change(gradients, &|g| g * T::of(limit / norm)),
            Some(Clip::Value { limit }) => change(gradients, &|g| g.smaller(T::of(limit)).larger(T::of(-limit))),
            _ => {}
        }
    }

    /// One L-BFGS step on all rows.
    fn full_batch(&mut self, lbfgs: &Lbfgs, epoch: usize, rate: f64, state: &mut State<T>) -> Result<f64> {
        let rows: Vec<usize> = (0..self.examples.n_rows()).collect();
        let moment = self.moment(epoch, 0);
        let State { parameters, buffers, lbfgs: memory, .. } = state;
        let unread = std::cell::RefCell::new(None);
        let mut evaluate = |w: &[T]| {
            self.tape.clear();
            let batch = match self.examples.batch(&rows, Some(moment.key), self.device) {
                Ok(batch) => batch,
                Err(error) => {
                    *unread.borrow_mut() = Some(error);
                    return Evaluation { loss: f64::NAN, gradient: vec![f64::NAN; w.len()] };
                }
            };
            let values = Tensor::new([w.len()], w.to_vec());
            let (loss, gradients) = self.network.gradients(&self.tape, &values, buffers, batch, moment, self.penalty);
            Evaluation { loss, gradient: gradients.iter().flat_map(|g| g.data()).map(|g| g.to_f64()).collect() }
        };
        let at = evaluate(parameters);
        if let Some(error) = unread.take() {
            return Err(error);
        }
        if !at.loss.is_finite() || at.gradient.iter().any(|g| !g.is_finite()) {
            let values = Tensor::new([parameters.len()], parameters.clone());
            return Err(self.fault(&values, state, (epoch, 0, &rows)));
        }
        let loss = lbfgs.step(parameters, at, memory, rate, evaluate).loss;
        unread.take().map_or(Ok(loss), Err)
    }

    /// Replays the step that failed and names what failed first.
    fn fault(
        &self,
        parameters: &Tensor<T>,
        state: &mut State<T>,
        (epoch, step, rows): (usize, usize, &[usize]),
    ) -> Error {
        let moment = self.moment(epoch, step);
        let batch = match self.examples.batch(rows, Some(moment.key), self.device) {
            Ok(batch) => batch,
            Err(error) => return error,
        };
        let fault = self.network.find_fault(parameters, &mut state.buffers, batch, moment, self.penalty, self.device);
        let (op, backward, row) = fault.map_or(("loss", false, None), |f| (f.op, f.backward, f.row));
        // Nodes and edges are not rows of the table.
        let row = row.filter(|row| !self.network.reads_graphs() && *row < rows.len());
        let hint = if op == "constant" {
            "look at the inputs and targets of this row"
        } else {
            "lower `train.optimizer.learning_rate` or set `train.clip`; look for extreme values in the data"
        };
        Error::NotFinite { epoch: epoch + 1, step: step + 1, op, backward, row: row.map(|row| rows[row]), hint }
    }
}
