//! Powder diffraction patterns of cubic crystals.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tensor::random::{Key, Random};

use super::band::pseudo_voigt;
use super::table;
use crate::{Column, Table, Text, Values};

/// Wavelength of copper K-alpha in angstrom, the mean of both lines \[Hoelzer1997\].
const WAVELENGTH: f64 = 1.5418;
/// The constant of Scherrer for spheres and full widths at half height.
const SCHERRER: f64 = 0.9;
/// How fast atoms scatter less at higher angles, in square angstrom: with it the form factor of copper falls to about half at
/// $\sin\theta / \lambda = 0.4$ per angstrom, as in tables.
const FORM_FACTOR: f64 = 4.3;
/// Fraction of the Lorentzian in a line.
const LORENTZIAN: f64 = 0.5;
/// The axis of $2\theta$ in degrees: first, number of points, points in a degree.
const AXIS: (f64, u32, f64) = (20.0, 401, 5.0);

/// Powder patterns under copper K-alpha of crystals with a face-centered or body-centered cubic lattice, or of the types of rock salt and
/// diamond. Lines stand where Bragg's law has them,
///
/// $$\lambda = 2 d \sin\theta,\qquad d = a / \sqrt{h^2 + k^2 + l^2},$$
///
/// with the intensities $I \propto m |F_{hkl}|^2 (1 + \cos^2 2\theta) / (\sin^2\theta \cos\theta)$ of a powder, where
/// $F_{hkl} = \sum_j f_j e^{2 \pi i (h x_j + k y_j + l z_j)}$ \[Warren1990\]. Atoms scatter like $f = Z e^{-B \sin^2\theta / \lambda^2}$
/// with one $B$ for all. Widths are those of Scherrer, $\beta = 0.9 \lambda / (D \cos\theta)$ \[Scherrer1918\], with a width of the
/// instrument of 0.1 degrees. On a falling background the counts have the noise of Poisson, which is normal for so many.
///
/// ```
/// use data::generate::Diffraction;
/// let table = Diffraction::default().table(3);
/// let headers: Vec<String> = table.columns[..4].iter().map(|column| column.header()).collect();
/// assert_eq!(headers, ["phase", "lattice_constant [angstrom]", "20", "20.2"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diffraction {
    /// The smallest and the largest lattice constant $a$ in angstrom.
    pub lattice_constant: [f64; 2],
    /// The smallest and the largest size $D$ of the crystallites in nm.
    pub crystallite: [f64; 2],
    /// Counts of the strongest line above the background.
    pub counts: f64,
    /// Seed of everything that is drawn.
    pub seed: u64,
}

impl Default for Diffraction {
    fn default() -> Self {
        Diffraction { lattice_constant: [3.5, 6.0], crystallite: [8.0, 60.0], counts: 1000.0, seed: 0 }
    }
}

/// An atom of the cell: whether it is of the second element, and where it lies in eighths of the edge.
type Atom = (bool, [i32; 3]);

/// Types of crystals, with the atoms of a cell.
const PHASES: [(&str, &[Atom]); 4] = [
    ("fcc", &[(false, [0, 0, 0]), (false, [0, 4, 4]), (false, [4, 0, 4]), (false, [4, 4, 0])]),
    ("bcc", &[(false, [0, 0, 0]), (false, [4, 4, 4])]),
    (
        "rock_salt",
        &[
            (false, [0, 0, 0]),
            (false, [0, 4, 4]),
            (false, [4, 0, 4]),
            (false, [4, 4, 0]),
            (true, [4, 0, 0]),
            (true, [0, 4, 0]),
            (true, [0, 0, 4]),
            (true, [4, 4, 4]),
        ],
    ),
    (
        "diamond",
        &[
            (false, [0, 0, 0]),
            (false, [0, 4, 4]),
            (false, [4, 0, 4]),
            (false, [4, 4, 0]),
            (false, [2, 2, 2]),
            (false, [2, 6, 6]),
            (false, [6, 2, 6]),
            (false, [6, 6, 2]),
        ],
    ),
];

