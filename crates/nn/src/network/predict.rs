//! What a network says of rows.

use grad::{Tape, Var};
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use super::Network;
use crate::parameters::{Context, Mode};
use crate::rows::Rows;

/// Rows that are predicted at a time.
pub(super) const PREDICT_BATCH: usize = 512;

impl Network {
    /// Numbers, or probabilities of the classes, for each row of `x: [rows, inputs]`: `[rows, targets or classes]`.
    ///
    /// A network that was trained by the Gaussian likelihood gives means and then standard deviations, `[rows, 2 targets]`; one of
    /// quantiles gives medians, lower and upper ends in order, `[rows, 3 targets]`.
    pub fn predict<'r, T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        x: impl Into<Rows<'r, T>>,
        device: &Device,
    ) -> Vec<T> {
        self.outputs_of(Mode::Predict, (parameters, buffers), x.into(), device)
    }

    /// The same by one thinned network, whose dropout masks follow from `key` and are the same for all rows \[Gal2016\].
    pub fn sample<'r, T: Real>(
        &self,
        key: Key,
        (parameters, buffers): (&Tensor<T>, &[T]),
        x: impl Into<Rows<'r, T>>,
        device: &Device,
    ) -> Vec<T> {
        self.outputs_of(Mode::Sample(key), (parameters, buffers), x.into(), device)
    }

    /// Input of the last layer in prediction, `[rows, hidden_width]`.
    pub fn hidden<'r, T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        x: impl Into<Rows<'r, T>>,
        device: &Device,
    ) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(
            Some(self.layers.len() - 1),
            (Mode::Predict, (parameters, buffers)),
            x.into(),
            device,
            |z, _| out.extend_from_slice(z.value().data()),
        );
        out
    }

    /// At which steps a network with attention looks in prediction: weights `[rows, steps]` that sum to one over the steps of each
    /// row; `None` of one without.
    pub fn looks<'r, T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        x: impl Into<Rows<'r, T>>,
        device: &Device,
    ) -> Option<Vec<T>> {
        let (mut out, mut looks) = (Vec::new(), true);
        self.in_batches(None, (Mode::Predict, (parameters, buffers)), x.into(), device, |_, cx| {
            match cx.last_looks() {
                Some(weights) => out.extend_from_slice(weights.data()),
                None => looks = false,
            }
        });
        looks.then_some(out)
    }

    fn outputs_of<T: Real>(&self, mode: Mode, weights: (&Tensor<T>, &[T]), x: Rows<'_, T>, device: &Device) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(None, (mode, weights), x, device, |z, _| self.loss.say(z, self.outputs, &mut out));
        out
    }

    /// Hands what the first layers, or all, make of some rows at a time to `take`, with what they have shown.
    fn in_batches<T: Real>(
        &self,
        layers: Option<usize>,
        (mode, (parameters, buffers)): (Mode, (&Tensor<T>, &[T])),
        x: Rows<'_, T>,
        device: &Device,
        mut take: impl for<'t> FnMut(Var<'t, T>, &Context<'t, '_, T>),
    ) {
        let mut tape = Tape::new(device.clone());
        let mut buffers = buffers.to_vec();
        let (inputs, n) = (self.inputs, x.len(self.inputs));
        for start in (0..n).step_by(PREDICT_BATCH) {
            tape.clear();
            let rows = start..(start + PREDICT_BATCH).min(n);
            let cx = Context::new(&tape, &self.layout, parameters, &mut buffers, mode);
            let numbers = &x.numbers[rows.start * inputs..rows.end * inputs];
            let numbers = device.tensor([rows.len(), inputs], |to| to.copy_from_slice(numbers));
            let graphs = x.graphs.map(|graphs| graphs.batch(rows, device));
            let x = tape.constant(self.enter(numbers, graphs, &cx));
            let z = match layers {
                Some(layers) => self.joined(self.apply_first(layers, x, &cx), x, layers, &cx),
                None => self.apply(x, &cx),
            };
            take(z, &cx);
        }
    }
}
