//! How much each step of a sequence counts.

use super::{Axis, Figure, Mark, Scale};

/// Standing bars for the steps of a sequence, each under its name; of many steps only every so many has one.
///
/// ```
/// let steps = ["C", "C", "O"].map(str::to_owned);
/// let figure = report::attention("Ethanol", &steps, &[0.2, 0.2, 0.6]);
/// assert_eq!(figure.y.label, "weight");
/// ```
pub fn attention(title: &str, steps: &[String], weights: &[f64]) -> Figure {
    let every = steps.len().div_ceil(MOST_NAMES).max(1);
    let names = steps.iter().enumerate().map(|(at, name)| if at % every == 0 { name.clone() } else { String::new() });
    Figure {
        title: title.to_owned(),
        description: format!("Attention over {} steps", steps.len()),
        x: Axis { scale: Scale::Names(names.collect()), ..Axis::new("step") },
        y: Axis::new("weight"),
        equal: false,
        marks: vec![Mark::Columns {
            name: String::new(),
            edges: (0..=weights.len()).map(|at| at as f64 - 0.5).collect(),
            heights: weights.to_vec(),
        }],
        note: None,
    }
}

/// Names that have room below an axis.
const MOST_NAMES: usize = 40;
