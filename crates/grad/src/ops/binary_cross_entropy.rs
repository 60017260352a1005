//! $\ell = \frac{1}{\sum w} \sum_i w_i \left(\max(z_i, 0) - z_i y_i + \ln(1 + e^{-|z_i|})\right)$.

use tensor::{Real, Tensor};

use crate::tape::Var;

/// Binary cross-entropy of the logits `z` against targets `y` in `[0, 1]` of the same shape, with one weight for
/// each number (one where `weights` is absent, zero where a target is missing).
pub fn binary_cross_entropy<'t, T: Real>(z: Var<'t, T>, y: &Tensor<T>, weights: Option<&Tensor<T>>) -> Var<'t, T> {
    let (device, zv, y) = (z.tape().device().clone(), z.value(), y.clone());
    assert_eq!(zv.size(), y.size(), "one target for each logit");
    let weights = weights.cloned().unwrap_or_else(|| device.tensor(y.shape(), |w| w.fill(T::ONE)));
    let scale = T::ONE / weights.data().iter().copied().sum::<T>().larger(T::EPSILON);
    let each = |((&z, &y), &w): ((&T, &T), &T)| {
        if w == T::ZERO { w } else { w * (z.larger(T::ZERO) - z * y + (-z.abs()).exp().ln_1p()) }
    };
    let total: T = zv.data().iter().zip(y.data()).zip(weights.data()).map(each).sum();
    let loss = device.tensor([], |loss| loss[0] = total * scale);
    z.tape().record("binary_cross_entropy", loss, [z], move |dy, _| {
        let by = scale * dy.item();
        [Some(device.tensor(zv.shape(), |dz| {
            for (((dz, &z), &y), &w) in dz.iter_mut().zip(zv.data()).zip(y.data()).zip(weights.data()) {
                *dz = if w == T::ZERO { w } else { w * (z.sigmoid() - y) * by };
            }
        }))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tape;
    use crate::check::{gradcheck, randn};
    use tensor::Device;

    #[test]
    fn gradients() {
        let y = Tensor::new([4, 1], vec![0.0, 1.0, 0.3, 1.0]);
        let w = Tensor::new([4, 1], vec![1.0, 2.0, 0.0, 0.5]);
        gradcheck([randn([4, 1], 1)], |[z]| binary_cross_entropy(z, &y, None));
        gradcheck([randn([4, 1], 1)], |[z]| binary_cross_entropy(z, &y, Some(&w)));
    }

    #[test]
    fn a_logit_of_zero_costs_ln_2_and_a_large_one_stays_finite() {
        let tape = Tape::new(Device::cpu(1));
        let loss = |z: f64, y| {
            let z = tape.variable(Tensor::new([1], vec![z]));
            binary_cross_entropy(z, &Tensor::new([1], vec![y]), None).value().item()
        };
        assert_eq!(loss(0.0, 1.0), std::f64::consts::LN_2);
        assert_eq!(loss(-1e4, 1.0), 1e4);
    }
}
