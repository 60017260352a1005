//! How densely training rows lie in the last hidden layer of a network, where it has sorted them by what it predicts.
//!
//! Their numbers there are described by one normal distribution with a full covariance; the density falls with
//! Mahalanobis' distance from its mean. \[Lee2018\] take one for each class, with a common covariance.

use learn::model_file::{Arrays, Reader};
use spec::error::Result;

use crate::domain::points::{whiten, whitening};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Density {
    mean: Vec<f64>,
    whitening: Vec<f64>,
    /// Distances of the training rows from the mean, sorted.
    distances: Vec<f64>,
}

impl Density {
    /// Of the hidden numbers `[rows, width]` of training rows; `None` of too few rows or too many numbers for a covariance.
    pub fn fit(hidden: &[f32], width: usize) -> Option<Self> {
        let (n, whitening) = ((hidden.len() / width.max(1)) as f64, whitening(hidden, width)?);
        let sum = |at: usize| hidden.iter().skip(at).step_by(width).map(|h| f64::from(*h)).sum::<f64>();
        let mean = (0..width).map(|at| sum(at) / n).collect();
        let mut density = Density { mean, whitening, distances: Vec::new() };
        density.distances = density.distances_of(hidden);
        density.distances.sort_by(f64::total_cmp);
        Some(density)
    }

    /// For each row the share of the training rows that lie in less dense places.
    pub fn of(&self, hidden: &[f32]) -> Vec<f64> {
        let share = |distance: f64| {
            if distance.is_nan() {
                return f64::NAN;
            }
            let denser = self.distances.partition_point(|other| *other <= distance);
            (self.distances.len() - denser) as f64 / self.distances.len() as f64
        };
        self.distances_of(hidden).into_iter().map(share).collect()
    }

    fn distances_of(&self, hidden: &[f32]) -> Vec<f64> {
        let centered = hidden.chunks_exact(self.mean.len());
        let centered = centered.flat_map(|row| row.iter().zip(&self.mean).map(|(h, m)| (f64::from(*h) - m) as f32));
        let white = whiten(&centered.collect::<Vec<f32>>(), self.mean.len(), &self.whitening);
        let distance = |row: &[f32]| row.iter().map(|h| f64::from(*h).powi(2)).sum::<f64>().sqrt();
        white.chunks_exact(self.mean.len()).map(distance).collect()
    }

    pub fn write(&self, arrays: &mut Arrays) {
        arrays.add("domain.density.mean", &self.mean);
        arrays.add("domain.density.whitening", &self.whitening);
        arrays.add("domain.density.distances", &self.distances);
    }

    pub fn read(reader: &Reader<'_>) -> Result<Self> {
        let [mean, whitening, distances] =
            ["mean", "whitening", "distances"].map(|name| reader.array::<f64>(&format!("domain.density.{name}")));
        let (mean, whitening, distances) = (mean?, whitening?, distances?);
        if mean.is_empty() || whitening.len() != mean.len() * mean.len() || distances.is_empty() {
            let reason = format!("a density of {} numbers has a whitening of {}", mean.len(), whitening.len());
            return Err(reader.wrong(reason, "the file is damaged"));
        }
        Ok(Density { mean, whitening, distances })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows around (1, 0), twice as far along the first axis as along the second.
    #[test]
    fn the_middle_is_denser_than_all_and_what_is_far_than_none() {
        let hidden: Vec<f32> = (0..200).flat_map(|k| [1.0 + 2.0 * (k as f32).sin(), (k as f32 * 0.7).cos()]).collect();
        let density = Density::fit(&hidden, 2).unwrap();
        let found = density.of(&[1.0, 0.0, 3.0, 0.0, 1.0, 9.0]);
        assert!(found[0] > 0.97 && found[2] == 0.0, "{found:?}");
        assert!((0.2..0.8).contains(&found[1]), "{found:?}");
        let own = density.of(&hidden);
        let mean = own.iter().sum::<f64>() / 200.0;
        assert!((mean - 0.4975).abs() < 1e-9, "{mean}"); // shares 0/200 to 199/200
    }

    #[test]
    fn too_few_rows_and_too_many_numbers_have_no_density() {
        assert_eq!(Density::fit(&[1.0, 2.0, 3.0, 4.0], 2), None);
        assert_eq!(Density::fit(&vec![1.0; 513 * 600], 513), None);
    }
}
