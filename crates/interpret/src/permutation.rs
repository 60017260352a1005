//! Permutation importance: the loss of accuracy where a feature is shuffled among the rows.

use std::collections::HashSet;

use evaluation::scores::Observed;
use inputs::target::Values;
use nn::metrics::{Regression, argmax, student_interval};
use serde::Serialize;
use spec::error::Result;
use spec::task::Task;
use tensor::random::Key;

use crate::explainer::Explainer;
use crate::settings::Interpret;

/// Increase in the error of a model where a feature carries no information \[Breiman2001\].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Importance {
    /// Name of the loss: `increase in RMSE`, or `decrease in accuracy`.
    pub loss: String,
    /// RMSE or accuracy with all features as they are.
    pub score: f64,
    /// Rows on which it is measured.
    pub rows: usize,
    /// Whether they are held-out rows, which the model was not trained on.
    pub held_out: bool,
    /// How often each feature is shuffled.
    pub repeats: usize,
    /// The features, the most important first.
    pub features: Vec<ImportantFeature>,
}

/// One feature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportantFeature {
    /// A column, a descriptor, or a fingerprint as a whole.
    pub name: String,
    /// Mean loss over the shuffles, in the unit of the score.
    pub loss: f64,
    /// Lower bound of its 95 % interval.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Shuffles every feature; `None` where no row has a target.
pub(crate) fn importance(explainer: &Explainer<'_>, output: usize, asked: &Interpret) -> Result<Option<Importance>> {
    let info = &explainer.model.target;
    let Some(values) = info.read(&explainer.source.table)? else { return Ok(None) };
    let judged: HashSet<usize> = asked.judged.iter().copied().collect();
    let wanted = |row: usize| {
        let known = match &values {
            Values::Numbers(numbers) => !numbers[row * info.names.len() + output].is_nan(),
            Values::Classes(labels) => labels[row].is_some(),
        };
        known && (judged.is_empty() || judged.contains(&explainer.source.rows[row]))
    };
    let judged: Vec<usize> = (0..explainer.rows.len()).filter(|&at| wanted(explainer.rows[at])).collect();
    let in_source: Vec<usize> = judged.iter().map(|&at| explainer.rows[at]).collect();
    let observed = Observed::numbers(&values, &in_source, info);
    if judged.len() < 2 {
        return Ok(None);
    }
    let score = |predicted: &[f64]| score(&observed, predicted, info.task, (output, explainer.outputs()));
    let n = judged.len();
    let base = score(&explainer.predict(n, &|row, _| judged[row])?);
    let worse = |predicted: &[f64]| match info.task {
        Task::Regression => score(predicted) - base,
        Task::Classification => base - score(predicted),
    };
    let feature = |player: usize| -> Result<ImportantFeature> {
        let key = Key::new(asked.seed, "importance").shard(player);
        let orders: Vec<Vec<usize>> =
            (0..asked.repeats).map(|repeat| key.at(repeat, 0).random().permutation(n)).collect();
        let pick = |row: usize, other: usize| judged[if other == player { orders[row / n][row % n] } else { row % n }];
        let predicted = explainer.predict(n * asked.repeats, &pick)?;
        let losses: Vec<f64> = predicted.chunks_exact(n * explainer.outputs()).map(worse).collect();
        let [loss, low, high] = student_interval(&losses);
        Ok(ImportantFeature { name: explainer.players[player].name.clone(), loss, low, high })
    };
    let mut features = (0..explainer.players.len()).map(feature).collect::<Result<Vec<_>>>()?;
    features.sort_by(|a, b| b.loss.total_cmp(&a.loss).then_with(|| a.name.cmp(&b.name)));
    let loss = if info.task == Task::Regression { "increase in RMSE" } else { "decrease in accuracy" };
    Ok(Some(Importance {
        loss: loss.into(),
        score: base,
        rows: n,
        held_out: !asked.judged.is_empty(),
        repeats: asked.repeats,
        features,
    }))
}

/// RMSE of one target, or the accuracy.
fn score(observed: &[f64], predicted: &[f64], task: Task, (output, outputs): (usize, usize)) -> f64 {
    match task {
        Task::Regression => {
            let column = |values: &[f64]| values.iter().skip(output).step_by(outputs).copied().collect::<Vec<f64>>();
            Regression::of(&column(observed), &column(predicted)).rmse
        }
        Task::Classification => {
            let right = predicted.chunks_exact(outputs).zip(observed).filter(|(p, y)| argmax(p) == **y as usize);
            right.count() as f64 / observed.len() as f64
        }
    }
}
