//! Additive attention: one look of each row at the steps of its sequence.

use std::sync::Arc;

use tensor::kernels::additive as kernel;
use tensor::kernels::reduce;
use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// $y = \sum_s p_s v_s$ with $p = \operatorname{softmax}_s(w^\top\tanh(q + k_s))$ over the steps of each row that may be looked
/// at \[Bahdanau2015\], with `q: [rows, features]`, `k: [rows, keys * features]`, `v: [rows, keys * values]`, `w: [features]`; gives
/// `[rows, values]` and the weights `[rows, keys]`, for inspection.
///
/// # Panics
/// If shapes do not fit.
pub fn additive_attention<'t, T: Real>(
    keys: usize,
    lengths: Option<Arc<[usize]>>,
    [q, k, v, w]: [Var<'t, T>; 4],
) -> (Var<'t, T>, Tensor<T>) {
    let device = q.tape().device().clone();
    let known = [q, k, v, w].map(|x| x.value());
    let ((rows, features), (_, brought)) = (known[0].shape().as_matrix(), known[2].shape().as_matrix());
    assert_eq!(known[1].size(), rows * keys * features, "{keys} steps of {features} numbers that are looked at");
    let values = brought / keys.max(1);
    let sizes = [keys, features, values];
    let mut weights = device.tensor([rows, keys], |_| ());
    let mut y = device.tensor([rows, values], |_| ());
    kernel::forward(
        &device,
        &additive(sizes, lengths.as_deref()),
        known.each_ref().map(|x| x.data()),
        numbers(&mut weights),
        numbers(&mut y),
    );
    let shown = weights.clone();
    let y = q.tape().record("additive_attention", y, [q, k, v, w], move |dy, needs| {
        let mut gradients = known.each_ref().map(|value| device.tensor(value.shape(), |_| ()));
        let mut by_row = device.tensor([rows, features], |_| ());
        let [dq, dk, dv, _] = gradients.each_mut().map(numbers);
        let to = [dq, dk, dv, numbers(&mut by_row)];
        kernel::backward(
            &device,
            &additive(sizes, lengths.as_deref()),
            known.each_ref().map(|x| x.data()),
            (weights.data(), dy.data()),
            to,
        );
        reduce::sum_rows(by_row.data(), numbers(&mut gradients[3]));
        let mut needs = needs.into_iter();
        gradients.map(|gradient| needs.next().unwrap_or_default().then_some(gradient))
    });
    (y, shown)
}

fn additive([keys, features, values]: [usize; 3], lengths: Option<&[usize]>) -> kernel::Additive<'_> {
    kernel::Additive { keys, features, values, lengths }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::{Tape, ops::mul};
    use tensor::Device;

    #[test]
    fn gradients() {
        for lengths in [None, Some([4, 1].into())] {
            let inputs = [randn([2, 3], 1), randn([2, 12], 2), randn([2, 8], 3), randn([3], 4), randn([2, 2], 5)];
            gradcheck(inputs, |[q, k, v, w, by]| mul(additive_attention(4, lengths.clone(), [q, k, v, w]).0, by));
        }
    }

    /// Two steps of one number, one weight: scores tanh(1 + 0) and tanh(1 - 1) = 0.
    #[test]
    fn weights_are_a_softmax_of_scores() {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let of = |shape: [usize; 2], x: &[f64]| tape.constant(Tensor::new(shape, x.to_vec()));
        let w = tape.constant(Tensor::new([1], vec![1.0]));
        let inputs = [of([1, 1], &[1.0]), of([1, 2], &[0.0, -1.0]), of([1, 2], &[5.0, 7.0]), w];
        let (y, weights) = additive_attention(2, None, inputs);
        let p = 1.0 / (1.0 + (-1.0_f64.tanh()).exp());
        assert!(
            (weights.data()[0] - p).abs() < 1e-12 && (y.value().item() - (5.0 * p + 7.0 * (1.0 - p))).abs() < 1e-12
        );
    }
}
