//! Errors on rows of a curve, and rows drawn for it.

use evaluation::scores::Observed;
use inputs::target::{TargetInfo, Values};
use spec::task::Task;
use tensor::random::Key;

/// `rows` drawn with replacement.
pub fn bootstrap(rows: &[usize], key: Key) -> Vec<usize> {
    let mut random = key.random();
    rows.iter().map(|_| rows[random.below(rows.len())]).collect()
}

/// The root of the mean square of numbers, or the fraction of wrong classes.
pub fn error(task: Task, observed: &[f64], predicted: &[f64]) -> f64 {
    let known = || observed.iter().zip(predicted).filter(|(y, _)| !y.is_nan());
    let n = known().count() as f64;
    match task {
        Task::Regression => (known().map(|(y, p)| (p - y).powi(2)).sum::<f64>() / n).sqrt(),
        Task::Classification => known().filter(|(y, p)| y != p).count() as f64 / n,
    }
}

/// The first target of some rows in its own unit, NaN where it is missing; classes as numbers.
pub fn observed(values: &Values, rows: &[usize], info: &TargetInfo) -> Vec<f64> {
    Observed::numbers(values, rows, info).into_iter().step_by(info.names.len().max(1)).collect()
}
