//! Vectors for tokens.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::Kind;
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Embedding \[Bengio2003\]: $y_t = E_{x_t}$, row $x_t$ of a learned table $E$ `[tokens, features]`.
///
/// Input `[batch, steps, 1]`: indices of tokens, from 0; an index beyond the last counts as the last. Output
/// `[batch, steps, features]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Embedding {
    /// Number of tokens.
    #[schemars(range(min = 1))]
    pub tokens: usize,
    /// Embedding width: features of each vector.
    #[schemars(range(min = 1))]
    pub features: usize,
}

impl Kind for Embedding {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Sequence { steps, features: 1 } = inputs else {
            return Err("sequences of one token a step");
        };
        builder.weight("table", [self.tokens, self.features], Initialize::Uniform);
        Ok(Form::Sequence { steps, features: self.features })
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let value = x.value();
        let (rows, steps) = value.shape().as_matrix();
        let last = self.tokens.saturating_sub(1);
        let tokens: Vec<usize> = value.data().iter().map(|token| (token.to_f64() as usize).min(last)).collect();
        ops::reshape(ops::embedding(cx.parameter(), &tokens), [rows, steps * self.features])
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::INPUTS;
    vec![(Form::Sequence { steps: INPUTS, features: 1 }, Layer::Embedding(Embedding { tokens: 7, features: 3 }))]
}
