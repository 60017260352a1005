//! The loss from epoch to epoch.

use super::{Axis, Figure, Mark, Scale};

/// The loss on training and validation rows after each epoch, and the epoch whose parameters are kept.
///
/// For a loss that falls over decades set `figure.y.scale` to [`Scale::Log`]. An empty `validation` is left out.
pub fn learning_curve(
    epochs: &[f64],
    train: &[f64],
    validation: &[f64],
    best_epoch: Option<f64>,
    loss_name: &str,
) -> Figure {
    let line = |name: &str, y: &[f64]| Mark::Line { name: name.to_owned(), x: epochs.to_vec(), y: y.to_vec() };
    let mut marks = Vec::new();
    let mut best = String::new();
    if let Some(x) = best_epoch {
        marks.push(Mark::Vertical { name: format!("best epoch {x}"), x });
        best = format!("; the best epoch is {x}");
    }
    marks.push(line("training", train));
    if !validation.is_empty() {
        marks.push(line("validation", validation));
    }
    Figure {
        title: "Learning curve".to_owned(),
        description: format!("{loss_name} over {} epochs{best}", epochs.len()),
        x: Axis { scale: Scale::Counts, ..Axis::new("epoch") },
        y: Axis::new(loss_name),
        equal: false,
        marks,
        note: None,
    }
}
