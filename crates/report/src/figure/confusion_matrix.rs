//! Which class was taken for which.

use super::{Axis, Figure, Mark, Scale};

/// A square of counts: rows are observed classes from the top, columns predicted ones; `counts` is row-major.
///
/// A cell is shaded by its fraction of the row, so that a rare class is seen as well as a frequent one.
///
/// ```
/// let figure = report::confusion_matrix("Test", &["inactive", "active"], &[90, 10, 3, 7]);
/// assert!(figure.to_svg().contains(">90</text>"));
/// ```
pub fn confusion_matrix(title: &str, classes: &[&str], counts: &[usize]) -> Figure {
    let names: Vec<String> = classes.iter().map(|&name| name.to_owned()).collect();
    let row_sum = |cell: usize| {
        counts.chunks(names.len().max(1)).nth(cell / names.len().max(1)).map_or(0, |row| row.iter().sum::<usize>())
    };
    let shade = |(cell, &count): (usize, &usize)| count as f64 / row_sum(cell).max(1) as f64;
    let axis = |label: &str| Axis { scale: Scale::Names(names.clone()), ..Axis::new(label) };
    Figure {
        title: title.to_owned(),
        description: format!("Counts of observed and predicted classes: {}", names.join(", ")),
        x: axis("predicted"),
        y: axis("observed"),
        equal: true,
        marks: vec![Mark::Cells {
            shades: counts.iter().enumerate().map(shade).collect(),
            labels: counts.iter().map(usize::to_string).collect(),
        }],
        note: None,
    }
}
