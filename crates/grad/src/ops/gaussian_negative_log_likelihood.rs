//! $\ell = \frac{1}{\sum_i w_i} \sum_i \frac{w_i}{2} \left(\ln v_i + \frac{(y_i - \mu_i)^2}{v_i}\right)$ with
//! $v_i = \ln(1 + e^{s_i}) + 10^{-6}$.

use tensor::{Real, Tensor};

use super::weights::Weights;
use crate::tape::Var;

/// Negative log likelihood of normal distributions whose mean and variance are both predicted \[Nix1994\], without the
/// constant $\frac12 \ln 2\pi$.
///
/// `z: [n, 2 targets]` has the means $\mu$ and then the raw scales $s$ of a row; `y: [n, targets]`; `weights` has one
/// number for each of `y`: zero where a target is missing.
pub fn gaussian_negative_log_likelihood<'t, T: Real>(
    z: Var<'t, T>,
    y: &Tensor<T>,
    weights: Option<&Tensor<T>>,
) -> Var<'t, T> {
    let (device, zv, y) = (z.tape().device().clone(), z.value(), y.clone());
    let (n, k) = y.shape().as_matrix();
    assert_eq!(zv.size(), 2 * n * k, "a mean and a scale for each target");
    let (weights, half) = (Weights::new(weights, n * k), T::of(0.5));
    let mut total = T::ZERO;
    for (row, (z, y)) in zv.data().chunks_exact(2 * k).zip(y.data().chunks_exact(k)).enumerate() {
        for (at, &y) in y.iter().enumerate() {
            total += weights.times(row * k + at, || {
                let (error, v) = (z[at] - y, variance(z[k + at]));
                half * (v.ln() + error * error / v)
            });
        }
    }
    let loss = device.tensor([], |loss| loss[0] = total * weights.scale);
    z.tape().record("gaussian_negative_log_likelihood", loss, [z], move |dl, _| {
        let by = weights.scale * dl.item();
        let dz = device.tensor(zv.shape(), |dz| {
            let rows = zv.data().chunks_exact(2 * k).zip(y.data().chunks_exact(k));
            for (row, ((z, y), dz)) in rows.zip(dz.chunks_exact_mut(2 * k)).enumerate() {
                for (at, &y) in y.iter().enumerate() {
                    let (error, s, place) = (z[at] - y, z[k + at], row * k + at);
                    let v = variance(s);
                    dz[at] = weights.times(place, || by * error / v);
                    dz[k + at] = weights.times(place, || by * half * (T::ONE - error * error / v) / v * s.sigmoid());
                }
            }
        });
        [Some(dz)]
    })
}

/// The smallest variance: a row that is met exactly would otherwise be worth an infinite likelihood. It is a thousandth
/// of a standard deviation of the scaled target.
const SMALLEST_VARIANCE: f64 = 1e-6;

/// $v = \ln(1 + e^s) + 10^{-6}$, stable for every $s$.
///
/// ```
/// assert!((grad::ops::variance(0.0_f64) - 0.693_148).abs() < 1e-6); // ln 2 + 1e-6
/// assert_eq!(grad::ops::variance(1e4_f64), 1e4 + 1e-6);
/// ```
pub fn variance<T: Real>(s: T) -> T {
    s.larger(T::ZERO) + (-s.abs()).exp().ln_1p() + T::of(SMALLEST_VARIANCE)
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
            gradcheck([randn([3, 4], 1)], |[z]| gaussian_negative_log_likelihood(z, &randn([3, 2], 2), w));
        }
    }

    #[test]
    fn a_missing_target_changes_nothing() {
        let tape = Tape::new(Device::cpu(1));
        let z = tape.variable(Tensor::new([2, 2], vec![1.0, 0.3, 2.0, 0.7]));
        let y = Tensor::new([2, 1], vec![f64::NAN, 2.0]);
        let loss = gaussian_negative_log_likelihood(z, &y, Some(&Tensor::new([2, 1], vec![0.0, 1.0])));
        assert_eq!(loss.value().item(), 0.5 * variance(0.7).ln());
        assert_eq!(loss.backward().get(z).unwrap().data()[..3], [0.0; 3]); // the mean is met
    }

    #[test]
    fn a_raw_scale_far_below_zero_keeps_loss_and_gradient_finite() {
        let tape = Tape::new(Device::cpu(1));
        let z = tape.variable(Tensor::new([1, 2], vec![0.0_f32, -200.0]));
        let loss = gaussian_negative_log_likelihood(z, &Tensor::new([1, 1], vec![1.0]), None);
        assert!(loss.value().item().is_finite());
        assert!(loss.backward().get(z).unwrap().data().iter().all(|d| d.is_finite()));
    }
}
