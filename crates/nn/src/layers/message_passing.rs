//! Messages along edges, by matrices that follow from what is known of the edge.

use grad::Var;
use grad::ops::{self, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::recurrent::Cell;
use tensor::{Real, Tensor};

use super::recurrent::{build_cell, cell_weights};
use super::{Activation, GRAPHS, Kind};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Message passing neural network \[Gilmer2017\]: in each step node $i$ receives $m_i = \sum_j A(e_{ij}) h_j$ from
/// its neighbors $j$, where a network with one hidden layer computes the matrix $A$ from the features $e_{ij}$ of the
/// edge, and its state becomes $h_i \leftarrow \mathrm{GRU}(m_i, h_i)$ \[Cho2014\]. All steps share their parameters.
///
/// Input and output `[nodes, features]`; the input is the first state, so a dense layer before it sets the number of
/// features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MessagePassing {
    /// Number of message-passing steps.
    #[schemars(range(min = 1))]
    pub steps: usize,
    /// Hidden width of the edge network.
    #[schemars(range(min = 1))]
    pub hidden: usize,
}

impl Default for MessagePassing {
    fn default() -> Self {
        MessagePassing { steps: 3, hidden: 64 }
    }
}

impl Kind for MessagePassing {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features, codes } = inputs else { return Err(GRAPHS) };
        builder.weight("edge_weight", [codes.edges.numbers(), self.hidden], Activation::Relu.initialize());
        builder.vector("edge_bias", self.hidden, 0.0);
        builder.weight("matrix_weight", [self.hidden, features * features], Initialize::XavierUniform);
        builder.vector("matrix_bias", features * features, 0.0);
        build_cell(Cell::Gru, [features, features], false, "", builder);
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        let [edge, edge_bias, matrix, matrix_bias] = std::array::from_fn(|_| cx.parameter());
        let weights = cell_weights(Cell::Gru, false, cx);
        let (kinds, width) = (graph.kinds(), graph.edges.shape().as_matrix().1);
        let known = x.tape().constant(Tensor::new([kinds.starts.len() - 1, width], kinds.known));
        // A matrix for each kind of edge, [kinds, features * features], serves all steps.
        let matrices = ops::linear(ops::linear_relu(known, edge, edge_bias), matrix, matrix_bias);
        let run = Run { cell: Cell::Gru, steps: 1, lengths: None, reverse: false, truncate: 0 };
        (0..self.steps).fold(x, |state, _| {
            let sent = ops::grouped_matmul(&kinds.starts, ops::sparse_product(&kinds.from, state), matrices);
            ops::recurrent(&run, ops::sparse_product(&kinds.into, sent), weights, &[state]).last
        })
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    vec![(super::samples::graphs(), Layer::MessagePassing(MessagePassing { steps: 2, hidden: 4 }))]
}
