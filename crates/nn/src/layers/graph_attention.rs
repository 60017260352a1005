//! Graph attention.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::activation::Activation as Kernel;
use tensor::{Real, Tensor};

use super::{Activation, GRAPHS, Kind};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// Graph attention \[Velickovic2018\]: $y_i = f(\sum_j p_{ij} W x_j + b)$ over the neighbors $j$ of node $i$ and
/// itself, with $p_{ij} = \operatorname{softmax}_j(\operatorname{LeakyReLU}(u^\top W x_j + v^\top W x_i))$, by
/// several heads with parameters of their own. The slope of the LeakyReLU below zero is 0.2.
///
/// Input `[nodes, inputs]`, output `[nodes, heads * features]`, or `[nodes, features]` where heads are averaged.
/// Features of edges are not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphAttention {
    /// Output features of each head for each node.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Number of attention heads.
    #[serde(default = "four")]
    #[schemars(range(min = 1))]
    pub heads: usize,
    /// Average the heads instead of concatenating them.
    #[serde(default)]
    pub average: bool,
    /// Activation function $f$ after the layer.
    #[serde(default)]
    pub activation: Activation,
}

fn four() -> usize {
    4
}

/// Below zero, of scores.
const SLOPE: f64 = 0.2;

impl GraphAttention {
    /// Heads side by side.
    pub fn new(features: usize, heads: usize, activation: Activation) -> Self {
        GraphAttention { features, heads, average: false, activation }
    }

    fn outputs(&self) -> usize {
        if self.average { self.features } else { self.heads * self.features }
    }
}

impl Kind for GraphAttention {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Graph { features, .. } = inputs else { return Err(GRAPHS) };
        builder.weight("weight", [features, self.heads * self.features], Initialize::XavierUniform);
        // Of each head the columns u and v, row by row.
        builder.weight("score_weight", [self.heads, 2 * self.features], Initialize::XavierUniform);
        builder.vector("bias", self.outputs(), 0.0);
        Ok(inputs.with(self.outputs()))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(graph) = cx.graph() else { return x };
        let (weight, score, bias) = (cx.parameter(), cx.parameter(), cx.parameter());
        let (values, attending) = (ops::matmul(x, weight), graph.attending()); // [nodes, heads * features]
        let scores = self.scores(values, score, graph.n_nodes()); // [nodes, 2 * heads]
        let part = |at: usize| ops::part(scores, at * self.heads, self.heads);
        let both = ops::add(ops::sparse_product(&attending.at, part(0)), ops::sparse_product(&attending.by, part(1)));
        let shares = ops::segment_softmax(&attending.starts, ops::activation(both, Kernel::LeakyRelu(SLOPE)));
        let y = ops::weighted_sum(&attending.looks, shares, values);
        let y = if self.average { ops::matmul(y, x.tape().constant(self.mean_of_heads())) } else { y };
        self.activation.apply(ops::add_row(y, bias))
    }

    fn reads_graphs(&self) -> bool {
        true
    }
}

impl GraphAttention {
    /// $u^\top W x$ of all heads, and after them $v^\top W x$.
    fn scores<'t, T: Real>(&self, values: Var<'t, T>, score: Var<'t, T>, nodes: usize) -> Var<'t, T> {
        let (heads, features) = (self.heads, self.features);
        let by_head = ops::swap(ops::reshape(values, [1, nodes * heads * features]), [nodes, heads], features);
        let starts = (0..=heads).map(|head| head * nodes).collect();
        let both = ops::grouped_matmul(&starts, ops::reshape(by_head, [heads * nodes, features]), score);
        let by_node = ops::swap(ops::reshape(both, [1, heads * nodes * 2]), [heads, nodes], 2);
        ops::swap(ops::reshape(by_node, [nodes, heads * 2]), [heads, 2], 1)
    }

    /// `[heads * features, features]`.
    fn mean_of_heads<T: Real>(&self) -> Tensor<T> {
        let (n, share) = (self.features, T::ONE / T::of(self.heads as f64));
        let entry = |at: usize| if at / n % n == at % n { share } else { T::ZERO };
        Tensor::new([self.heads * n, n], (0..self.heads * n * n).map(entry).collect())
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let layers = [
        GraphAttention::new(2, 3, Activation::Elu),
        GraphAttention { average: true, ..GraphAttention::new(4, 2, Activation::Linear) },
    ];
    layers.map(|layer| (super::samples::graphs(), Layer::GraphAttention(layer))).into()
}
