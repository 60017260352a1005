//! Layers with a way around them.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, Convolution, Dense, Kind, Layer, Padding, each_step};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Residual block, $y = f(g(x) + x)$ \[He2016\]; where $g$ changes the shape, $x$ passes through a convolution with a
/// kernel of 1 and the stride that fits, or through a linear map.
///
/// Input and output `[batch, features]`, `[batch, steps, features]` or `[batch, height, width, features]`, both of
/// the same kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Residual {
    /// The layers of $g$, in order.
    pub layers: Vec<Layer>,
    /// Activation function $f$ after the sum.
    #[serde(default)]
    pub activation: Activation,
}

impl Residual {
    /// What `x` goes through on the way around; `None` where it can stay as it is.
    fn around(inputs: Form, outputs: Form) -> Result<Option<Layer>, &'static str> {
        const FITTING: &str = "layers whose output has the kind of their input, and its size divided by a stride";
        if inputs == outputs {
            return Ok(None);
        }
        let bias = false;
        let activation = Activation::Linear;
        let (from, to) = match (inputs.grid(), outputs.grid()) {
            (Some(from), Some(to)) if from.line == to.line => (from, to),
            // Features of rows, or of nodes.
            (None, None) if outputs == inputs.with(outputs.features()) => {
                return Ok(Some(Layer::Dense(Dense { bias, ..Dense::new(outputs.features(), activation) })));
            }
            _ => return Err(FITTING),
        };
        let stride = (0..2).map(|axis| from.size[axis].div_ceil(to.size[axis].max(1))).max().unwrap_or(1);
        let padding = Padding::Valid;
        let one = Convolution { stride, padding, bias, ..Convolution::new(to.features, 1, activation) };
        if one.geometry(from).output() != to.size {
            return Err(FITTING);
        }
        Ok(Some(if from.line { Layer::Convolution1d(one) } else { Layer::Convolution2d(one) }))
    }
}

impl Kind for Residual {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let mut form = inputs;
        for (at, layer) in self.layers.iter().enumerate() {
            form = builder.within(&format!("{}_{at}", layer.name()), |builder| layer.build(form, builder))?;
        }
        if let Some(around) = Residual::around(inputs, form)? {
            builder.within("around", |builder| around.build(inputs, builder))?;
        }
        Ok(form)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, inputs: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let before = cx.lengths();
        let (mut y, mut form) = (x, inputs);
        for (at, layer) in self.layers.iter().enumerate() {
            y = cx.within(at + 1, || layer.apply(y, form, cx));
            // `build` has found that the layers fit.
            form = layer.build(form, &mut Builder::default()).unwrap_or(form);
        }
        let after = cx.lengths();
        let around = match Residual::around(inputs, form) {
            Ok(Some(around)) => {
                cx.set_lengths(before);
                around.apply(x, inputs, cx)
            }
            _ => x,
        };
        cx.set_lengths(after);
        let sum = ops::add(y, around);
        each_step(sum, form, |sum| self.activation.apply(sum))
    }

    fn draws(&self) -> bool {
        self.layers.iter().any(Layer::draws)
    }

    fn reads_graphs(&self) -> bool {
        self.layers.iter().any(Layer::reads_graphs)
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, Layer)> {
    use super::samples::{DEEP_IMAGE, FLAT, STEPS, graphs};
    use super::{BatchNorm, Dropout, GraphConvolution};
    use Activation::Tanh;
    let drop = || Layer::Dropout(Dropout { rate: 0.4 });
    let strided = |features| Convolution { stride: 2, ..Convolution::new(features, 3, Tanh) };
    let moments = Layer::BatchNorm(BatchNorm::default());
    let around = [
        (FLAT, vec![Layer::Dense(Dense::new(3, Tanh))]),
        (STEPS, vec![Layer::Convolution1d(strided(3)), drop()]),
        (DEEP_IMAGE, vec![Layer::Convolution2d(Convolution::new(2, 3, Tanh))]),
        (DEEP_IMAGE, vec![Layer::Convolution2d(strided(4)), drop(), moments]),
        (graphs(), vec![Layer::GraphConvolution(GraphConvolution::new(3, Tanh))]),
        (graphs(), vec![Layer::GraphConvolution(GraphConvolution::new(4, Tanh)), drop()]),
    ];
    around.map(|(form, layers)| (form, Layer::Residual(Residual { layers, activation: Tanh }))).into()
}
