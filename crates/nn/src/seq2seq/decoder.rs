//! Decoder: predicts the horizon, all at once, or one after the other.

use grad::Var;
use grad::ops::{self, CellWeights, Run, States};
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use super::looks::Looks;
use super::spec::{Ahead, Seq2seq};
use crate::layers::Dropout;
use crate::parameters::{Context, Mode};

/// The last layer.
#[derive(Clone, Copy)]
pub(super) struct End<'t, T: Real> {
    pub weight: Var<'t, T>,
    pub bias: Var<'t, T>,
    pub dropout: f64,
}

impl<'t, T: Real> End<'t, T> {
    /// `h: [n, hidden]` to `[n, each * targets]`.
    fn apply(self, h: Var<'t, T>, part: usize, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let h = if self.dropout > 0.0 { Dropout { rate: self.dropout }.apply_part(h, part, cx) } else { h };
        ops::linear(h, self.weight, self.bias)
    }
}

/// Decoder: predicts the horizon.
pub(super) struct Decoder<'m, 't, T: Real> {
    pub of: &'m Seq2seq,
    pub cells: Vec<CellWeights<'t, T>>,
    pub looks: Looks<'t, T>,
    pub end: End<'t, T>,
    /// What the window ends with, `[rows, targets]`.
    pub first: Var<'t, T>,
    pub known: Option<Var<'t, T>>,
    pub ahead: Ahead,
    pub rows: usize,
}

impl<'t, T: Real> Decoder<'_, 't, T> {
    /// In training the truth of all steps ahead, and the probability that it is seen.
    pub fn truths(&self, cx: &Context<'t, '_, T>) -> Option<(Tensor<T>, f64)> {
        let Mode::Train(moment) = cx.mode else { return None };
        let [first, last] = self.of.teacher_forcing;
        let share = first + (last - first) * moment.progress;
        (share > 0.0).then(|| cx.truth()).flatten().map(|truth| (truth, share))
    }

    /// All steps at once, each of which sees the truth of the one before.
    pub fn forced(&self, truth: Tensor<T>, states: Vec<States<'t, T>>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Ahead { steps, targets, known, .. } = self.ahead;
        let tape = self.first.tape();
        let truth = tape.constant(without_missing(&truth, tape.device()));
        let seen = ops::join(self.first, ops::part(truth, 0, (steps - 1) * targets));
        let rows = |x: Var<'t, T>, width| ops::reshape(x, [self.rows * steps, width]);
        let seen = match self.known {
            Some(beside) => ops::join(rows(seen, targets), rows(beside, known)),
            None => rows(seen, targets),
        };
        let mut along = ops::reshape(seen, [self.rows, steps * (targets + known)]);
        for (weights, state) in self.cells.iter().zip(states) {
            let run = Run { steps, ..self.of.run() };
            let start: Vec<Var<'t, T>> = std::iter::once(state.last).chain(state.memory).collect();
            along = ops::recurrent(&run, along, *weights, &start).all;
        }
        let seen = rows(self.looks.behind(along, steps), self.of.hidden);
        let y = self.end.apply(seen, 0, cx);
        ops::reshape(y, [self.rows, steps * self.ahead.each * targets])
    }

    /// One step after the other, each of which sees what came before, or at random the truth.
    pub fn free(
        &self,
        truth: Option<(Tensor<T>, f64)>,
        mut states: Vec<States<'t, T>>,
        cx: &Context<'t, '_, T>,
    ) -> Var<'t, T> {
        let Ahead { steps, targets, known, .. } = self.ahead;
        let (mut said, mut before) = (Vec::new(), self.first);
        let truth = truth.map(|(truth, share)| (without_missing(&truth, self.first.tape().device()), share));
        for step in 0..steps {
            let mut sees = vec![before];
            sees.extend(self.known.map(|beside| ops::part(beside, step * known, known)));
            let seen = states.last().and_then(|top| self.looks.before(top.last));
            sees.extend(seen);
            let mut h = if sees.len() == 1 { before } else { ops::join_all(&sees) };
            for (weights, state) in self.cells.iter().zip(&mut states) {
                let start: Vec<Var<'t, T>> = std::iter::once(state.last).chain(state.memory).collect();
                *state = ops::recurrent(&self.of.run(), h, *weights, &start);
                h = state.last;
            }
            let h = match seen {
                Some(seen) => ops::join(h, seen),
                None => self.looks.behind(h, 1),
            };
            let y = self.end.apply(h, step, cx);
            said.push(y);
            let own = ops::part(y, 0, targets);
            before = match (&truth, cx.key(steps + step)) {
                (Some((truth, share)), Some(key)) if step + 1 < steps => {
                    mixed(own, truth, (step, targets), *share, key)
                }
                _ => own,
            };
        }
        ops::join_all(&said)
    }
}

/// For each row the truth of a step with a probability, else what was predicted.
fn mixed<'t, T: Real>(
    own: Var<'t, T>,
    truth: &Tensor<T>,
    (step, targets): (usize, usize),
    share: f64,
    key: Key,
) -> Var<'t, T> {
    let (tape, shape) = (own.tape(), own.value().shape());
    let (rows, width) = truth.shape().as_matrix();
    let mut random = key.random();
    let sees: Vec<bool> = (0..rows).map(|_| random.uniform() < share).collect();
    let keep = tape.device().tensor(shape, |to| {
        let rows = to.chunks_exact_mut(targets.max(1)).zip(&sees);
        rows.for_each(|(to, &sees)| to.fill(if sees { T::ZERO } else { T::ONE }));
    });
    let given = tape.device().tensor(shape, |to| {
        for ((to, truth), &sees) in to.chunks_exact_mut(targets.max(1)).zip(truth.data().chunks_exact(width)).zip(&sees)
        {
            let truth = truth[step * targets..][..targets].iter();
            to.iter_mut().zip(truth).for_each(|(to, &y)| *to = if sees { y } else { T::ZERO });
        }
    });
    ops::add(ops::mul(own, tape.constant(keep)), tape.constant(given))
}

/// Zeros where a number is missing.
fn without_missing<T: Real>(truth: &Tensor<T>, device: &Device) -> Tensor<T> {
    device.tensor(truth.shape(), |to| {
        to.iter_mut().zip(truth.data()).for_each(|(to, &y)| *to = if y.is_finite() { y } else { T::ZERO });
    })
}
