//! Losses of regression: $\ell = \frac{1}{\sum w} \sum_i w_i  \rho(\hat y_i - y_i)$.

use tensor::{Real, Tensor};

use super::weights::Weights;
use crate::tape::Var;

/// Mean squared error, $\rho(e) = e^2$. `weights` has one number for each of `y`: zero where a target is missing.
pub fn mean_squared_error<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>, weights: Option<&Tensor<T>>) -> Var<'t, T> {
    loss("mean_squared_error", x, y, weights, |e| e * e, |e| e + e)
}

/// Mean absolute error, $\rho(e) = |e|$; its slope at zero is zero.
pub fn mean_absolute_error<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>, weights: Option<&Tensor<T>>) -> Var<'t, T> {
    loss("mean_absolute_error", x, y, weights, T::abs, sign)
}

/// Huber's loss \[Huber1964\]: $\rho(e) = e^2/2$ where $|e| \le \delta$, else $\delta(|e| - \delta/2)$.
pub fn huber<'t, T: Real>(x: Var<'t, T>, y: Var<'t, T>, delta: f64, weights: Option<&Tensor<T>>) -> Var<'t, T> {
    let (delta, half) = (T::of(delta), T::of(0.5));
    let value = move |e: T| if e.abs() > delta { delta * (e.abs() - half * delta) } else { half * e * e };
    let slope = move |e: T| if e.abs() > delta { delta * sign(e) } else { e };
    loss("huber", x, y, weights, value, slope)
}

fn sign<T: Real>(e: T) -> T {
    if e > T::ZERO {
        T::ONE
    } else if e < T::ZERO {
        -T::ONE
    } else {
        e
    }
}

fn loss<'t, T: Real>(
    op: &'static str,
    x: Var<'t, T>,
    y: Var<'t, T>,
    weights: Option<&Tensor<T>>,
    value: impl Fn(T) -> T,
    slope: impl Fn(T) -> T + 'static,
) -> Var<'t, T> {
    let (device, xv, yv) = (x.tape().device().clone(), x.value(), y.value());
    assert_eq!(xv.size(), yv.size(), "one target for each prediction");
    let weights = Weights::new(weights, xv.size());
    let mut total = T::ZERO;
    for (at, (&x, &y)) in xv.data().iter().zip(yv.data()).enumerate() {
        total += weights.times(at, || value(x - y));
    }
    let loss = device.tensor([], |loss| loss[0] = total * weights.scale);
    x.tape().record(op, loss, [x, y], move |dy, [need_x, need_y]| {
        let gradient = |by: T| {
            device.tensor(xv.shape(), |d| {
                for (at, (d, (&x, &y))) in d.iter_mut().zip(xv.data().iter().zip(yv.data())).enumerate() {
                    *d = weights.times(at, || slope(x - y) * by);
                }
            })
        };
        let by = weights.scale * dy.item();
        [need_x.then(|| gradient(by)), need_y.then(|| gradient(-by))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tape;
    use crate::check::{gradcheck, randn};
    use tensor::Device;

    #[test]
    fn gradients() {
        let w = Tensor::new([4, 1], vec![1.0, 2.0, 0.0, 0.5]);
        for w in [None, Some(&w)] {
            let inputs = || [randn([4, 1], 1), randn([4, 1], 2)];
            gradcheck(inputs(), |[x, y]| mean_squared_error(x, y, w));
            gradcheck(inputs(), |[x, y]| mean_absolute_error(x, y, w));
            gradcheck(inputs(), |[x, y]| huber(x, y, 0.7, w));
        }
    }

    #[test]
    fn a_missing_target_changes_nothing() {
        let tape = Tape::new(Device::cpu(1));
        let x = tape.variable(Tensor::new([3, 1], vec![1.0, 2.0, 3.0]));
        let y = tape.constant(Tensor::new([3, 1], vec![0.0, f64::NAN, 3.0]));
        let loss = mean_squared_error(x, y, Some(&Tensor::new([3, 1], vec![1.0, 0.0, 1.0])));
        assert_eq!(loss.value().item(), 0.5);
        assert_eq!(loss.backward().get(x).unwrap().data(), [1.0, 0.0, 0.0]);
    }
}
