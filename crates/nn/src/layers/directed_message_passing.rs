//! Messages from edge to edge.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, Dropout, GRAPHS, Kind};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Directed message passing \[Yang2019\]: every directed edge $v \to w$ has a hidden state that is updated from the
/// edges that end where it begins, but not from its own reverse. From $h^0_{vw} = W_i [x_v, e_{vw}]$ and
/// $h^1_{vw} = f(h^0_{vw})$ follows $h^{t+1}_{vw} = f(h^0_{vw} + W_h \sum_{u \ne w} h^t_{uv})$; at the end a node
/// collects the edges that arrive at it, $y_v = f(W_o [x_v, \sum_u h^T_{uv}] + b)$.
///
/// Input `[nodes, inputs]`, output `[nodes, features]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DirectedMessagePassing {
    /// Hidden size of each edge, and output features of each node.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Number of message-passing steps $T$, the distance in edges from which a node receives messages.
    #[schemars(range(min = 1))]
    pub steps: usize,
    /// Dropout probability in the states.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Add biases to $W_i$ and $W_h$ as well.
    pub bias: bool,
    /// Activation function $f$.
    pub activation: Activation,
}

impl Default for DirectedMessagePassing {
    fn default() -> Self {
        DirectedMessagePassing { features: 300, steps: 3, dropout: 0.0, bias: false, activation: Activation::Relu }
    }
}

impl Kind for DirectedMessagePassing {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features, codes } = inputs else { return Err(GRAPHS) };
        let (first, h) = (self.activation.initialize(), self.features);
        builder.weight("node_weight", [features, h], first);
        builder.weight("edge_weight", [codes.edges.numbers(), h], first);
        if self.bias {
            builder.vector("edge_bias", h, 0.0);
        }
        builder.weight("state_weight", [h, h], first);
        if self.bias {
            builder.vector("state_bias", h, 0.0);
        }
        builder.weight("weight", [features + h, h], first);
        builder.vector("bias", h, 0.0);
        Ok(inputs.with(h))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        let edges = x.tape().constant(graph.edges.clone());
        // The part of the nodes is multiplied once for each node, not for each edge.
        let nodes = ops::sparse_product(&graph.sources(), ops::matmul(x, cx.parameter()));
        let first = ops::add(nodes, self.linear(edges, cx)); // [edges, features]
        let weight = cx.parameter();
        let bias = self.bias.then(|| cx.parameter());
        let mut state = self.activation.apply(first);
        for step in 1..self.steps {
            let heard = ops::matmul(ops::sparse_product(&graph.before(), state), weight);
            let heard = bias.map_or(heard, |bias| ops::add_row(heard, bias));
            state = self.drop(self.activation.apply(ops::add(first, heard)), step, cx);
        }
        let collected = ops::join(x, ops::sparse_product(&graph.arriving(), state));
        let (weight, bias) = (cx.parameter(), cx.parameter());
        self.drop(self.activation.behind_linear(collected, weight, bias), 0, cx)
    }

    fn draws(&self) -> bool {
        self.dropout > 0.0
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

impl DirectedMessagePassing {
    fn linear<'t, T: Real>(&self, edges: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let weight = cx.parameter();
        if self.bias { ops::linear(edges, weight, cx.parameter()) } else { ops::matmul(edges, weight) }
    }

    fn drop<'t, T: Real>(&self, x: Var<'t, T>, part: usize, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        if self.dropout > 0.0 { Dropout { rate: self.dropout }.apply_part(x, part, cx) } else { x }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let layers = [
        DirectedMessagePassing { features: 5, ..DirectedMessagePassing::default() },
        DirectedMessagePassing { bias: true, dropout: 0.3, steps: 2, features: 4, activation: Activation::Tanh },
    ];
    layers.map(|layer| (super::samples::graphs(), Layer::DirectedMessagePassing(layer))).into()
}
