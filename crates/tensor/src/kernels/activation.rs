//! Activation functions and their derivatives.

use super::map::{map, zip};
use crate::device::Device;
use crate::real::Real;

/// $1/\sqrt{2\pi}$ and $1/\sqrt2$.
const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;
const INV_SQRT_2: f64 = std::f64::consts::FRAC_1_SQRT_2;
/// The constants of self-normalizing networks, $\alpha$ and $\lambda$ of \[Klambauer2017\].
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;
const SELU_LAMBDA: f64 = 1.050_700_987_355_480_5;

/// A function of one number that stands between layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// $x$
    Linear,
    /// 1 where $x \ge 0$, else 0; its derivative is zero everywhere
    Step,
    /// $1/(1 + e^{-x})$
    Sigmoid,
    /// $\tanh x$
    Tanh,
    /// $\max(0, x)$
    Relu,
    /// $x$ where positive, else $s x$
    LeakyRelu(f64),
    /// $x$ where positive, else $\alpha(e^x - 1)$
    Elu(f64),
    /// $\lambda \mathrm{elu}(x)$ with the constants of self-normalizing networks
    Selu,
    /// $x \Phi(x)$
    Gelu,
    /// $\ln(1 + e^x)$
    Softplus,
}

/// `y = f(x)`.
pub fn forward<T: Real>(device: &Device, f: Activation, x: &[T], y: &mut [T]) {
    match f {
        Activation::Linear => y.copy_from_slice(x),
        Activation::Step => map(device, x, y, step),
        Activation::Sigmoid => map(device, x, y, T::sigmoid),
        Activation::Tanh => map(device, x, y, T::tanh),
        Activation::Relu => map(device, x, y, |x: T| x.larger(T::ZERO)),
        Activation::LeakyRelu(slope) => {
            let slope = T::of(slope);
            map(device, x, y, move |x| if x > T::ZERO { x } else { slope * x });
        }
        Activation::Elu(alpha) => elu(device, T::of(alpha), T::ONE, x, y),
        Activation::Selu => elu(device, T::of(SELU_ALPHA), T::of(SELU_LAMBDA), x, y),
        Activation::Gelu => map(device, x, y, |x| x * T::of(0.5) * (T::ONE + (x * T::of(INV_SQRT_2)).erf())),
        // max(x, 0) + ln(1 + exp(-|x|)): exp overflows nowhere.
        Activation::Softplus => map(device, x, y, |x: T| x.larger(T::ZERO) + (-x.abs()).exp().ln_1p()),
    }
}

/// `dx = f'(x) dy`, where `y = f(x)` is at hand.
pub fn backward<T: Real>(device: &Device, f: Activation, x: &[T], y: &[T], dy: &[T], dx: &mut [T]) {
    // The derivative as a function of y where that is cheaper; it stands in dx until it meets dy.
    match f {
        Activation::Linear => return dx.copy_from_slice(dy),
        Activation::Step => return dx.fill(T::ZERO),
        Activation::Relu => return zip(device, y, dy, dx, |y, dy| if y > T::ZERO { dy } else { y * dy }),
        Activation::Sigmoid => return zip(device, y, dy, dx, |y, dy| dy * y * (T::ONE - y)),
        Activation::Tanh => return zip(device, y, dy, dx, |y, dy| dy * (T::ONE - y * y)),
        Activation::LeakyRelu(slope) => {
            let slope = T::of(slope);
            return zip(device, x, dy, dx, move |x, dy| if x > T::ZERO { dy } else { slope * dy });
        }
        Activation::Elu(alpha) => elu_slope(device, T::of(alpha), T::ONE, x, dx),
        Activation::Selu => elu_slope(device, T::of(SELU_ALPHA), T::of(SELU_LAMBDA), x, dx),
        Activation::Gelu => map(device, x, dx, |x| {
            let density = T::of(INV_SQRT_TAU) * (x * x * T::of(-0.5)).exp();
            T::of(0.5) * (T::ONE + (x * T::of(INV_SQRT_2)).erf()) + x * density
        }),
        Activation::Softplus => map(device, x, dx, T::sigmoid),
    }
    for (dx, &dy) in dx.iter_mut().zip(dy) {
        *dx *= dy;
    }
}

/// NaN is neither above nor below zero, and stays.
fn step<T: Real>(x: T) -> T {
    if x >= T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        T::ZERO
    } else {
        x
    }
}

fn elu<T: Real>(device: &Device, alpha: T, scale: T, x: &[T], y: &mut [T]) {
    map(device, x, y, move |x| if x > T::ZERO { scale * x } else { scale * alpha * (x.exp() - T::ONE) });
}

fn elu_slope<T: Real>(device: &Device, alpha: T, scale: T, x: &[T], dx: &mut [T]) {
    map(device, x, dx, move |x| if x > T::ZERO { scale } else { scale * alpha * x.exp() });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formulas above, evaluated with the `math` module of Python 3.11.
    #[test]
    fn known_values() {
        let at = |f, x: f64| {
            let mut y = [0.0];
            forward(&Device::cpu(1), f, &[x], &mut y);
            y[0]
        };
        for (f, x, y) in [
            (Activation::Linear, -2.0, -2.0),
            (Activation::Step, 0.0, 1.0),
            (Activation::Step, -0.1, 0.0),
            (Activation::Sigmoid, 1.0, 0.731_058_578_630_004_9),
            (Activation::Tanh, 0.5, 0.462_117_157_260_009_8),
            (Activation::Relu, -1.0, 0.0),
            (Activation::LeakyRelu(0.01), -1.0, -0.01),
            (Activation::Elu(1.0), -1.0, -0.632_120_558_828_557_7),
            (Activation::Selu, 1.0, 1.050_700_987_355_480_5),
            (Activation::Selu, -1.0, -1.111_330_737_812_562_8),
            (Activation::Gelu, 1.0, 0.841_344_746_068_542_9),
            (Activation::Softplus, 0.0, std::f64::consts::LN_2),
            (Activation::Softplus, 800.0, 800.0),
        ] {
            assert!((at(f, x) - y).abs() < 1e-14, "{f:?} at {x}: {} instead of {y}", at(f, x));
        }
    }

    #[test]
    fn nan_stays_nan_in_every_function() {
        use Activation::*;
        for f in [Linear, Step, Sigmoid, Tanh, Relu, LeakyRelu(0.1), Elu(1.0), Selu, Gelu, Softplus] {
            let mut y = [0.0_f32];
            forward(&Device::cpu(1), f, &[f32::NAN], &mut y);
            assert!(y[0].is_nan(), "{f:?}");
        }
    }
}
