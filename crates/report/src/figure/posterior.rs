//! Posterior along one parameter.

use super::{Axis, Figure, Mark, Scale};

/// Predictions along one parameter, and where the acquisition value is largest.
pub struct Slice<'a> {
    /// Values of the setting.
    pub x: &'a [f64],
    /// The value that is expected at each.
    pub mean: &'a [f64],
    /// How far it may be off.
    pub deviation: &'a [f64],
    /// Acquisition value there, on any scale.
    pub promise: &'a [f64],
    /// Trials that were done, projected onto this setting: its value and the outcome.
    pub trials: (&'a [f64], &'a [f64]),
}

/// Fraction of the height over which the acquisition value is plotted.
const SHARE: f64 = 0.25;

/// The predicted mean with a band of two standard deviations, the trials as dots, and at the foot the acquisition value of a trial, from
/// nothing to its most.
///
/// ```
/// let (x, mean, deviation, promise) = ([0.0, 1.0], [1.0, 2.0], [0.1, 0.2], [0.5, 1.0]);
/// let slice = report::Slice { x: &x, mean: &mean, deviation: &deviation, promise: &promise, trials: (&[0.5], &[1.4]) };
/// assert_eq!(report::posterior("Yield", "temperature", false, "yield", &slice).marks.len(), 4);
/// ```
pub fn posterior(title: &str, setting: &str, log: bool, label: &str, slice: &Slice<'_>) -> Figure {
    let Slice { x, mean, deviation, promise, trials } = slice;
    let edge = |sign: f64| -> Vec<f64> { mean.iter().zip(*deviation).map(|(m, d)| m + sign * 2.0 * d).collect() };
    let (low, high) = (edge(-1.0), edge(1.0));
    let shown = || low.iter().chain(&high).chain(trials.1).copied().filter(|y| y.is_finite());
    let (bottom, top) = (shown().fold(f64::INFINITY, f64::min), shown().fold(f64::NEG_INFINITY, f64::max));
    let most = promise.iter().copied().filter(|p| p.is_finite()).fold(0.0, f64::max);
    let foot = bottom - SHARE * (top - bottom);
    let drawn = |p: &f64| if most > 0.0 { foot + SHARE * (top - bottom) * p / most } else { foot };
    Figure {
        title: title.to_owned(),
        description: format!("{label} over {setting}, with the other settings at their best"),
        x: Axis { scale: if log { Scale::Log } else { Scale::Linear }, ..Axis::new(setting) },
        y: Axis::new(label),
        equal: false,
        marks: vec![
            Mark::Band { name: String::new(), x: x.to_vec(), low, high },
            Mark::Line { name: "predicted mean, with two standard deviations".into(), x: x.to_vec(), y: mean.to_vec() },
            Mark::Points { name: "trials".into(), x: trials.0.to_vec(), y: trials.1.to_vec() },
            Mark::Line {
                name: "expected improvement (no scale)".into(),
                x: x.to_vec(),
                y: promise.iter().map(drawn).collect(),
            },
        ],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_stands_at_the_foot_and_touches_nothing() {
        let (mean, deviation, promise) = ([1.0, 3.0], [0.5, 0.5], [0.0, 4.0]);
        let slice = Slice { x: &[0.0, 1.0], mean: &mean, deviation: &deviation, promise: &promise, trials: (&[], &[]) };
        let figure = posterior("t", "x", false, "y", &slice);
        let Mark::Line { y, .. } = &figure.marks[3] else { panic!() };
        assert_eq!(y[..], [-1.0, 0.0]);
    }
}
