//! The classical method of Runge and Kutta, of order 4 \[Hairer1993\].

/// The state after one step of $\dot x = f(x, c)$, where $c$ tells the part of the step that has passed:
///
/// $$x' = x + \tfrac h6 (k_1 + 2 k_2 + 2 k_3 + k_4),\quad k_1 = f(x, 0),\; k_2 = f(x + \tfrac h2 k_1, \tfrac12),\;
/// k_3 = f(x + \tfrac h2 k_2, \tfrac12),\; k_4 = f(x + h k_3, 1)$$
///
/// The error of a step is of order $h^5$, that of the whole way of order $h^4$.
pub fn step<const N: usize>(x: [f64; N], h: f64, rate: impl Fn([f64; N], f64) -> [f64; N]) -> [f64; N] {
    let moved = |h: f64, slope: &[f64; N]| std::array::from_fn(|i| x[i] + h * slope[i]);
    let first = rate(x, 0.0);
    let second = rate(moved(h / 2.0, &first), 0.5);
    let third = rate(moved(h / 2.0, &second), 0.5);
    let fourth = rate(moved(h, &third), 1.0);
    std::array::from_fn(|i| x[i] + h / 6.0 * (first[i] + 2.0 * second[i] + 2.0 * third[i] + fourth[i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of $\dot x = -2tx$, $x(0) = 1$ at $t = 1$, where $x = e^{-t^2}$.
    fn error(steps: usize) -> f64 {
        let h = 1.0 / steps as f64;
        let last = (0..steps).fold([1.0], |x, k| step(x, h, |[x], part| [-2.0 * (k as f64 + part) * h * x]));
        (last[0] - (-1.0_f64).exp()).abs()
    }

    #[test]
    fn half_the_step_has_a_sixteenth_of_the_error() {
        let ratio = error(20) / error(40);
        assert!((ratio - 16.0).abs() < 1.5, "{ratio}");
    }
}
