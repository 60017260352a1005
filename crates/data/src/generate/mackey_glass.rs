//! Blood cells that are made with a delay.

use super::runge_kutta::step;
use super::{substeps, table, times};
use crate::Table;

/// The longest step of the integration. Over 100 units of time numbers are off by 6e-11; with half the step by 4e-12.
const LONGEST_STEP: f64 = 0.05;

/// The equation of Mackey and Glass for the number of blood cells, all quantities in arbitrary units \[Mackey1977\]:
///
/// $$\dot x(t) = \beta \frac{x(t - \tau)}{1 + x(t - \tau)^n} - \gamma\, x(t),\qquad x(t) = x_0 \text{ for } t \le 0$$
///
/// Steps are those of the classical method of Runge and Kutta, not longer than 0.05. The delayed value is read between
/// two steps of the past, from the cubic that has their values and slopes (Hermite), so the whole is of order 4
/// \[Hairer1993\]. The start is a kink, which the delay carries on; steps across it are of lower order unless $\tau$ is
/// a multiple of the step, as it is by default. With the other defaults the series is chaotic from $\tau$ = 16.8 on.
/// Only sums, products and quotients are formed: every computer finds the same bits.
///
/// ```
/// use data::generate::MackeyGlass;
/// let cells = MackeyGlass::default().series(18).column("x")?.as_numbers()?;
/// // Until the delay has passed the past is constant: x = c + (1.2 - c) exp(-0.1 t).
/// let c = 2.0 * 1.2 / (1.0 + 1.2_f64.powi(10));
/// assert!((cells[17].unwrap() - (c + (1.2 - c) * (-1.7_f64).exp())).abs() < 1e-9);
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MackeyGlass {
    /// How fast cells are made, $\beta$, per unit of time, not negative.
    pub beta: f64,
    /// How fast cells are lost, $\gamma$, per unit of time, not negative.
    pub gamma: f64,
    /// How steeply the making falls with the number of cells, $n$, at least 1; whole, so that powers are products.
    pub n: u32,
    /// The delay $\tau$, above 0.
    pub tau: f64,
    /// The number of cells until $t = 0$, $x_0$, not negative; zero stays zero.
    pub start: f64,
    /// Time from one row to the next, above 0.
    pub dt: f64,
}

impl Default for MackeyGlass {
    /// The numbers with which models of series are usually compared.
    fn default() -> Self {
        MackeyGlass { beta: 0.2, gamma: 0.1, n: 10, tau: 17.0, start: 1.2, dt: 1.0 }
    }
}

impl MackeyGlass {
    /// So many rows of `time` and `x`, from $t = 0$.
    ///
    /// # Panics
    /// If `dt` or `tau` is not a finite number above 0.
    pub fn series(&self, steps: usize) -> Table {
        let Self { dt, tau, .. } = *self;
        let times = times(steps, dt);
        assert!(tau > 0.0 && tau.is_finite(), "tau = {tau}, expected a finite number above 0");
        // A step is not longer than the delay: the past is known when it is asked for.
        let parts = substeps(dt, LONGEST_STEP.min(tau));
        let h = dt / parts as f64;
        let mut past = Past { h, values: vec![self.start], slopes: Vec::new() };
        for now in 0..steps.saturating_sub(1) * parts {
            let (x, delayed) = (past.values[now], now as f64 - tau / h);
            past.slopes.push(self.rate(x, past.at(delayed)));
            let [next] = step([x], h, |[x], part| [self.rate(x, past.at(delayed + part))]);
            past.values.push(next);
        }
        let x = past.values.into_iter().step_by(parts).take(steps).collect();
        table("Mackey and Glass 1977", Vec::new(), [("time", times), ("x", x)])
    }

    fn rate(&self, x: f64, delayed: f64) -> f64 {
        // `powf` and `powi` may differ in the last bit from computer to computer.
        let power = (0..self.n).fold(1.0, |power, _| power * delayed);
        self.beta * delayed / (1.0 + power) - self.gamma * x
    }
}

/// Values and slopes at every step from $t = 0$.
struct Past {
    h: f64,
    values: Vec<f64>,
    slopes: Vec<f64>,
}

impl Past {
    /// The value at a time counted in steps, by Hermite's cubic; its error is of order $h^4$.
    fn at(&self, time: f64) -> f64 {
        if time <= 0.0 || self.slopes.len() < 2 {
            return self.values[0];
        }
        // The last interval with both slopes, though rounding may ask for a hair more.
        let left = (time as usize).min(self.slopes.len() - 2);
        let (s, right) = (time - left as f64, left + 1);
        let (r, h) = (1.0 - s, self.h);
        r * r * ((1.0 + 2.0 * s) * self.values[left] + s * h * self.slopes[left])
            + s * s * ((3.0 - 2.0 * s) * self.values[right] - r * h * self.slopes[right])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Result;

    fn last(cells: MackeyGlass, steps: usize) -> Result<f64> {
        let table = cells.series(steps);
        Ok(table.column("x")?.as_numbers()?[steps - 1].unwrap_or(f64::NAN))
    }

    #[test]
    fn the_cells_rest_where_making_and_losing_balance() -> Result<()> {
        // 0.2 / (1 + 1) = 0.1.
        assert_eq!(last(MackeyGlass { start: 1.0, ..MackeyGlass::default() }, 50)?, 1.0);
        Ok(())
    }

    #[test]
    fn a_delay_shorter_than_a_step_shortens_the_steps() -> Result<()> {
        // With n = 1 and without loss, a short delay is nearly none: x + ln x grows by 0.2 t.
        let cells = MackeyGlass { gamma: 0.0, n: 1, tau: 1e-4, start: 1.0, ..MackeyGlass::default() };
        let x = last(cells, 2)?;
        assert!((x + x.ln() - 1.2).abs() < 1e-4, "{x}");
        Ok(())
    }

    #[test]
    #[should_panic(expected = "tau = 0, expected a finite number above 0")]
    fn a_delay_has_to_be_there() {
        MackeyGlass { tau: 0.0, ..MackeyGlass::default() }.series(1);
    }
}
