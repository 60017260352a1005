//! A learned fingerprint.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, GRAPHS, Kind};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Neural fingerprint \[Duvenaud2015\], a circular fingerprint whose positions are learned: in each step a node
/// becomes $h'_i = f([h_i + \sum_j h_j, \sum_j e_{ij}]\,H_d)$ over its neighbors $j$, with a matrix $H_d$ for each
/// number $d$ of neighbors, and adds $\operatorname{softmax}(h'_i W)$ to the fingerprint of its graph, the sum over
/// all nodes and steps.
///
/// Input `[nodes, inputs]`, output `[graphs, length]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NeuralFingerprint {
    /// Length of the fingerprint.
    #[schemars(range(min = 1))]
    pub length: usize,
    /// Hidden size of a node between steps.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Number of steps, the radius of the neighborhoods in edges.
    #[schemars(range(min = 1))]
    pub steps: usize,
    /// Activation function $f$.
    pub activation: Activation,
}

impl Default for NeuralFingerprint {
    fn default() -> Self {
        NeuralFingerprint { length: 256, features: 64, steps: 3, activation: Activation::Relu }
    }
}

/// Nodes with more neighbors share a matrix with those that have so many.
const MOST_NEIGHBORS: usize = 5;

impl Kind for NeuralFingerprint {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features: mut from, codes } = inputs else { return Err(GRAPHS) };
        for step in 0..self.steps {
            let inputs = from + codes.edges.numbers();
            for neighbors in 0..=MOST_NEIGHBORS {
                let name = format!("weight_{step}_{neighbors}");
                builder.weight(&name, [inputs, self.features], self.activation.initialize());
            }
            builder.weight(
                &format!("fingerprint_weight_{step}"),
                [self.features, self.length],
                Initialize::XavierUniform,
            );
            from = self.features;
        }
        Ok(self.length.into())
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        let bonds = ops::sparse_product(&graph.arriving(), x.tape().constant(graph.edges.clone()));
        let (starts, [there, back]) = graph.by_degree(MOST_NEIGHBORS);
        let mut state = x;
        let mut written: Option<Var<'t, T>> = None;
        for _ in 0..self.steps {
            let around = ops::add(state, ops::sparse_product(&graph.neighbors(), state));
            let seen = ops::sparse_product(&there, ops::join(around, bonds));
            let matrices: Vec<Var<'t, T>> = (0..=MOST_NEIGHBORS).map(|_| in_a_row(cx.parameter())).collect();
            let numbers = matrices[0].value().size();
            let all = ops::reshape(ops::join_all(&matrices), [matrices.len(), numbers]);
            state = self.activation.apply(ops::sparse_product(&back, ops::grouped_matmul(&starts, seen, all)));
            let places = ops::softmax(ops::matmul(state, cx.parameter()));
            let own = ops::sparse_product(&graph.graphs(), places);
            written = Some(written.map_or(own, |sum| ops::add(sum, own)));
        }
        written.unwrap_or(x)
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

fn in_a_row<T: Real>(matrix: Var<'_, T>) -> Var<'_, T> {
    ops::reshape(matrix, [1, matrix.value().size()])
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let layer = NeuralFingerprint { length: 6, features: 4, steps: 2, activation: Activation::Tanh };
    vec![(super::samples::graphs(), Layer::NeuralFingerprint(layer))]
}
