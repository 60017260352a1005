//! $Y = X W + \mathbf 1 b^\top$, alone or with the rectifier after it.

use tensor::kernels::gemm::{Matrix, Then, gemm};
use tensor::kernels::{map, reduce};
use tensor::{Real, Tensor};

use crate::tape::Var;

/// Affine map with `x: [n, i]`, `w: [i, o]`, `b: [o]`, `y: [n, o]`.
pub fn linear<'t, T: Real>(x: Var<'t, T>, w: Var<'t, T>, b: Var<'t, T>) -> Var<'t, T> {
    fused(x, w, b, false)
}

/// $\max(0, XW + \mathbf 1 b^\top)$ in one pass over the product.
pub fn linear_relu<'t, T: Real>(x: Var<'t, T>, w: Var<'t, T>, b: Var<'t, T>) -> Var<'t, T> {
    fused(x, w, b, true)
}

fn fused<'t, T: Real>(x: Var<'t, T>, w: Var<'t, T>, b: Var<'t, T>, relu: bool) -> Var<'t, T> {
    let (device, xv, wv, bv) = (x.tape().device().clone(), x.value(), w.value(), b.value());
    let ((n, i), (_, o)) = (xv.shape().as_matrix(), wv.shape().as_matrix());
    let then = if relu { Then::BiasRelu(bv.data()) } else { Then::Bias(bv.data()) };
    let y =
        device.tensor([n, o], |y| gemm(&device, Matrix::new(xv.data(), n, i), Matrix::new(wv.data(), i, o), then, y));
    let active = relu.then(|| y.clone());
    let op = if relu { "linear_relu" } else { "linear" };
    x.tape().record(op, y, [x, w, b], move |dy, [need_x, need_w, need_b]| {
        // Through the rectifier first; where y is NaN, so is its gradient.
        let masked = active.map(|y| {
            let mask = |y, dy| if y > T::ZERO { dy } else { y * dy };
            device.tensor(y.shape(), |dz| map::zip(&device, y.data(), dy.data(), dz, mask))
        });
        let dz: &Tensor<T> = masked.as_ref().unwrap_or(dy);
        let (xm, wm, dzm) = (Matrix::new(xv.data(), n, i), Matrix::new(wv.data(), i, o), Matrix::new(dz.data(), n, o));
        [
            need_x.then(|| device.tensor(xv.shape(), |dx| gemm(&device, dzm, wm.t(), Then::Store, dx))),
            need_w.then(|| device.tensor(wv.shape(), |dw| gemm(&device, xm.t(), dzm, Then::Store, dw))),
            need_b.then(|| device.tensor([o], |db| reduce::sum_rows(dz.data(), db))),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops;
    use tensor::Device;
    use tensor::kernels::activation::Activation;

    #[test]
    fn gradients() {
        gradcheck([randn([3, 4], 1), randn([4, 2], 2), randn([2], 3)], |[x, w, b]| linear(x, w, b));
        gradcheck([randn([3, 4], 1), randn([4, 2], 2), randn([2], 3)], |[x, w, b]| linear_relu(x, w, b));
    }

    #[test]
    fn an_input_used_twice_collects_both_gradients() {
        gradcheck([randn([3, 3], 4), randn([3], 5)], |[x, b]| linear(x, x, b));
    }

    #[test]
    fn the_fused_rectifier_equals_the_separate_one() {
        let tape = crate::Tape::new(Device::cpu(1));
        let [x, w, b] = [randn([5, 4], 1), randn([4, 3], 2), randn([3], 3).reshape([3])].map(|v| tape.variable(v));
        let separate = ops::activation(linear(x, w, b), Activation::Relu);
        assert_eq!(linear_relu(x, w, b).value().data(), separate.value().data());
    }
}
