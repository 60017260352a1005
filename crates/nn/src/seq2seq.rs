//! Sequence to sequence: an encoder reads a sequence, a decoder gives the steps ahead.

use grad::ops::{self, Look, Run, States};
use grad::{Var, ops::CellWeights};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;
use tensor::{Real, Tensor};

use crate::form::Form;
use crate::initialise::Initialise;
use crate::layers::recurrent::{build_cell, cell_weights};
use crate::layers::{Dropout, SEQUENCES, each_step};
use crate::losses::Loss;
use crate::parameters::{Builder, Context, Mode};

/// Sequence to sequence \[Sutskever2014\]: an encoder runs along the window, its last state is the first of a decoder, which gives
/// one step ahead after the other and sees at each what it gave before, beside what is known of that step.
///
/// In training the decoder sees the truth instead of what it gave (teacher forcing), at each step with a probability that falls
/// linearly over the epochs (scheduled sampling \[Bengio2015\]).
///
/// With attention it also looks back at all steps of the window: by
/// $p = \operatorname{softmax}_s(w^\top\tanh(W_q h_{t-1} + W_k \bar h_s))$ before it computes its state \[Bahdanau2015\], or by
/// $p = \operatorname{softmax}_s(h_t^\top W_k \bar h_s)$ behind it \[Luong2015\]. What it sees there is $\sum_s p_s \bar h_s$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Seq2seq {
    /// What runs along the sequences.
    pub cell: SequenceCell,
    /// Numbers of the state.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Cells one behind the other, in the encoder and in the decoder.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Look back at the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attention: Option<Score>,
    /// Probability that the decoder sees the truth in training: at the beginning and in the last epoch.
    pub teacher_forcing: [f64; 2],
    /// Probability of a zero before the last layer, in training.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

/// What runs along a sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SequenceCell {
    /// Long short-term memory.
    #[default]
    Lstm,
    /// Reset and update gates.
    Gru,
    /// A simple recurrent network.
    Rnn,
}

/// How well a state of the decoder and one of the encoder suit each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// By a small network \[Bahdanau2015\].
    Additive,
    /// By a bilinear form \[Luong2015\].
    Multiplicative,
}

impl Default for Seq2seq {
    fn default() -> Self {
        let (cell, teacher_forcing) = (SequenceCell::default(), [1.0, 0.0]);
        Seq2seq { cell, hidden: 64, layers: 1, attention: None, teacher_forcing, dropout: 0.0 }
    }
}

/// What a decoder gives, and what it is given beside the window.
#[derive(Clone, Copy)]
pub(crate) struct Ahead {
    pub steps: usize,
    /// Numbers a step that are predicted and seen at the next.
    pub targets: usize,
    /// Numbers that stand for each of them: a mean, or a mean and a variance, and so on.
    pub each: usize,
    /// Numbers a step that are known beforehand.
    pub known: usize,
}

impl Ahead {
    pub fn of(steps: usize, outputs: usize, beside: usize, loss: &Loss) -> Self {
        let each = loss.numbers_a_target();
        Ahead { steps, targets: outputs / steps.max(1) / each, each, known: beside / steps.max(1) }
    }
}

impl SequenceCell {
    /// The cell of the kernels.
    pub fn cell(self) -> tensor::kernels::recurrent::Cell {
        use tensor::kernels::recurrent::Cell;
        match self {
            SequenceCell::Lstm => Cell::Lstm,
            SequenceCell::Gru => Cell::Gru,
            SequenceCell::Rnn => Cell::Simple,
        }
    }
}

