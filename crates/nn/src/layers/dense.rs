//! Fully connected layer.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, Kind, each_step};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Fully connected layer, $Y = f(XW + \mathbf 1 b^\top)$ with weights $W$ and biases $b$ \[Rumelhart1986\].
///
/// Input `[batch, inputs]`, output `[batch, features]`; of sequences, images and graphs the same for each step, pixel
/// or node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dense {
    /// Number of output features.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Activation function $f$ after the layer.
    #[serde(default)]
    pub activation: Activation,
    /// Add $b$; of no use before batch normalization, which subtracts means.
    #[serde(default = "with_bias")]
    pub bias: bool,
    /// Initial weights; by default those that suit the activation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initialize: Option<Initialize>,
}

fn with_bias() -> bool {
    true
}

impl Dense {
    /// With a bias and the first weights that suit the activation.
    pub fn new(features: usize, activation: Activation) -> Self {
        Dense { features, activation, bias: true, initialize: None }
    }

    /// To rows `[n, inputs]`.
    pub(super) fn apply_rows<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let w = cx.parameter();
        if !self.bias {
            return self.activation.apply(ops::matmul(x, w));
        }
        let b = cx.parameter();
        self.activation.behind_linear(x, w, b)
    }
}

impl Kind for Dense {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        builder.weight(
            "weight",
            [inputs.features(), self.features],
            self.initialize.unwrap_or(self.activation.initialize()),
        );
        if self.bias {
            builder.vector("bias", self.features, 0.0);
        }
        Ok(inputs.with(self.features))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        each_step(x, form, |x| self.apply_rows(x, cx))
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, FLAT, STEPS, graphs};
    let orthogonal = Dense { initialize: Some(Initialize::Orthogonal), ..Dense::new(3, Activation::Linear) };
    let all = Activation::ALL.map(|function| (FLAT, Dense::new(3, function)));
    let others = [
        (FLAT, orthogonal),
        (FLAT, Dense { bias: false, ..Dense::new(3, Activation::Relu) }),
        (STEPS, Dense::new(3, Activation::Relu)),
        (DEEP_IMAGE, Dense::new(3, Activation::Relu)),
        (graphs(), Dense::new(3, Activation::Relu)),
    ];
    all.into_iter().chain(others).map(|(form, layer)| (form, Layer::Dense(layer))).collect()
}