/// A crystal, and how it was measured.
struct Powder {
    atoms: &'static [Atom],
    /// Electrons of the two elements.
    electrons: [f64; 2],
    lattice_constant: f64,
    /// In angstrom.
    crystallite: f64,
}

impl Diffraction {
    /// So many rows of `phase`, the lattice constant, and counts, whose headers are angles $2\theta$ in degrees from 20 to 100.
    pub fn table(&self, rows: usize) -> Table {
        let axis: Vec<f64> = (0..AXIS.1).map(|at| AXIS.0 + f64::from(at) / AXIS.2).collect();
        let all: Vec<(usize, f64, Vec<f64>)> = (0..rows).into_par_iter().map(|row| self.row(row, &axis)).collect();
        let phases: Text = all.iter().map(|(phase, ..)| PHASES[*phase].0).collect();
        let constants = all.iter().map(|(_, constant, _)| *constant).collect();
        let answers = vec![
            Column::new("phase", Values::Text(phases)),
            Column::new("lattice_constant [angstrom]", Values::Number(constants)),
        ];
        // Fifths of a degree have one decimal.
        let name = |x: &f64| ((10.0 * x).round() / 10.0).to_string();
        let counts = axis.iter().enumerate().map(|(at, x)| (name(x), all.iter().map(|(.., y)| y[at]).collect()));
        table("powder patterns", answers, counts)
    }

    fn row(&self, row: usize, axis: &[f64]) -> (usize, f64, Vec<f64>) {
        let mut random = Key::new(self.seed, "diffraction").at(0, row).random();
        let phase = random.below(PHASES.len());
        let between = |random: &mut Random, [low, high]: [f64; 2]| low + (high - low) * random.uniform();
        let first = between(&mut random, [10.0, 30.0]);
        let powder = Powder {
            atoms: PHASES[phase].1,
            electrons: [first, between(&mut random, [1.3, 2.5]) * first],
            lattice_constant: between(&mut random, self.lattice_constant),
            crystallite: 10.0 * between(&mut random, self.crystallite),
        };
        let clean = powder.pattern(axis);
        let background = between(&mut random, [20.0, 100.0]);
        let counted = |(y, x): (f64, &f64)| {
            let mean = self.counts * y + background * (0.3 + (-(x - AXIS.0) / 30.0).exp());
            (mean + mean.sqrt() * random.normal()).round().max(0.0)
        };
        (phase, powder.lattice_constant, clean.into_iter().zip(axis).map(counted).collect())
    }
}

impl Powder {
    /// Intensities of the lines along the axis, of which the strongest line has 1.
    fn pattern(&self, axis: &[f64]) -> Vec<f64> {
        let lines = self.lines();
        let strongest = lines.iter().map(|line| line.1).fold(f64::MIN_POSITIVE, f64::max);
        let mut y = vec![0.0; axis.len()];
        for (angle, intensity) in lines {
            let cos = (0.5 * angle).to_radians().cos();
            let width = (SCHERRER * WAVELENGTH / (self.crystallite * cos)).to_degrees() + INSTRUMENT;
            for (y, x) in y.iter_mut().zip(axis) {
                *y += intensity / strongest * pseudo_voigt(x - angle, width, LORENTZIAN);
            }
        }
        y
    }

