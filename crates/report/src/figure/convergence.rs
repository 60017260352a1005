//! The best value so far from trial to trial.

use super::{Axis, Figure, Mark, Scale};

/// A name, the best value after each trial, and the lower and upper edge of a band around it.
pub type BestSoFar<'a> = (&'a str, &'a [f64], Option<[Vec<f64>; 2]>);

/// How a study comes to its best value: a dot for each trial where single values are known, a line for the best so far. Of many
/// runs the mean, with a band from `low` to `high`.
///
/// `lines` are (name, best so far after each trial, band around it or nothing).
///
/// ```
/// let best = [3.0, 3.0, 5.0];
/// let figure = report::convergence("Study", "yield [%]", &[3.0, 1.0, 5.0], &[("best so far", &best, None)]);
/// assert_eq!(figure.marks.len(), 2);
/// ```
pub fn convergence(title: &str, label: &str, values: &[f64], lines: &[BestSoFar<'_>]) -> Figure {
    let numbers = |n: usize| -> Vec<f64> { (1..=n).map(|at| at as f64).collect() };
    let mut marks = Vec::new();
    for (name, best, band) in lines {
        let x = numbers(best.len());
        if let Some([low, high]) = band {
            marks.push(Mark::Band { name: String::new(), x: x.clone(), low: low.clone(), high: high.clone() });
        }
        marks.push(Mark::Line { name: (*name).to_owned(), x, y: best.to_vec() });
    }
    if !values.is_empty() {
        marks.push(Mark::Points { name: "trials".to_owned(), x: numbers(values.len()), y: values.to_vec() });
    }
    let last = lines.first().and_then(|(_, best, _)| best.last()).copied().unwrap_or(f64::NAN);
    Figure {
        title: title.to_owned(),
        description: format!("{label} over the trials; the best in the end is {last}"),
        x: Axis { scale: Scale::Counts, ..Axis::new("trial") },
        y: Axis::new(label),
        equal: false,
        marks,
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_stands_behind_its_line() {
        let band = Some([vec![0.5, 1.5], vec![1.5, 2.5]]);
        let figure = convergence("Play", "y", &[], &[("strategy", &[1.0, 2.0], band)]);
        assert!(matches!(figure.marks[..], [Mark::Band { .. }, Mark::Line { .. }]));
        assert!(figure.to_svg().contains("strategy"));
    }
}
