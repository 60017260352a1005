//! Principal components: the number of directions in which the rows spread.

use serde::Serialize;
use tensor::Device;
use tensor::kernels::gemm::{Matrix, Then, gemm};
use tensor::linalg::symmetric_eigenvalues;

use crate::cloud::Cloud;
use crate::sample::sample;

/// Principal components of the standardized features \[Jolliffe2002\].
#[derive(Clone, Debug, Serialize)]
pub struct Components {
    /// Number of rows.
    pub rows: usize,
    /// Features that vary in these rows.
    pub features: usize,
    /// Fraction of the variance along each of the first ten components.
    pub explained: Vec<f64>,
    /// Number of components that explain 90 % of the variance.
    pub for_90_percent: usize,
    /// Cumulative fraction of the variance of the first components, up to 99 %.
    pub cumulative: Vec<f64>,
}

/// 2,000 rows where there are fewer features; else the matrix of their products is decomposed, which takes half a second
/// for 1,000 rows and eight times as long for twice as many.
const MOST_ROWS: usize = 2_000;
const LARGEST_MATRIX: usize = 1_000;
const SHOWN: usize = 10;
const MOST: f64 = 0.9;
const NEARLY_ALL: f64 = 0.99;

impl Components {
    /// Eigenvalues of $X^\top X$, or of $X X^\top$, which has the same ones, where there are more features than rows.
    pub(crate) fn of(cloud: &Cloud) -> Option<Self> {
        let most = if cloud.names.len() > LARGEST_MATRIX { LARGEST_MATRIX } else { MOST_ROWS };
        let rows = sample(&(0..cloud.n_rows()).collect::<Vec<_>>(), most, "look components");
        let (columns, x) = cloud.standardized(&rows, &(0..cloud.names.len()).collect::<Vec<_>>());
        let (n, p) = (rows.len(), columns.len());
        let x = Matrix::new(&x, n, p);
        let (size, left, right) = if p > n { (n, x, x.t()) } else { (p, x.t(), x) };
        let mut products = vec![0.0; size * size];
        gemm(&Device::cpu(1), left, right, Then::Store, &mut products);
        let values = symmetric_eigenvalues(&products, size)?;
        let total: f64 = values.iter().map(|value| value.max(0.0)).sum();
        if total <= 0.0 {
            return None;
        }
        let explained: Vec<f64> = values.iter().rev().map(|value| value.max(0.0) / total).collect();
        let mut sum = 0.0;
        let cumulative = explained.iter().map(|share| {
            sum += share;
            sum
        });
        let cumulative: Vec<f64> = cumulative.collect();
        let until = |share: f64| cumulative.iter().position(|&sum| sum >= share - 1e-12).map_or(size, |at| at + 1);
        Some(Components {
            rows: n,
            features: p,
            for_90_percent: until(MOST),
            cumulative: cumulative[..until(NEARLY_ALL)].to_vec(),
            explained: explained.into_iter().take(SHOWN).collect(),
        })
    }
}
