//! Attention of a decoder over the look-back window.

use std::sync::Arc;

use grad::Var;
use grad::ops::{self, Look};
use tensor::Real;
use tensor::kernels::activation::Activation;

use super::spec::Score;
use crate::form::Form;
use crate::layers::each_step;
use crate::parameters::Context;

/// The states of an encoder, and how they are compared with those of a decoder.
pub(super) struct Looks<'t, T: Real> {
    score: Option<Score>,
    steps: usize,
    lengths: Option<Arc<[usize]>>,
    /// The encoder's states, `[rows, steps * hidden]`.
    states: Var<'t, T>,
    /// The same, made ready to be compared.
    keys: Var<'t, T>,
    /// Of additive scores the query's matrix and the last weights; of multiplicative ones the matrix of the keys.
    weights: Vec<Var<'t, T>>,
}

impl<'t, T: Real> Looks<'t, T> {
    pub fn new(
        score: Option<Score>,
        states: Var<'t, T>,
        (steps, hidden): (usize, usize),
        cx: &Context<'t, '_, T>,
    ) -> Self {
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
    pub fn before(&self, h: Var<'t, T>) -> Option<Var<'t, T>> {
        (self.score == Some(Score::Additive)).then(|| {
            let query = ops::matmul(h, self.weights[0]);
            let inputs = [query, self.keys, self.states, self.weights[1]];
            ops::additive_attention(self.steps, self.lengths.clone(), inputs).0
        })
    }

    /// What states `[rows, queries * hidden]` become by attention after the step: $\tanh([h\;c] W)$.
    pub fn behind(&self, h: Var<'t, T>, queries: usize) -> Var<'t, T> {
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
        let both = ops::activation(both, Activation::Tanh);
        ops::reshape(both, [rows, queries * hidden])
    }
}
