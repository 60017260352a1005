//! Convolution along a sequence.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, SEQUENCES};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Convolution along a sequence, $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$ with stride $s$, dilation $d$ and padding $p$; what
/// lies outside the sequence is zero.
///
/// Input `[batch, steps, inputs]`, output `[batch, steps', features]`. \[LeCun1989\]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Convolution1d {
    /// Numbers it gives for each step.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Steps that it sees at once.
    #[serde(default = "three")]
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// From one of them to the next.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub dilation: usize,
    /// Steps by which it slides.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub stride: usize,
    /// What stands at the ends.
    #[serde(default)]
    pub padding: Padding,
    /// The function behind it.
    #[serde(default)]
    pub activation: Activation,
}

/// What a convolution sees at the ends of a sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Padding {
    /// Zeros at both ends, so that it gives as many steps as it gets, divided by the stride.
    #[default]
    Same,
    /// Zeros before the first step alone, so that no step sees a later one.
    Causal,
    /// No zeros: it gives fewer steps.
    Valid,
}

fn one() -> usize {
    1
}

fn three() -> usize {
    3
}

impl Convolution1d {
    /// One step at a time, without dilation.
    pub fn new(features: usize, kernel: usize, activation: Activation) -> Self {
        Convolution1d { features, kernel, dilation: 1, stride: 1, padding: Padding::Same, activation }
    }

    fn unfold(&self, steps: usize) -> ops::Unfold {
        let Convolution1d { kernel, dilation, stride, .. } = *self;
        let reach = dilation * (kernel.max(1) - 1);
        let padding = match self.padding {
            Padding::Valid => [0, 0],
            Padding::Causal => [reach, 0],
            Padding::Same => [reach / 2, reach - reach / 2],
        };
        ops::Unfold { steps, kernel, dilation, stride, padding, lengths: None }
    }

    pub(super) fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Sequence { steps, features } = inputs else { return Err(SEQUENCES) };
        let steps = self.unfold(steps).groups();
        if steps == 0 {
            return Err("a longer sequence than its filter, or another `padding`");
        }
        builder.weight("weight", [self.kernel * features, self.features], self.activation.initialise());
        builder.vector("bias", self.features, 0.0);
        Ok(Form::Sequence { steps, features: self.features })
    }

    pub(super) fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, .. } = form else { return x };
        let whole = self.unfold(steps);
        let (rows, _) = x.value().shape().as_matrix();
        let columns = ops::unfold(x, &ops::Unfold { lengths: cx.lengths(), ..whole.clone() });
        if let Some(lengths) = cx.lengths() {
            let after = |&length: &usize| ops::Unfold { steps: length, ..whole.clone() }.groups();
            cx.set_lengths(Some(lengths.iter().map(after).collect()));
        }
        let (weight, bias) = (cx.parameter(), cx.parameter());
        ops::reshape(self.activation.behind_linear(columns, weight, bias), [rows, whole.groups() * self.features])
    }
}
