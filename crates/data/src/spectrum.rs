//! Spectra: intensities along an axis such as wavenumbers, what is done to them before a model sees them, and their files.
//!
//! | step | item |
//! |---|---|
//! | find the columns of a table that are an axis | [`Spectra::of_table`] |
//! | read JCAMP-DX | [`jcamp::read`] |
//! | a list of steps | [`Step`] |
//! | learn them on training rows, apply them to any | [`Preprocessing`] |

mod baseline;
pub mod jcamp;
mod normalize;
mod polynomial;
mod resample;
mod savitzky_golay;
mod scatter;
mod table;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use baseline::{AsymmetricLeastSquares, PolynomialBaseline};
pub use normalize::{Normalize, NormalizeBy};
pub use resample::{Cut, Resample, interpolate};
pub use savitzky_golay::SavitzkyGolay;
pub use scatter::{ScatterCorrection, StandardNormalVariate};
pub use table::Spectra;

use crate::{Error, Result};

/// Preprocessing of each spectrum. Steps follow one another in the order of their list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// Subtract a smooth baseline below the bands.
    AsymmetricLeastSquares(AsymmetricLeastSquares),
    /// Subtract a polynomial baseline below the bands.
    PolynomialBaseline(PolynomialBaseline),
    /// Savitzky-Golay filter: smooth, or take a derivative.
    SavitzkyGolay(SavitzkyGolay),
    /// Bring each spectrum to mean 0 and standard deviation 1.
    StandardNormalVariate(StandardNormalVariate),
    /// Multiplicative scatter correction: bring offset and slope to those of the mean training spectrum.
    ScatterCorrection(ScatterCorrection),
    /// Divide each spectrum by its area or by its maximum.
    Normalize(Normalize),
    /// Interpolate to another axis.
    Resample(Resample),
    /// Keep some ranges of the axis.
    Cut(Cut),
}

impl Step {
    /// The word that stands in files.
    pub fn name(&self) -> &'static str {
        match self {
            Step::AsymmetricLeastSquares(_) => "asymmetric_least_squares",
            Step::PolynomialBaseline(_) => "polynomial_baseline",
            Step::SavitzkyGolay(_) => "savitzky_golay",
            Step::StandardNormalVariate(_) => "standard_normal_variate",
            Step::ScatterCorrection(_) => "scatter_correction",
            Step::Normalize(_) => "normalize",
            Step::Resample(_) => "resample",
            Step::Cut(_) => "cut",
        }
    }

    /// The axis that this step makes of another.
    ///
    /// # Errors
    /// Settings that are impossible or do not fit the axis.
    fn axis(&self, axis: &[f64]) -> Result<Vec<f64>> {
        match self {
            Step::AsymmetricLeastSquares(step) => step.check(axis)?,
            Step::PolynomialBaseline(step) => step.check(axis)?,
            Step::SavitzkyGolay(step) => step.check(axis)?,
            Step::StandardNormalVariate(_) | Step::ScatterCorrection(_) | Step::Normalize(_) => {}
            Step::Resample(step) => return step.axis(axis),
            Step::Cut(step) => return step.axis(axis),
        }
        Ok(axis.to_vec())
    }

    /// The spectrum after this step; `None` where it is constant and the step divides by what it varies. `reference` is what was
    /// learned.
    fn apply(&self, axis: &[f64], reference: &[f64], y: &[f64]) -> Option<Vec<f64>> {
        Some(match self {
            Step::AsymmetricLeastSquares(step) => step.apply(y),
            Step::PolynomialBaseline(step) => step.apply(axis, y),
            Step::SavitzkyGolay(step) => step.apply(axis, y),
            Step::StandardNormalVariate(step) => return step.apply(y),
            Step::ScatterCorrection(step) => return step.apply(reference, y),
            Step::Normalize(step) => return step.apply(axis, y),
            Step::Resample(step) => step.apply(axis, y),
            Step::Cut(step) => step.apply(axis, y),
        })
    }

    /// What divides by zero where a spectrum is constant, in words.
    fn divisor(&self) -> &'static str {
        match self {
            Step::StandardNormalVariate(_) => "its standard deviation",
            Step::ScatterCorrection(_) => "its slope against the reference",
            _ => "its area or maximum",
        }
    }
}

/// Steps with what they have learned from training spectra, and the axes before and after them.
///
/// ```
/// use data::spectrum::{Preprocessing, StandardNormalVariate, Step};
/// let steps = [Step::StandardNormalVariate(StandardNormalVariate {})];
/// let axis = [400.0, 410.0];
/// let learned = Preprocessing::fit(&steps, &axis, &[1.0, 3.0])?;
/// assert_eq!(learned.apply(&[5.0, 9.0, 2.0, 0.0])?, [-1.0, 1.0, 1.0, -1.0]);
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preprocessing {
    /// The axis of what goes in.
    pub axis: Vec<f64>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Of each step the spectrum that it compares with; empty of most.
    references: Vec<Vec<f64>>,
    /// The axis of what comes out.
    pub axis_out: Vec<f64>,
}

