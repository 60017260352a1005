//! Sequence to sequence: an encoder reads a sequence, a decoder predicts the horizon.

mod decoder;
mod looks;
mod spec;
#[cfg(test)]
mod tests;

use grad::Var;
use grad::ops::{self, Run};
use tensor::Real;

use crate::form::Form;
use crate::initialize::Initialize;
use crate::layers::SEQUENCES;
use crate::layers::recurrent::{build_cell, cell_weights};
use crate::parameters::{Builder, Context};
use decoder::{Decoder, End};
use looks::Looks;
pub(crate) use spec::Ahead;
pub use spec::{Score, Seq2seq, SequenceCell};

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
        let mut matrix = |name: &str, shape| builder.weight(name, shape, Initialize::XavierUniform);
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
        builder.weight("weight", [h + looks, ahead.each * ahead.targets], Initialize::XavierUniform);
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
}
