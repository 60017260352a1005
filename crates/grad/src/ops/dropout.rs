//! $y = x \odot m / (1 - r)$ with a random mask $m$.

use tensor::Real;
use tensor::kernels::dropout as kernel;
use tensor::random::Key;

use crate::tape::Var;

/// Dropout at `rate` in `[0, 1)`: each number becomes zero with that probability, the others grow in proportion, so
/// that the mean stays. The mask is a function of `key`. \[Srivastava2014\]
pub fn dropout<T: Real>(x: Var<'_, T>, rate: f64, key: Key) -> Var<'_, T> {
    if rate == 0.0 {
        return x;
    }
    let (device, xv) = (x.tape().device().clone(), x.value());
    let y = device.tensor(xv.shape(), |y| kernel::dropout(&device, rate, key, xv.data(), y));
    x.tape().record("dropout", y, [x], move |dy, _| {
        [Some(device.tensor(dy.shape(), |dx| kernel::dropout(&device, rate, key, dy.data(), dx)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([6, 5], 1)], |[x]| dropout(x, 0.3, Key::new(0, "test")));
    }
}
