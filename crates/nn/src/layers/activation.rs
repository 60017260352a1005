//! Activation functions by name.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::activation::Activation as Kernel;

use super::{Kind, each_step};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Activation function: what is applied to the output of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// Step function, 1 where $x \ge 0$, else 0 \[Rosenblatt1958\]; its gradient is zero, so weights before it do not
    /// learn.
    Step,
    /// Identity, $x$.
    Linear,
    /// Logistic function, $1/(1 + e^{-x})$.
    Sigmoid,
    /// Hyperbolic tangent, $\tanh x$.
    Tanh,
    /// Rectified linear unit, $\max(0, x)$ \[Nair2010\].
    #[default]
    Relu,
    /// Leaky rectified linear unit, $x$ where positive, else $0.01 x$ \[Maas2013\].
    LeakyRelu,
    /// Exponential linear unit, $x$ where positive, else $e^x - 1$ \[Clevert2016\].
    Elu,
    /// Scaled exponential linear unit, $\lambda x$ where positive, else $\lambda\alpha(e^x - 1)$ \[Klambauer2017\].
    Selu,
    /// Gaussian error linear unit, $x \Phi(x)$ \[Hendrycks2016\].
    Gelu,
    /// Smooth rectifier, $\ln(1 + e^x)$.
    Softplus,
    /// Softmax along the features, $e^{x_k}/\sum_j e^{x_j}$.
    Softmax,
}

impl Kind for Activation {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, _: &Context<'t, '_, T>) -> Var<'t, T> {
        each_step(x, form, |x| Activation::apply(*self, x))
    }

    fn keeps(&self) -> bool {
        true
    }
}

impl Activation {
    /// Applies the function to `x: [n, features]`.
    pub(crate) fn apply<T: Real>(self, x: Var<'_, T>) -> Var<'_, T> {
        let kernel = match self {
            Activation::Softmax => return ops::softmax(x),
            Activation::Step => Kernel::Step,
            Activation::Linear => Kernel::Linear,
            Activation::Sigmoid => Kernel::Sigmoid,
            Activation::Tanh => Kernel::Tanh,
            Activation::Relu => Kernel::Relu,
            Activation::LeakyRelu => Kernel::LeakyRelu(0.01),
            Activation::Elu => Kernel::Elu(1.0),
            Activation::Selu => Kernel::Selu,
            Activation::Gelu => Kernel::Gelu,
            Activation::Softplus => Kernel::Softplus,
        };
        ops::activation(x, kernel)
    }

    /// $f(XW + \mathbf 1 b^\top)$; the rectifier takes no pass of its own.
    pub(crate) fn behind_linear<'t, T: Real>(self, x: Var<'t, T>, w: Var<'t, T>, b: Var<'t, T>) -> Var<'t, T> {
        match self {
            Activation::Relu => ops::linear_relu(x, w, b),
            activation => activation.apply(ops::linear(x, w, b)),
        }
    }

    /// The initialization that keeps the variance of signals through a deep stack: He's for rectifiers, Xavier's else.
    pub(crate) fn initialize(self) -> Initialize {
        use Activation::*;
        match self {
            Relu | LeakyRelu | Elu | Gelu | Softplus => Initialize::HeUniform,
            Step | Linear | Sigmoid | Tanh | Selu | Softmax => Initialize::XavierUniform,
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{FLAT, STEPS};
    let all = Activation::ALL.map(|function| (FLAT, Layer::Activation { function }));
    all.into_iter().chain([(STEPS, Layer::Activation { function: Activation::Softmax })]).collect()
}

#[cfg(test)]
impl Activation {
    /// Each function.
    pub(super) const ALL: [Activation; 11] = {
        use Activation::*;
        [Step, Linear, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Selu, Gelu, Softplus, Softmax]
    };
}
