//! Sequence to sequence: an encoder reads a sequence, a decoder predicts the horizon.

mod decoder;
mod looks;
#[cfg(test)]
mod tests;

use grad::Var;
use grad::ops::{self, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::recurrent::Cell;

use crate::form::Form;
use crate::initialise::Initialise;
use crate::layers::SEQUENCES;
use crate::layers::recurrent::{build_cell, cell_weights};
use crate::losses::Loss;
use crate::parameters::{Builder, Context};
use decoder::{Decoder, End};
use looks::Looks;

/// Sequence to sequence \[Sutskever2014\], a forecasting model: an encoder $\bar h_s = f(x_s, \bar h_{s-1})$ runs
/// along the look-back window, its last state is the first of a decoder $h_t = g(\hat y_{t-1}, z_t, h_{t-1})$,
/// $\hat y_t = W h_t + b$, which predicts one step of the horizon after the other from its prediction before and the
/// future covariates $z_t$.
///
/// In training the decoder sees the true value instead of its own prediction (teacher forcing), at each step with a
/// probability that falls linearly over the epochs (scheduled sampling \[Bengio2015\]).
///
/// With attention it also reads a context $\sum_s p_s \bar h_s$ of all steps of the window, with attention weights
/// $p = \operatorname{softmax}_s(w^\top\tanh(W_q h_{t-1} + W_k \bar h_s))$ before it computes its state
/// \[Bahdanau2015\], or $p = \operatorname{softmax}_s(h_t^\top W_k \bar h_s)$ after it \[Luong2015\].
///
/// Input `[batch, window, features]`, output `[batch, horizon * targets]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Seq2seq {
    /// Recurrent cell of encoder and decoder.
    pub cell: SequenceCell,
    /// Hidden size: features of the state.
    #[schemars(range(min = 1))]
    pub hidden: usize,
    /// Number of stacked cells, in the encoder and in the decoder.
    #[schemars(range(min = 1))]
    pub layers: usize,
    /// Attention over the look-back window; by default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attention: Option<Score>,
    /// Probability that the decoder sees the true value in training: in the first and in the last epoch.
    pub teacher_forcing: [f64; 2],
    /// Dropout probability before the last layer \[Srivastava2014\].
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
}

/// Recurrent cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SequenceCell {
    /// Long short-term memory \[Hochreiter1997\].
    #[default]
    Lstm,
    /// Gated recurrent unit \[Cho2014\].
    Gru,
    /// Simple recurrent network \[Elman1990\].
    Rnn,
}

/// Attention score between a state of the decoder and one of the encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// A small network, $w^\top\tanh(W_q h + W_k \bar h)$ \[Bahdanau2015\].
    Additive,
    /// A bilinear form, $h^\top W_k \bar h$ \[Luong2015\].
    Multiplicative,
}

impl Default for Seq2seq {
    fn default() -> Self {
        let (cell, teacher_forcing) = (SequenceCell::default(), [1.0, 0.0]);
        Seq2seq { cell, hidden: 64, layers: 1, attention: None, teacher_forcing, dropout: 0.0 }
    }
}

/// Outputs of a decoder, and its future covariates.
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
    pub fn cell(self) -> Cell {
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

    /// One step.
    fn run(&self) -> Run {
        Run { cell: self.cell.cell(), steps: 1, lengths: None, reverse: false, truncate: 0 }
    }
}
