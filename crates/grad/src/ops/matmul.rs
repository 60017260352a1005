//! $Y = X W$.

use tensor::Real;
use tensor::kernels::gemm::{Matrix, Then, gemm};

use crate::tape::Var;

/// Product of matrices, `x: [n, i]`, `w: [i, o]` -> `[n, o]`; all axes of `x` but the last count as rows.
pub fn matmul<'t, T: Real>(x: Var<'t, T>, w: Var<'t, T>) -> Var<'t, T> {
    let (device, xv, wv) = (x.tape().device().clone(), x.value(), w.value());
    let ((n, i), (_, o)) = (xv.shape().as_matrix(), wv.shape().as_matrix());
    let y = device
        .tensor([n, o], |y| gemm(&device, Matrix::new(xv.data(), n, i), Matrix::new(wv.data(), i, o), Then::Store, y));
    x.tape().record("matmul", y, [x, w], move |dy, [need_x, need_w]| {
        let (xm, wm, dym) = (Matrix::new(xv.data(), n, i), Matrix::new(wv.data(), i, o), Matrix::new(dy.data(), n, o));
        [
            need_x.then(|| device.tensor(xv.shape(), |dx| gemm(&device, dym, wm.t(), Then::Store, dx))),
            need_w.then(|| device.tensor(wv.shape(), |dw| gemm(&device, xm.t(), dym, Then::Store, dw))),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([3, 4], 1), randn([4, 2], 2)], |[x, w]| matmul(x, w));
    }
}
