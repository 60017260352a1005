//! $y = \gamma \odot (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$, with moments over the features of each row.

use tensor::{Real, Tensor};

use crate::tape::Var;

/// Layer normalization \[Ba2016\], with `x: [n, features]`, `gamma, beta: [features]`; $\sigma^2$ is the biased variance.
pub fn layer_norm<'t, T: Real>(x: Var<'t, T>, gamma: Var<'t, T>, beta: Var<'t, T>, epsilon: f64) -> Var<'t, T> {
    let (device, xv, gv, bv) = (x.tape().device().clone(), x.value(), gamma.value(), beta.value());
    let (n, k) = xv.shape().as_matrix();
    let share = T::ONE / T::of(k.max(1) as f64);
    let mut inverse = vec![T::ZERO; n];
    let normal = device.tensor(xv.shape(), |z| {
        let rows = xv.data().chunks_exact(k.max(1)).zip(z.chunks_exact_mut(k.max(1)));
        for ((x, z), inverse) in rows.zip(&mut inverse) {
            let mean = share * x.iter().copied().sum();
            let variance = share * x.iter().map(|&x| (x - mean) * (x - mean)).sum();
            *inverse = T::ONE / (variance + T::of(epsilon)).sqrt();
            z.iter_mut().zip(x).for_each(|(z, &x)| *z = (x - mean) * *inverse);
        }
    });
    let y = device.tensor(xv.shape(), |y| {
        for (y, z) in y.chunks_exact_mut(k.max(1)).zip(normal.data().chunks_exact(k.max(1))) {
            for i in 0..k {
                y[i] = gv.data()[i] * z[i] + bv.data()[i];
            }
        }
    });
    x.tape().record("layer_norm", y, [x, gamma, beta], move |dy, [need_x, need_gamma, need_beta]| {
        let (mut dgamma, mut dbeta) = (vec![T::ZERO; k], vec![T::ZERO; k]);
        for (dy, z) in dy.data().chunks_exact(k.max(1)).zip(normal.data().chunks_exact(k.max(1))) {
            for i in 0..k {
                dgamma[i] += dy[i] * z[i];
                dbeta[i] += dy[i];
            }
        }
        // With g = gamma dy: (g - mean(g) - z mean(g z)) / sqrt(variance + epsilon).
        let dx = need_x.then(|| {
            device.tensor(dy.shape(), |dx| {
                let rows = dy.data().chunks_exact(k.max(1)).zip(normal.data().chunks_exact(k.max(1)));
                for ((dx, (dy, z)), &inverse) in dx.chunks_exact_mut(k.max(1)).zip(rows).zip(&inverse) {
                    let g = |i: usize| gv.data()[i] * dy[i];
                    let (mean, along) = (0..k).fold((T::ZERO, T::ZERO), |(m, a), i| (m + g(i), a + g(i) * z[i]));
                    (0..k).for_each(|i| dx[i] = inverse * (g(i) - share * (mean + z[i] * along)));
                }
            })
        });
        [dx, need_gamma.then(|| Tensor::new([k], dgamma)), need_beta.then(|| Tensor::new([k], dbeta))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([3, 5], 1), randn([5], 2), randn([5], 3)], |[x, g, b]| layer_norm(x, g, b, 1e-5));
    }
}
