//! A mass on a spring with friction.

use std::f64::consts::TAU;

use tensor::random::Key;

use super::{table, times};
use crate::Table;

/// A weakly damped harmonic oscillator that begins at deflection $A$:
///
/// $$x(t) = A\, e^{-\gamma t} \cos(2 \pi f t) + \sigma \varepsilon,\qquad \varepsilon \sim \mathcal N(0, 1)$$
///
/// Without noise it is the exact solution of $\ddot x + 2 \gamma \dot x + (4 \pi^2 f^2 + \gamma^2)\, x = 0$ with
/// $x(0) = A$ and $\dot x(0) = -\gamma A$; $f$ is the frequency that is seen, with the damping.
///
/// ```
/// use data::generate::DampedOscillator;
/// let swing = DampedOscillator { damping: 0.0, dt: 0.25, ..DampedOscillator::default() }.series(3);
/// let position = swing.column("position")?.as_numbers()?;
/// assert!((position[2].unwrap() + 1.0).abs() < 1e-12); // half a period later it is on the other side
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DampedOscillator {
    /// Frequency $f$ in Hz, not negative.
    pub frequency: f64,
    /// Damping $\gamma$ in 1/s, not negative: after $1/\gamma$ the amplitude is $A/e$.
    pub damping: f64,
    /// Amplitude $A$ in m.
    pub amplitude: f64,
    /// Standard deviation $\sigma$ of the noise of each measurement in m, not negative.
    pub noise: f64,
    /// Time from one row to the next in s, above 0; below $1/(2f)$ the frequency can be told from the rows.
    pub dt: f64,
    /// Seed of the noise.
    pub seed: u64,
}

impl Default for DampedOscillator {
    /// Fifty rows a period; after forty periods, which are 2000 rows, the amplitude is $A/e^2$. No noise.
    fn default() -> Self {
        DampedOscillator { frequency: 1.0, damping: 0.05, amplitude: 1.0, noise: 0.0, dt: 0.02, seed: 0 }
    }
}

impl DampedOscillator {
    /// So many rows of `time [s]` and `position [m]`, from $t = 0$.
    ///
    /// # Panics
    /// If `dt` is not a finite number above 0.
    pub fn series(&self, steps: usize) -> Table {
        let mut random = Key::new(self.seed, "measure").random();
        let times = times(steps, self.dt);
        let measure = |&t: &f64| self.position(t) + self.noise * random.normal();
        let positions = times.iter().map(measure).collect();
        table("damped oscillator", Vec::new(), [("time [s]", times), ("position [m]", positions)])
    }

    fn position(&self, t: f64) -> f64 {
        self.amplitude * (-self.damping * t).exp() * (TAU * self.frequency * t).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Values;

    fn positions(oscillator: DampedOscillator, steps: usize) -> Vec<f64> {
        match &oscillator.series(steps).columns[1].values {
            Values::Number(numbers) => numbers.clone(),
            Values::Text(_) => unreachable!("positions are numbers"),
        }
    }

    #[test]
    fn the_equation_of_motion_holds() {
        let DampedOscillator { frequency, damping, dt, .. } = DampedOscillator::default();
        let x = positions(DampedOscillator::default(), 100);
        let stiffness = (TAU * frequency).powi(2) + damping * damping;
        for at in x.windows(3) {
            let (speed, acceleration) = ((at[2] - at[0]) / (2.0 * dt), (at[2] - 2.0 * at[1] + at[0]) / (dt * dt));
            // Central differences are off by dt^2/12 times the fourth derivative, (2 pi)^4 = 1559: 0.052.
            assert!((acceleration + 2.0 * damping * speed + stiffness * at[1]).abs() < 0.06, "{at:?}");
        }
    }

    #[test]
    fn noise_has_its_standard_deviation_and_depends_on_the_seed() {
        let noisy = DampedOscillator { amplitude: 0.0, noise: 0.1, ..DampedOscillator::default() };
        let x = positions(noisy, 10_000);
        let variance = x.iter().map(|x| x * x).sum::<f64>() / 1e4;
        // Five standard errors: 0.01 sqrt(2/n).
        assert!((variance - 0.01).abs() < 5.0 * 0.01 * 0.0142, "{variance}");
        assert_eq!(x, positions(noisy, 10_000));
        assert_ne!(x, positions(DampedOscillator { seed: 1, ..noisy }, 10_000));
    }
}
