//! Feature importance.

use super::{Axis, Figure, Mark, Scale};

/// Lying bars from the top in the caller's order, each with its interval; `label` says what their length means.
///
/// `features` are (name, value, low, high).
///
/// ```
/// let figure = report::importance("Feature importance", "increase in RMSE [K]", &[("logp", 12.0, 10.0, 14.0)]);
/// assert!(figure.to_svg().contains(">logp</text>"));
/// ```
pub fn importance(title: &str, label: &str, features: &[(&str, f64, f64, f64)]) -> Figure {
    let names = features.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let y: Vec<f64> = (0..features.len()).map(|at| at as f64).collect();
    let lengths = features.iter().map(|feature| feature.1).collect();
    let (low, high) = features.iter().map(|feature| (feature.2, feature.3)).unzip();
    let first: Vec<&str> = features.iter().take(3).map(|(name, ..)| *name).collect();
    Figure {
        title: title.to_owned(),
        description: format!("{label} for {} features; first come {}", features.len(), first.join(", ")),
        x: Axis::new(label),
        y: Axis { scale: Scale::Names(names), ..Axis::default() },
        equal: false,
        marks: vec![
            Mark::Bars { name: String::new(), y: y.clone(), lengths },
            Mark::Spans { name: String::new(), y, low, high },
        ],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_features_make_the_figure_higher() {
        let names: Vec<String> = (0..40).map(|at| format!("x{at}")).collect();
        let few = importance("t", "", &[("a", 1.0, 0.5, 1.5)]);
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), 1.0, 0.5, 1.5)).collect();
        let height = |figure: &Figure| {
            let svg = figure.to_svg();
            svg.split("height=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<f64>().ok())
        };
        assert!(height(&importance("t", "", &many)) > height(&few));
    }
}
