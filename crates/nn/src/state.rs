//! What a training depends on: all of it is saved, and resumed from.

use grad::optim::{LbfgsMemory, Plateau};
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::network::Network;
use crate::training::Training;

/// Record of one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Counted from one.
    pub epoch: usize,
    /// Rate of the last step.
    pub learning_rate: f64,
    /// Mean loss of the batches, with penalties.
    pub train_loss: f64,
    /// Loss on the validation rows, if there are any.
    pub validation_loss: Option<f64>,
}

/// Everything that the rest of a training depends on; saved after every epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct State<T> {
    /// The flat parameter vector.
    pub parameters: Vec<T>,
    /// The flat vector of buffers.
    pub buffers: Vec<T>,
    /// Memory of the optimizer.
    pub memory: grad::optim::Memory<T>,
    /// Memory of L-BFGS.
    pub lbfgs: LbfgsMemory,
    /// Memory of the schedule.
    pub plateau: Plateau,
    /// Lowest validation loss, its epoch, and parameters and buffers then.
    pub best: Option<Best<T>>,
    /// One record for each finished epoch.
    pub history: Vec<EpochRecord>,
    /// No further epoch is wanted.
    pub finished: bool,
}

/// The weights to which early stopping returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<T> {
    /// Counted from one.
    pub epoch: usize,
    /// Loss on the validation rows.
    pub loss: f64,
    /// Parameters then.
    pub parameters: Vec<T>,
    /// Buffers then.
    pub buffers: Vec<T>,
}

impl<T: Real> State<T> {
    /// The state before the first epoch.
    pub fn new(network: &Network, training: &Training, seed: u64) -> Self {
        let (parameters, buffers) = network.layout.initial(seed);
        let memory = training.optimizer.memory(parameters.len());
        State {
            parameters,
            buffers,
            memory,
            lbfgs: LbfgsMemory::default(),
            plateau: Plateau::default(),
            best: None,
            history: Vec::new(),
            finished: false,
        }
    }

    /// Parameters and buffers to predict with: the best ones, or the last where nothing was validated.
    pub fn chosen(&self) -> (&[T], &[T]) {
        match &self.best {
            Some(best) => (&best.parameters, &best.buffers),
            None => (&self.parameters, &self.buffers),
        }
    }

    /// Takes note of an epoch: whether it is the best so far, and whether it is the last.
    pub(crate) fn observe(&mut self, record: &EpochRecord, training: &Training) {
        self.finished = record.epoch >= training.epochs;
        let Some(loss) = record.validation_loss else { return };
        training.schedule.observe(loss, &mut self.plateau);
        let stop = training.early_stopping;
        if self.best.as_ref().is_none_or(|best| loss < best.loss - stop.min_delta) {
            let (parameters, buffers) = (self.parameters.clone(), self.buffers.clone());
            self.best = Some(Best { epoch: record.epoch, loss, parameters, buffers });
        }
        let since = record.epoch - self.best.as_ref().map_or(0, |best| best.epoch);
        self.finished |= stop.patience > 0 && since >= stop.patience;
    }
}
