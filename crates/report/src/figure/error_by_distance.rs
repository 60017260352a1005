//! How far from the training data a model may be trusted.

use super::{Axis, Figure, Mark};

/// Absolute errors against the distance to the training data, a dot for each row, and lines such as running quantiles.
///
/// `lines` are (name, distances, errors); the text `unit` may be empty.
///
/// ```
/// let figure = report::error_by_distance("Test", "K", &[0.1, 0.6], &[2.0, 9.0], &[("median", &[0.1, 0.6], &[2.0, 9.0])]);
/// assert_eq!(figure.x.label, "distance to training data");
/// ```
pub fn error_by_distance(
    title: &str,
    unit: &str,
    distances: &[f64],
    errors: &[f64],
    lines: &[(&str, &[f64], &[f64])],
) -> Figure {
    let points = Mark::Points { name: String::new(), x: distances.to_vec(), y: errors.to_vec() };
    let line =
        |&(name, x, y): &(&str, &[f64], &[f64])| Mark::Line { name: name.to_owned(), x: x.to_vec(), y: y.to_vec() };
    let names: Vec<&str> = lines.iter().map(|(name, ..)| *name).collect();
    Figure {
        title: title.to_owned(),
        description: format!(
            "Absolute error against distance to the training data for {} rows. {}",
            errors.len(),
            names.join(", ")
        ),
        x: Axis::new("distance to training data"),
        y: Axis::new(&if unit.is_empty() { "absolute error".to_owned() } else { format!("absolute error [{unit}]") }),
        equal: false,
        marks: std::iter::once(points).chain(lines.iter().map(line)).collect(),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lie_above_the_dots() {
        let figure = error_by_distance("t", "", &[0.0], &[1.0], &[("median", &[0.0], &[1.0])]);
        assert!(matches!(figure.marks[..], [Mark::Points { .. }, Mark::Line { .. }]));
    }
}
