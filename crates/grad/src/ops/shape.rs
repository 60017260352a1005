//! The same numbers in another shape, and values side by side.

use tensor::{Device, Real, Shape, Tensor};

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

/// $[X\;Y]$: the columns of `x: [n, a]`, and after them those of `y: [n, b]`.
///
/// # Panics
/// If they have not as many rows.
pub fn join<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>) -> Var<'t, T> {
    join_all(&[x, y])
}

/// Columns of several values `[n, ...]` side by side.
///
/// # Panics
/// If there are none, or they have not as many rows.
pub fn join_all<'t, T: Real>(list: &[Var<'t, T>]) -> Var<'t, T> {
    let tape = list[0].tape();
    let device = tape.device().clone();
    let values: Vec<Tensor<T>> = list.iter().map(|x| x.value()).collect();
    let widths: Vec<usize> = values.iter().map(|x| x.shape().as_matrix().1).collect();
    let (n, whole) = (values[0].shape().as_matrix().0, widths.iter().sum::<usize>());
    let mut y = device.tensor([n, whole], |_| ());
    let mut from = 0;
    for (value, &width) in values.iter().zip(&widths) {
        assert_eq!(value.shape().as_matrix().0, n, "rows to be joined");
        let rows = super::numbers(&mut y).chunks_exact_mut(whole.max(1)).zip(value.data().chunks_exact(width.max(1)));
        rows.for_each(|(y, x)| y[from..from + width].copy_from_slice(x));
        from += width;
    }
    let joined = tape.record_many("join", vec![y], list, move |dys, needs| {
        let mut from = 0;
        let parts = widths.iter().zip(needs).map(|(&width, &need)| {
            from += width;
            let dy = dys[0].as_ref().filter(|_| need)?;
            Some(columns(&device, dy, from - width, width))
        });
        parts.collect()
    });
    joined[0]
}

/// The columns of `x: [n, a]` from `from` on, `count` of them.
///
/// # Panics
/// If there are not as many.
pub fn part<T: Real>(x: Var<'_, T>, from: usize, count: usize) -> Var<'_, T> {
    let (device, xv) = (x.tape().device().clone(), x.value());
    let (_, a) = xv.shape().as_matrix();
    assert!(from + count <= a, "columns {from} to {} of {a}", from + count);
    if count == a {
        return x;
    }
    x.tape().record("part", columns(&device, &xv, from, count), [x], move |dy, _| {
        let mut dx = Tensor::zeros(xv.shape());
        let rows = super::numbers(&mut dx).chunks_exact_mut(a.max(1)).zip(dy.data().chunks_exact(count.max(1)));
        rows.for_each(|(dx, dy)| dx[from..from + count].copy_from_slice(dy));
        [Some(dx)]
    })
}

/// Columns of a matrix in a tensor of their own.
fn columns<T: Real>(device: &Device, x: &Tensor<T>, from: usize, count: usize) -> Tensor<T> {
    let (n, width) = x.shape().as_matrix();
    device.tensor([n, count], |y| {
        let rows = y.chunks_exact_mut(count.max(1)).zip(x.data().chunks_exact(width.max(1)));
        rows.for_each(|(y, x)| y.copy_from_slice(&x[from..from + count]));
    })
}

/// Axes swapped within each row: of `x: [n, a * b]` gives `[n, b * a]`, where what stood at `(i, j)` stands at `(j, i)`; each of
/// these is a block of `width` numbers.
///
/// # Panics
/// If a row has not as many numbers.
pub fn swap<T: Real>(x: Var<'_, T>, [a, b]: [usize; 2], width: usize) -> Var<'_, T> {
    let (device, xv) = (x.tape().device().clone(), x.value());
    let shape = xv.shape();
    let (_, numbers) = shape.as_matrix();
    assert_eq!(numbers, a * b * width, "{a} x {b} blocks of {width} numbers");
    if a == 1 || b == 1 {
        return x;
    }
    let swapped = move |x: &Tensor<T>, [a, b]: [usize; 2]| {
        device.tensor(x.shape(), |y| {
            for (x, y) in x.data().chunks_exact(numbers.max(1)).zip(y.chunks_exact_mut(numbers.max(1))) {
                for (at, x) in x.chunks_exact(width.max(1)).enumerate() {
                    y[((at % b) * a + at / b) * width..][..width].copy_from_slice(x);
                }
            }
        })
    };
    x.tape().record("swap", swapped(&xv, [a, b]), [x], move |dy, _| [Some(swapped(dy, [b, a]))])
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
        let three = [randn([2, 2], 1), randn([2, 1], 2), randn([2, 3], 3), randn([2, 6], 4)];
        gradcheck(three, |[x, y, z, by]| mul(join_all(&[x, y, z]), by));
        gradcheck([randn([3, 5], 1), randn([3, 2], 2)], |[x, y]| mul(part(x, 1, 2), y));
        gradcheck([randn([2, 12], 1), randn([2, 12], 2)], |[x, y]| mul(swap(x, [2, 3], 2), y));
    }
}
