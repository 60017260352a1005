//! Numbers that know how they move with a mean and a deviation.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A function of $\mu$ and $\sigma$ at one place, with its derivatives: what is written as a formula of such numbers has its
/// derivatives by the rules for sums, products and chains \[Griewank2008\].
///
/// ```text
/// let [mean, deviation] = Sloped::at(0.3, 0.7);
/// let u = (-mean + best) / deviation;    // u.by = [-1/deviation, -u/deviation]
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sloped {
    pub value: f64,
    /// With respect to $\mu$ and to $\sigma$.
    pub by: [f64; 2],
}

impl Sloped {
    /// $\mu$ and $\sigma$ themselves.
    pub fn at(mean: f64, deviation: f64) -> [Sloped; 2] {
        [Sloped { value: mean, by: [1.0, 0.0] }, Sloped { value: deviation, by: [0.0, 1.0] }]
    }

    /// $f(x)$ for an $f$ that gives its value and its derivative: $\partial f(x) = f'(x)\,\partial x$.
    pub fn through(self, f: impl Fn(f64) -> (f64, f64)) -> Sloped {
        let (value, slope) = f(self.value);
        Sloped { value, by: self.by.map(|by| slope * by) }
    }

    pub fn ln(self) -> Sloped {
        self.through(|x| (x.ln(), 1.0 / x))
    }

    pub fn exp(self) -> Sloped {
        self.through(|x| (x.exp(), x.exp()))
    }

    /// The value, and its derivatives with respect to $\mu$ and $\sigma$.
    pub fn parts(self) -> [f64; 3] {
        [self.value, self.by[0], self.by[1]]
    }
}

impl Neg for Sloped {
    type Output = Sloped;
    fn neg(self) -> Sloped {
        self * -1.0
    }
}

impl Add for Sloped {
    type Output = Sloped;
    fn add(self, other: Sloped) -> Sloped {
        Sloped { value: self.value + other.value, by: [self.by[0] + other.by[0], self.by[1] + other.by[1]] }
    }
}

impl Sub for Sloped {
    type Output = Sloped;
    fn sub(self, other: Sloped) -> Sloped {
        self + -other
    }
}

impl Div for Sloped {
    type Output = Sloped;
    fn div(self, other: Sloped) -> Sloped {
        quotient(self, other)
    }
}

/// $\partial(a/b) = (\partial a - \frac ab\,\partial b)/b$.
fn quotient(a: Sloped, b: Sloped) -> Sloped {
    let value = a.value / b.value;
    let by = |at: usize| (a.by[at] - value * b.by[at]) / b.value;
    Sloped { value, by: [by(0), by(1)] }
}

impl Add<f64> for Sloped {
    type Output = Sloped;
    fn add(self, number: f64) -> Sloped {
        Sloped { value: self.value + number, ..self }
    }
}

impl Mul<f64> for Sloped {
    type Output = Sloped;
    fn mul(self, factor: f64) -> Sloped {
        Sloped { value: self.value * factor, by: self.by.map(|by| by * factor) }
    }
}

impl Div<f64> for Sloped {
    type Output = Sloped;
    fn div(self, divisor: f64) -> Sloped {
        Sloped { value: self.value / divisor, by: self.by.map(|by| by / divisor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_the_derivatives_of_differences() {
        let formula = |mean: f64, deviation: f64| {
            let [mean, deviation] = Sloped::at(mean, deviation);
            (-(mean + 2.0) / deviation).exp() - (deviation * 3.0 + mean / 4.0).ln()
        };
        let found = formula(0.3, 0.7);
        let numeric = [
            (formula(0.3 + 1e-6, 0.7).value - formula(0.3 - 1e-6, 0.7).value) / 2e-6,
            (formula(0.3, 0.7 + 1e-6).value - formula(0.3, 0.7 - 1e-6).value) / 2e-6,
        ];
        let close = found.by.iter().zip(numeric).all(|(a, b)| (a - b).abs() < 1e-7 * (1.0 + b.abs()));
        assert!(close, "{found:?} {numeric:?}");
    }
}
