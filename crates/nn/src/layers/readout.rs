//! From the nodes of a graph to one row of features.

use std::sync::Arc;

use grad::Var;
use grad::ops::{self, Run};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::recurrent::Cell;
use tensor::{Real, Tensor};

use super::recurrent::{build_cell, cell_weights};
use super::{GRAPHS, Kind};
use crate::form::Form;
use crate::graph::GraphBatch;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Readout: one row of features from the nodes of each graph, whatever their order \[Gilmer2017\], such as
/// $y = \sum_i x_i$ over the nodes $i$.
///
/// Input `[nodes, features]`, output `[graphs, features]`, or `[graphs, 2 features]` of `set2set`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Readout {
    /// Reduction over the nodes.
    pub by: ReadoutBy,
    /// Of `attention`: hidden width of the scores, rows of $W$; 0 for as many as there are features.
    pub hidden: usize,
    /// Of `set2set`: number of attention steps over all nodes.
    #[schemars(range(min = 1))]
    pub steps: usize,
}

/// Reduction of the nodes of a graph to one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadoutBy {
    /// Their sum $\sum_i x_i$: for extensive properties, which grow with the graph.
    #[default]
    Sum,
    /// Their mean $\frac1n \sum_i x_i$.
    Mean,
    /// Their maximum for each feature, $\max_i x_i$.
    Max,
    /// Their mean with learned weights, $\sum_i p_i x_i$ with $p = \operatorname{softmax}_i(w^\top \tanh(W x_i + b))$
    /// \[Bahdanau2015, Yang2016\].
    Attention,
    /// Set2Set, a long short-term memory that attends to all nodes in several steps:
    /// $q_t = \mathrm{LSTM}(q^*_{t-1})$, $p = \operatorname{softmax}_i(x_i^\top q_t)$,
    /// $q^*_t = [q_t, \sum_i p_i x_i]$ \[Vinyals2016\].
    Set2set,
}

impl Default for Readout {
    fn default() -> Self {
        Readout { by: ReadoutBy::Sum, hidden: 0, steps: 3 }
    }
}

impl Readout {
    /// With the settings that suit it.
    pub fn new(by: ReadoutBy) -> Self {
        Readout { by, ..Readout::default() }
    }
}

impl Kind for Readout {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features, .. } = inputs else { return Err(GRAPHS) };
        match self.by {
            ReadoutBy::Sum | ReadoutBy::Mean | ReadoutBy::Max => Ok(features.into()),
            ReadoutBy::Attention => {
                let hidden = if self.hidden == 0 { features } else { self.hidden };
                builder.weight("weight", [features, hidden], Initialize::XavierUniform);
                builder.vector("bias", hidden, 0.0);
                builder.weight("score_weight", [hidden, 1], Initialize::XavierUniform);
                Ok(features.into())
            }
            ReadoutBy::Set2set => {
                build_cell(Cell::Lstm, [2 * features, features], false, "", builder);
                Ok((2 * features).into())
            }
        }
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        match self.by {
            ReadoutBy::Sum => ops::sparse_product(&graph.graphs(), x),
            ReadoutBy::Mean => ops::sparse_product(&graph.means(), x),
            ReadoutBy::Max => ops::segment_max(&graph.starts, x),
            ReadoutBy::Attention => {
                let (weight, bias, score) = (cx.parameter(), cx.parameter(), cx.parameter());
                weighed(x, ops::matmul(tanh(ops::linear(x, weight, bias)), score), &graph)
            }
            ReadoutBy::Set2set => self.set2set(x, &graph, cx),
        }
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

impl Readout {
    fn set2set<'t, T: Real>(&self, x: Var<'t, T>, graph: &Arc<GraphBatch<T>>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let (tape, (_, features)) = (x.tape(), x.value().shape().as_matrix());
        let zeros = |width: usize| tape.constant(Tensor::zeros([graph.n_graphs(), width]));
        let (weights, owners) = (cell_weights(Cell::Lstm, false, cx), graph.owners());
        let ones = tape.constant(Tensor::new([features, 1], vec![T::ONE; features]));
        let run = Run { cell: Cell::Lstm, steps: 1, lengths: None, reverse: false, truncate: 0 };
        let first = (zeros(2 * features), [zeros(features), zeros(features)]);
        let (found, _) = (0..self.steps).fold(first, |(asked, states), _| {
            let next = ops::recurrent(&run, asked, weights, &states);
            let query = next.last;
            let scores = ops::matmul(ops::mul(x, ops::sparse_product(&owners, query)), ones);
            (ops::join(query, weighed(x, scores, graph)), [query, next.memory.unwrap_or(query)])
        });
        found
    }
}

fn tanh<T: Real>(x: Var<'_, T>) -> Var<'_, T> {
    ops::activation(x, tensor::kernels::activation::Activation::Tanh)
}

/// $\sum_i p_i x_i$ over the nodes of each graph, with shares by scores `[nodes, 1]`.
fn weighed<'t, T: Real>(x: Var<'t, T>, scores: Var<'t, T>, graph: &GraphBatch<T>) -> Var<'t, T> {
    ops::weighted_sum(&graph.graphs(), ops::segment_softmax(&graph.starts, scores), x)
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let layers = [
        Readout::new(ReadoutBy::Sum),
        Readout::new(ReadoutBy::Mean),
        Readout::new(ReadoutBy::Max),
        Readout::new(ReadoutBy::Attention),
        Readout { steps: 2, ..Readout::new(ReadoutBy::Set2set) },
    ];
    layers.map(|layer| (super::samples::graphs(), Layer::Readout(layer))).into()
}
