//! $\lambda_1 \lVert w \rVert_1 + \frac{\lambda_2}{2} \lVert w \rVert_2^2$.

use tensor::Real;
use tensor::kernels::{map, reduce};

use crate::tape::Var;

/// The penalty of the elastic net \[Zou2005\] on a value of any shape, a scalar: `l1 * |w|_1 + l2 / 2 * |w|_2^2`.
pub fn elastic_net<T: Real>(w: Var<'_, T>, l1: f64, l2: f64) -> Var<'_, T> {
    let (device, wv) = (w.tape().device().clone(), w.value());
    let absolute: T = wv.data().iter().map(|w| w.abs()).sum();
    let total = T::of(l1) * absolute + T::of(0.5 * l2) * reduce::dot(wv.data(), wv.data());
    let penalty = device.tensor([], |p| p[0] = total);
    let (l1, l2) = (T::of(l1), T::of(l2));
    w.tape().record("elastic_net", penalty, [w], move |dy, _| {
        let by = dy.item();
        let slope = move |w: T| {
            let sign = if w > T::ZERO {
                T::ONE
            } else if w < T::ZERO {
                -T::ONE
            } else {
                T::ZERO
            };
            by * (l1 * sign + l2 * w)
        };
        [Some(device.tensor(wv.shape(), |dw| map::map(&device, wv.data(), dw, slope)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([4, 3], 1)], |[w]| elastic_net(w, 0.3, 0.7));
    }
}
