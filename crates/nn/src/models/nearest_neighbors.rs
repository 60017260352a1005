//! Nearest neighbors: a prediction is what the training rows most like it have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::{Device, Real};

use crate::Result;
use crate::error::Error;
use crate::examples::{Examples, Targets};

/// $k$ nearest neighbors \[Cover1967\], $\hat y = \sum_i w_i y_i / \sum_i w_i$ over the $k$ training rows nearest to a row: the
/// mean of numbers, or the shares of classes. Of two rows equally far the earlier one is nearer.
///
/// Nothing is learned but the rows themselves, so this is the baseline that tells how far likeness alone leads: of molecules, the
/// similar property principle. Rows have features `[rows, width]`; a target that is missing is looked for in the nearest rows
/// that know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NearestNeighbors {
    /// How many rows are asked, $k$; all of them where there are fewer.
    #[schemars(range(min = 1))]
    pub neighbors: usize,
    /// How far two rows are from one another.
    pub metric: NeighborMetric,
    /// How much each of them counts.
    pub weights: NeighborWeights,
}

impl Default for NearestNeighbors {
    fn default() -> Self {
        NearestNeighbors { neighbors: 5, metric: NeighborMetric::Auto, weights: NeighborWeights::Uniform }
    }
}

/// How far two rows are from one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeighborMetric {
    /// `tanimoto` of fingerprints: at least 64 features, all of them 0 or 1 in the training rows; else `euclidean`.
    #[default]
    Auto,
    /// $\sqrt{\sum_k (a_k - b_k)^2}$.
    Euclidean,
    /// $\sum_k |a_k - b_k|$.
    Manhattan,
    /// $1 - \sum_k \min(a_k, b_k) / \sum_k \max(a_k, b_k)$ of features that are not negative \[Ralaivola2005\]; of bits this is
    /// the share of the common ones among all that are set \[Bajusz2015\]. Two rows of zeros are equal.
    Tanimoto,
}

/// How much each neighbor counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NeighborWeights {
    /// All alike, $w_i = 1$.
    #[default]
    Uniform,
    /// By the inverse of the distance, $w_i = 1/d_i$ \[Shepard1968\]; rows at no distance count alone.
    Distance,
}

/// Fewer columns of 0 and 1 are flags and categories, in which a 0 that two rows share is a likeness too.
const FINGERPRINT: usize = 64;

impl NearestNeighbors {
    /// Keeps the rows. The weight of a row multiplies that of the neighbor.
    ///
    /// # Errors
    /// There are no rows, a target is nowhere known, a feature is not a finite number, or it is negative for `tanimoto`.
    pub fn fit<T: Real>(&self, examples: &Examples<T>) -> Result<FittedNeighbors> {
        let n = examples.n_rows();
        if n == 0 {
            return Err(Error::NoRows);
        }
        let x: Vec<f32> = examples.x.iter().map(|x| x.to_f64() as f32).collect();
        if x.iter().any(|x| !x.is_finite()) {
            return Err(unsuitable("features that are finite numbers", "one is not", "fill in what is missing"));
        }
        let (outputs, y): (usize, Vec<f64>) = match &examples.targets {
            Targets::Numbers { width, values } => (*width, values.iter().map(|y| y.to_f64()).collect()),
            Targets::Classes { count, labels } => {
                let share = |label: &usize| (0..*count).map(|class| f64::from(u8::from(class == *label))).collect();
                (*count, labels.iter().flat_map::<Vec<f64>, _>(share).collect())
            }
        };
        if (0..outputs).any(|output| y.iter().skip(output).step_by(outputs).all(|y| y.is_nan())) {
            return Err(unsuitable("a row in which each target is known", "one is nowhere known", "leave it out"));
        }
        let bits = || examples.width >= FINGERPRINT && x.iter().all(|x| *x == 0.0 || *x == 1.0);
        let metric = match self.metric {
            NeighborMetric::Auto if bits() => NeighborMetric::Tanimoto,
            NeighborMetric::Auto => NeighborMetric::Euclidean,
            metric => metric,
        };
        let settings = NearestNeighbors { metric, ..self.clone() };
        let weights = examples.weights.iter().map(|w| w.to_f64()).collect();
        let fitted = FittedNeighbors { settings, width: examples.width, outputs, x, y, weights };
        fitted.check(&fitted.x)?;
        Ok(fitted)
    }
}

/// The rows that are asked, as plain arrays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FittedNeighbors {
    /// How they are asked; the metric is not `auto`.
    pub settings: NearestNeighbors,
    /// Features a row.
    pub width: usize,
    /// Targets a row, or classes.
    pub outputs: usize,
    /// Features: `[rows, width]`.
    pub x: Vec<f32>,
    /// Targets, NaN where one is missing, or one at the class of the row and else zero: `[rows, outputs]`.
    pub y: Vec<f64>,
    /// A weight for each row; empty where all count alike.
    pub weights: Vec<f64>,
}

/// Rows that are predicted together, so that each training row is read from memory once for all of them.
const TOGETHER: usize = 16;

