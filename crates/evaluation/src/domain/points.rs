//! Points between which distances are measured: fingerprints of molecules, or decorrelated numbers.

use chem::{Ecfp, Molecule};
use inputs::source::Source;
use learn::model_file::{Arrays, Reader};
use rayon::prelude::*;
use spec::error::Result;
use tensor::kernels::reduce::dot;
use tensor::linalg::inverse_factor;

/// Rows as points between which there are distances.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// Bits as zeros and ones, `[rows, BITS]`, with how many are set.
    Molecules { bits: Vec<f32>, counts: Vec<f32> },
    /// Numbers after the whitening, `[rows, width]`, and the whitening, `[width, width]`; empty where there are too many
    /// features or too few rows for a covariance, so that each counts by itself.
    Numbers { values: Vec<f32>, width: usize, whitening: Vec<f64> },
}

const BITS: usize = 2048;
/// Above this the covariance costs more than it tells.
const MOST_FEATURES: usize = 512;
/// Share of the mean variance that is added to each: correlated features would make distances infinite.
const RIDGE: f64 = 1e-3;

impl Points {
    /// The `chosen` of the training rows, on scales of all of them.
    pub fn fit(source: &Source, rows: &[usize], x: &[f32], chosen: &[usize]) -> Result<Self> {
        if source.molecules.is_some() {
            let bits = fingerprints(source, &chosen.iter().map(|&at| rows[at]).collect::<Vec<_>>())?;
            return Ok(Points::with_counts(bits));
        }
        let width = x.len() / rows.len().max(1);
        let whitening = whitening(x, width).unwrap_or_default();
        let own: Vec<f32> = chosen.iter().flat_map(|&at| &x[at * width..(at + 1) * width]).copied().collect();
        Ok(Points::Numbers { values: whiten(&own, width, &whitening), width, whitening })
    }

    fn with_counts(bits: Vec<f32>) -> Self {
        let counts = bits.chunks(BITS).map(|row| row.iter().sum()).collect();
        Points::Molecules { bits, counts }
    }

    /// Other rows as points.
    pub fn queries(&self, source: &Source, rows: &[usize], x: &[f32]) -> Result<Vec<f32>> {
        match self {
            Points::Molecules { .. } => fingerprints(source, rows),
            Points::Numbers { width, whitening, .. } => Ok(whiten(x, *width, whitening)),
        }
    }

    pub(crate) fn molecules(&self) -> bool {
        matches!(self, Points::Molecules { .. })
    }

    pub(crate) fn width(&self) -> usize {
        match self {
            Points::Molecules { .. } => BITS,
            Points::Numbers { width, .. } => *width,
        }
    }

    pub(crate) fn len(&self) -> usize {
        let (Points::Molecules { bits: values, .. } | Points::Numbers { values, .. }) = self;
        values.len() / self.width().max(1)
    }

    pub(crate) fn point(&self, at: usize) -> &[f32] {
        let (Points::Molecules { bits: values, .. } | Points::Numbers { values, .. }) = self;
        &values[at * self.width()..(at + 1) * self.width()]
    }

    /// Distance to the nearest point, and which it is; the first of several.
    pub fn nearest(&self, query: &[f32], without: Option<usize>) -> (f64, usize) {
        let own = query.iter().sum::<f32>();
        let others = (0..self.len()).filter(|at| Some(*at) != without).map(|at| (self.distance(query, own, at), at));
        others.fold((f64::INFINITY, 0), |best, next| if next.0 < best.0 { next } else { best })
    }

    /// Distances to all points.
    pub fn distances(&self, query: &[f32]) -> Vec<f64> {
        let own = query.iter().sum::<f32>();
        (0..self.len()).map(|at| self.distance(query, own, at)).collect()
    }

    /// Distance to one point; `own` is how many bits of the query are set.
    fn distance(&self, query: &[f32], own: f32, at: usize) -> f64 {
        match self {
            Points::Molecules { counts, .. } => {
                let both = dot(query, self.point(at));
                let any = own + counts[at] - both;
                // Two molecules without any neighborhood are alike.
                if any > 0.0 { f64::from(1.0 - both / any) } else { 0.0 }
            }
            Points::Numbers { .. } => {
                let squares = query.iter().zip(self.point(at)).map(|(a, b)| f64::from((a - b) * (a - b)));
                squares.sum::<f64>().sqrt()
            }
        }
    }

