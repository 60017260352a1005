//! Rows of a table that are spectra.

pub(crate) mod read;

use data::spectrum::{Preprocessing, Step};
use data::{Scaler, Scaling, Table};
use nn::{Form, Inputs};
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::scale::Scale;

use crate::block::Block;
use crate::feature::Feature;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::source::Source;

/// Spectra after their preprocessing, on one scale for all points; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spectra {
    /// The steps, with what they have learned.
    learned: Preprocessing,
    /// Whether the model reads points one after the other.
    ordered: bool,
    #[serde(flatten)]
    scaled: Scaled,
}

/// The columns that are the axis, where there is one.
pub(crate) fn axis_columns(source: &Source, data: &Data) -> Result<Option<Vec<String>>> {
    let (Some(spectra), Some(own)) = (&data.spectra, &source.spectra) else { return Ok(None) };
    let others = [
        ("molecules", "data.smiles", data.smiles.is_some()),
        ("other features", "data.features", !data.features.is_empty()),
        ("sequences", "data.sequence", data.sequence.is_some()),
    ];
    if let Some((words, place, _)) = others.into_iter().find(|(.., is_there)| *is_there) {
        return Err(Error::Setting {
            message: format!("models of spectra read only spectra, and there are {words} too"),
            place: place.into(),
            hint: "leave it out, or leave `data.spectra` out".into(),
        });
    }
    let axis = own.within(spectra.low, spectra.high)?;
    let first = own.axis.partition_point(|&x| x < axis[0]);
    Ok(Some(own.headers[first..first + axis.len()].to_vec()))
}

impl Spectra {
    /// Fits the steps, the mean of each point and one scale for all points to the training rows; `None` where rows are not
    /// spectra.
    ///
    /// # Errors
    /// Spectra that cannot be brought to one axis, or are all the same.
    pub fn fit(source: &Source, data: &Data, train: &[usize], scale: &Scale) -> Result<Option<Self>> {
        let (Some(spectra), Some(own)) = (&data.spectra, &source.spectra) else { return Ok(None) };
        let axis = own.within(spectra.low, spectra.high)?;
        let learned = Preprocessing::fit(&spectra.steps, &axis, &own.on(&axis, train).map_err(|e| named(source, e))?)?;
        let names: Vec<String> = learned.axis_out.iter().map(f64::to_string).collect();
        let none = Scaler::fit::<f32>(&[], 0, scale.inputs);
        // A strong band lies many scales above the mean without being strange: there is no limit.
        let mut encoded = Spectra { learned, ordered: false, scaled: Scaled::all(names, 0.0, none) };
        let (x, points) = (encoded.raw(source, train)?, encoded.points());
        encoded.scaled.scaler = one_scale(Scaler::fit(&x, points, scale.inputs));
        if x.chunks_exact(points.max(1)).all(|row| row == &x[..points]) {
            let reason = "all spectra of the training rows are the same".into();
            return Err(Error::NoFeatures { reason, hint: "give more rows, or another range".into() });
        }
        Ok(Some(encoded))
    }

    /// The same for a model that reads points one after the other.
    #[must_use]
    pub fn ordered(&self) -> Self {
        Spectra { ordered: true, ..self.clone() }
    }

    /// Numbers of some rows before any scale, on the axis of the training.
    fn raw(&self, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        let Some(spectra) = &source.spectra else {
            return Err(Error::NoFeatures { reason: "the rows are not spectra".into(), hint: "give a table".into() });
        };
        let y = spectra.on(&self.learned.axis, rows).map_err(|error| named(source, error))?;
        let y = self.learned.apply(&y).map_err(|error| match error {
            data::Error::FlatSpectrum { row, divisor } => {
                data::Error::FlatSpectrum { row: source.rows[rows[row - 1]] + 1, divisor }
            }
            other => other,
        })?;
        if let Some(at) = y.iter().position(|y| !(*y as f32).is_finite()) {
            let (row, point) = (rows[at / self.learned.axis_out.len()], at % self.learned.axis_out.len());
            let place = format!("row {}", source.rows[row] + 1);
            return Err(Error::TooLarge { column: self.learned.axis_out[point].to_string(), place, value: y[at] });
        }
        Ok(y.iter().map(|&y| y as f32).collect())
    }

    /// How many points a model reads.
    fn points(&self) -> usize {
        self.learned.axis_out.len()
    }
}

impl Kind for Spectra {
    fn scaled(&self) -> &Scaled {
        &self.scaled
    }

    fn scaled_mut(&mut self) -> &mut Scaled {
        &mut self.scaled
    }

    fn inputs(&self) -> Inputs {
        match self.ordered {
            true => Form::Sequence { steps: self.points(), features: 1 }.into(),
            false => self.points().into(),
        }
    }

    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        let mut numbers = self.raw(source, rows)?;
        self.scaled.apply(&mut numbers);
        Ok(numbers.into())
    }

    fn features(&self, _: &Source) -> Vec<Feature> {
        self.scaled.features()
    }

    fn check(&self, _: &Table) -> Result<()> {
        Ok(())
    }

    fn words(&self) -> String {
        let axis = &self.learned.axis;
        let ends = [axis.first(), axis.last()].map(|x| x.copied().unwrap_or(f64::NAN));
        let steps: Vec<&str> = self.learned.steps.iter().map(Step::name).collect();
        let behind = if steps.is_empty() { String::new() } else { format!("; {}", steps.join(", ")) };
        format!("{} points from {} to {}{behind}", axis.len(), ends[0], ends[1])
    }

    fn distance(&self) -> Distance {
        Distance::Numbers
    }

    fn explains(&self) -> Explains {
        Explains::Wavelengths
    }
}

/// The number of a row in its file, where rows have been left out.
fn named(source: &Source, error: data::Error) -> data::Error {
    match error {
        data::Error::MissingIntensity { file, row, at } => {
            data::Error::MissingIntensity { file, row: source.rows[row - 1] + 1, at }
        }
        other => other,
    }
}

/// The same scale for all points, the root of the mean square of theirs: what is small in a spectrum is noise, and stays small.
fn one_scale(scaler: Scaler) -> Scaler {
    if scaler.kind == Scaling::None {
        return scaler;
    }
    let n = scaler.scale.len().max(1) as f64;
    let scale = (scaler.scale.iter().map(|s| s * s).sum::<f64>() / n).sqrt();
    Scaler { scale: vec![scale; scaler.scale.len()], ..scaler }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_scale_leaves_points_as_they_are_to_one_another() {
        let scaler = one_scale(Scaler::fit(&[0.0, 0.0, 2.0, 14.0], 2, Scaling::Standard));
        // Differences of 1 and 7 from the mean.
        assert_eq!((scaler.center, scaler.scale), (vec![1.0, 7.0], vec![5.0, 5.0]));
    }
}
