//! Predicted against observed values.

use super::{Axis, Figure, Mark};

/// A square figure with a diagonal on which every prediction would be right; a color for each group, such as
/// validation and test. The caller writes errors such as the RMSE into [`Figure::note`].
///
/// `groups` are (name, observed, predicted); the text `unit` may be empty.
///
/// ```
/// let figure = report::parity("Solubility", "mol/L", &[("test", &[-1.0, -2.0], &[-1.1, -1.8])]);
/// assert_eq!(figure.x.label, "observed [mol/L]");
/// ```
pub fn parity(title: &str, unit: &str, groups: &[(&str, &[f64], &[f64])]) -> Figure {
    let label = |word: &str| if unit.is_empty() { word.to_owned() } else { format!("{word} [{unit}]") };
    let points = |&(name, observed, predicted): &(&str, &[f64], &[f64])| Mark::Points {
        name: name.to_owned(),
        x: observed.to_vec(),
        y: predicted.to_vec(),
    };
    let counts: Vec<String> =
        groups.iter().map(|(name, observed, _)| format!("{name}: {} points", observed.len())).collect();
    Figure {
        title: title.to_owned(),
        description: format!("Predicted against observed values. {}", counts.join(", ")),
        x: Axis::new(&label("observed")),
        y: Axis::new(&label("predicted")),
        equal: true,
        marks: groups.iter().map(points).chain([Mark::Diagonal { name: String::new() }]).collect(),
        note: None,
    }
}
