//! Self-attention over the steps of a sequence.

use grad::Var;
use grad::ops::{self, Look};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Kind, each_step};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Multi-head self-attention \[Vaswani2017\]: $Y = \operatorname{softmax}(Q K^\top/\sqrt d)\,V W_o$ for
/// $Q, K, V = X W_q, X W_k, X W_v$, each head with its own $d$ features; all with biases.
///
/// Input and output `[batch, steps, features]`. Steps after the end of a shorter sequence are masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attention {
    /// Number of heads; it divides the features.
    #[serde(default = "four")]
    #[schemars(range(min = 1))]
    pub heads: usize,
    /// Causal mask: no step attends to a later one.
    #[serde(default)]
    pub causal: bool,
}

fn four() -> usize {
    4
}

impl Kind for Attention {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Sequence { features, .. } = inputs else { return Err("sequences") };
        if !features.is_multiple_of(self.heads.max(1)) {
            return Err("features that its heads divide");
        }
        for part in ["query", "key", "value", "output"] {
            builder.weight(&format!("{part}_weight"), [features, features], Initialize::XavierUniform);
            builder.vector(&format!("{part}_bias"), features, 0.0);
        }
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, .. } = form else { return x };
        let linear = |x: Var<'t, T>| {
            let (weight, bias) = (cx.parameter(), cx.parameter());
            each_step(x, form, |x| ops::linear(x, weight, bias))
        };
        let (q, k, v) = (linear(x), linear(x), linear(x));
        let Attention { heads, causal } = *self;
        let look = Look { queries: steps, keys: steps, heads, lengths: cx.lengths(), causal };
        linear(ops::attention(&look, q, k, v).0)
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    vec![(super::samples::STEPS, Layer::Attention(Attention { heads: 2, causal: true }))]
}
