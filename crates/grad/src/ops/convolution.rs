//! Convolution of images, and its transpose.

use tensor::kernels::convolution::{Convolution, Gradients, backward, forward, forward_pooled};
use tensor::kernels::reduce::sum_rows;
use tensor::kernels::windows::Windows;
use tensor::{Device, Real, Shape, Tensor};

use super::numbers;
use crate::tape::Var;

/// What [`Convolution`] says, of `x: [n, image]` with `w: [kernel kernel channels / groups, features]` and `b: [features]`:
/// `y: [n, output]`; with `relu` through the rectifier.
///
/// # Panics
/// If shapes do not fit.
pub fn convolution<'t, T: Real>(
    x: Var<'t, T>,
    w: Var<'t, T>,
    b: Var<'t, T>,
    of: &Convolution,
    relu: bool,
) -> Var<'t, T> {
    let (device, xv, wv, of) = (x.tape().device().clone(), x.value(), w.value(), of.clone());
    let [image, output, _] = of.sizes();
    let n = xv.size() / image.max(1);
    let y = device.tensor([n, output], |y| forward(&device, &of, xv.data(), wv.data(), b.value().data(), relu, y));
    let active = relu.then(|| y.clone());
    x.tape().record("convolution", y, [x, w, b], move |dy, needs| {
        gradients(&device, &of, (&xv, &wv), needs, &|i, to| {
            let own = i * output..(i + 1) * output;
            match &active {
                Some(y) => {
                    let both = y.data()[own.clone()].iter().zip(&dy.data()[own]);
                    to.iter_mut().zip(both).for_each(|(to, (&y, &dy))| *to = through_relu(y, dy));
                }
                None => to.copy_from_slice(&dy.data()[own]),
            }
        })
    })
}

/// The largest number of each of `windows` over what [`convolution`] with the rectifier gives, which is never in memory as a whole.
///
/// # Panics
/// If shapes do not fit.
pub fn convolution_max_pool<'t, T: Real>(
    x: Var<'t, T>,
    w: Var<'t, T>,
    b: Var<'t, T>,
    of: &Convolution,
    windows: &Windows,
) -> Var<'t, T> {
    let (device, xv, wv, of) = (x.tape().device().clone(), x.value(), w.value(), of.clone());
    let ([image, ..], [_, pooled]) = (of.sizes(), windows.sizes());
    let mut standing = Vec::new();
    let y = device.tensor([xv.size() / image.max(1), pooled], |y| {
        standing = forward_pooled(&device, (&of, windows), xv.data(), (wv.data(), b.value().data()), y);
    });
    let yv = y.clone();
    x.tape().record("convolution_max_pool", y, [x, w, b], move |dy, needs| {
        gradients(&device, &of, (&xv, &wv), needs, &|i, to| {
            let own = i * pooled..(i + 1) * pooled;
            to.fill(T::ZERO);
            let all = yv.data()[own.clone()].iter().zip(&dy.data()[own.clone()]).zip(&standing[own]);
            for (at, ((&y, &dy), &place)) in all.enumerate() {
                to[place as usize * of.features + at % of.features] += through_relu(y, dy);
            }
        })
    })
}

/// Where y is NaN, so is its gradient.
#[inline(always)]
fn through_relu<T: Real>(y: T, dy: T) -> T {
    if y > T::ZERO { dy } else { y * dy }
}

fn gradients<T: Real>(
    device: &Device,
    of: &Convolution,
    (x, w): (&Tensor<T>, &Tensor<T>),
    [need_x, need_w, need_b]: [bool; 3],
    dz: &(dyn Fn(usize, &mut [T]) + Sync),
) -> [Option<Tensor<T>>; 3] {
    let n = x.size() / of.sizes()[0].max(1);
    let mut gradients = [
        need_x.then(|| blank(device, x.shape())),
        need_w.then(|| blank(device, w.shape())),
        need_b.then(|| blank(device, [of.features].into())),
    ];
    let [dx, dw, db] = gradients.each_mut().map(|gradient| gradient.as_mut().map(numbers));
    backward(device, of, n, (x.data(), w.data()), dz, Gradients { x: dx, w: dw, bias: db });
    gradients
}

