//! Sums over the neighbors of each node with learned weights.

use std::sync::Arc;

use tensor::Real;
use tensor::kernels::sparse::{Sparse, weighted, weighted_slopes, weighted_t};

use crate::tape::Var;

/// $y_i = \sum_e p_e x_{j(e)}$ over the entries $e$ of each row $i$ of a sparse matrix, where every head weighs features of its own:
/// `p: [entries, heads]`, `x: [columns, heads * features]`, gives `[rows, heads * features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn weighted_sum<'t, T: Real>(a: &Arc<Sparse<T>>, p: Var<'t, T>, x: Var<'t, T>) -> Var<'t, T> {
    let (device, a, [pv, xv]) = (x.tape().device().clone(), a.clone(), [p, x].map(|input| input.value()));
    let ((_, heads), (_, width)) = (pv.shape().as_matrix(), xv.shape().as_matrix());
    let y = device.tensor([a.n_rows(), width], |y| weighted(&device, &a, heads, [pv.data(), xv.data()], y));
    x.tape().record("weighted_sum", y, [p, x], move |dy, [need_p, need_x]| {
        [
            need_p.then(|| device.tensor(pv.shape(), |dp| weighted_slopes(&a, heads, [xv.data(), dy.data()], dp))),
            need_x.then(|| device.tensor(xv.shape(), |dx| weighted_t(&device, &a, heads, [pv.data(), dy.data()], dx))),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients() {
        let a = Arc::new(Sparse::new(4, vec![0, 2, 2, 5], vec![1, 3, 0, 3, 1], Vec::new()));
        let inputs = [randn([5, 2], 1), randn([4, 6], 2), randn([3, 6], 3)];
        gradcheck(inputs, |[p, x, by]| mul(weighted_sum(&a, p, x), by));
    }
}
