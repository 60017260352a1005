//! Two objectives against each other.

use super::{Axis, Figure, Mark};

/// A dot for each trial, and a line through those that no other beats in both objectives.
///
/// ```
/// let figure = report::pareto("Trade-off", ["yield", "cost"], &[(0.5, 3.0)], &[(0.9, 4.0), (0.4, 1.0)]);
/// assert_eq!(figure.marks.len(), 3);
/// ```
pub fn pareto(title: &str, labels: [&str; 2], others: &[(f64, f64)], front: &[(f64, f64)]) -> Figure {
    let points = |name: &str, pairs: &[(f64, f64)]| {
        let (x, y) = pairs.iter().copied().unzip();
        Mark::Points { name: name.to_owned(), x, y }
    };
    let mut sorted = front.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (x, y) = sorted.iter().copied().unzip();
    Figure {
        title: title.to_owned(),
        description: format!("{} of {} trials are on the front", front.len(), front.len() + others.len()),
        x: Axis::new(labels[0]),
        y: Axis::new(labels[1]),
        equal: false,
        marks: vec![Mark::Line { name: String::new(), x, y }, points("front", front), points("beaten", others)],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_runs_from_left_to_right() {
        let figure = pareto("t", ["a", "b"], &[], &[(3.0, 1.0), (1.0, 3.0), (2.0, 2.0)]);
        assert!(matches!(&figure.marks[0], Mark::Line { x, .. } if x[..] == [1.0, 2.0, 3.0]));
    }
}
