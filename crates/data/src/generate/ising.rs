//! Magnets in two dimensions, above and below the temperature at which they order.

use rayon::prelude::*;
use tensor::random::{Key, Random};

use super::table;
use crate::{Column, Table, Text, Values};

/// The temperature $T_c = 2 / \ln(1 + \sqrt 2)$ of the transition of an infinite lattice \[Onsager1944\].
pub const CRITICAL_TEMPERATURE: f64 = 2.269_185_314_213_022;

/// The Ising model on a square lattice of $L \times L$ spins $s_i = \pm 1$ with periodic edges, in units of $J = k_B = 1$:
///
/// $$E = -\sum_{\langle i j \rangle} s_i s_j,\qquad p(s) \propto e^{-E / T}$$
///
/// Each configuration begins with all spins up and takes `updates` sweeps of single spins \[Metropolis1953\], each followed by one
/// cluster \[Wolff1989\], which keeps successive configurations independent near $T_c$ too. Configurations are independent of one
/// another.
///
/// ```
/// use data::generate::Ising;
/// let table = Ising { side: 4, ..Ising::default() }.table(3);
/// assert_eq!((table.n_rows, table.columns.len()), (3, 1 + 16)); // phase, pixel_0_0 ... pixel_3_3
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ising {
    /// Spins along an edge $L$, at least 2.
    pub side: usize,
    /// The lowest temperature, above 0; temperatures are drawn evenly from here on.
    pub lowest: f64,
    /// The highest temperature.
    pub highest: f64,
    /// Sweeps and clusters before a configuration is taken.
    pub updates: usize,
    /// Seed of everything that is drawn.
    pub seed: u64,
}

impl Default for Ising {
    /// A lattice of 16 x 16, within one unit of the critical temperature.
    fn default() -> Self {
        let [lowest, highest] = [CRITICAL_TEMPERATURE - 1.0, CRITICAL_TEMPERATURE + 1.0];
        Ising { side: 16, lowest, highest, updates: 100, seed: 0 }
    }
}

/// A configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// Temperature $T$ at which it was drawn.
    pub temperature: f64,
    /// Spins $\pm 1$, `[side, side]` row by row.
    pub spins: Vec<i8>,
    side: usize,
}

impl Ising {
    /// So many configurations, each at a temperature of its own.
    ///
    /// # Panics
    /// If a side is shorter than 2 or temperatures are not above 0 and in order.
    pub fn configurations(&self, rows: usize) -> Vec<Lattice> {
        assert!(self.side >= 2, "side = {}, expected at least 2", self.side);
        assert!(self.lowest > 0.0 && self.highest >= self.lowest, "{} to {}", self.lowest, self.highest);
        (0..rows).into_par_iter().map(|row| self.configuration(row)).collect()
    }

    /// The column `phase`, `ordered` below the critical temperature and `disordered` above it, and the spins as `pixel_0_0`,
    /// `pixel_0_1` and so on: row, then column.
    ///
    /// # Panics
    /// As [`Ising::configurations`].
    pub fn table(&self, rows: usize) -> Table {
        let all = self.configurations(rows);
        let phase =
            |lattice: &Lattice| if lattice.temperature < CRITICAL_TEMPERATURE { "ordered" } else { "disordered" };
        let phases: Text = all.iter().map(phase).collect();
        let spins = (0..self.side * self.side).map(|at| {
            let name = format!("pixel_{}_{}", at / self.side, at % self.side);
            (name, all.iter().map(|lattice| f64::from(lattice.spins[at])).collect())
        });
        table("Ising model", vec![Column::new("phase", Values::Text(phases))], spins)
    }

    fn configuration(&self, row: usize) -> Lattice {
        let mut random = Key::new(self.seed, "ising").at(0, row).random();
        let temperature = self.lowest + (self.highest - self.lowest) * random.uniform();
        let mut lattice = Lattice { temperature, spins: vec![1; self.side * self.side], side: self.side };
        for _ in 0..self.updates {
            lattice.sweep(&mut random);
            lattice.flip_cluster(&mut random);
        }
        lattice
    }
}

impl Lattice {
    /// Energy of each spin, $E / L^2$, from -2 to 2.
    pub fn energy(&self) -> f64 {
        let bonds = |at: usize| -> i32 {
            let [right, down, ..] = self.neighbors(at);
            i32::from(self.spins[at]) * (i32::from(self.spins[right]) + i32::from(self.spins[down]))
        };
        -f64::from((0..self.spins.len()).map(bonds).sum::<i32>()) / self.spins.len() as f64
    }

