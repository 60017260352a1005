//! What a network says of rows.

use grad::{Tape, Var};
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use super::Network;
use crate::parameters::{Context, Mode};

/// Rows that are predicted at a time.
pub(super) const PREDICT_BATCH: usize = 512;

impl Network {
    /// Numbers, or probabilities of the classes, for each row of `x: [rows, inputs]`: `[rows, targets or classes]`.
    ///
    /// A network that was trained by the Gaussian likelihood gives means and then deviations, `[rows, 2 targets]`; one of
    /// quantiles gives medians, lower and upper ends in order, `[rows, 3 targets]`.
    pub fn predict<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Vec<T> {
        self.outputs_of(Mode::Predict, (parameters, buffers), x, device)
    }

    /// The same by one thinned network, whose dropout masks follow from `key` and are the same for all rows \[Gal2016\].
    pub fn sample<T: Real>(
        &self,
        key: Key,
        (parameters, buffers): (&Tensor<T>, &[T]),
        x: &[T],
        device: &Device,
    ) -> Vec<T> {
        self.outputs_of(Mode::Sample(key), (parameters, buffers), x, device)
    }

    /// What goes into the last layer in prediction, `[rows, hidden_width]`.
    pub fn hidden<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(Some(self.layers.len() - 1), (Mode::Predict, (parameters, buffers)), x, device, |z, _| {
            out.extend_from_slice(z.value().data())
        });
        out
    }

    /// At which steps a network with attention looks in prediction: weights `[rows, steps]` that sum to one over the steps of each
    /// row; `None` of one without.
    pub fn looks<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Option<Vec<T>> {
        let (mut out, mut looks) = (Vec::new(), true);
        self.in_batches(None, (Mode::Predict, (parameters, buffers)), x, device, |_, cx| match cx.last_looks() {
            Some(weights) => out.extend_from_slice(weights.data()),
            None => looks = false,
        });
        looks.then_some(out)
    }

    fn outputs_of<T: Real>(&self, mode: Mode, weights: (&Tensor<T>, &[T]), x: &[T], device: &Device) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(None, (mode, weights), x, device, |z, _| self.loss.say(z, self.outputs, &mut out));
        out
    }

    /// Hands what the first layers, or all, make of some rows at a time to `take`, with what they have shown.
    fn in_batches<T: Real>(
        &self,
        layers: Option<usize>,
        (mode, (parameters, buffers)): (Mode, (&Tensor<T>, &[T])),
        x: &[T],
        device: &Device,
        mut take: impl for<'t> FnMut(Var<'t, T>, &Context<'t, '_, T>),
    ) {
        let mut tape = Tape::new(device.clone());
        let mut buffers = buffers.to_vec();
        let inputs = self.width_of(x).max(1);
        for x in x.chunks(PREDICT_BATCH * inputs) {
            tape.clear();
            let cx = Context::new(&tape, &self.layout, parameters, &mut buffers, mode);
            let rows = device.tensor([x.len() / inputs, inputs], |rows| rows.copy_from_slice(x));
            let x = tape.constant(self.cut(rows, &cx));
            let z = match layers {
                Some(layers) => self.joined(self.apply_first(layers, x, &cx), x, layers, &cx),
                None => self.apply(x, &cx),
            };
            take(z, &cx);
        }
    }
}
