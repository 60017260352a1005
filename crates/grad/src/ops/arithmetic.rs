//! Sums, differences and products of values of one shape.

use tensor::kernels::{map, reduce};
use tensor::{Real, Tensor};

use crate::tape::Var;

/// $x + y$.
pub fn add<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>) -> Var<'t, T> {
    let z = zip(x, y, |x, y| x + y);
    x.tape().record("add", z, [x, y], |dz, needs| needs.map(|need| need.then(|| dz.clone())))
}

/// $x - y$.
pub fn sub<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>) -> Var<'t, T> {
    add(x, scale(y, -1.0))
}

/// $x \odot y$, element by element.
pub fn mul<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>) -> Var<'t, T> {
    let (xv, yv, device) = (x.value(), y.value(), x.tape().device().clone());
    let z = zip(x, y, |x, y| x * y);
    x.tape().record("mul", z, [x, y], move |dz, [need_x, need_y]| {
        let times =
            |v: &Tensor<T>| device.tensor(v.shape(), |d| map::zip(&device, dz.data(), v.data(), d, |a, b| a * b));
        [need_x.then(|| times(&yv)), need_y.then(|| times(&xv))]
    })
}

/// $X + \mathbf 1 b^\top$ with `x: [n, features]`, `b: [features]`.
///
/// # Panics
/// If there is not one number for each feature.
pub fn add_row<'t, T: Real>(x: Var<'t, T>, b: Var<'t, T>) -> Var<'t, T> {
    let (device, [xv, bv]) = (x.tape().device().clone(), [x, b].map(|input| input.value()));
    let (_, features) = xv.shape().as_matrix();
    assert_eq!(bv.size(), features, "one number for each feature");
    let y = device.tensor(xv.shape(), |y| {
        for (y, x) in y.chunks_exact_mut(features.max(1)).zip(xv.data().chunks_exact(features.max(1))) {
            y.iter_mut().zip(x).zip(bv.data()).for_each(|((y, &x), &b)| *y = x + b);
        }
    });
    x.tape().record("add_row", y, [x, b], move |dy, [need_x, need_b]| {
        [need_x.then(|| dy.clone()), need_b.then(|| device.tensor([features], |db| reduce::sum_rows(dy.data(), db)))]
    })
}

/// $c x$ for a number $c$.
pub fn scale<T: Real>(x: Var<'_, T>, c: f64) -> Var<'_, T> {
    let device = x.tape().device().clone();
    let c = T::of(c);
    let times = move |v: &Tensor<T>| device.tensor(v.shape(), |y| map::map(&device, v.data(), y, move |x| c * x));
    x.tape().record("scale", times(&x.value()), [x], move |dy, _| [Some(times(dy))])
}

/// The sum of all numbers, a scalar.
pub fn sum<T: Real>(x: Var<'_, T>) -> Var<'_, T> {
    let device = x.tape().device().clone();
    let xv = x.value();
    let y = device.tensor([], |y| y[0] = reduce::sum(xv.data()));
    let shape = xv.shape();
    x.tape().record("sum", y, [x], move |dy, _| [Some(device.tensor(shape, |dx| dx.fill(dy.item())))])
}

fn zip<T: Real>(x: Var<'_, T>, y: Var<'_, T>, f: impl Fn(T, T) -> T + Copy + Sync) -> Tensor<T> {
    let (xv, yv, device) = (x.value(), y.value(), x.tape().device());
    assert_eq!(xv.shape(), yv.shape(), "the operands differ in shape");
    device.tensor(xv.shape(), |z| map::zip(device, xv.data(), yv.data(), z, f))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([3, 2], 1), randn([3, 2], 2)], |[x, y]| add(x, y));
        gradcheck([randn([3, 2], 1), randn([3, 2], 2)], |[x, y]| sub(x, y));
        gradcheck([randn([3, 2], 1), randn([3, 2], 2)], |[x, y]| mul(x, y));
        gradcheck([randn([3, 2], 1)], |[x]| sum(scale(x, 3.0)));
        gradcheck([randn([3, 2], 1), randn([2], 2), randn([3, 2], 3)], |[x, b, by]| mul(add_row(x, b), by));
    }

    #[test]
    fn an_input_used_twice_collects_both_gradients() {
        gradcheck([randn([3], 1)], |[x]| mul(x, add(x, x)));
    }
}
