//! How many of those found are right, and how many of the right ones are found \[Davis2006\].

use super::{Axis, Figure, Mark};

/// Precision over recall for every threshold, a line for each curve, whose name carries the area below it.
///
/// `curves` are (name, recalls, precisions, area); `chance` is the fraction of positives, the precision of a guess.
///
/// ```
/// let figure = report::precision_recall("Active", &[("active", &[0.5, 1.0], &[1.0, 0.6], 0.8)], Some(0.1));
/// assert_eq!(figure.marks[1].name(), "active: 0.800");
/// ```
pub fn precision_recall(title: &str, curves: &[(&str, &[f64], &[f64], f64)], chance: Option<f64>) -> Figure {
    let words = |&(name, _, _, area): &(&str, &[f64], &[f64], f64)| format!("{name}: {area:.3}");
    let line = |curve: &(&str, &[f64], &[f64], f64)| Mark::Line {
        name: words(curve),
        x: curve.1.to_vec(),
        y: curve.2.to_vec(),
    };
    let axis = |label: &str| Axis { range: Some([0.0, 1.0]), ..Axis::new(label) };
    let names: Vec<String> = curves.iter().map(words).collect();
    let guess = chance.map(|y| Mark::Horizontal { name: "chance".to_owned(), y });
    Figure {
        title: title.to_owned(),
        description: format!("Precision against recall, with average precision. {}", names.join(", ")),
        x: axis("recall"),
        y: axis("precision"),
        equal: true,
        marks: guess.into_iter().chain(curves.iter().map(line)).collect(),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_chance_there_is_no_guide() {
        assert_eq!(precision_recall("t", &[("a", &[0.0, 1.0], &[1.0, 0.5], 0.7)], None).marks.len(), 1);
    }
}
