//! Logistic regression: a network without hidden layers, by L-BFGS on all rows.

use grad::optim::{Lbfgs, Optimizer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::error::Error;
use crate::examples::Targets;
use crate::training::{EarlyStopping, Training};

/// Logistic regression \[Cox1958\], binary or multinomial: $p_k = e^{w_k^\top x + b_k}/\sum_j e^{w_j^\top x + b_j}$
/// for the classes $k$, with the weights that minimize the mean cross-entropy
/// $-\frac1n\sum_i \ln p_{i,y_i} + \frac{\lambda}{2}\lVert w\rVert_2^2$.
///
/// Input `[batch, features]`, output `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Logistic {
    /// Regularization strength $\lambda$.
    #[schemars(range(min = 0.0))]
    pub penalty: f64,
    /// Steps of L-BFGS, at most.
    #[schemars(range(min = 1))]
    pub steps: usize,
}

impl Default for Logistic {
    fn default() -> Self {
        Logistic { penalty: 1e-3, steps: 100 }
    }
}

impl Logistic {
    /// Numbers to predict are an error.
    pub fn check<T>(&self, targets: &Targets<T>) -> Result<()> {
        match targets {
            Targets::Classes { .. } => Ok(()),
            Targets::Numbers { .. } => Err(Error::Unsuitable {
                model: "logistic",
                expected: "classes to predict".into(),
                found: "the target holds numbers".into(),
                hint: "use `ridge` or `mlp`, or take the numbers as classes with `--task classification`",
            }),
        }
    }

    /// The training that finds the minimum.
    pub fn training(&self) -> Training {
        Training {
            epochs: self.steps,
            optimizer: Optimizer::Lbfgs(Lbfgs::default()),
            l2: self.penalty,
            early_stopping: EarlyStopping { patience: 0, min_delta: 0.0 },
            ..Training::default()
        }
    }
}
