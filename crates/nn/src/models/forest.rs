//! Random forest, through the trees of the crate `smartcore`: the baseline that chemists trust.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smartcore::ensemble::random_forest_classifier::{RandomForestClassifier, RandomForestClassifierParameters};
use smartcore::ensemble::random_forest_regressor::{RandomForestRegressor, RandomForestRegressorParameters};
use smartcore::linalg::basic::matrix::DenseMatrix;
use tensor::Real;
use tensor::random::Key;

use crate::Result;
use crate::error::Error;
use crate::examples::{Examples, Targets};

/// Random forest \[Breiman2001\], $\hat y = \frac1T \sum_t f_t(x)$ over $T$ decision trees $f_t$, each grown on rows
/// drawn with replacement, where every split is the best among a random subset of the features; of classes, the
/// fractions of the votes.
///
/// Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RandomForest {
    /// Number of trees $T$.
    #[schemars(range(min = 1))]
    pub trees: usize,
    /// Fraction of the features among which a split is chosen; by default a third for numbers, the square root for
    /// classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub max_features: Option<f64>,
    /// Also use the bits of fingerprints where descriptors of molecules are available: trees on thousands of bits
    /// grow slowly and predict less well.
    pub fingerprints: bool,
}

impl Default for RandomForest {
    fn default() -> Self {
        RandomForest { trees: 100, max_features: None, fingerprints: false }
    }
}

type Regressor = RandomForestRegressor<f64, f64, DenseMatrix<f64>, Vec<f64>>;
type Classifier = RandomForestClassifier<f64, u32, DenseMatrix<f64>, Vec<u32>>;

/// Grown trees, each a forest of one, so that they grow in parallel and vote one by one.
pub enum FittedForest {
    /// Trees of numbers, for each target.
    Numbers(Vec<Vec<Regressor>>),
    /// Trees of classes, and how many there are.
    Classes(Vec<Classifier>, usize),
}

impl RandomForest {
    /// Grows the trees, on all threads of the present rayon pool; each has its own random stream.
    pub fn fit<T: Real>(&self, examples: &Examples<T>, seed: u64) -> Result<FittedForest> {
        let p = examples.width as f64;
        let tried = |default: f64| self.max_features.map_or(default, |share| share * p).ceil().max(1.0) as usize;
        let seed_of = |tree: usize| Key::new(seed, "forest").shard(tree).random().next_u64();
        match &examples.targets {
            Targets::Numbers { width, values } => {
                let grow = |target: usize| {
                    let y = |row: usize| values[row * width + target].to_f64();
                    let known: Vec<usize> = (0..examples.n_rows()).filter(|&row| y(row).is_finite()).collect();
                    let (x, y) = (matrix(examples, &known)?, known.iter().map(|&row| y(row)).collect::<Vec<f64>>());
                    let tree = |tree: usize| {
                        let parameters = RandomForestRegressorParameters {
                            n_trees: 1,
                            m: Some(tried(p / 3.0)),
                            seed: seed_of(tree),
                            ..Default::default()
                        };
                        Regressor::fit(&x, &y, parameters).map_err(failed("grown"))
                    };
                    (0..self.trees).into_par_iter().map(tree).collect::<Result<Vec<_>>>()
                };
                Ok(FittedForest::Numbers((0..*width).map(grow).collect::<Result<_>>()?))
            }
            Targets::Classes { count, labels } => {
                let (x, y) = (
                    matrix(examples, &(0..labels.len()).collect::<Vec<_>>())?,
                    labels.iter().map(|&l| l as u32).collect(),
                );
                let tree = |tree: usize| {
                    let parameters = RandomForestClassifierParameters {
                        n_trees: 1,
                        m: Some(tried(p.sqrt())),
                        seed: seed_of(tree),
                        ..Default::default()
                    };
                    Classifier::fit(&x, &y, parameters).map_err(failed("grown"))
                };
                Ok(FittedForest::Classes((0..self.trees).into_par_iter().map(tree).collect::<Result<_>>()?, *count))
            }
        }
    }
}

