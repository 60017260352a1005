//! Products in groups: rows that follow one another share a matrix of their own.

use std::sync::Arc;

use tensor::Real;
use tensor::kernels::gemm::Groups;

use crate::tape::Var;

/// $Y_g = X_g W_g$ for each group of rows, `starts[g]..starts[g + 1]`, with `x: [rows, inputs]`, `w: [groups, inputs * outputs]`;
/// gives `[rows, outputs]`.
///
/// Messages along bonds of the same kind share a matrix, and so do atoms with as many neighbors.
///
/// # Panics
/// If the shapes do not fit.
pub fn grouped_matmul<'t, T: Real>(starts: &Arc<[usize]>, x: Var<'t, T>, w: Var<'t, T>) -> Var<'t, T> {
    let (device, [xv, wv]) = (x.tape().device().clone(), [x, w].map(|input| input.value()));
    let ((rows, inputs), (groups, numbers)) = (xv.shape().as_matrix(), wv.shape().as_matrix());
    assert!(starts.len() == groups + 1 && starts[groups] == rows, "{groups} groups of {rows} rows");
    let (starts, outputs) = (starts.clone(), numbers / inputs.max(1));
    let groups = Groups { starts: &starts, inputs, outputs };
    let y = device.tensor([rows, outputs], |y| groups.product(&device, [xv.data(), wv.data()], y));
    x.tape().record("grouped_matmul", y, [x, w], move |dy, [need_x, need_w]| {
        let groups = Groups { starts: &starts, inputs, outputs };
        let (x, w, dy) = (xv.data(), wv.data(), dy.data());
        [
            need_x.then(|| device.tensor(xv.shape(), |dx| groups.slopes_of_rows(&device, [dy, w], dx))),
            need_w.then(|| device.tensor(wv.shape(), |dw| groups.slopes_of_matrices(&device, [x, dy], dw))),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients_also_with_an_empty_group() {
        let inputs = [randn([5, 3], 1), randn([3, 6], 2), randn([5, 2], 3)];
        gradcheck(inputs, |[x, w, by]| mul(grouped_matmul(&[0, 2, 2, 5].into(), x, w), by));
    }
}
