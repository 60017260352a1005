//! $\ell = \frac{1}{\sum_i w_i} \sum_i w_i \left(\log \sum_k e^{z_{ik}} - z_{i,y_i}\right)$.

use tensor::Real;
use tensor::kernels::softmax::{log_sum_exp, softmax_rows};

use crate::tape::Var;

/// Categorical cross-entropy of the logits `z: [n, classes]` against `labels`, with a weight for each row (one where
/// `weights` is absent); stable, because softmax and logarithm are one.
///
/// # Panics
/// If a label is not a class.
pub fn softmax_cross_entropy<'t, T: Real>(z: Var<'t, T>, labels: &[usize], weights: Option<&[T]>) -> Var<'t, T> {
    let (device, zv) = (z.tape().device().clone(), z.value());
    let (n, k) = zv.shape().as_matrix();
    assert_eq!(labels.len(), n, "one label for each row");
    let weights: Vec<T> = weights.map_or_else(|| vec![T::ONE; n], <[T]>::to_vec);
    let scale = T::ONE / weights.iter().copied().sum::<T>().larger(T::EPSILON);
    let losses = zv.data().chunks(k).zip(labels).zip(&weights);
    let total: T =
        losses.map(|((row, &label), &w)| if w == T::ZERO { w } else { w * (log_sum_exp(row) - row[label]) }).sum();
    let loss = device.tensor([], |loss| loss[0] = total * scale);
    let labels = labels.to_vec();
    z.tape().record("softmax_cross_entropy", loss, [z], move |dy, _| {
        [Some(device.tensor(zv.shape(), |dz| {
            dz.copy_from_slice(zv.data());
            softmax_rows(dz, k);
            for ((row, &label), &w) in dz.chunks_mut(k).zip(&labels).zip(&weights) {
                row[label] -= T::ONE;
                row.iter_mut().for_each(|d| *d *= w * scale * dy.item());
            }
        }))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tape;
    use crate::check::{gradcheck, randn};
    use tensor::{Device, Tensor};

    #[test]
    fn gradients() {
        gradcheck([randn([5, 3], 6)], |[z]| softmax_cross_entropy(z, &[0, 2, 1, 1, 0], None));
        gradcheck([randn([3, 2], 6)], |[z]| softmax_cross_entropy(z, &[0, 1, 1], Some(&[1.0, 0.0, 2.5])));
    }

    #[test]
    fn large_logits_stay_finite() {
        let tape = Tape::new(Device::cpu(1));
        let z = tape.variable(Tensor::new([1, 2], vec![1e4_f32, -1e4]));
        assert_eq!(softmax_cross_entropy(z, &[1], None).value().item(), 2e4);
    }
}
