//! An encoder and a decoder as plain data, and what a decoder gives.

use grad::ops::Run;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::recurrent::Cell;

use crate::losses::Loss;

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
    /// Number of stacked cells, in the encoder and in the decoder.
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
    /// One step.
    pub(super) fn run(&self) -> Run {
        Run { cell: self.cell.cell(), steps: 1, lengths: None, reverse: false, truncate: 0 }
    }
}
