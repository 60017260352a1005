//! How a network is trained: the settings.

use grad::optim::{Clip, Optimizer, Schedule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a network is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Training {
    /// Passes over the training rows, at most.
    #[schemars(range(min = 1))]
    pub epochs: usize,
    /// Rows in a mini-batch.
    #[schemars(range(min = 1))]
    pub batch: usize,
    /// How parameters follow their gradients.
    pub optimizer: Optimizer,
    /// How the learning rate changes.
    pub schedule: Schedule,
    /// Epochs over which the learning rate grows from zero.
    #[schemars(range(min = 0.0))]
    pub warm_up: f64,
    /// Limit on gradients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip: Option<Clip>,
    /// Strength of the penalty on absolute weights, $\lambda_1 \lVert w\rVert_1$.
    #[schemars(range(min = 0.0))]
    pub l1: f64,
    /// Strength of the penalty on squared weights, $\frac{\lambda_2}{2}\lVert w\rVert_2^2$.
    #[schemars(range(min = 0.0))]
    pub l2: f64,
    /// When to stop before the last epoch; the best weights are restored.
    pub early_stopping: EarlyStopping,
    /// How threads share the work.
    pub parallel: Parallel,
}

impl Default for Training {
    fn default() -> Self {
        Training {
            epochs: 200,
            batch: 32,
            optimizer: Optimizer::default(),
            schedule: Schedule::default(),
            warm_up: 0.0,
            clip: None,
            l1: 0.0,
            l2: 0.0,
            early_stopping: EarlyStopping::default(),
            parallel: Parallel::default(),
        }
    }
}

/// Stops when the loss on the validation rows no longer falls \[Prechelt1998\].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EarlyStopping {
    /// Epochs without improvement before the end \[Prechelt1998\]; zero trains through all epochs and keeps the best weights.
    pub patience: usize,
    /// Smallest fall of the loss that counts as improvement.
    #[schemars(range(min = 0.0))]
    pub min_delta: f64,
}

impl Default for EarlyStopping {
    fn default() -> Self {
        EarlyStopping { patience: 30, min_delta: 0.0 }
    }
}

/// How threads share the work of training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Parallel {
    /// Threads work on the same step; the same bits for any number of them.
    #[default]
    Synchronous,
    /// Threads take their own steps on shared parameters without a lock \[Niu2011\]. It pays on sparse inputs, where
    /// only touched rows are read and written; results differ from run to run. Needs plain SGD.
    Hogwild,
}
