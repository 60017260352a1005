//! Updates of parameters by gradients: one pass over the numbers each.

use crate::real::Real;
use crate::simd::simd;

simd! {
    /// $w \mathrel{-}= \eta g$.
    pub fn descend<T: Real>(w: &mut [T], g: &[T], rate: T) {
        for (w, &g) in w.iter_mut().zip(g) {
            *w -= rate * g;
        }
    }
}

simd! {
    /// $b = \mu b + g$, $w \mathrel{-}= \eta b$; with `nesterov` $w \mathrel{-}= \eta (g + \mu b)$.
    pub fn momentum<T: Real>(w: &mut [T], g: &[T], b: &mut [T], rate: T, mu: T, nesterov: bool) {
        let (of_g, of_b) = if nesterov { (rate, rate * mu) } else { (T::ZERO, rate) };
        for ((w, &g), b) in w.iter_mut().zip(g).zip(b) {
            *b = mu * *b + g;
            *w -= of_g * g + of_b * *b;
        }
    }
}

simd! {
    /// $s = \rho s + \kappa g^2$, $w \mathrel{-}= \eta g / (\sqrt s + \varepsilon)$ with `[eta, rho, kappa, epsilon]`.
    pub fn scaled_by_root<T: Real>(w: &mut [T], g: &[T], s: &mut [T], constants: [T; 4]) {
        let [eta, rho, kappa, epsilon] = constants;
        for ((w, &g), s) in w.iter_mut().zip(g).zip(s) {
            *s = rho * *s + kappa * g * g;
            *w -= eta * g / (s.sqrt() + epsilon);
        }
    }
}

/// The constants of one Adam step.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep<T> {
    /// Learning rate over $1 - \beta_1^t$.
    pub rate: T,
    /// $\beta_1$ and $\beta_2$.
    pub betas: [T; 2],
    /// $1/(1 - \beta_2^t)$.
    pub correction: T,
    /// $\varepsilon$.
    pub epsilon: T,
    /// What is left of each weight by decay, $1 - \eta\lambda$.
    pub keep: T,
}

simd! {
    /// $m = \beta_1 m + (1-\beta_1) g$, $v = \beta_2 v + (1-\beta_2) g^2$,
    /// $w = \text{keep}  w - \text{rate}  m/(\sqrt{v \cdot \text{correction}} + \varepsilon)$.
    pub fn adam<T: Real>(w: &mut [T], g: &[T], m: &mut [T], v: &mut [T], step: AdamStep<T>) {
        let AdamStep { rate, betas: [b1, b2], correction, epsilon, keep } = step;
        let (c1, c2) = (T::ONE - b1, T::ONE - b2);
        for (((w, &g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
            *m = b1 * *m + c1 * g;
            *v = b2 * *v + c2 * g * g;
            *w = keep * *w - rate * *m / ((*v * correction).sqrt() + epsilon);
        }
    }
}
