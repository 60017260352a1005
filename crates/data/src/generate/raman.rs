//! Raman spectra of mixtures.

use rayon::prelude::*;
use tensor::random::{Key, Random};

use super::band::pseudo_voigt;
use super::table;
use crate::{Column, Table, Values};

/// Raman spectra of powders mixed from quartz, albite and orthoclase: with the fractions $f_k$, which sum to 1,
///
/// $$y(\nu) = P \Bigl(\sum_k f_k \sum_b h_{kb}\, V(\nu - \nu_{kb}; w_{kb}, \eta) + F(\nu)\Bigr) + \sigma \varepsilon$$
///
/// with pseudo-Voigt bands $V$, a power $P$ of the laser that varies from one spectrum to the next, a broad fluorescence $F$ of
/// random height, center and width, and normal noise. Positions of bands are those of \[Kingma1994\] for quartz and of \[Freeman2008\]
/// for the feldspars, rounded; heights and widths are chosen to look alike, and the strongest band of each has height 1. The shares
/// of a row are drawn evenly among all that are possible.
///
/// ```
/// use data::generate::Raman;
/// let table = Raman::default().table(2);
/// let shares: f64 = (0..3).map(|at| table.columns[at].as_numbers().unwrap()[1].unwrap()).sum();
/// assert!((shares - 1.0).abs() < 1e-12 && table.columns[3].name == "100");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raman {
    /// Relative deviation of the power $P$, whose logarithm is normal.
    pub power: f64,
    /// The greatest height of the fluorescence, in units of the strongest band of a pure mineral.
    pub fluorescence: f64,
    /// Standard deviation $\sigma$ of the noise in the same unit.
    pub noise: f64,
    /// Seed of everything that is drawn.
    pub seed: u64,
}

impl Default for Raman {
    fn default() -> Self {
        Raman { power: 0.2, fluorescence: 3.0, noise: 0.02, seed: 0 }
    }
}

/// Position in 1/cm, height, full width in 1/cm.
type Band = (f64, f64, f64);

/// Names of the minerals and their bands.
const MINERALS: [(&str, &[Band]); 3] = [
    (
        "quartz",
        &[(128.0, 0.50, 8.0), (206.0, 0.40, 20.0), (355.0, 0.10, 10.0), (464.0, 1.00, 9.0), (808.0, 0.06, 15.0)],
    ),
    (
        "albite",
        &[
            (186.0, 0.25, 12.0),
            (290.0, 0.35, 14.0),
            (479.0, 0.55, 12.0),
            (507.0, 1.00, 11.0),
            (763.0, 0.10, 18.0),
            (813.0, 0.15, 16.0),
            (1098.0, 0.15, 20.0),
        ],
    ),
    (
        "orthoclase",
        &[
            (155.0, 0.30, 14.0),
            (283.0, 0.30, 14.0),
            (475.0, 0.50, 13.0),
            (513.0, 1.00, 12.0),
            (750.0, 0.08, 20.0),
            (1125.0, 0.12, 24.0),
        ],
    ),
];

/// Fraction of the Lorentzian in a band.
const LORENTZIAN: f64 = 0.6;
/// The axis in 1/cm: first, last, step.
const AXIS: (u32, u32, usize) = (100, 1300, 3);

impl Raman {
    /// So many rows of the fractions `quartz`, `albite` and `orthoclase` and the intensities, whose headers are wavenumbers in 1/cm from
    /// 100 to 1300.
    pub fn table(&self, rows: usize) -> Table {
        let axis: Vec<f64> = (AXIS.0..=AXIS.1).step_by(AXIS.2).map(f64::from).collect();
        let all: Vec<([f64; 3], Vec<f64>)> = (0..rows).into_par_iter().map(|row| self.row(row, &axis)).collect();
        let share = |mineral: usize| Values::Number(all.iter().map(|(shares, _)| shares[mineral]).collect());
        let shares = (0..3).map(|mineral| Column::new(MINERALS[mineral].0, share(mineral))).collect();
        let intensities =
            axis.iter().enumerate().map(|(at, x)| (x.to_string(), all.iter().map(|(_, y)| y[at]).collect()));
        table("Raman spectra", shares, intensities)
    }

    fn row(&self, row: usize, axis: &[f64]) -> ([f64; 3], Vec<f64>) {
        let mut random = Key::new(self.seed, "raman").at(0, row).random();
        let shares = shares(&mut random);
        let power = (self.power * random.normal()).exp();
        let height = self.fluorescence * random.uniform();
        let (center, width) = (300.0 + 1200.0 * random.uniform(), 500.0 + 700.0 * random.uniform());
        let intensity = |&x: &f64| {
            let fluorescence = height * (-0.5 * ((x - center) / width).powi(2)).exp();
            power * (mixture(&shares, x) + fluorescence) + self.noise * random.normal()
        };
        (shares, axis.iter().map(intensity).collect())
    }
}

/// The bands of a mixture at a wavenumber.
fn mixture(shares: &[f64; 3], x: f64) -> f64 {
    let pure = |bands: &[Band]| {
        bands.iter().map(|(at, height, width)| height * pseudo_voigt(x - at, *width, LORENTZIAN)).sum::<f64>()
    };
    shares.iter().zip(MINERALS).map(|(share, (_, bands))| share * pure(bands)).sum()
}

/// Three shares, evenly among all that sum to 1: the pieces of a stick that is broken at two places.
fn shares(random: &mut Random) -> [f64; 3] {
    let (a, b) = (random.uniform(), random.uniform());
    let (low, high) = (a.min(b), a.max(b));
    [low, high - low, 1.0 - high]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_disturbances_a_spectrum_is_linear_in_the_shares() {
        let clean = Raman { power: 0.0, fluorescence: 0.0, noise: 0.0, seed: 3 };
        let table = clean.table(4);
        let cell = |column: usize, row: usize| table.columns[column].as_numbers().unwrap()[row].unwrap();
        for row in 0..4 {
            let shares = [0, 1, 2].map(|mineral| cell(mineral, row));
            // The column of 463 1/cm, beside the strongest band of quartz.
            let at = 3 + (463 - 100) / 3;
            assert_eq!(table.columns[at].name, "463");
            let parts = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|pure| mixture(&pure, 463.0));
            let expected: f64 = shares.iter().zip(parts).map(|(share, part)| share * part).sum();
            assert!((cell(at, row) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn shares_are_even_on_their_triangle() {
        let mut random = Key::new(0, "test").random();
        let drawn: Vec<[f64; 3]> = (0..10_000).map(|_| shares(&mut random)).collect();
        for part in 0..3 {
            let mean = drawn.iter().map(|shares| shares[part]).sum::<f64>() / 1e4;
            // Five standard errors: the variance of each is 1/18.
            assert!((mean - 1.0 / 3.0).abs() < 5.0 * (1.0 / 18.0_f64).sqrt() / 100.0, "{mean}");
        }
    }

    #[test]
    fn the_seed_decides() {
        let numbers = |seed| Raman { seed, ..Raman::default() }.table(2);
        assert_eq!(numbers(1), numbers(1));
        assert_ne!(numbers(1), numbers(2));
    }
}
