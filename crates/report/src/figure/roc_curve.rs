//! The receiver operating characteristic \[Fawcett2006\].

use super::{Axis, Figure, Mark};

/// True against false positives for every threshold, a line for each curve, and the diagonal of chance.
///
/// `curves` are (name, false positive rates, true positive rates).
pub fn roc_curve(title: &str, curves: &[(&str, &[f64], &[f64])]) -> Figure {
    let line = |&(name, fpr, tpr): &(&str, &[f64], &[f64])| Mark::Line {
        name: name.to_owned(),
        x: fpr.to_vec(),
        y: tpr.to_vec(),
    };
    let axis = |label: &str| Axis { range: Some([0.0, 1.0]), ..Axis::new(label) };
    let names: Vec<&str> = curves.iter().map(|(name, ..)| *name).collect();
    Figure {
        title: title.to_owned(),
        description: format!("True positive rate against false positive rate. {}", names.join(", ")),
        x: axis("false positive rate"),
        y: axis("true positive rate"),
        equal: true,
        marks: std::iter::once(Mark::Diagonal { name: "chance".to_owned() }).chain(curves.iter().map(line)).collect(),
        note: None,
    }
}
