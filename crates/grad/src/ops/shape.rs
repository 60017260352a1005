//! The same numbers in another shape, and values side by side.

use tensor::{Real, Shape, Tensor};

use crate::tape::Var;

/// The same numbers in another shape.
///
/// # Panics
/// If the shape has not as many numbers.
pub fn reshape<T: Real>(x: Var<'_, T>, shape: impl Into<Shape>) -> Var<'_, T> {
    let (value, shape) = (x.value(), shape.into());
    let before = value.shape();
    if before == shape {
        return x;
    }
    x.tape().record("reshape", value.reshape(shape), [x], move |dy, _| [Some(dy.reshape(before))])
}

/// $[X\;Y]$: the columns of `x: [n, a]`, and behind them those of `y: [n, b]`.
///
/// # Panics
/// If they have not as many rows.
pub fn join<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>) -> Var<'t, T> {
    let (device, xv, yv) = (x.tape().device().clone(), x.value(), y.value());
    let ((n, a), (m, b)) = (xv.shape().as_matrix(), yv.shape().as_matrix());
    assert_eq!(n, m, "rows to be joined");
    let z = device.tensor([n, a + b], |z| {
        for (row, z) in z.chunks_exact_mut((a + b).max(1)).enumerate() {
            z[..a].copy_from_slice(&xv.data()[row * a..(row + 1) * a]);
            z[a..].copy_from_slice(&yv.data()[row * b..(row + 1) * b]);
        }
    });
    x.tape().record("join", z, [x, y], move |dz, [need_x, need_y]| {
        let part = |from: usize, count: usize| -> Tensor<T> {
            device.tensor([n, count], |part| {
                let rows = part.chunks_exact_mut(count.max(1)).zip(dz.data().chunks_exact((a + b).max(1)));
                rows.for_each(|(part, dz)| part.copy_from_slice(&dz[from..from + count]));
            })
        };
        [need_x.then(|| part(0, a)), need_y.then(|| part(a, b))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients() {
        gradcheck([randn([3, 4], 1), randn([2, 6], 2)], |[x, y]| mul(reshape(x, [2, 6]), y));
        gradcheck([randn([3, 2], 1), randn([3, 1], 2), randn([3, 3], 3)], |[x, y, z]| mul(join(x, y), z));
    }
}