impl FittedNeighbors {
    /// Means of the neighbors' numbers, or shares of their classes, for `x: [rows, width]`: `[rows, outputs]`. A row with NaN has
    /// no neighbors, and what is said of it is NaN.
    ///
    /// # Errors
    /// A feature is negative for `tanimoto`.
    pub fn predict<T: Real>(&self, x: &[T], device: &Device) -> Result<Vec<f64>> {
        let x: Vec<f32> = x.iter().map(|x| x.to_f64() as f32).collect();
        self.check(&x)?;
        let complete = self.y.iter().all(|y| !y.is_nan());
        let (width, outputs) = (self.width.max(1), self.outputs.max(1));
        let mut out = vec![0.0; x.len() / width * outputs];
        device.threads().over_chunks(&mut out, TOGETHER * outputs, |chunk, out| {
            let asking: Vec<&[f32]> = x.chunks_exact(width).skip(chunk * TOGETHER).take(TOGETHER).collect();
            for (distances, out) in self.distances(&asking).iter().zip(out.chunks_exact_mut(outputs)) {
                let all = complete.then(|| self.nearest(distances, None));
                for (output, said) in out.iter_mut().enumerate() {
                    *said = match &all {
                        Some(near) => self.mean(near, output),
                        None => self.mean(&self.nearest(distances, Some(output)), output),
                    };
                }
            }
        });
        Ok(out)
    }

    fn check(&self, x: &[f32]) -> Result<()> {
        if self.settings.metric == NeighborMetric::Tanimoto && x.iter().any(|x| *x < 0.0) {
            let hint = "set `metric = \"euclidean\"`, or do not scale the features";
            return Err(unsuitable("features that are not negative for `tanimoto`", "one is negative", hint));
        }
        Ok(())
    }

    /// From each of some rows to all training rows.
    fn distances(&self, asking: &[&[f32]]) -> Vec<Vec<f32>> {
        let euclidean = |a: &[f32], b: &[f32], _: f32| sum(a, b, |a, b| (a - b) * (a - b)).sqrt();
        let manhattan = |a: &[f32], b: &[f32], _: f32| sum(a, b, |a, b| (a - b).abs());
        // The larger numbers are what the smaller ones leave of both; and NaN stays NaN.
        let tanimoto = |a: &[f32], b: &[f32], both: f32| {
            let common = sum(a, b, f32::min);
            let all = both - common;
            // Rounding may take nearly equal rows below zero.
            if all == 0.0 || common >= all { 0.0 } else { 1.0 - common / all }
        };
        match self.settings.metric {
            NeighborMetric::Auto | NeighborMetric::Euclidean => self.each(asking, euclidean),
            NeighborMetric::Manhattan => self.each(asking, manhattan),
            NeighborMetric::Tanimoto => self.each(asking, tanimoto),
        }
    }

    /// The distance of all pairs, which is told the sum of all numbers of both.
    fn each(&self, asking: &[&[f32]], distance: impl Fn(&[f32], &[f32], f32) -> f32) -> Vec<Vec<f32>> {
        let total = |x: &[f32]| sum(x, x, |x, _| x);
        let totals: Vec<f32> = asking.iter().map(|x| total(x)).collect();
        let mut distances = vec![Vec::with_capacity(self.x.len() / self.width.max(1)); asking.len()];
        for row in self.x.chunks_exact(self.width.max(1)) {
            let own = total(row);
            for ((x, total), distances) in asking.iter().zip(&totals).zip(&mut distances) {
                distances.push(distance(x, row, total + own));
            }
        }
        distances
    }

    /// The nearest rows with their distances, of those that know a target where one is named.
    fn nearest(&self, distances: &[f32], output: Option<usize>) -> Vec<(f32, usize)> {
        let knows = |row: usize| output.is_none_or(|output| !self.y[row * self.outputs + output].is_nan());
        let mut all: Vec<(f32, usize)> = distances.iter().copied().zip(0..).filter(|(_, row)| knows(*row)).collect();
        let nearer = |a: &(f32, usize), b: &(f32, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let k = self.settings.neighbors.max(1);
        if k < all.len() {
            all.select_nth_unstable_by(k, nearer);
            all.truncate(k);
        }
        all.sort_unstable_by(nearer);
        all
    }

    fn mean(&self, near: &[(f32, usize)], output: usize) -> f64 {
        let touches = near.first().is_some_and(|(distance, _)| *distance == 0.0);
        let weight = |distance: f64| match self.settings.weights {
            _ if distance.is_nan() => f64::NAN,
            NeighborWeights::Uniform => 1.0,
            NeighborWeights::Distance if touches => f64::from(u8::from(distance == 0.0)),
            NeighborWeights::Distance => 1.0 / distance,
        };
        let (mut sum, mut weights) = (0.0, 0.0);
        for &(distance, row) in near {
            let w = weight(f64::from(distance)) * self.weights.get(row).copied().unwrap_or(1.0);
            sum += w * self.y[row * self.outputs + output];
            weights += w;
        }
        sum / weights
    }
}

/// Sums side by side, which a processor adds at once.
const LANES: usize = 8;

/// $\sum_k f(a_k, b_k)$.
fn sum(a: &[f32], b: &[f32], f: impl Fn(f32, f32) -> f32) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (&a, &b))| *sum += f(a, b));
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(&a, &b)| f(a, b)).sum::<f32>()
}

fn unsuitable(expected: &str, found: &str, hint: &'static str) -> Error {
    Error::Unsuitable { model: "nearest_neighbors", expected: expected.into(), found: found.into(), hint }
}

#[cfg(test)]
mod tests;