    /// $2\theta$ in degrees and the intensity of each line.
    fn lines(&self) -> Vec<(f64, f64)> {
        // The sine of an angle is at most 1.
        let most = (2.0 * self.lattice_constant / WAVELENGTH).floor() as i32;
        let range = || -most..=most;
        let mut lines: BTreeMap<i32, f64> = BTreeMap::new();
        for (h, k, l) in range().flat_map(|h| range().flat_map(move |k| range().map(move |l| (h, k, l)))) {
            let n = h * h + k * k + l * l;
            let sin = 0.5 * WAVELENGTH * f64::from(n).sqrt() / self.lattice_constant;
            if n > 0 && sin < 1.0 {
                *lines.entry(n).or_default() += self.structure_factor([h, k, l], sin);
            }
        }
        let line = |(n, square): (i32, f64)| {
            let sin = 0.5 * WAVELENGTH * f64::from(n).sqrt() / self.lattice_constant;
            let theta = sin.asin();
            let polarized = (1.0 + (2.0 * theta).cos().powi(2)) / (sin * sin * theta.cos());
            (2.0 * theta.to_degrees(), square * polarized)
        };
        lines.into_iter().map(line).filter(|(_, intensity)| *intensity > EXTINCT).collect()
    }

    /// $|F_{hkl}|^2$ in squared electrons.
    fn structure_factor(&self, [h, k, l]: [i32; 3], sin: f64) -> f64 {
        let falls = (-FORM_FACTOR * (sin / WAVELENGTH).powi(2)).exp();
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (second, [x, y, z]) in self.atoms {
            // In eighths of a turn, so that waves that cancel do so but for rounding.
            let phase = f64::from((h * x + k * y + l * z).rem_euclid(8)) * std::f64::consts::FRAC_PI_4;
            let f = self.electrons[usize::from(*second)] * falls;
            real += f * phase.cos();
            imaginary += f * phase.sin();
        }
        real * real + imaginary * imaginary
    }
}

/// Width of the instrument in degrees.
const INSTRUMENT: f64 = 0.1;
/// Squared electrons that rounding leaves of a line that is extinct.
const EXTINCT: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    fn powder(phase: usize, lattice_constant: f64) -> Powder {
        Powder { atoms: PHASES[phase].1, electrons: [11.0, 17.0], lattice_constant, crystallite: 400.0 }
    }

    /// $h^2 + k^2 + l^2$ of the first lines, as in any textbook.
    #[test]
    fn lines_are_extinct_where_waves_cancel() {
        let expected = [
            ("fcc", vec![3, 4, 8, 11, 12, 16]),
            ("bcc", vec![2, 4, 6, 8, 10, 12]),
            ("rock_salt", vec![3, 4, 8, 11, 12, 16]),
            ("diamond", vec![3, 8, 11, 16, 19, 24]),
        ];
        for (phase, (name, squares)) in expected.into_iter().enumerate() {
            assert_eq!(PHASES[phase].0, name);
            let found: Vec<i64> = powder(phase, 5.64)
                .lines()
                .iter()
                .map(|(angle, _)| ((2.0 * 5.64 / WAVELENGTH * (0.5 * angle).to_radians().sin()).powi(2)).round() as i64)
                .take(6)
                .collect();
            assert_eq!(found, squares, "{name}");
        }
    }

    /// Copper, a = 3.615: the lines 111, 200 and 220 lie at 43.3, 50.4 and 74.1 degrees for the line of 1.5406 angstrom.
    #[test]
    fn copper_has_its_lines_where_they_are_measured() {
        let lines = powder(0, 3.615).lines();
        for ((angle, _), expected) in lines.iter().zip([43.3, 50.4, 74.1]) {
            assert!((angle - expected).abs() < 0.15, "{angle}");
        }
        // 111 is the strongest, 200 about half of it.
        assert!(lines[1].1 / lines[0].1 > 0.4 && lines[1].1 / lines[0].1 < 0.55, "{}", lines[1].1 / lines[0].1);
    }

    #[test]
    fn phases_and_seeds_are_all_there() {
        let table = Diffraction::default().table(60);
        let phases = table.columns[0].as_text();
        assert!(PHASES.iter().all(|(name, _)| phases.iter().any(|phase| phase.as_deref() == Some(name))));
        assert_ne!(table, Diffraction { seed: 1, ..Diffraction::default() }.table(60));
    }
}
