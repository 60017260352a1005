//! $y = f(x)$ for each of the activation functions.

use tensor::Real;
use tensor::kernels::activation::{Activation, backward, forward};

use crate::tape::Var;

/// Applies the activation function `f` to every number of `x`, of any shape.
pub fn activation<T: Real>(x: Var<'_, T>, f: Activation) -> Var<'_, T> {
    if f == Activation::Linear {
        return x;
    }
    let (device, xv) = (x.tape().device(), x.value());
    let y = device.tensor(xv.shape(), |y| forward(device, f, xv.data(), y));
    let (device, yv) = (device.clone(), y.clone());
    x.tape().record("activation", y, [x], move |dy, _| {
        [Some(device.tensor(dy.shape(), |dx| backward(&device, f, xv.data(), yv.data(), dy.data(), dx)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        use Activation::*;
        for f in [Linear, Step, Sigmoid, Tanh, Relu, LeakyRelu(0.1), Elu(1.5), Selu, Gelu, Softplus] {
            gradcheck([randn([4, 5], 1)], |[x]| activation(x, f));
        }
    }
}