/// The transpose of [`convolution`]: from `x: [n, output]` to `y: [n, image]`, with `b: [channels]`, so that each number is spread
/// over all that a convolution would have seen for it.
///
/// # Panics
/// If shapes do not fit.
pub fn transposed_convolution<'t, T: Real>(
    x: Var<'t, T>,
    w: Var<'t, T>,
    b: Var<'t, T>,
    of: &Convolution,
) -> Var<'t, T> {
    let (device, xv, wv, of) = (x.tape().device().clone(), x.value(), w.value(), of.clone());
    let [image, output, _] = of.sizes();
    let n = xv.size() / output.max(1);
    let mut y = blank(&device, [n, image].into());
    let dz = |i: usize, to: &mut [T]| to.copy_from_slice(&xv.data()[i * output..(i + 1) * output]);
    let gradients = Gradients { x: Some(numbers(&mut y)), w: None, bias: None };
    backward(&device, &of, n, (&[], wv.data()), &dz, gradients);
    for y in numbers(&mut y).chunks_exact_mut(of.channels.max(1)) {
        y.iter_mut().zip(b.value().data()).for_each(|(y, &b)| *y += b);
    }
    x.tape().record("transposed_convolution", y, [x, w, b], move |dy, [need_x, need_w, need_b]| {
        let dx = need_x.then(|| {
            let zeros = vec![T::ZERO; of.features];
            device.tensor(xv.shape(), |dx| forward(&device, &of, dy.data(), wv.data(), &zeros, false, dx))
        });
        let dw = need_w.then(|| {
            let mut dw = blank(&device, wv.shape());
            let dz = |i: usize, to: &mut [T]| to.copy_from_slice(&xv.data()[i * output..(i + 1) * output]);
            let gradients = Gradients { x: None, w: Some(numbers(&mut dw)), bias: None };
            backward(&device, &of, n, (dy.data(), wv.data()), &dz, gradients);
            dw
        });
        [dx, dw, need_b.then(|| device.tensor([of.channels], |db| sum_rows(dy.data(), db)))]
    })
}

/// A tensor whose numbers are written next.
fn blank<T: Real>(device: &Device, shape: Shape) -> Tensor<T> {
    device.tensor(shape, |_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;
    use tensor::kernels::windows::By;

    fn strided() -> Convolution {
        Convolution {
            size: [5, 4],
            channels: 2,
            features: 4,
            kernel: [3, 2],
            stride: [2, 1],
            dilation: [1, 2],
            padding: [[1, 1], [0, 2]],
            groups: 2,
        }
    }

    fn halves() -> Windows {
        let [rows, columns] = strided().output();
        Windows { size: [rows, columns], channels: 4, rows: vec![0..2, 1..rows], columns: vec![0..2, 2..columns] }
    }

    #[test]
    fn pooling_within_the_convolution_has_the_bits_of_pooling_behind_it() {
        let of = strided();
        let [image, _, weights] = of.sizes();
        let run = |fused: bool| {
            let tape = crate::Tape::new(Device::cpu(2));
            let inputs =
                [randn([3, image], 1).reshape([3, image]), randn([weights / 4, 4], 2), randn([4], 3).reshape([4])];
            let [x, w, b] = inputs.map(|value| tape.variable(value));
            let y = match fused {
                true => convolution_max_pool(x, w, b, &of, &halves()),
                false => crate::ops::pool(convolution(x, w, b, &of, true), &halves(), By::Max),
            };
            let gradients = y.pull_back(randn([3, halves().sizes()[1]], 5));
            [Some(y.value()), gradients.get(x).cloned(), gradients.get(w).cloned(), gradients.get(b).cloned()]
                .map(|tensor| tensor.unwrap().data().to_vec())
        };
        assert_eq!(run(true), run(false));
    }

    #[test]
    fn gradients() {
        let of = strided();
        let [image, output, weights] = of.sizes();
        let shapes = || (randn([2, image], 1), randn([weights / of.features, of.features], 2));
        for relu in [false, true] {
            let ((x, w), by) = (shapes(), randn([2, output], 4));
            gradcheck([x, w, randn([of.features], 3), by], |[x, w, b, by]| mul(convolution(x, w, b, &of, relu), by));
        }
        let (windows, (x, w)) = (halves(), shapes());
        gradcheck([x, w, randn([of.features], 3), randn([2, windows.sizes()[1]], 4)], |[x, w, b, by]| {
            mul(convolution_max_pool(x, w, b, &of, &windows), by)
        });
        let ((by, w), x) = (shapes(), randn([2, output], 4));
        gradcheck([x, w, randn([of.channels], 3), by], |[x, w, b, by]| mul(transposed_convolution(x, w, b, &of), by));
    }
}