impl Seq2seq {
    pub(crate) fn build(&self, form: Form, ahead: Ahead, builder: &mut Builder) -> Result<(), &'static str> {
        let Form::Sequence { features, .. } = form else { return Err(SEQUENCES) };
        let (h, cell) = (self.hidden, self.cell.cell());
        if features < ahead.targets {
            return Err("the targets among the features of each step");
        }
        let looks = if self.attention == Some(Score::Additive) { h } else { 0 };
        for layer in 0..self.layers {
            let features = if layer == 0 { features } else { h };
            build_cell(cell, [features, h], false, &format!("encoder_{layer}_"), builder);
        }
        for layer in 0..self.layers {
            let features = if layer == 0 { ahead.targets + ahead.known + looks } else { h };
            build_cell(cell, [features, h], false, &format!("decoder_{layer}_"), builder);
        }
        let mut matrix = |name: &str, shape| builder.weight(name, shape, Initialise::XavierUniform);
        match self.attention {
            Some(Score::Additive) => {
                matrix("query_weight", [h, h]);
                matrix("key_weight", [h, h]);
                matrix("score_weight", [h, 1]);
            }
            Some(Score::Multiplicative) => {
                matrix("key_weight", [h, h]);
                matrix("look_weight", [2 * h, h]);
            }
            None => {}
        }
        builder.weight("weight", [h + looks, ahead.each * ahead.targets], Initialise::XavierUniform);
        builder.vector("bias", ahead.each * ahead.targets, 0.0);
        Ok(())
    }

    /// `x: [rows, steps * features]`, of which the first features of each step are the targets, and what is known of the steps
    /// ahead, `[rows, ahead * known]`; gives `[rows, each * ahead * targets]`.
    pub(crate) fn apply<'t, T: Real>(
        &self,
        x: Var<'t, T>,
        known: Option<Var<'t, T>>,
        form: Form,
        ahead: Ahead,
        cx: &Context<'t, '_, T>,
    ) -> Var<'t, T> {
        let Form::Sequence { steps, features } = form else { return x };
        let (rows, _) = x.value().shape().as_matrix();
        let (mut along, mut states) = (x, Vec::new());
        for _ in 0..self.layers {
            let run = Run { steps, lengths: cx.lengths(), ..self.run() };
            let encoded = ops::recurrent(&run, along, cell_weights(self.cell.cell(), false, cx), &[]);
            along = encoded.all;
            states.push(encoded);
        }
        let cells = (0..self.layers).map(|_| cell_weights(self.cell.cell(), false, cx)).collect();
        let looks = Looks::new(self.attention, along, (steps, self.hidden), cx);
        let (weight, bias) = (cx.parameter(), cx.parameter());
        let last = ops::pool_steps(x, steps, cx.lengths().as_deref(), ops::Pool::Last);
        let first = if features == ahead.targets { last } else { ops::part(last, 0, ahead.targets) };
        let end = End { weight, bias, dropout: self.dropout };
        let decoder = Decoder { of: self, cells, looks, end, first, known, ahead, rows };
        let mixed = decoder.truths(cx);
        let y = match mixed {
            Some((truth, share)) if share >= 1.0 && self.attention != Some(Score::Additive) => {
                decoder.forced(truth, states, cx)
            }
            mixed => decoder.free(mixed, states, cx),
        };
        // [rows, ahead, each, targets] to [rows, each, ahead, targets]
        ops::swap(y, [ahead.steps, ahead.each], ahead.targets)
    }

    fn run(&self) -> Run {
        Run { cell: self.cell.cell(), steps: 1, lengths: None, reverse: false, truncate: 0 }
    }
}

/// What a decoder looks back at.
struct Looks<'t, T: Real> {
    score: Option<Score>,
    steps: usize,
    lengths: Option<std::sync::Arc<[usize]>>,
    /// The encoder's states, `[rows, steps * hidden]`.
    states: Var<'t, T>,
    /// The same, made ready to be compared.
    keys: Var<'t, T>,
    /// Of additive scores the query's matrix and the last weights; of multiplicative ones the matrix behind the look.
    weights: Vec<Var<'t, T>>,
}

