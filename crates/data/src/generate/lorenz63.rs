//! Convection in three variables.

use super::runge_kutta::step;
use super::{substeps, table, times};
use crate::Table;

/// The longest step of the integration. Up to $t = 2$ numbers are off by 2.3e-10 of themselves; with twice the step by
/// 3.7e-9.
const LONGEST_STEP: f64 = 0.00025;

/// The attractor of Lorenz, a model of convection between two plates; all quantities are without units \[Lorenz1963\]:
///
/// $$\dot x = \sigma (y - x),\qquad \dot y = x (\rho - z) - y,\qquad \dot z = x y - \beta z$$
///
/// Steps are those of the classical method of Runge and Kutta, of order 4, not longer than 0.00025. With the defaults it
/// is chaotic: neighboring ways part by a factor of $e$ in about 1.1 units of time, so after some 25 of them the
/// numbers belong to the attractor, but no longer to the exact way from `start`. Only sums, products and quotients are
/// formed: every computer finds the same bits.
///
/// ```
/// use data::generate::Lorenz63;
/// let way = Lorenz63 { transient: 0, ..Lorenz63::default() }.series(2);
/// assert_eq!(way.column("z")?.as_numbers()?[0], Some(1.0)); // the start
/// assert!((way.column("y")?.as_numbers()?[1].unwrap() - 1.2600).abs() < 1e-4);
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lorenz63 {
    /// The Prandtl number $\sigma$, above 0.
    pub sigma: f64,
    /// The Rayleigh number $\rho$ over its critical value, not negative; above 24.74, with the other defaults, no rest
    /// is stable.
    pub rho: f64,
    /// The shape $\beta$ of the rolls, above 0.
    pub beta: f64,
    /// Where $x$, $y$ and $z$ begin; the origin is a point of rest.
    pub start: [f64; 3],
    /// Time from one row to the next, above 0.
    pub dt: f64,
    /// Rows at the beginning that are left out, until the attractor is reached.
    pub transient: usize,
}

impl Default for Lorenz63 {
    /// The numbers of Lorenz, from (1, 1, 1), without the first ten units of time.
    fn default() -> Self {
        Lorenz63 { sigma: 10.0, rho: 28.0, beta: 8.0 / 3.0, start: [1.0; 3], dt: 0.01, transient: 1000 }
    }
}

impl Lorenz63 {
    /// So many rows of `time`, `x`, `y` and `z`; time counts from the first row that is kept.
    ///
    /// # Panics
    /// If `dt` is not a finite number above 0.
    pub fn series(&self, steps: usize) -> Table {
        let times = times(steps, self.dt);
        let parts = substeps(self.dt, LONGEST_STEP);
        let h = self.dt / parts as f64;
        let next = |state| (0..parts).fold(state, |state, _| step(state, h, |state, _| self.rate(state)));
        let way = std::iter::successors(Some(self.start), |&state| Some(next(state)));
        let way: Vec<[f64; 3]> = way.skip(self.transient).take(steps).collect();
        let column = |at: usize| way.iter().map(|state| state[at]).collect();
        table("Lorenz 1963", Vec::new(), [("time", times), ("x", column(0)), ("y", column(1)), ("z", column(2))])
    }

    fn rate(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
        [self.sigma * (y - x), x * (self.rho - z) - y, x * y - self.beta * z]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Result;

    /// There $x = y = \sqrt{\beta (\rho - 1)}$ and $z = \rho - 1$.
    #[test]
    fn a_point_of_rest_is_kept() -> Result<()> {
        let rest = Lorenz63 { beta: 2.0, rho: 9.0, start: [4.0, 4.0, 8.0], ..Lorenz63::default() }.series(2);
        for (name, expected) in [("x", 4.0), ("y", 4.0), ("z", 8.0)] {
            assert_eq!(rest.column(name)?.as_numbers()?, [Some(expected); 2]);
        }
        Ok(())
    }

    #[test]
    fn the_transient_is_cut_from_the_same_way() -> Result<()> {
        let whole = Lorenz63 { transient: 0, ..Lorenz63::default() }.series(8);
        let rest = Lorenz63 { transient: 5, ..Lorenz63::default() }.series(3);
        assert_eq!(whole.column("x")?.as_numbers()?[5..], rest.column("x")?.as_numbers()?);
        assert_eq!(rest.column("time")?.as_numbers()?[0], Some(0.0));
        Ok(())
    }
}
