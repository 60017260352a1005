//! A weighted mean over the steps of a sequence, with learned weights.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Real, Tensor};

use super::{Kind, SEQUENCES, each_step};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Attention pooling, $y = \sum_t p_t x_t$ with $p = \operatorname{softmax}_t(w^\top \tanh(W x_t + b))$
/// \[Bahdanau2015, Yang2016\]; the attention weights $p$ show which steps matter for the prediction.
///
/// Input `[batch, steps, features]`, output `[batch, features]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttentionPool {
    /// Hidden width of the scores, rows of $W$; 0 for as many as there are features.
    pub hidden: usize,
}

impl AttentionPool {
    fn hidden(&self, features: usize) -> usize {
        if self.hidden == 0 { features } else { self.hidden }
    }
}

impl Kind for AttentionPool {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Sequence { features, .. } = inputs else { return Err(SEQUENCES) };
        let hidden = self.hidden(features);
        builder.weight("weight", [features, hidden], Initialize::XavierUniform);
        builder.vector("bias", hidden, 0.0);
        builder.weight("score_weight", [hidden, 1], Initialize::XavierUniform);
        Ok(features.into())
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, features } = form else { return x };
        let (weight, bias, score) = (cx.parameter(), cx.parameter(), cx.parameter());
        let keys = each_step(x, form, |x| ops::linear(x, weight, bias));
        let (rows, hidden) = (x.value().shape().as_matrix().0, self.hidden(features));
        // The bias stands for the query, which is the same for all rows.
        let query = x.tape().constant(Tensor::zeros([rows, hidden]));
        let (y, looks) = ops::additive_attention(steps, cx.lengths(), [query, keys, x, ops::reshape(score, [hidden])]);
        cx.show(looks);
        y
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    vec![(super::samples::STEPS, Layer::AttentionPool(AttentionPool { hidden: 3 }))]
}