impl<'t, T: Real> Looks<'t, T> {
    fn new(score: Option<Score>, states: Var<'t, T>, (steps, hidden): (usize, usize), cx: &Context<'t, '_, T>) -> Self {
        let form = Form::Sequence { steps, features: hidden };
        let keys = |weight: Var<'t, T>| each_step(states, form, |h| ops::matmul(h, weight));
        let (keys, weights) = match score {
            None => (states, Vec::new()),
            Some(Score::Additive) => {
                let (query, key, score) = (cx.parameter(), cx.parameter(), cx.parameter());
                (keys(key), vec![query, ops::reshape(score, [hidden])])
            }
            Some(Score::Multiplicative) => (keys(cx.parameter()), vec![cx.parameter()]),
        };
        Looks { score, steps, lengths: cx.lengths(), states, keys, weights }
    }

    /// What a state `[rows, hidden]` sees before the step.
    fn before(&self, h: Var<'t, T>) -> Option<Var<'t, T>> {
        (self.score == Some(Score::Additive)).then(|| {
            let query = ops::matmul(h, self.weights[0]);
            let inputs = [query, self.keys, self.states, self.weights[1]];
            ops::additive_attention(self.steps, self.lengths.clone(), inputs).0
        })
    }

    /// What states `[rows, queries * hidden]` become by a look behind the step: $\tanh([h\;c] W)$.
    fn behind(&self, h: Var<'t, T>, queries: usize) -> Var<'t, T> {
        if self.score != Some(Score::Multiplicative) {
            return h;
        }
        let (rows, width) = h.value().shape().as_matrix();
        let hidden = width / queries.max(1);
        let look = Look { queries, keys: self.steps, heads: 1, lengths: self.lengths.clone(), causal: false };
        // The operation divides by the root of the features, which these scores do not.
        let query = ops::scale(h, (hidden as f64).sqrt());
        let (seen, _) = ops::attention(&look, query, self.keys, self.states);
        let each = |x: Var<'t, T>| ops::reshape(x, [rows * queries, hidden]);
        let both = ops::matmul(ops::join(each(h), each(seen)), self.weights[0]);
        let both = ops::activation(both, tensor::kernels::activation::Activation::Tanh);
        ops::reshape(both, [rows, queries * hidden])
    }
}

/// The last layer.
#[derive(Clone, Copy)]
struct End<'t, T: Real> {
    weight: Var<'t, T>,
    bias: Var<'t, T>,
    dropout: f64,
}

impl<'t, T: Real> End<'t, T> {
    /// `h: [n, hidden]` to `[n, each * targets]`.
    fn apply(self, h: Var<'t, T>, part: usize, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let h = if self.dropout > 0.0 { Dropout { rate: self.dropout }.apply(h, part, cx) } else { h };
        ops::linear(h, self.weight, self.bias)
    }
}

/// What gives the steps ahead.
struct Decoder<'m, 't, T: Real> {
    of: &'m Seq2seq,
    cells: Vec<CellWeights<'t, T>>,
    looks: Looks<'t, T>,
    end: End<'t, T>,
    /// What the window ends with, `[rows, targets]`.
    first: Var<'t, T>,
    known: Option<Var<'t, T>>,
    ahead: Ahead,
    rows: usize,
}

impl<'t, T: Real> Decoder<'_, 't, T> {
    /// In training the truth of all steps ahead, and the probability that it is seen.
    fn truths(&self, cx: &Context<'t, '_, T>) -> Option<(Tensor<T>, f64)> {
        let Mode::Train(moment) = cx.mode else { return None };
        let [first, last] = self.of.teacher_forcing;
        let share = first + (last - first) * moment.progress;
        (share > 0.0).then(|| cx.truth()).flatten().map(|truth| (truth, share))
    }

    /// All steps at once, each of which sees the truth of the one before.
    fn forced(&self, truth: Tensor<T>, states: Vec<States<'t, T>>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
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

    /// One step after the other, each of which sees what came before, or by chance the truth.
    fn free(
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
fn without_missing<T: Real>(truth: &Tensor<T>, device: &tensor::Device) -> Tensor<T> {
    device.tensor(truth.shape(), |to| {
        to.iter_mut().zip(truth.data()).for_each(|(to, &y)| *to = if y.is_finite() { y } else { T::ZERO });
    })
}

#[cfg(test)]
mod tests;
