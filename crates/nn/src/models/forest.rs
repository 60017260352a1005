//! Random forest, through the crate `randomforest`: the baseline that chemists trust.

use std::num::NonZeroUsize;

use randomforest::criterion::{Gini, Mse};
use randomforest::table::TableBuilder;
use randomforest::{
    RandomForestClassifier, RandomForestClassifierOptions, RandomForestRegressor, RandomForestRegressorOptions,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::Result;
use crate::error::Error;
use crate::examples::{Examples, Targets};

/// Random forest [Breiman2001]: the mean of trees grown on resampled rows, each split chosen among some features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RandomForest {
    /// How many trees.
    #[schemars(range(min = 1))]
    pub trees: usize,
    /// Share of the features among which a split is chosen; by default a third for numbers, the square root for classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub max_features: Option<f64>,
}

impl Default for RandomForest {
    fn default() -> Self {
        RandomForest { trees: 100, max_features: None }
    }
}

/// Grown trees; one forest for each target.
pub enum FittedForest {
    /// Forests of numbers.
    Numbers(Vec<RandomForestRegressor>),
    /// One forest of classes, and how many there are.
    Classes(RandomForestClassifier, usize),
}

impl RandomForest {
    /// Grows the trees, on all threads of the present rayon pool; each has its own random stream.
    pub fn fit<T: Real>(&self, examples: &Examples<T>, seed: u64) -> Result<FittedForest> {
        let number = |n: usize| NonZeroUsize::new(n.max(1)).unwrap_or(NonZeroUsize::MIN);
        let p = examples.width as f64;
        let table = |y: &dyn Fn(usize) -> f64| -> Result<TableBuilder> {
            let mut table = TableBuilder::new();
            for row in (0..examples.n_rows()).filter(|&row| y(row).is_finite()) {
                let x: Vec<f64> = examples.row(row).iter().map(|x| x.to_f64()).collect();
                table.add_row(&x, y(row)).map_err(|e| Error::Forest { what: "grown", reason: e.to_string() })?;
            }
            Ok(table)
        };
        let built = |e: randomforest::table::TableError| Error::Forest { what: "grown", reason: e.to_string() };
        match &examples.targets {
            Targets::Numbers { width, values } => {
                let features = (self.max_features.unwrap_or(1.0 / 3.0) * p).ceil() as usize;
                let forests = (0..*width).map(|target| {
                    let table = table(&|row| values[row * width + target].to_f64())?;
                    let mut options = RandomForestRegressorOptions::new();
                    options.seed(seed).trees(number(self.trees)).max_features(number(features)).parallel();
                    Ok(options.fit(Mse, table.build().map_err(built)?))
                });
                Ok(FittedForest::Numbers(forests.collect::<Result<_>>()?))
            }
            Targets::Classes { count, labels } => {
                let features = self.max_features.map_or(p.sqrt(), |share| share * p).ceil() as usize;
                let table = table(&|row| labels[row] as f64)?;
                let mut options = RandomForestClassifierOptions::new();
                options.seed(seed).trees(number(self.trees)).max_features(number(features)).parallel();
                Ok(FittedForest::Classes(options.fit(Gini, table.build().map_err(built)?), *count))
            }
        }
    }
}

impl FittedForest {
    /// Means over the trees, or shares of their votes, for `x: [rows, inputs]`.
    pub fn predict<T: Real>(&self, x: &[T], inputs: usize) -> Vec<f64> {
        let mut out = Vec::new();
        for row in x.chunks_exact(inputs.max(1)) {
            let row: Vec<f64> = row.iter().map(|x| x.to_f64()).collect();
            match self {
                FittedForest::Numbers(forests) => out.extend(forests.iter().map(|forest| forest.predict(&row))),
                FittedForest::Classes(forest, count) => {
                    let mut votes = vec![0.0; *count];
                    let mut total = 0.0;
                    for vote in forest.predict_individuals(&row) {
                        votes[vote as usize] += 1.0;
                        total += 1.0;
                    }
                    out.extend(votes.iter().map(|v| v / total));
                }
            }
        }
        out
    }

    /// The trees as bytes, one block for each forest.
    pub fn to_bytes(&self) -> Result<Vec<Vec<u8>>> {
        let write = |serialise: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
            let mut bytes = Vec::new();
            serialise(&mut bytes).map_err(|e| Error::Forest { what: "saved", reason: e.to_string() })?;
            Ok(bytes)
        };
        match self {
            FittedForest::Numbers(forests) => {
                forests.iter().map(|forest| write(&|bytes| forest.serialize(bytes))).collect()
            }
            FittedForest::Classes(forest, _) => Ok(vec![write(&|bytes| forest.serialize(bytes))?]),
        }
    }

    /// The trees from bytes; `classes` where they tell classes apart.
    pub fn from_bytes(blocks: &[&[u8]], classes: Option<usize>) -> Result<Self> {
        let failed = |e: std::io::Error| Error::Forest { what: "read", reason: e.to_string() };
        match classes {
            None => Ok(FittedForest::Numbers(
                blocks.iter().map(|&b| RandomForestRegressor::deserialize(b).map_err(failed)).collect::<Result<_>>()?,
            )),
            Some(count) => {
                let block = blocks.first().copied().unwrap_or_default();
                Ok(FittedForest::Classes(RandomForestClassifier::deserialize(block).map_err(failed)?, count))
            }
        }
    }
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
        let found = forest.predict(&[0.2, 0.8], 1);
        assert!((found[0] - 1.0).abs() < 0.1 && (found[1] - 4.0).abs() < 0.1, "{found:?}");
        let bytes = forest.to_bytes().unwrap();
        let again = FittedForest::from_bytes(&bytes.iter().map(Vec::as_slice).collect::<Vec<_>>(), None).unwrap();
        assert_eq!(again.predict(&x, 1), forest.predict(&x, 1));
    }
}
