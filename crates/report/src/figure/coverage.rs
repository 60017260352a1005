//! Prediction intervals and observations.

use super::{Axis, Figure, Mark, Scale};

/// Intervals of predictions in the caller's order, usually from the lowest prediction to the highest, and what was
/// observed: a dot outside the band is a row that the interval missed.
///
/// ```
/// let figure = report::coverage("Test", "K", &[300.0, 350.0], &[290.0, 341.0], &[310.0, 360.0], &[304.0, 338.0]);
/// assert_eq!(figure.y.label, "value [K]");
/// ```
pub fn coverage(title: &str, unit: &str, predicted: &[f64], low: &[f64], high: &[f64], observed: &[f64]) -> Figure {
    let x: Vec<f64> = (1..=predicted.len()).map(|rank| rank as f64).collect();
    Figure {
        title: title.to_owned(),
        description: format!("Prediction intervals of {} rows and what was observed", predicted.len()),
        x: Axis { scale: Scale::Counts, ..Axis::new("rows by prediction") },
        y: Axis::new(&if unit.is_empty() { "value".to_owned() } else { format!("value [{unit}]") }),
        equal: false,
        marks: vec![
            Mark::Band { name: "interval".to_owned(), x: x.clone(), low: low.to_vec(), high: high.to_vec() },
            Mark::Points { name: "observed".to_owned(), x: x.clone(), y: observed.to_vec() },
            Mark::Line { name: "predicted".to_owned(), x, y: predicted.to_vec() },
        ],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_from_one() {
        let figure = coverage("t", "", &[1.0, 2.0], &[0.0, 1.0], &[2.0, 3.0], &[1.5, 4.0]);
        assert!(matches!(&figure.marks[1], Mark::Points { x, .. } if x == &[1.0, 2.0]));
    }
}
