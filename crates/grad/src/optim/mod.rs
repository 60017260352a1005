//! Optimizers: how parameters follow their gradients.

mod adagrad;
mod adam;
mod clip;
pub mod hogwild;
mod lbfgs;
mod rmsprop;
mod schedule;
mod sgd;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Device, Real};

pub use adagrad::AdaGrad;
pub use adam::{Adam, AdamW};
pub use clip::Clip;
pub use lbfgs::{Evaluation, Lbfgs, LbfgsMemory};
pub use rmsprop::RmsProp;
pub use schedule::{Plateau, Schedule};
pub use sgd::Sgd;

/// Optimizers: how parameters follow their gradients.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Optimizer {
    /// Stochastic gradient descent, plain, with momentum or with Nesterov momentum.
    Sgd(Sgd),
    /// AdaGrad: the step size of each parameter falls with the sum of its squared gradients.
    #[serde(rename = "adagrad")]
    AdaGrad(AdaGrad),
    /// RMSProp: as AdaGrad, with a running mean of the squares instead of their sum.
    #[serde(rename = "rmsprop")]
    RmsProp(RmsProp),
    /// Adam: running means of the gradient and of its square.
    Adam(Adam),
    /// Adam with decoupled weight decay.
    #[serde(rename = "adamw")]
    AdamW(AdamW),
    /// Limited-memory BFGS: quasi-Newton steps on the whole data set.
    Lbfgs(Lbfgs),
}

impl Optimizer {
    /// Of each kind the comment of its settings, which the schema of the enum leaves out.
    pub fn docs() -> Vec<(&'static str, String)> {
        vec![
            ("sgd", doc_of::<Sgd>()),
            ("adagrad", doc_of::<AdaGrad>()),
            ("rmsprop", doc_of::<RmsProp>()),
            ("adam", doc_of::<Adam>()),
            ("adamw", doc_of::<AdamW>()),
            ("lbfgs", doc_of::<Lbfgs>()),
        ]
    }
}

/// The comment of a specification struct, as its schema has it.
pub fn doc_of<S: JsonSchema>() -> String {
    let schema = schemars::schema_for!(S);
    schema.get("description").and_then(|text| text.as_str()).unwrap_or_default().to_owned()
}

impl Default for Optimizer {
    fn default() -> Self {
        Optimizer::Adam(Adam::default())
    }
}

/// Memory of an optimizer for a flat parameter vector; saved with every checkpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory<T> {
    /// Updates so far.
    pub step: u64,
    /// Running means, each as long as the parameters.
    pub moments: Vec<Vec<T>>,
}

/// A gradient and the place of its parameter in the flat vector.
pub type Block<'a, T> = (Range<usize>, &'a [T]);

/// Numbers that are updated in one piece: the gradient of a piece stays in cache.
const PIECE: usize = 16_384;

impl Optimizer {
    /// The learning rate before any schedule.
    pub fn learning_rate(&self) -> f64 {
        match self {
            Optimizer::Sgd(o) => o.learning_rate,
            Optimizer::AdaGrad(o) => o.learning_rate,
            Optimizer::RmsProp(o) => o.learning_rate,
            Optimizer::Adam(o) => o.learning_rate,
            Optimizer::AdamW(o) => o.learning_rate,
            Optimizer::Lbfgs(o) => o.learning_rate,
        }
    }

    /// The memory at the start, for `n` parameters.
    pub fn memory<T: Real>(&self, n: usize) -> Memory<T> {
        let moments = match self {
            Optimizer::Sgd(o) => usize::from(o.momentum > 0.0),
            Optimizer::AdaGrad(_) | Optimizer::RmsProp(_) => 1,
            Optimizer::Adam(_) | Optimizer::AdamW(_) => 2,
            Optimizer::Lbfgs(_) => 0,
        };
        Memory { step: 0, moments: vec![vec![T::ZERO; n]; moments] }
    }

    /// One step: updates every block of `parameters` by its gradient, at `rate` times the learning rate.
    ///
    /// # Panics
    /// For [`Lbfgs`], which needs the loss as a function and is stepped by [`Lbfgs::step`].
    pub fn update<T: Real>(
        &self,
        device: &Device,
        parameters: &mut [T],
        blocks: &[Block<'_, T>],
        memory: &mut Memory<T>,
        rate: f64,
    ) {
        memory.step += 1;
        let mut pieces = Vec::new();
        let mut moments: Vec<&mut [T]> = memory.moments.iter_mut().map(Vec::as_mut_slice).collect();
        cut(parameters, &mut moments, blocks, &mut pieces);
        let step = memory.step;
        device.threads().over_chunks(&mut pieces, 1, |_, piece| {
            let Piece { w, g, moments } = &mut piece[0];
            match self {
                Optimizer::Sgd(o) => o.update(w, g, moments, rate),
                Optimizer::AdaGrad(o) => o.update(w, g, moments, rate),
                Optimizer::RmsProp(o) => o.update(w, g, moments, rate),
                Optimizer::Adam(o) => o.update(w, g, moments, (rate, step)),
                Optimizer::AdamW(o) => o.update(w, g, moments, (rate, step)),
                Optimizer::Lbfgs(_) => unreachable!("L-BFGS takes its steps itself"),
            }
        });
    }
}

struct Piece<'a, T> {
    w: &'a mut [T],
    g: &'a [T],
    moments: Moments<'a, T>,
}
type Moments<'a, T> = [&'a mut [T]; 2];

