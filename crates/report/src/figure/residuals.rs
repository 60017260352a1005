//! Residuals.

use super::{Axis, Figure, Mark};

/// Residuals (predicted minus observed) against predictions, with a line where every prediction would be right: a bend
/// or a funnel is something that the model has not learned.
///
/// `groups` are (name, predicted, residuals); the text `unit` may be empty.
///
/// ```
/// let figure = report::residuals("Boiling point", "K", &[("test", &[300.0, 350.0], &[2.0, -5.0])]);
/// assert_eq!(figure.y.label, "predicted − observed [K]");
/// ```
pub fn residuals(title: &str, unit: &str, groups: &[(&str, &[f64], &[f64])]) -> Figure {
    let label = |word: &str| if unit.is_empty() { word.to_owned() } else { format!("{word} [{unit}]") };
    let points = |&(name, predicted, residuals): &(&str, &[f64], &[f64])| Mark::Points {
        name: name.to_owned(),
        x: predicted.to_vec(),
        y: residuals.to_vec(),
    };
    let counts: Vec<String> =
        groups.iter().map(|(name, predicted, _)| format!("{name}: {} points", predicted.len())).collect();
    let zero = Mark::Horizontal { name: String::new(), y: 0.0 };
    Figure {
        title: title.to_owned(),
        description: format!("Residuals, predicted minus observed, against predicted values. {}", counts.join(", ")),
        x: Axis::new(&label("predicted")),
        y: Axis::new(&label("predicted − observed")),
        equal: false,
        marks: groups.iter().map(points).chain([zero]).collect(),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_always_in_the_figure() {
        let svg = residuals("t", "", &[("test", &[1.0, 2.0], &[5.0, 6.0])]).to_svg();
        assert!(svg.contains("<path class=\"guide\" d=\"M"), "{svg}");
    }
}
