//! $y = \gamma \odot (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$, with moments over the rows of the batch.

use tensor::kernels::normalize::{affine_columns, column_gradients, column_moments, normalized_back};
use tensor::{Real, Tensor};

use crate::tape::Var;

/// Mean and biased variance of each column.
pub struct Moments<T: Real> {
    /// $\mu$: `[features]`.
    pub mean: Tensor<T>,
    /// $\sigma^2$: `[features]`.
    pub variance: Tensor<T>,
}

/// Batch normalization in training \[Ioffe2015\], with `x: [n, features]`, `gamma, beta: [features]`; also gives the
/// moments of the batch, from which the layer keeps its running ones.
pub fn batch_norm<'t, T: Real>(
    x: Var<'t, T>,
    gamma: Var<'t, T>,
    beta: Var<'t, T>,
    epsilon: f64,
) -> (Var<'t, T>, Moments<T>) {
    let (device, xv, gv) = (x.tape().device().clone(), x.value(), gamma.value());
    let (n, k) = xv.shape().as_matrix();
    let (mut mean, mut variance) = (vec![T::ZERO; k], vec![T::ZERO; k]);
    column_moments(&device, xv.data(), &mut mean, &mut variance);
    let inverse: Vec<T> = variance.iter().map(|&v| T::ONE / (v + T::of(epsilon)).sqrt()).collect();
    let zeros = vec![T::ZERO; k];
    let normal = device.tensor(xv.shape(), |y| affine_columns(&device, xv.data(), [&mean, &inverse, &zeros], y));
    let y = device
        .tensor(xv.shape(), |y| affine_columns(&device, normal.data(), [&zeros, gv.data(), beta.value().data()], y));
    let out = x.tape().record("batch_norm", y, [x, gamma, beta], move |dy, [need_x, need_gamma, need_beta]| {
        let (mut dgamma, mut dbeta) = (vec![T::ZERO; k], vec![T::ZERO; k]);
        column_gradients(&device, dy.data(), normal.data(), &mut dgamma, &mut dbeta);
        let dx = need_x.then(|| {
            let share = T::ONE / T::of(n as f64);
            let factor: Vec<T> = gv.data().iter().zip(&inverse).map(|(&g, &inverse)| g * inverse).collect();
            let [plain, product] =
                [&dbeta, &dgamma].map(|sums| sums.iter().map(|&sum| share * sum).collect::<Vec<T>>());
            let both = (dy.data(), normal.data());
            device.tensor(dy.shape(), |dx| normalized_back(&device, both, [&factor, &plain, &product], dx))
        });
        [dx, need_gamma.then(|| Tensor::new([k], dgamma)), need_beta.then(|| Tensor::new([k], dbeta))]
    });
    (out, Moments { mean: Tensor::new([k], mean), variance: Tensor::new([k], variance) })
}

/// Batch normalization in prediction, with the `running` moments instead of the batch's.
pub fn batch_norm_predict<'t, T: Real>(
    x: Var<'t, T>,
    gamma: Var<'t, T>,
    beta: Var<'t, T>,
    running: &Moments<T>,
    epsilon: f64,
) -> Var<'t, T> {
    let (device, xv) = (x.tape().device().clone(), x.value());
    let variances = running.variance.data().iter();
    let inverse =
        variances.zip(gamma.value().data()).map(|(&v, &g)| g / (v + T::of(epsilon)).sqrt()).collect::<Vec<_>>();
    let shift = running.mean.data();
    let y =
        device.tensor(xv.shape(), |y| affine_columns(&device, xv.data(), [shift, &inverse, beta.value().data()], y));
    let zeros = vec![T::ZERO; inverse.len()];
    x.tape().record("batch_norm_predict", y, [x], move |dy, _| {
        [Some(device.tensor(dy.shape(), |dx| affine_columns(&device, dy.data(), [&zeros, &inverse, &zeros], dx)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([6, 3], 1), randn([3], 2), randn([3], 3)], |[x, g, b]| batch_norm(x, g, b, 1e-5).0);
        let running = || Moments { mean: randn([3], 4), variance: Tensor::new([3], vec![0.5, 1.0, 2.0]) };
        gradcheck([randn([6, 3], 1)], |[x]| {
            let [g, b] = [randn([3], 2), randn([3], 3)].map(|v| x.tape().constant(v));
            batch_norm_predict(x, g, b, &running(), 1e-5)
        });
    }

    #[test]
    fn with_the_moments_of_the_batch_prediction_equals_training() {
        let tape = crate::Tape::new(tensor::Device::cpu(1));
        let [x, g, b] = [randn([6, 3], 1), randn([3], 2).reshape([3]), randn([3], 3)].map(|v| tape.constant(v));
        let (y, moments) = batch_norm(x, g, b, 1e-5);
        let again = batch_norm_predict(x, g, b, &moments, 1e-5);
        for (x, y) in y.value().data().iter().zip(again.value().data()) {
            assert!((x - y).abs() < 1e-12);
        }
    }
}