impl FittedForest {
    /// Means over the trees, or shares of their votes, for `x: [rows, inputs]`: `[rows, outputs]`.
    pub fn predict<T: Real>(&self, x: &[T], inputs: usize) -> Result<Vec<f64>> {
        let n = x.len() / inputs.max(1);
        let outputs = match self {
            FittedForest::Numbers(forests) => forests.len(),
            FittedForest::Classes(_, count) => *count,
        };
        let mut out = vec![0.0; n * outputs];
        if n == 0 {
            return Ok(out);
        }
        let x = DenseMatrix::new(n, inputs, x.iter().map(|x| x.to_f64()).collect(), false).map_err(failed("asked"))?;
        match self {
            FittedForest::Numbers(forests) => {
                for (target, trees) in forests.iter().enumerate() {
                    for tree in trees {
                        let predicted = tree.predict(&x).map_err(failed("asked"))?;
                        predicted
                            .iter()
                            .enumerate()
                            .for_each(|(row, y)| out[row * outputs + target] += y / trees.len() as f64);
                    }
                }
            }
            FittedForest::Classes(trees, _) => {
                for tree in trees {
                    let votes = tree.predict(&x).map_err(failed("asked"))?;
                    votes
                        .iter()
                        .enumerate()
                        .for_each(|(row, &class)| out[row * outputs + class as usize] += 1.0 / trees.len() as f64);
                }
            }
        }
        Ok(out)
    }

    /// The trees as bytes, one block for each target.
    pub fn to_bytes(&self) -> Result<Vec<Vec<u8>>> {
        match self {
            FittedForest::Numbers(forests) => {
                forests.iter().map(|trees| postcard::to_allocvec(trees).map_err(failed("saved"))).collect()
            }
            FittedForest::Classes(trees, _) => Ok(vec![postcard::to_allocvec(trees).map_err(failed("saved"))?]),
        }
    }

    /// The trees from bytes; `classes` where they tell classes apart.
    pub fn from_bytes(blocks: &[&[u8]], classes: Option<usize>) -> Result<Self> {
        match classes {
            None => {
                let forests = blocks.iter().map(|block| postcard::from_bytes(block).map_err(failed("read")));
                Ok(FittedForest::Numbers(forests.collect::<Result<_>>()?))
            }
            Some(count) => {
                let block = blocks.first().copied().unwrap_or_default();
                Ok(FittedForest::Classes(postcard::from_bytes(block).map_err(failed("read"))?, count))
            }
        }
    }
}

fn matrix<T: Real>(examples: &Examples<T>, rows: &[usize]) -> Result<DenseMatrix<f64>> {
    let values = rows.iter().flat_map(|&row| examples.row(row)).map(|x| x.to_f64()).collect();
    DenseMatrix::new(rows.len(), examples.width, values, false).map_err(failed("grown"))
}

fn failed<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> Error {
    move |e| Error::Forest { what, reason: e.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_a_step_and_survives_its_bytes() {
        let x: Vec<f64> = (0..100).map(|i| f64::from(i) / 100.0).collect();
        let values = x.iter().map(|&x| if x > 0.5 { 4.0 } else { 1.0 }).collect();
        let data =
            Examples { width: 1, x: x.clone(), targets: Targets::Numbers { width: 1, values }, weights: Vec::new() };
        let forest = RandomForest::default().fit(&data, 0).unwrap();
        let found = forest.predict(&[0.2, 0.8], 1).unwrap();
        assert!((found[0] - 1.0).abs() < 0.1 && (found[1] - 4.0).abs() < 0.1, "{found:?}");
        let bytes = forest.to_bytes().unwrap();
        let again = FittedForest::from_bytes(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>(), None).unwrap();
        assert_eq!(again.predict(&x, 1).unwrap(), forest.predict(&x, 1).unwrap());
    }

    #[test]
    fn votes_are_shares_that_sum_to_one() {
        let x: Vec<f64> = (0..90).map(|i| f64::from(i) / 90.0).collect();
        let labels = (0..90).map(|i| i / 30).collect();
        let data = Examples { width: 1, x, targets: Targets::Classes { count: 3, labels }, weights: Vec::new() };
        let found = RandomForest::default().fit(&data, 0).unwrap().predict(&[0.1, 0.5, 0.9], 1).unwrap();
        for (row, shares) in found.chunks(3).enumerate() {
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9 && shares[row] > 0.9, "{found:?}");
        }
    }
}
