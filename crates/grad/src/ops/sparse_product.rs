//! $Y = A X$ with a sparse matrix that is known.

use std::sync::Arc;

use tensor::Real;
use tensor::kernels::sparse::{Sparse, product, product_t};

use crate::tape::Var;

/// $Y = A X$ with `a: [rows, columns]`, `x: [columns, features]`, `y: [rows, features]`; $\mathrm{d}X = A^\top \mathrm{d}Y$.
///
/// Neighbors of a node are summed so, rows are gathered, and groups become their sums or means.
///
/// # Panics
/// If the shapes do not fit.
pub fn sparse_product<'t, T: Real>(a: &Arc<Sparse<T>>, x: Var<'t, T>) -> Var<'t, T> {
    let (device, a, xv) = (x.tape().device().clone(), a.clone(), x.value());
    let (_, features) = xv.shape().as_matrix();
    let y = device.tensor([a.n_rows(), features], |y| product(&device, &a, xv.data(), y));
    let shape = xv.shape();
    x.tape().record("sparse_product", y, [x], move |dy, _| {
        [Some(device.tensor(shape, |dx| product_t(&device, &a, dy.data(), dx)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients_with_and_without_values() {
        for values in [vec![], vec![0.5, -1.0, 2.0, 3.0]] {
            let a = Arc::new(Sparse::new(4, vec![0, 2, 2, 4], vec![1, 3, 3, 1], values));
            gradcheck([randn([4, 5], 1), randn([3, 5], 2)], |[x, by]| mul(sparse_product(&a, x), by));
        }
    }
}