impl Preprocessing {
    /// Checks the steps against the axis, and learns from training spectra, `[rows, axis]` row by row.
    ///
    /// # Errors
    /// Settings that do not fit the axis, an axis that does not increase, training spectra that are constant where a step
    /// divides by what they vary.
    ///
    /// # Panics
    /// If the length of `rows` is not a multiple of that of the axis.
    pub fn fit(steps: &[Step], axis: &[f64], rows: &[f64]) -> Result<Self> {
        if let Some(at) = axis.windows(2).find(|at| at[0].partial_cmp(&at[1]) != Some(std::cmp::Ordering::Less)) {
            return Err(Error::Axis { reason: format!("{} is followed by {}", at[0], at[1]) });
        }
        let mut learned =
            Preprocessing { axis: axis.to_vec(), steps: Vec::new(), references: Vec::new(), axis_out: axis.to_vec() };
        for (at, step) in steps.iter().enumerate() {
            let learns = matches!(step, Step::ScatterCorrection(_));
            let reference = if learns { mean(&learned.apply(rows)?, learned.axis_out.len()) } else { Vec::new() };
            let axis = step
                .axis(&learned.axis_out)
                .map_err(|error| Error::SpectrumStep { at: at + 1, reason: Box::new(error) })?;
            learned.steps.push(step.clone());
            learned.references.push(reference);
            learned.axis_out = axis;
        }
        Ok(learned)
    }

    /// All steps on spectra, `[rows, axis]` row by row; the result is `[rows, axis_out]`. Each depends on its own row alone.
    ///
    /// # Errors
    /// A spectrum that is constant where a step divides by what it varies, with its number from one.
    ///
    /// # Panics
    /// If the length of `rows` is not a multiple of that of the axis.
    pub fn apply(&self, rows: &[f64]) -> Result<Vec<f64>> {
        let width = self.axis.len().max(1);
        assert!(rows.len().is_multiple_of(width), "{} numbers on an axis of {width}", rows.len());
        let rows: Vec<Vec<f64>> = rows
            .par_chunks_exact(width)
            .enumerate()
            .map(|(row, y)| self.apply_to(y).map_err(|divisor| Error::FlatSpectrum { row: row + 1, divisor }))
            .collect::<Result<_>>()?;
        Ok(rows.concat())
    }

    fn apply_to(&self, y: &[f64]) -> std::result::Result<Vec<f64>, &'static str> {
        let (mut y, mut axis) = (y.to_vec(), self.axis.clone());
        for (step, reference) in self.steps.iter().zip(&self.references) {
            y = step.apply(&axis, reference, &y).ok_or_else(|| step.divisor())?;
            if y.len() != axis.len() || matches!(step, Step::Resample(_)) {
                axis = step.axis(&axis).unwrap_or(axis);
            }
        }
        Ok(y)
    }
}

/// The mean of rows.
fn mean(rows: &[f64], width: usize) -> Vec<f64> {
    let mut mean = vec![0.0; width];
    let n = (rows.len() / width.max(1)).max(1) as f64;
    for row in rows.chunks_exact(width.max(1)) {
        mean.iter_mut().zip(row).for_each(|(m, y)| *m += y / n);
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    fn cut() -> Step {
        Step::Cut(Cut { ranges: vec![[2.0, 4.0]] })
    }

    #[test]
    fn steps_follow_one_another_on_the_axis_of_the_step_before() -> Result<()> {
        let resample = Step::Resample(Resample { low: 2.0, high: 4.0, points: 2 });
        let learned = Preprocessing::fit(&[cut(), resample], &AXIS, &[])?;
        assert_eq!(learned.axis_out, [2.0, 4.0]);
        assert_eq!(learned.apply(&[9.0, 2.0, 3.0, 8.0, 9.0])?, [2.0, 8.0]);
        Ok(())
    }

    #[test]
    fn a_reference_is_learned_behind_the_steps_before_it_and_saved() -> Result<()> {
        let steps = [cut(), Step::ScatterCorrection(ScatterCorrection {})];
        let learned = Preprocessing::fit(&steps, &AXIS, &[0.0, 1.0, 2.0, 4.0, 0.0, 7.0, 3.0, 4.0, 6.0, 7.0])?;
        assert_eq!(learned.references[1], [2.0, 3.0, 5.0]);
        let read: Preprocessing = serde_json::from_str(&serde_json::to_string(&learned).unwrap()).unwrap();
        assert_eq!(read, learned);
        Ok(())
    }

    #[test]
    fn what_does_not_fit_is_told_with_the_number_of_the_step() {
        let resample = Step::Resample(Resample { low: 2.0, high: 5.0, points: 2 });
        let message = Preprocessing::fit(&[cut(), resample], &AXIS, &[]).unwrap_err().to_string();
        assert!(message.starts_with("step 2 of the spectra: "), "{message}");
        let message = Preprocessing::fit(&[], &[1.0, 1.0], &[]).unwrap_err().to_string();
        assert!(message.starts_with("1 is followed by 1, expected an axis that increases"), "{message}");
    }

    #[test]
    fn a_constant_spectrum_is_named_and_not_divided_by_zero() -> Result<()> {
        let learned = Preprocessing::fit(&[Step::StandardNormalVariate(StandardNormalVariate {})], &[1.0, 2.0], &[])?;
        let message = learned.apply(&[1.0, 2.0, 3.0, 3.0]).unwrap_err().to_string();
        assert!(
            message.starts_with("spectrum 2 is constant, and would be divided by its standard deviation"),
            "{message}"
        );
        Ok(())
    }
}
