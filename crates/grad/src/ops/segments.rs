//! Groups of rows that follow one another: the largest numbers, and shares within each.

use std::sync::Arc;

use tensor::Real;
use tensor::kernels::segments as kernel;

use crate::tape::Var;

/// The largest number of each feature over each group of rows, `starts[g]..starts[g + 1]`; zeros of an empty group. NaN stays.
///
/// `x: [rows, features]` gives `[groups, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn segment_max<'t, T: Real>(starts: &[usize], x: Var<'t, T>) -> Var<'t, T> {
    let (device, xv) = (x.tape().device().clone(), x.value());
    let (groups, (_, features)) = (starts.len() - 1, xv.shape().as_matrix());
    let mut from = vec![0; groups * features];
    kernel::argmax(&device, starts, xv.data(), &mut from);
    let y = device.tensor([groups, features], |y| kernel::pick(&from, features, xv.data(), y));
    let shape = xv.shape();
    x.tape().record("segment_max", y, [x], move |dy, _| {
        [Some(device.tensor(shape, |dx| kernel::put(&from, features, dy.data(), dx)))]
    })
}

/// $y_i = e^{x_i}/\sum_j e^{x_j}$ over each group of rows, of each feature by itself; `x` and `y: [rows, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn segment_softmax<'t, T: Real>(starts: &Arc<[usize]>, x: Var<'t, T>) -> Var<'t, T> {
    let (device, xv, starts) = (x.tape().device().clone(), x.value(), starts.clone());
    let (_, features) = xv.shape().as_matrix();
    let y = device.tensor(xv.shape(), |y| kernel::softmax(&device, &starts, features, xv.data(), y));
    let known = y.clone();
    x.tape().record("segment_softmax", y, [x], move |dy, _| {
        let slopes = |dx: &mut [T]| kernel::softmax_slopes(&starts, features, [known.data(), dy.data()], dx);
        [Some(device.tensor(known.shape(), slopes))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients() {
        let starts: Arc<[usize]> = [0, 2, 2, 5].into();
        gradcheck([randn([5, 2], 1), randn([3, 2], 2)], |[x, by]| mul(segment_max(&starts, x), by));
        gradcheck([randn([5, 2], 3), randn([5, 2], 4)], |[x, by]| mul(segment_softmax(&starts, x), by));
    }
}
