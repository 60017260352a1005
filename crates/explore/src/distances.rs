//! Whether some rows are nearer than others, or all equally far.

use data::profile::Histogram;
use rayon::prelude::*;
use serde::Serialize;

use crate::cloud::Cloud;
use crate::sample::sample;

/// Distances between rows in the space of the standardized features.
///
/// In many dimensions the nearest row is nearly as far away as the farthest \[Beyer1999\]; then "similar" means little,
/// and so do methods that build on it.
#[derive(Clone, Debug, Serialize)]
pub struct Distances {
    /// Rows between which distances were taken.
    pub rows: usize,
    /// Distance to the nearest other row, the median over rows.
    pub nearest: f64,
    /// Distance to the farthest row, the median over rows.
    pub farthest: f64,
    /// Nearest divided by farthest, the median over rows: near 0 where rows form groups, near 1 where all are far.
    pub ratio: f64,
    /// Histogram of distances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
}

const MOST_ROWS: usize = 500;
const FEWEST_ROWS: usize = 3;
const BINS: usize = 40;

impl Distances {
    pub(crate) fn of(cloud: &Cloud) -> Option<Self> {
        let rows = sample(&(0..cloud.n_rows()).collect::<Vec<_>>(), MOST_ROWS, "look distances");
        let n = rows.len();
        if n < FEWEST_ROWS {
            return None;
        }
        // To the rows before it, so that each pair is measured once.
        let before = |a: usize| (0..a).map(|b| distance(cloud.row(rows[a]), cloud.row(rows[b]))).collect();
        let all: Vec<Vec<f64>> = (0..n).into_par_iter().map(before).collect();
        let of = |a: usize, b: usize| all[a.max(b)][a.min(b)];
        let others = |row: usize| (0..n).filter(move |&other| other != row).map(move |other| of(row, other));
        let nearest = |row: usize| others(row).fold(f64::INFINITY, f64::min);
        let farthest = |row: usize| others(row).fold(0.0, f64::max);
        let pairs: Vec<f64> = all.iter().flatten().copied().collect();
        let ratios = (0..n).filter(|&row| farthest(row) > 0.0).map(|row| nearest(row) / farthest(row)).collect();
        Some(Distances {
            rows: n,
            nearest: median((0..n).map(nearest).collect())?,
            farthest: median((0..n).map(farthest).collect())?,
            ratio: median(ratios)?,
            histogram: Histogram::of(&pairs, BINS),
        })
    }
}

/// Euclidean; eight sums at once, which the processor adds side by side.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0.0_f64; 8];
    for (a, b) in a.chunks(sums.len()).zip(b.chunks(sums.len())) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum += f64::from(x - y) * f64::from(x - y);
        }
    }
    sums.iter().sum::<f64>().sqrt()
}

fn median(numbers: Vec<f64>) -> Option<f64> {
    data::profile::Numbers::of(&numbers).map(|numbers| numbers.median)
}
