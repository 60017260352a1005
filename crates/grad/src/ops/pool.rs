//! One number from each window of an image.

use tensor::Real;
use tensor::kernels::windows::{By, Windows, pool as pool_windows, pool_back};

use crate::tape::Var;

/// The largest number, the mean or the root of the sum of squares of each window and channel, of `x: [n, image]`.
///
/// # Panics
/// If shapes do not fit.
pub fn pool<'t, T: Real>(x: Var<'t, T>, of: &Windows, by: By) -> Var<'t, T> {
    let (device, xv, of) = (x.tape().device().clone(), x.value(), of.clone());
    let [image, output] = of.sizes();
    let mut standing = Vec::new();
    let y = device.tensor([xv.size() / image.max(1), output], |y| {
        standing = pool_windows(&device, &of, by, xv.data(), y);
    });
    let yv = y.clone();
    x.tape().record("pool", y, [x], move |dy, _| {
        let all = (xv.data(), yv.data(), &standing[..]);
        [Some(device.tensor(xv.shape(), |dx| pool_back(&device, &of, by, all, dy.data(), dx)))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients() {
        let of = Windows { size: [4, 3], channels: 2, rows: vec![0..2, 1..3, 2..4], columns: vec![0..2, 1..3] };
        for by in [By::Max, By::Mean, By::L2] {
            gradcheck([randn([2, 24], 1), randn([2, 12], 2)], |[x, w]| mul(pool(x, &of, by), w));
        }
    }
}
