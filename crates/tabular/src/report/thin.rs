//! Fewer dots than rows, where there are too many to draw.

use ::report::{Figure, Mark};
use report::words::count;

/// The most dots of a figure: more cover one another, and make a file that no browser likes.
pub const MOST: usize = 5000;
/// Of these so many are the largest errors, which a reader looks for.
const EXTREMES: usize = 100;

/// At most `most` of the rows, in their order: the ends of both axes, the largest distances between `x` and `y`, and
/// otherwise every so-many-th row.
pub fn thin(x: &[f64], y: &[f64], most: usize) -> Vec<usize> {
    let n = x.len().min(y.len());
    if n <= most {
        return (0..n).collect();
    }
    let mut by_error: Vec<usize> = (0..n).collect();
    by_error.sort_by(|&a, &b| (y[b] - x[b]).abs().total_cmp(&(y[a] - x[a]).abs()).then(a.cmp(&b)));
    let end = |values: &[f64], sign: f64| (0..n).max_by(|&a, &b| (sign * values[a]).total_cmp(&(sign * values[b])));
    let ends = [(x, 1.0), (x, -1.0), (y, 1.0), (y, -1.0)].into_iter().filter_map(|(values, sign)| end(values, sign));
    let mut kept: Vec<usize> = ends.chain(by_error.into_iter().take(EXTREMES.min(most / 2))).take(most).collect();
    let places = most - kept.len();
    kept.extend((0..places).map(|k| k * n / places));
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// The named numbers of groups, thinned together so that each keeps its fraction, and how many there were.
pub struct Thinned {
    pub groups: Vec<(&'static str, Vec<f64>, Vec<f64>)>,
    shown: usize,
    of: usize,
}

impl Thinned {
    pub fn new(groups: Vec<(&'static str, Vec<f64>, Vec<f64>)>) -> Self {
        let of: usize = groups.iter().map(|(_, x, _)| x.len()).sum();
        let few = |(name, x, y): (&'static str, Vec<f64>, Vec<f64>)| {
            let share = if of <= MOST { x.len() } else { x.len() * MOST / of };
            let kept = thin(&x, &y, share);
            let pick = |values: &[f64]| kept.iter().map(|&row| values[row]).collect::<Vec<_>>();
            (name, pick(&x), pick(&y))
        };
        let groups: Vec<_> = groups.into_iter().map(few).collect();
        Thinned { shown: groups.iter().map(|(_, x, _)| x.len()).sum(), groups, of }
    }

    /// The groups as figures take them.
    pub fn slices(&self) -> Vec<(&str, &[f64], &[f64])> {
        self.groups.iter().map(|(name, x, y)| (*name, &x[..], &y[..])).collect()
    }

    /// Says in the figure's note that rows are missing, if any are.
    pub fn tell(&self, figure: &mut Figure) {
        if self.shown < self.of {
            let note = format!("showing {} of {} points", count(self.shown), count(self.of));
            figure.note = Some(figure.note.take().map_or(note.clone(), |before| format!("{before}; {note}")));
        }
    }
}

/// A line of at most [`LINE`] points: what lies between is not seen.
pub fn thin_lines(mut figure: Figure) -> Figure {
    const LINE: usize = 2000;
    for mark in &mut figure.marks {
        if let Mark::Line { x, y, .. } = mark
            && x.len() > LINE
        {
            let keep =
                |values: &[f64]| (0..LINE).map(|k| values[k * (values.len() - 1) / (LINE - 1)]).collect::<Vec<_>>();
            (*x, *y) = (keep(x), keep(y));
        }
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_are_kept_and_the_number_is_told() {
        let x: Vec<f64> = (0..100_000).map(f64::from).collect();
        let mut y = x.clone();
        y[77_777] += 500.0;
        let thinned = Thinned::new(vec![("test", x, y)]);
        let kept = &thinned.groups[0].1;
        assert!(kept.len() <= MOST && kept.len() > MOST - 200, "{}", kept.len());
        assert!([0.0, 77_777.0, 99_999.0].iter().all(|row| kept.contains(row)));
        let mut figure = Figure { note: Some("RMSE 1".into()), ..Figure::default() };
        thinned.tell(&mut figure);
        assert_eq!(figure.note.unwrap(), format!("RMSE 1; showing {} of 100,000 points", count(kept.len())));
    }

    #[test]
    fn few_points_stay_as_they_are() {
        assert_eq!(thin(&[3.0, 1.0], &[1.0, 1.0], 5), [0, 1]);
    }
}
