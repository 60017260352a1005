//! How wrong a network is, and in which direction it would be less so.

use grad::{Fault, Tape, Var, ops};
use tensor::{Device, Real, Tensor};

use super::Network;
use super::predict::PREDICT_BATCH;
use crate::Result;
use crate::batches::{Batch, BatchTargets, Feed, Order};
use crate::parameters::{Context, Mode, Moment};
use crate::penalty::Penalty;

impl Network {
    /// The mean loss over `examples`, without penalties.
    pub(crate) fn mean_loss<T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        examples: &dyn Feed<T>,
        device: &Device,
    ) -> Result<f64> {
        let mut tape = Tape::new(device.clone());
        let (mut total, mut rows, mut buffers) = (0.0, 0, buffers.to_vec());
        for batch in Order::plain(examples.n_rows(), PREDICT_BATCH).batches() {
            tape.clear();
            let numbers = examples.batch(batch, None, device)?;
            let loss = self.loss(&tape, parameters, &mut buffers, numbers, Mode::Predict);
            total += loss.0.value().item().to_f64() * batch.len() as f64;
            rows += batch.len();
        }
        Ok(total / rows as f64)
    }

    /// Loss of a batch, without penalties, and the variables of the parameters.
    fn loss<'t, T: Real>(
        &self,
        tape: &'t Tape<T>,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        mode: Mode,
    ) -> (Var<'t, T>, Vec<Var<'t, T>>) {
        let cx = Context::new(tape, &self.layout, parameters, buffers, mode);
        if let (Some(_), BatchTargets::Numbers { values, .. }) = (&self.decoder, &batch.y) {
            cx.set_truth(Some(values.clone()));
        }
        let z = self.apply(tape.constant(self.enter(batch.x, batch.graphs, &cx)), &cx);
        (self.loss.of(z, &batch.y, tape), cx.used.into_inner())
    }

    /// Loss and gradients of one batch; the tape keeps what the gradients stand in until it is cleared.
    pub(crate) fn gradients<T: Real>(
        &self,
        tape: &Tape<T>,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        moment: Moment,
        penalty: Penalty,
    ) -> (f64, Vec<Tensor<T>>) {
        let (data_loss, variables) = self.loss(tape, parameters, buffers, batch, Mode::Train(moment));
        let mut loss = data_loss;
        if penalty != Penalty::default() {
            for (variable, _) in variables.iter().zip(&self.layout.parameters).filter(|(_, entry)| entry.penalized) {
                loss = ops::add(loss, ops::elastic_net(*variable, penalty.l1, penalty.l2));
            }
        }
        let mut gradients = loss.backward();
        let zeros = |v: &Var<'_, T>| Tensor::zeros(v.value().shape());
        let gradients = variables.iter().map(|v| gradients.take(*v).unwrap_or_else(|| zeros(v))).collect();
        (loss.value().item().to_f64(), gradients)
    }

    /// Runs a step again that gave numbers which are not finite, and finds where the first appeared.
    pub(crate) fn find_fault<T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        moment: Moment,
        penalty: Penalty,
        device: &Device,
    ) -> Option<Fault> {
        let mut tape = Tape::new(device.clone());
        tape.check();
        self.gradients(&tape, parameters, buffers, batch, moment, penalty);
        tape.fault()
    }
}
