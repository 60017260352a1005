//! How a prediction changes with one feature \[Friedman2001, Goldstein2015\].

use super::{Axis, Figure, Mark};

/// The partial dependence: the mean prediction for each value of a feature as a thick line, and the prediction for
/// single rows as thin ones.
///
/// ```
/// let figure = report::dependence("Size", "n_atoms", "boiling point [K]", &[1.0, 2.0], &[3.0, 4.0], &[vec![2.0, 5.0]]);
/// assert_eq!(figure.marks.len(), 2);
/// ```
pub fn dependence(
    title: &str,
    feature: &str,
    predicted: &str,
    values: &[f64],
    mean: &[f64],
    single: &[Vec<f64>],
) -> Figure {
    Figure {
        title: title.to_owned(),
        description: format!("{predicted} against {feature}: the mean, and {} single rows", single.len()),
        x: Axis::new(feature),
        y: Axis::new(predicted),
        equal: false,
        marks: vec![
            Mark::Curves { name: "single rows".to_owned(), x: values.to_vec(), y: single.to_vec() },
            Mark::Line { name: "mean".to_owned(), x: values.to_vec(), y: mean.to_vec() },
        ],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_row_is_a_stroke_of_one_path() {
        let figure = dependence("t", "x", "y", &[0.0, 1.0], &[0.5, 0.5], &[vec![0.0, 1.0], vec![1.0, 0.0]]);
        let svg = figure.to_svg();
        let curves = svg.lines().rfind(|line| line.contains("class=\"curve")).map(|l| l.matches('L').count());
        assert_eq!(curves, Some(2), "{svg}");
    }
}
