//! $\ell = \frac{1}{\sum_i w_i} \sum_i w_i \sum_\tau \rho_\tau(y_i - q_{i\tau})$ with
//! $\rho_\tau(e) = \max(\tau e, (\tau - 1) e)$.

use tensor::{Real, Tensor};

use super::weights::Weights;
use crate::tape::Var;

/// The sum of the pinball losses of several quantiles: each is smallest where a fraction $\tau$ of the targets lies below
/// $q_\tau$ \[Koenker1978\].
///
/// `z: [n, levels * targets]` has the first quantile of all targets of a row, then the second, and so on; `y: [n,
/// targets]`; `weights` has one number for each of `y`: zero where a target is missing. The slope at $e = 0$ is zero.
pub fn pinball<'t, T: Real>(z: Var<'t, T>, y: &Tensor<T>, levels: &[f64], weights: Option<&Tensor<T>>) -> Var<'t, T> {
    let (device, zv, y) = (z.tape().device().clone(), z.value(), y.clone());
    let (n, k) = y.shape().as_matrix();
    let width = levels.len() * k;
    assert_eq!(zv.size(), n * width, "each quantile of each target");
    let (weights, levels) = (Weights::new(weights, n * k), levels.iter().map(|&t| T::of(t)).collect::<Vec<T>>());
    let mut total = T::ZERO;
    for (row, (z, y)) in zv.data().chunks_exact(width).zip(y.data().chunks_exact(k)).enumerate() {
        for (at, &q) in z.iter().enumerate() {
            let (tau, e) = (levels[at / k], y[at % k] - q);
            total += weights.times(row * k + at % k, || (tau * e).larger((tau - T::ONE) * e));
        }
    }
    let loss = device.tensor([], |loss| loss[0] = total * weights.scale);
    z.tape().record("pinball", loss, [z], move |dl, _| {
        let by = weights.scale * dl.item();
        let dz = device.tensor(zv.shape(), |dz| {
            let rows = zv.data().chunks_exact(width).zip(y.data().chunks_exact(k));
            for (row, ((z, y), dz)) in rows.zip(dz.chunks_exact_mut(width)).enumerate() {
                for (at, (&q, dz)) in z.iter().zip(dz).enumerate() {
                    *dz = weights.times(row * k + at % k, || -by * slope(levels[at / k], y[at % k] - q));
                }
            }
        });
        [Some(dz)]
    })
}

/// Of $\rho_\tau$ with respect to $e$.
fn slope<T: Real>(quantile: T, e: T) -> T {
    if e > T::ZERO {
        quantile
    } else if e < T::ZERO {
        quantile - T::ONE
    } else {
        e
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tape;
    use crate::check::{gradcheck, randn};
    use tensor::Device;

    #[test]
    fn gradients() {
        let w = Tensor::new([3, 2], vec![1.0, 2.0, 0.0, 0.5, 1.5, 1.0]);
        for w in [None, Some(&w)] {
            gradcheck([randn([3, 6], 1)], |[z]| pinball(z, &randn([3, 2], 2), &[0.5, 0.05, 0.95], w));
        }
    }

    /// Too low by 2 at 0.9 costs 1.8, too high by 1 costs 0.1; a number that is met costs nothing and pulls nowhere.
    #[test]
    fn three_rows_by_hand_and_one_that_is_missing() {
        let tape = Tape::new(Device::cpu(1));
        let z = tape.variable(Tensor::new([4, 1], vec![0.0, 3.0, 5.0, 7.0]));
        let y = Tensor::new([4, 1], vec![2.0, 2.0, 5.0, f64::NAN]);
        let loss = pinball(z, &y, &[0.9], Some(&Tensor::new([4, 1], vec![1.0, 1.0, 1.0, 0.0])));
        assert!((loss.value().item() - 1.9 / 3.0).abs() < 1e-12);
        let gradients = loss.backward();
        let gradient = gradients.get(z).unwrap().data();
        assert!((gradient[0] + 0.3).abs() < 1e-12 && (gradient[1] - 0.1 / 3.0).abs() < 1e-12, "{gradient:?}");
        assert_eq!(gradient[2..], [0.0, 0.0]);
    }
}
