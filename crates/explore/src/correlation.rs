//! Strongly correlated features.

use serde::Serialize;
use tensor::Device;
use tensor::kernels::gemm::{Matrix, Then, gemm};

use crate::cloud::Cloud;
use crate::sample::sample;

/// Pairs of features with a correlation near 1 or -1.
#[derive(Clone, Debug, Serialize)]
pub struct Correlations {
    /// Features that were compared with one another: all, or those of the largest variance.
    pub compared: usize,
    /// Pairs with $|r|$ above 0.95.
    pub strong: usize,
    /// Features in such pairs.
    pub features: usize,
    /// The five strongest of them.
    pub strongest: Vec<Pair>,
}

/// Two features and their correlation.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// One feature.
    pub a: String,
    /// The other.
    pub b: String,
    /// Pearson's coefficient.
    pub r: f64,
}

/// Threshold of strong correlation.
const STRONG: f64 = 0.95;
/// 500 features in 5,000 rows take a fifth of a second.
const MOST_FEATURES: usize = 500;
const MOST_ROWS: usize = 5_000;
const SHOWN: usize = 5;

impl Correlations {
    pub(crate) fn of(cloud: &Cloud) -> Self {
        let mut columns: Vec<usize> = (0..cloud.names.len()).collect();
        columns.sort_by(|&a, &b| cloud.deviations[b].total_cmp(&cloud.deviations[a]).then(a.cmp(&b)));
        columns.truncate(MOST_FEATURES);
        columns.sort_unstable();
        let rows = sample(&(0..cloud.n_rows()).collect::<Vec<_>>(), MOST_ROWS, "look correlations");
        let (columns, x) = cloud.standardized(&rows, &columns);
        let p = columns.len();
        let mut r = vec![0.0; p * p];
        let x = Matrix::new(&x, rows.len(), p);
        gemm(&Device::cpu(1), x.t(), x, Then::Store, &mut r);
        let pairs = (0..p).flat_map(|a| (a + 1..p).map(move |b| (a, b)));
        let mut strong: Vec<(usize, usize)> = pairs.filter(|(a, b)| r[a * p + b].abs() > STRONG).collect();
        let mut paired: Vec<usize> = strong.iter().flat_map(|&(a, b)| [a, b]).collect();
        paired.sort_unstable();
        paired.dedup();
        strong.sort_by(|&(a, b), &(c, d)| r[c * p + d].abs().total_cmp(&r[a * p + b].abs()));
        let name = |at: usize| cloud.names[columns[at]].clone();
        let pair = |&(a, b): &(usize, usize)| Pair { a: name(a), b: name(b), r: r[a * p + b].clamp(-1.0, 1.0) };
        Correlations {
            compared: p,
            strong: strong.len(),
            features: paired.len(),
            strongest: strong.iter().take(SHOWN).map(pair).collect(),
        }
    }
}