    /// The absolute value of the mean spin.
    pub fn magnetization(&self) -> f64 {
        f64::from(self.spins.iter().map(|&s| i32::from(s)).sum::<i32>().abs()) / self.spins.len() as f64
    }

    /// Right, down, left, up.
    fn neighbors(&self, at: usize) -> [usize; 4] {
        let n = self.side;
        let (row, column) = (at / n, at % n);
        let place = |row: usize, column: usize| (row % n) * n + column % n;
        [place(row, column + 1), place(row + 1, column), place(row, column + n - 1), place(row + n - 1, column)]
    }

    /// Each spin in turn is turned over with the probability $\min(1, e^{-\Delta E / T})$.
    fn sweep(&mut self, random: &mut Random) {
        // Only sums of 2 and 4 neighbors that agree with the spin cost energy.
        let accepted = [4.0, 8.0].map(|cost: f64| (-cost / self.temperature).exp());
        for at in 0..self.spins.len() {
            let around: i8 = self.neighbors(at).iter().map(|&near| self.spins[near]).sum();
            let accept = match self.spins[at] * around {
                2 => random.uniform() < accepted[0],
                4 => random.uniform() < accepted[1],
                _ => true,
            };
            if accept {
                self.spins[at] = -self.spins[at];
            }
        }
    }

    /// Turns a cluster over that grows from a random spin to equal neighbors with the probability $1 - e^{-2 / T}$.
    fn flip_cluster(&mut self, random: &mut Random) {
        let grows = -(-2.0 / self.temperature).exp_m1();
        let first = random.below(self.spins.len());
        let spin = self.spins[first];
        self.spins[first] = -spin;
        let mut border = vec![first];
        while let Some(at) = border.pop() {
            for near in self.neighbors(at) {
                if self.spins[near] == spin && random.uniform() < grows {
                    self.spins[near] = -spin;
                    border.push(near);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and standard error over independent configurations at one temperature.
    fn measured(temperature: f64, of: fn(&Lattice) -> f64) -> (f64, f64) {
        let model = Ising { lowest: temperature, highest: temperature, ..Ising::default() };
        let values: Vec<f64> = model.configurations(400).iter().map(of).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        (mean, (variance / n).sqrt())
    }

    /// Exact energies of the torus of 16 x 16 by the formula of \[Kaufman1949\]; at the critical temperature that of the infinite
    /// lattice is $-\sqrt 2 = -1.4142$.
    #[test]
    fn energies_are_those_of_the_exact_solution() {
        for (temperature, exact) in [(2.0, -1.745_530_67), (CRITICAL_TEMPERATURE, -1.453_064_85), (3.0, -0.817_689_37)]
        {
            let (mean, error) = measured(temperature, Lattice::energy);
            assert!((mean - exact).abs() < 4.0 * error, "{temperature}: {mean} +- {error} instead of {exact}");
            assert!(error < 0.01, "{error}");
        }
    }

    /// $m = (1 - \sinh^{-4}(2 / T))^{1/8}$.
    #[test]
    fn the_magnetization_below_the_transition_is_that_of_onsager() {
        let exact = (1.0 - 1.0_f64.sinh().powi(-4)).powf(0.125);
        let (mean, error) = measured(2.0, Lattice::magnetization);
        assert!((mean - exact).abs() < 4.0 * error && error < 0.003, "{mean} +- {error} instead of {exact}");
        assert!((1.0_f64 + 2.0_f64.sqrt()).ln() * CRITICAL_TEMPERATURE - 2.0 < 1e-12);
    }

    #[test]
    fn phases_follow_the_temperature_and_the_seed() {
        let model = Ising { side: 3, updates: 2, ..Ising::default() };
        let (lattices, table) = (model.configurations(20), model.table(20));
        let ordered = |cell: &Option<String>| cell.as_deref() == Some("ordered");
        for (lattice, phase) in lattices.iter().zip(table.columns[0].as_text()) {
            assert_eq!(lattice.temperature < CRITICAL_TEMPERATURE, ordered(&phase));
        }
        assert_eq!(table.columns[9].name, "pixel_2_2");
        assert_ne!(lattices, Ising { seed: 1, ..model }.configurations(20));
    }
}
