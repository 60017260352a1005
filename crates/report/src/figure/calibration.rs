//! Whether what a model says of its own certainty is true.

use super::{Axis, Figure, Mark};

/// A bin of predictions: their mean, what was observed, and the ends of its interval.
type Bin = (f64, f64, f64, f64);

/// A reliability diagram \[Niculescu2005\]: the observed share of a class against its predicted probability, with the
/// diagonal of honest probabilities. Below it a model is too sure of itself.
///
/// `curves` are (name, bins), a bin is (mean probability, observed share, low, high).
///
/// ```
/// let figure = report::calibration("Test", &[("active", &[(0.1, 0.12, 0.08, 0.2), (0.9, 0.7, 0.5, 0.85)])]);
/// assert_eq!(figure.y.label, "observed share");
/// ```
pub fn calibration(title: &str, curves: &[(&str, &[Bin])]) -> Figure {
    let axis = |label: &str| Axis { range: Some([0.0, 1.0]), ..Axis::new(label) };
    let column = |bins: &[Bin], get: fn(&Bin) -> f64| bins.iter().map(get).collect::<Vec<f64>>();
    let marks = curves.iter().flat_map(|&(name, bins)| {
        let (x, y) = (column(bins, |b| b.0), column(bins, |b| b.1));
        let (low, high) = (column(bins, |b| b.2), column(bins, |b| b.3));
        [Mark::Whiskers { name: String::new(), x: x.clone(), low, high }, Mark::Line { name: name.to_owned(), x, y }]
    });
    let names: Vec<&str> = curves.iter().map(|(name, _)| *name).collect();
    Figure {
        title: title.to_owned(),
        description: format!("Observed share against predicted probability. {}", names.join(", ")),
        x: axis("predicted probability"),
        y: axis("observed share"),
        equal: true,
        marks: [Mark::Diagonal { name: "honest".to_owned() }].into_iter().chain(marks).collect(),
        note: None,
    }
}

/// The fraction of rows inside intervals of every nominal level, with the diagonal of calibrated intervals. Below it intervals
/// are too narrow.
///
/// `curves` are (name, nominal levels, observed shares).
///
/// ```
/// let figure = report::nominal_coverage("Test", &[("intervals", &[0.5, 0.9], &[0.48, 0.91])]);
/// assert!(figure.to_svg().contains("nominal coverage"));
/// ```
pub fn nominal_coverage(title: &str, curves: &[(&str, &[f64], &[f64])]) -> Figure {
    let axis = |label: &str| Axis { range: Some([0.0, 1.0]), ..Axis::new(label) };
    let line = |&(name, nominal, observed): &(&str, &[f64], &[f64])| Mark::Line {
        name: name.to_owned(),
        x: nominal.to_vec(),
        y: observed.to_vec(),
    };
    let names: Vec<&str> = curves.iter().map(|(name, ..)| *name).collect();
    Figure {
        title: title.to_owned(),
        description: format!("Observed against nominal coverage of intervals. {}", names.join(", ")),
        x: axis("nominal coverage"),
        y: axis("observed coverage"),
        equal: true,
        marks: [Mark::Diagonal { name: "honest".to_owned() }].into_iter().chain(curves.iter().map(line)).collect(),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_a_line_with_error_bars_behind() {
        let figure = calibration("t", &[("a", &[(0.5, 0.4, 0.3, 0.5)])]);
        assert!(matches!(figure.marks[1], Mark::Whiskers { .. }) && matches!(figure.marks[2], Mark::Line { .. }));
    }
}
