//! What a network makes of a batch.

use grad::{Var, ops};
use tensor::{Real, Tensor};

use super::{Network, joins};
use crate::graph::GraphBatch;
use crate::parameters::Context;
use crate::seq2seq::Ahead;

impl Network {
    /// Inputs without the steps after the ends of sequences; the layers are told where those are. Of graphs the nodes, and the
    /// layers are told how these are joined, and what stands beside them.
    pub(crate) fn enter<T: Real>(
        &self,
        mut x: Tensor<T>,
        graphs: Option<(Tensor<T>, GraphBatch<T>)>,
        cx: &Context<'_, '_, T>,
    ) -> Tensor<T> {
        if let Some((nodes, graph)) = graphs {
            cx.set_graph(graph, (self.beside > 0).then_some(x));
            return nodes;
        }
        let Some(form) = self.forms.first() else { return x };
        let lengths = form.cut(x.data_mut().unwrap_or_default(), self.inputs);
        cx.set_lengths(lengths);
        x
    }

    /// Output of the network for a batch.
    pub(crate) fn apply<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(decoder) = &self.decoder else { return self.apply_first(self.layers.len(), x, cx) };
        let ahead = Ahead::of(self.ahead, self.outputs, self.beside, &self.loss);
        let encoded = self.apply_first(self.layers.len(), x, cx);
        cx.enter(self.layers.len());
        decoder.apply(encoded, self.beside_of(x, cx), self.forms[self.layers.len()], ahead, cx)
    }

    /// Output of the first layers for a batch.
    pub(super) fn apply_first<'t, T: Real>(&self, layers: usize, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let own = self.own_layers().len();
        let first =
            if self.beside == 0 || self.reads_graphs() { x } else { ops::part(x, 0, self.inputs - self.beside) };
        let (mut h, mut at) = (first, 0);
        while at < layers {
            cx.enter(at);
            h = self.joined(h, x, at, cx);
            let next = self.layers[..layers].get(at + 1).filter(|_| at + 1 < own);
            let fused = next.and_then(|next| self.layers[at].apply_with(next, h, self.forms[at], cx));
            (h, at) = match fused {
                Some(both) => (both, at + 2),
                None => (self.layers[at].apply(h, self.forms[at], cx), at + 1),
            };
        }
        h
    }

    /// Input of a layer: what the one before it gives, and where it is the one that reads them the numbers beside.
    pub(super) fn joined<'t, T: Real>(
        &self,
        h: Var<'t, T>,
        x: Var<'t, T>,
        at: usize,
        cx: &Context<'t, '_, T>,
    ) -> Var<'t, T> {
        let last = at + 1 == self.layers.len() && self.decoder.is_none();
        let reads = self.forms.get(at).is_some_and(|form| joins(&self.forms[..at], *form, last));
        match self.beside_of(x, cx).filter(|_| reads) {
            Some(beside) => ops::join(h, beside),
            None => h,
        }
    }

    fn beside_of<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Option<Var<'t, T>> {
        match cx.beside() {
            Some(beside) => Some(x.tape().constant(beside)),
            None => (self.beside > 0).then(|| ops::part(x, self.inputs - self.beside, self.beside)),
        }
    }
}
