//! The mean predictor: what every model must beat.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::linear::{FittedLinear, Link};
use crate::examples::{Examples, Targets};

/// Mean predictor \[Hastie2009\], $\hat y = \frac1n \sum_i y_i$ over the $n$ training rows, whatever the input; of
/// classes the frequencies $p_k = n_k/n$.
///
/// Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mean {}

impl Mean {
    /// Means of the training targets.
    pub fn fit<T: Real>(&self, examples: &Examples<T>) -> FittedLinear {
        let weight = |row: usize| examples.weight(row);
        let (outputs, values): (usize, Vec<f64>) = match &examples.targets {
            Targets::Numbers { width, values } => (*width, values.iter().map(|y| y.to_f64()).collect()),
            Targets::Classes { count, labels } => (
                *count,
                labels.iter().flat_map(|&label| (0..*count).map(move |k| f64::from(u8::from(k == label)))).collect(),
            ),
        };
        let (mut sums, mut weights) = (vec![0.0; outputs], vec![0.0; outputs]);
        for (row, values) in values.chunks_exact(outputs.max(1)).enumerate() {
            for (k, &y) in values.iter().enumerate().filter(|(_, y)| y.is_finite()) {
                sums[k] += weight(row) * y;
                weights[k] += weight(row);
            }
        }
        let intercepts = sums.iter().zip(&weights).map(|(s, w)| if *w > 0.0 { s / w } else { 0.0 }).collect();
        FittedLinear { weights: vec![0.0; examples.width * outputs], intercepts, link: Link::Identity }
    }
}
