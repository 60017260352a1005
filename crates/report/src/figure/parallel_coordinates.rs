//! Many settings of many trials in one figure.

use super::{Axis, Figure, Mark, Scale};

/// A standing axis for each setting, a line for each trial from one to the next, and the best trials in a color of their own
/// in front of the others.
///
/// `lines` are what stands on each axis as a fraction from 0 to 1 of its range, NaN where a trial has no value, from the best trial
/// to the worst. The first `good` of them stand out, and the very first most of all. `note` says what the ends of the axes are.
///
/// ```
/// let trials = [vec![0.1, 0.9], vec![0.4, 0.2], vec![f64::NAN, 0.5]];
/// let figure = report::parallel_coordinates("Trials", &["width", "rate"], &trials, 1, "width 16 to 512");
/// assert_eq!(figure.marks.len(), 3);
/// ```
pub fn parallel_coordinates(title: &str, axes: &[&str], lines: &[Vec<f64>], good: usize, note: &str) -> Figure {
    let x: Vec<f64> = (0..axes.len()).map(|at| at as f64).collect();
    let good = good.clamp(1, lines.len().max(1));
    let group =
        |name: &str, lines: &[Vec<f64>]| Mark::Curves { name: name.to_owned(), x: x.clone(), y: lines.to_vec() };
    let (best, others) = lines.split_at(good.min(lines.len()));
    let mut marks = vec![group("other trials", others), group(&format!("best {good}"), best)];
    if let Some(first) = lines.first() {
        marks.push(Mark::Line { name: "best".into(), x: x.clone(), y: first.clone() });
    }
    Figure {
        title: title.to_owned(),
        description: format!("{} trials over {} settings: {}", lines.len(), axes.len(), axes.join(", ")),
        x: Axis { scale: Scale::Names(axes.iter().map(|axis| (*axis).to_owned()).collect()), ..Axis::default() },
        y: Axis { range: Some([-0.03, 1.03]), ..Axis::new("share of the range") },
        equal: false,
        marks,
        note: (!note.is_empty()).then(|| note.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_stands_in_front_and_no_trials_are_no_obstacle() {
        let lines = vec![vec![0.0, 1.0], vec![1.0, 0.0], vec![0.5, 0.5]];
        let figure = parallel_coordinates("t", &["a", "b"], &lines, 2, "");
        let Mark::Curves { y, .. } = &figure.marks[1] else { panic!() };
        assert_eq!(y[..], lines[..2]);
        assert!(matches!(&figure.marks[2], Mark::Line { y, .. } if *y == lines[0]));
        assert!(parallel_coordinates("t", &["a"], &[], 3, "").to_svg().contains("no data"));
    }
}
