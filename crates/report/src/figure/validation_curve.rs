//! The error over a setting.

use super::{Axis, Figure, Mark, Scale};

/// A point of a validation curve: the value of the setting, the error, and the ends of its interval.
type Point = (f64, f64, f64, f64);

/// Errors on training and validation rows over the values of a setting, with error bars: where the two part, a model begins
/// to overfit its training rows. `scale` is that of the setting, often [`Scale::Log`].
///
/// `curves` are (name, points), a point is (value, error, low, high).
///
/// ```
/// let points = [(0.01, 3.0, 2.5, 3.5), (0.1, 2.0, 1.8, 2.2)];
/// let figure = report::validation_curve("Penalty", "train.l2", report::Scale::Log, "RMSE [K]", &[("validation", &points)]);
/// assert_eq!(figure.marks.len(), 2);
/// ```
pub fn validation_curve(title: &str, setting: &str, scale: Scale, error: &str, curves: &[(&str, &[Point])]) -> Figure {
    let column = |points: &[Point], get: fn(&Point) -> f64| points.iter().map(get).collect::<Vec<f64>>();
    let mut marks = Vec::new();
    for &(name, points) in curves {
        let (x, y) = (column(points, |p| p.0), column(points, |p| p.1));
        let (low, high) = (column(points, |p| p.2), column(points, |p| p.3));
        marks.push(Mark::Whiskers { name: String::new(), x: x.clone(), low, high });
        marks.push(Mark::Line { name: name.to_owned(), x, y });
    }
    let names: Vec<&str> = curves.iter().map(|(name, _)| *name).collect();
    over_setting(title, (setting, scale), error, &names, marks)
}

/// A figure of errors over a setting, in which the lines of these names are drawn.
pub(super) fn over_setting(
    title: &str,
    (setting, scale): (&str, Scale),
    error: &str,
    names: &[&str],
    marks: Vec<Mark>,
) -> Figure {
    Figure {
        title: title.to_owned(),
        description: format!("{error} over {setting}. {}", names.join(", ")),
        x: Axis { scale, ..Axis::new(setting) },
        y: Axis::new(error),
        equal: false,
        marks,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_may_be_logarithmic() {
        let points = [(1e-4, 2.0, 1.0, 3.0), (1e-1, 1.0, 0.5, 1.5)];
        let svg = validation_curve("t", "x", Scale::Log, "RMSE", &[("training", &points)]).to_svg();
        assert!(svg.contains("10⁻²"), "{svg}");
    }
}