/// Cuts parameters, gradients and moments into pieces that threads can take; blocks come in ascending order.
fn cut<'a, T>(
    parameters: &'a mut [T],
    moments: &mut Vec<&'a mut [T]>,
    blocks: &[Block<'a, T>],
    pieces: &mut Vec<Piece<'a, T>>,
) {
    let (mut rest, mut at) = (parameters, 0);
    let mut given = moments.drain(..);
    let mut moments: [&mut [T]; 2] = std::array::from_fn(|_| given.next().unwrap_or_default());
    for (range, gradient) in blocks {
        assert!(
            range.start >= at && range.len() == gradient.len(),
            "blocks in ascending order, as long as their gradients"
        );
        let mut gradient: &'a [T] = gradient;
        let mut skip = range.start - at;
        at = range.end;
        while !gradient.is_empty() {
            let length = gradient.len().min(PIECE);
            let take = |from: &mut &'a mut [T]| {
                let whole = std::mem::take(from);
                if whole.is_empty() {
                    return whole;
                }
                let (piece, tail) = whole[skip..].split_at_mut(length);
                *from = tail;
                piece
            };
            let w = take(&mut rest);
            let moments = moments.each_mut().map(take);
            let (g, tail) = gradient.split_at(length);
            pieces.push(Piece { w, g, moments });
            gradient = tail;
            skip = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Optimizer> {
        vec![
            Optimizer::Sgd(Sgd { learning_rate: 0.1, momentum: 0.0, nesterov: false }),
            Optimizer::Sgd(Sgd { learning_rate: 0.02, momentum: 0.9, nesterov: false }),
            Optimizer::Sgd(Sgd { learning_rate: 0.02, momentum: 0.9, nesterov: true }),
            Optimizer::AdaGrad(AdaGrad { learning_rate: 0.5, ..AdaGrad::default() }),
            Optimizer::RmsProp(RmsProp { learning_rate: 0.01, ..RmsProp::default() }),
            Optimizer::Adam(Adam { learning_rate: 0.05, ..Adam::default() }),
            Optimizer::AdamW(AdamW { learning_rate: 0.05, ..AdamW::default() }),
        ]
    }

    #[test]
    fn every_optimizer_finds_the_minimum_of_a_quadratic() {
        let device = Device::cpu(1);
        for optimizer in all() {
            let mut w = vec![3.0_f64, -2.0];
            let mut memory = optimizer.memory(2);
            for _ in 0..800 {
                let g = [2.0 * (w[0] - 1.0), 6.0 * (w[1] - 0.5)];
                optimizer.update(&device, &mut w, &[(0..2, &g)], &mut memory, 1.0);
            }
            assert!((w[0] - 1.0).abs() < 0.02 && (w[1] - 0.5).abs() < 0.02, "{optimizer:?}: {w:?}");
        }
    }

    #[test]
    fn threads_and_pieces_leave_the_bits() {
        let n = 3 * PIECE + 5;
        let g: Vec<f32> = (0..n).map(|i| (i as f32 * 0.37).sin()).collect();
        for optimizer in all() {
            let run = |threads, blocks: &[Range<usize>]| {
                let mut w = vec![0.5_f32; n];
                let mut memory = optimizer.memory(n);
                let blocks: Vec<_> = blocks.iter().map(|range| (range.clone(), &g[range.clone()])).collect();
                (0..3).for_each(|_| optimizer.update(&Device::cpu(threads), &mut w, &blocks, &mut memory, 1.0));
                w
            };
            let whole = 0..n;
            assert_eq!(
                run(1, std::slice::from_ref(&whole)),
                run(2, &[0..7, 7..PIECE + 9, PIECE + 9..n]),
                "{optimizer:?}"
            );
        }
    }

    /// One update by hand: m = 0.1 g, v = 0.001 g^2, both corrected to g and g^2, so the step is the rate.
    #[test]
    fn the_first_step_of_adam_has_the_length_of_the_learning_rate() {
        let (optimizer, mut w) = (Optimizer::default(), [1.0_f64]);
        let mut memory = optimizer.memory(1);
        optimizer.update(&Device::cpu(1), &mut w, &[(0..1, &[4.0])], &mut memory, 1.0);
        assert!((w[0] - 0.999).abs() < 1e-10);
    }
}
