//! $y = \sqrt x$.

use tensor::{Real, kernels::map};

use crate::tape::Var;

/// Square root of every number of `x >= 0`; its slope at zero is taken as zero.
pub fn square_root<T: Real>(x: Var<'_, T>) -> Var<'_, T> {
    let (device, xv) = (x.tape().device().clone(), x.value());
    let y = device.tensor(xv.shape(), |y| map::map(&device, xv.data(), y, T::sqrt));
    let yv = y.clone();
    x.tape().record("square_root", y, [x], move |dy, _| {
        let slope = |y: T, dy: T| if y > T::ZERO { T::of(0.5) * dy / y } else { y };
        [Some(device.tensor(dy.shape(), |dx| map::zip(&device, yv.data(), dy.data(), dx, slope)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients() {
        gradcheck([randn([4], 1)], |[x]| square_root(mul(x, x)));
    }
}
