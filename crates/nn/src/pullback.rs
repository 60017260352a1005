//! How a prediction of a network moves with its inputs.

use grad::{Tape, ops};
use tensor::{Device, Real, Tensor};

use crate::layers::Activation;
use crate::losses::Loss;
use crate::network::Network;
use crate::parameters::{Context, Mode};

/// Rows that are differentiated at a time.
const BATCH: usize = 512;

impl Network {
    /// The pullback of [`predict`](Self::predict): $\mathrm{d}x = J(x)^\top\,\mathrm{d}y$ for every row, where $J$ holds the
    /// derivatives of the predicted numbers or probabilities.
    ///
    /// `x: [rows, inputs]` and `dy: [rows, outputs of predict]` give `[rows, inputs]`; of graphs, whose atoms and bonds are not numbers
    /// that could be a little larger, `None`.
    pub fn pullback<T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        x: &[T],
        dy: &[T],
        device: &Device,
    ) -> Option<Vec<T>> {
        if self.reads_graphs() {
            return None;
        }
        let mut tape = Tape::new(device.clone());
        let (mut out, mut buffers) = (Vec::with_capacity(x.len()), buffers.to_vec());
        let (inputs, rows) = (self.inputs.max(1), x.len() / self.inputs.max(1));
        let width = dy.len() / rows.max(1);
        for (x, dy) in x.chunks(BATCH * inputs).zip(dy.chunks(BATCH * width.max(1))) {
            tape.clear();
            let cx = Context::new(&tape, &self.layout, parameters, &mut buffers, Mode::Predict);
            let rows = device.tensor([x.len() / inputs, inputs], |to| to.copy_from_slice(x));
            let x = tape.variable(self.enter(rows, None, &cx));
            let z = self.apply(x, &cx);
            let y = match self.loss {
                Loss::CrossEntropy => ops::softmax(z),
                Loss::BinaryCrossEntropy => Activation::Sigmoid.apply(z),
                _ => z,
            };
            let said = y.value();
            let upstream = device.tensor(said.shape(), |to| self.upstream(dy, width, said.data(), to));
            let mut gradients = ops::sum(ops::mul(y, tape.constant(upstream))).backward();
            match gradients.take(x) {
                Some(dx) => out.extend_from_slice(dx.data()),
                None => out.extend(std::iter::repeat_n(T::ZERO, x.value().size())),
            }
        }
        Some(out)
    }

    /// What comes from behind for the numbers on the tape: of two classes these are the second's alone, and numbers that
    /// are not predictions, such as a scale, have none. Of three quantiles it is the middle one that is predicted.
    fn upstream<T: Real>(&self, dy: &[T], width: usize, said: &[T], to: &mut [T]) {
        let rows = to.chunks_exact_mut(self.outputs.max(1)).zip(dy.chunks_exact(width.max(1)));
        match self.loss {
            Loss::BinaryCrossEntropy => rows.for_each(|(to, dy)| to[0] = dy[1] - dy[0]),
            Loss::Quantile { .. } => rows.zip(said.chunks_exact(self.outputs)).for_each(|((to, dy), said)| {
                to.fill(T::ZERO);
                for (at, dy) in dy.iter().enumerate() {
                    let place = |k: usize| at + k * width;
                    let middle = |k: &usize| {
                        let below = (0..3).filter(|other| said[place(*other)] < said[place(*k)]).count();
                        let equal = (0..3).filter(|other| said[place(*other)] == said[place(*k)]).count();
                        below <= 1 && below + equal >= 2
                    };
                    to[place((0..3).find(middle).unwrap_or(0))] = *dy;
                }
            }),
            _ => rows.for_each(|(to, dy)| {
                to.fill(T::ZERO);
                to[..width].copy_from_slice(dy);
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::Targets;
    use crate::models::Mlp;
    use tensor::random::Key;

    /// Central differences of the prediction itself, in the direction of `dy`.
    fn check(loss: Loss, targets: &Targets<f64>, said: usize, outputs: usize) {
        let layers = Mlp { hidden: vec![5], activation: Activation::Tanh, batch_norm: true, ..Mlp::default() }.layers();
        let network = Network::new(layers, 3, loss, targets).unwrap();
        let (parameters, buffers) = network.layout.initial::<f64>(1);
        let parameters = Tensor::new([parameters.len()], parameters);
        let mut random = Key::new(2, "test").random();
        let x: Vec<f64> = (0..12).map(|_| random.normal()).collect();
        let dy: Vec<f64> = (0..4 * outputs).map(|_| random.normal()).collect();
        let device = Device::cpu(1);
        let value = |x: &[f64]| -> f64 {
            let y = network.predict(&parameters, &buffers, x, &device);
            assert_eq!(y.len(), 4 * said);
            let rows = y.chunks_exact(said).zip(dy.chunks_exact(outputs));
            rows.flat_map(|(y, dy)| y.iter().zip(dy)).map(|(y, dy)| y * dy).sum()
        };
        let found = network.pullback(&parameters, &buffers, &x, &dy, &device).unwrap();
        for at in 0..x.len() {
            let moved = |by: f64| {
                let mut x = x.clone();
                x[at] += by;
                value(&x)
            };
            let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((found[at] - expected).abs() < 1e-8, "{at}: {} {expected}", found[at]);
        }
    }

    #[test]
    fn the_pullback_is_the_derivative_of_the_prediction() {
        check(Loss::MeanSquaredError, &Targets::Numbers { width: 2, values: Vec::new() }, 2, 2);
        check(Loss::GaussianNegativeLogLikelihood, &Targets::Numbers { width: 2, values: Vec::new() }, 4, 2);
        check(Loss::Quantile { level: 0.8 }, &Targets::Numbers { width: 2, values: Vec::new() }, 6, 2);
        check(Loss::CrossEntropy, &Targets::Classes { count: 3, labels: Vec::new() }, 3, 3);
        check(Loss::BinaryCrossEntropy, &Targets::Classes { count: 2, labels: Vec::new() }, 2, 2);
    }
}
