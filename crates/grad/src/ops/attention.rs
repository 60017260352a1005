//! Scaled dot-product attention with several heads.

use std::sync::Arc;

use tensor::kernels::attention as kernel;
use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// Queries, keys and heads of an attention.
#[derive(Clone, Debug)]
pub struct Look {
    /// Steps that look.
    pub queries: usize,
    /// Steps that are attended to (keys).
    pub keys: usize,
    /// How many heads the features are split into; each attends by itself.
    pub heads: usize,
    /// Steps of each sequence that may be attended to, where not all may.
    pub lengths: Option<Arc<[usize]>>,
    /// Causal mask: no step attends to a later one.
    pub causal: bool,
}

/// $Y = \operatorname{softmax}(Q K^\top / \sqrt d)\,V$ for each head of $d$ features \[Vaswani2017\], with
/// `q: [rows, queries * features]`, `k: [rows, keys * features]`, `v: [rows, keys * values]`; gives `[rows, queries * values]` and
/// the weights `[rows, heads, queries, keys]`, for inspection.
///
/// # Panics
/// If shapes do not fit.
pub fn attention<'t, T: Real>(look: &Look, q: Var<'t, T>, k: Var<'t, T>, v: Var<'t, T>) -> (Var<'t, T>, Tensor<T>) {
    let (device, look) = (q.tape().device().clone(), look.clone());
    let (qv, kv, vv) = (q.value(), k.value(), v.value());
    let ((rows, asked), (_, brought)) = (qv.shape().as_matrix(), vv.shape().as_matrix());
    let (features, values) = (asked / look.queries.max(1), brought / look.keys.max(1));
    let mut weights = device.tensor([rows, look.heads * look.queries * look.keys], |_| ());
    let mut y = device.tensor([rows, look.queries * values], |_| ());
    let sizes = [rows, features, values];
    kernel::forward(
        &device,
        &look.of(sizes),
        [&qv, &kv, &vv].map(|x| x.data()),
        numbers(&mut weights),
        numbers(&mut y),
    );
    let shown = weights.clone();
    let y = q.tape().record("attention", y, [q, k, v], move |dy, needs| {
        let mut gradients = [&qv, &kv, &vv].map(|value| device.tensor(value.shape(), |_| ()));
        let (known, to) = ([&qv, &kv, &vv].map(|x| x.data()), gradients.each_mut().map(numbers));
        kernel::backward(&device, &look.of(sizes), known, weights.data(), dy.data(), to);
        let mut needs = needs.into_iter();
        gradients.map(|gradient| needs.next().unwrap_or_default().then_some(gradient))
    });
    (y, shown)
}

impl Look {
    fn of(&self, [rows, features, values]: [usize; 3]) -> kernel::Attention<'_> {
        let Look { queries, keys, heads, causal, .. } = *self;
        kernel::Attention { rows, queries, keys, features, values, heads, lengths: self.lengths.as_deref(), causal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::{Tape, ops};
    use tensor::Device;

    fn look(lengths: Option<Arc<[usize]>>, causal: bool) -> Look {
        Look { queries: 3, keys: if causal { 3 } else { 4 }, heads: 2, lengths, causal }
    }

    #[test]
    fn gradients() {
        for (lengths, causal) in
            [(None, false), (None, true), (Some([4, 1].into()), false), (Some([3, 2].into()), true)]
        {
            let look = look(lengths, causal);
            let keys = look.keys;
            gradcheck(
                [randn([2, 3 * 4], 1), randn([2, keys * 4], 2), randn([2, keys * 6], 3), randn([2, 3 * 6], 4)],
                |[q, k, v, by]| ops::mul(attention(&look, q, k, v).0, by),
            );
        }
    }

    /// What may not be looked at counts for nothing, and weights of what may sum to one.
    #[test]
    fn weights_stay_within_what_may_be_looked_at() {
        let tape = Tape::new(Device::cpu(2));
        let of = |shape: [usize; 2], shard| tape.constant(randn(shape, shard));
        let (q, k, v) = (of([2, 12], 1), of([2, 12], 2), of([2, 12], 3));
        let (_, weights) = attention(&look(Some([2, 0].into()), true), q, k, v);
        for (at, weights) in weights.data().chunks(3).enumerate() {
            let (row, query) = (at / 6, at % 3);
            let reach = [2, 0][row].min(query + 1);
            let sum: f64 = weights[..reach].iter().sum();
            assert!(weights[reach..].iter().all(|w| *w == 0.0) && (reach == 0 || (sum - 1.0).abs() < 1e-12));
        }
    }
}
