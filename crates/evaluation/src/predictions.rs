//! Predictions of validation and test rows, with the observed values.

use inputs::names::RowNames;
use inputs::target::TargetInfo;
use learn::spread::Spread;
use spec::task::Task;

/// Which rows a prediction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Rows of early stopping and model selection.
    Validation,
    /// Rows that were not used in training or selection.
    Test,
}

/// Predictions for the rows of one subset of one fold.
#[derive(Clone, Debug)]
pub struct Predictions {
    /// The fold.
    pub fold: usize,
    /// Validation or test.
    pub part: Part,
    /// Rows of the file, from zero.
    pub rows: Vec<usize>,
    /// Names of these, where their numbers do not identify them.
    pub names: Option<RowNames>,
    /// Their molecules as SMILES; empty where there are none.
    pub smiles: Vec<String>,
    /// Targets in their own units, or classes as numbers; `[rows, targets]`.
    pub observed: Vec<f64>,
    /// `[rows, targets]`, or `[rows, classes]` probabilities.
    pub predicted: Vec<f64>,
    /// Their standard deviation, where the model predicts it: between members or samples, or by the network.
    pub deviation: Option<Vec<f64>>,
    /// Lower and upper bounds that the network predicts, before any calibration; of the quantile loss only.
    pub bounds: Option<[Vec<f64>; 2]>,
}

impl Predictions {
    /// Errors of the first target, NaN where it is missing; of classes one where the predicted class is wrong, otherwise zero.
    pub fn errors(&self, info: &TargetInfo) -> Vec<f64> {
        let (k, width) = (info.outputs().max(1), info.names.len().max(1));
        let row = |(predicted, observed): (&[f64], &[f64])| match info.task {
            Task::Regression => predicted[0] - observed[0],
            Task::Classification => f64::from(u8::from(nn::metrics::argmax(predicted) != observed[0] as usize)),
        };
        self.predicted.chunks_exact(k).zip(self.observed.chunks_exact(width)).map(row).collect()
    }

    /// The predictions, without the observed values.
    pub fn spread(&self) -> Spread {
        let (values, deviation, bounds) = (self.predicted.clone(), self.deviation.clone(), self.bounds.clone());
        Spread { values, deviation, bounds }
    }
}
