//! Convolution over the neighbors of a node.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, GRAPHS, Kind};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Graph convolution \[Kipf2017\], $Y = f(\hat A X W + \mathbf 1 b^\top)$ with $\hat A = D^{-1/2}(A + I)D^{-1/2}$,
/// the adjacency matrix $A$ and the diagonal matrix $D$ of the row sums of $A + I$.
///
/// Input `[nodes, inputs]`, output `[nodes, features]`. Features of edges are not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphConvolution {
    /// Output features of each node.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Activation function $f$ after the layer.
    #[serde(default)]
    pub activation: Activation,
    /// Add $b$; of no use before batch normalization, which subtracts means.
    #[serde(default = "with_bias")]
    pub bias: bool,
}

fn with_bias() -> bool {
    true
}

impl GraphConvolution {
    /// With a bias.
    pub fn new(features: usize, activation: Activation) -> Self {
        GraphConvolution { features, activation, bias: true }
    }
}

impl Kind for GraphConvolution {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features, .. } = inputs else { return Err(GRAPHS) };
        builder.weight("weight", [features, self.features], self.activation.initialize());
        if self.bias {
            builder.vector("bias", self.features, 0.0);
        }
        Ok(inputs.with(self.features))
    }

    /// The neighbors are summed before the product, so that the first layer needs no way back through them.
    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        let (weight, around) = (cx.parameter(), ops::sparse_product(&graph.normalized(), x));
        if !self.bias {
            return self.activation.apply(ops::matmul(around, weight));
        }
        self.activation.behind_linear(around, weight, cx.parameter())
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let layers = [
        GraphConvolution::new(4, Activation::Relu),
        GraphConvolution { bias: false, ..GraphConvolution::new(3, Activation::Tanh) },
    ];
    layers.map(|layer| (super::samples::graphs(), Layer::GraphConvolution(layer))).into()
}