    pub(crate) fn write(&self, arrays: &mut Arrays) {
        match self {
            Points::Molecules { bits, .. } => {
                let byte = |bits: &[f32]| bits.iter().enumerate().map(|(k, bit)| ((*bit > 0.0) as u8) << k).sum();
                arrays.add_bytes("domain.bits", bits.chunks(8).map(byte).collect());
            }
            Points::Numbers { values, width, whitening } => {
                arrays.add_shaped("domain.points", values, &[self.len(), *width]);
                arrays.add("domain.whitening", whitening);
            }
        }
    }

    pub(crate) fn read(reader: &Reader<'_>, molecules: bool, width: usize) -> Result<Self> {
        if molecules {
            let bytes = reader.bytes("domain.bits")?;
            let bits = bytes.iter().flat_map(|byte| (0..8).map(move |k| f32::from(byte >> k & 1))).collect();
            return Ok(Points::with_counts(bits));
        }
        let (values, whitening) = (reader.array("domain.points")?, reader.array("domain.whitening")?);
        Ok(Points::Numbers { values, width, whitening })
    }
}

fn fingerprints(source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
    let Some(molecules) = &source.molecules else { return Ok(Vec::new()) };
    let one = |&row: &usize| Ecfp::default().compute(&Molecule::parse(&molecules.canonical[row])?);
    let rows = rows.par_iter().map(one).collect::<std::result::Result<Vec<Vec<f32>>, chem::Error>>()?;
    Ok(rows.concat())
}

/// The inverse Cholesky factor of the covariance of `x: [rows, width]`.
pub(super) fn whitening(x: &[f32], width: usize) -> Option<Vec<f64>> {
    let n = x.len() / width.max(1);
    if width > MOST_FEATURES || n <= width {
        return None;
    }
    let rows = || x.chunks_exact(width);
    let mut mean = vec![0.0; width];
    rows().for_each(|row| mean.iter_mut().zip(row).for_each(|(m, x)| *m += f64::from(*x) / n as f64));
    let mut covariance = vec![0.0; width * width];
    for row in rows() {
        let centered: Vec<f64> = row.iter().zip(&mean).map(|(x, m)| f64::from(*x) - m).collect();
        for (i, a) in centered.iter().enumerate() {
            covariance[i * width..=i * width + i].iter_mut().zip(&centered).for_each(|(c, b)| *c += a * b / n as f64);
        }
    }
    let ridge = RIDGE * (0..width).map(|i| covariance[i * width + i]).sum::<f64>() / width as f64;
    (0..width).for_each(|i| covariance[i * width + i] += ridge);
    inverse_factor(&covariance, width)
}

/// Each row times the transposed whitening; the rows themselves without one.
pub(super) fn whiten(x: &[f32], width: usize, whitening: &[f64]) -> Vec<f32> {
    if whitening.is_empty() {
        return x.to_vec();
    }
    let row = |row: &[f32]| -> Vec<f32> {
        let lines = whitening.chunks_exact(width).enumerate();
        let sum = |(i, line): (usize, &[f64])| line[..=i].iter().zip(row).map(|(w, x)| w * f64::from(*x)).sum::<f64>();
        lines.map(|line| sum(line) as f32).collect()
    };
    x.par_chunks(width.max(1)).flat_map_iter(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variances 4 and 1 without correlation, nearly: two units along the first axis are as far as one along the second.
    #[test]
    fn distances_are_in_deviations() {
        let x: Vec<f32> = [[2.0, 1.0], [-2.0, 1.0], [2.0, -1.0], [-2.0, -1.0]].concat();
        let whitening = whitening(&x, 2).unwrap();
        let at = |p: [f32; 2]| whiten(&p, 2, &whitening);
        let distance = |a: [f32; 2], b: [f32; 2]| {
            at(a).iter().zip(at(b)).map(|(a, b)| f64::from((a - b).powi(2))).sum::<f64>().sqrt()
        };
        assert!((distance([0.0, 0.0], [2.0, 0.0]) - 1.0).abs() < 2e-3);
        assert!((distance([0.0, 0.0], [0.0, 1.0]) - 1.0).abs() < 2e-3);
    }

    #[test]
    fn tanimoto_counts_what_both_have_over_what_any_has() {
        let mut bits = vec![0.0; 2 * BITS];
        [0, 1, 2, BITS + 7].into_iter().for_each(|at| bits[at] = 1.0);
        let points = Points::with_counts(bits);
        let mut query = vec![0.0; BITS];
        [1, 2, 3].into_iter().for_each(|at| query[at] = 1.0);
        assert_eq!(points.nearest(&query, None), (0.5, 0));
        assert_eq!(points.nearest(points.point(0), Some(0)), (1.0, 1));
    }
}
