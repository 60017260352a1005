//! Layer normalization.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Kind, each_step};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Layer normalization, $y = \gamma (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$ with the moments $\mu$,
/// $\sigma^2$ of the features of each row, or of each step of a sequence, and learned $\gamma$, $\beta$ \[Ba2016\].
///
/// Input and output `[batch, features]` or `[batch, steps, features]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LayerNorm {
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
}

impl Default for LayerNorm {
    fn default() -> Self {
        LayerNorm { epsilon: 1e-5 }
    }
}

impl Kind for LayerNorm {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        builder.vector("gamma", inputs.features(), 1.0);
        builder.vector("beta", inputs.features(), 0.0);
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        each_step(x, form, |x| ops::layer_norm(x, cx.parameter(), cx.parameter(), self.epsilon))
    }

    fn keeps(&self) -> bool {
        true
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, FLAT, STEPS, graphs};
    [FLAT, STEPS, DEEP_IMAGE, graphs()].map(|form| (form, Layer::LayerNorm(LayerNorm::default()))).into()
}
