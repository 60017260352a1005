//! Spectra on another axis.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Linear interpolation to evenly spaced points, $y'(x) = y_i + \frac{x - x_i}{x_{i+1} - x_i} (y_{i+1} - y_i)$
/// between the neighbors $x_i \le x \le x_{i+1}$ \[Press2007\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resample {
    /// First point, in the unit of the axis.
    pub low: f64,
    /// Last point, in the unit of the axis.
    pub high: f64,
    /// Number of points.
    #[schemars(range(min = 2))]
    pub points: usize,
}

/// Keeps the points $x$ with $a \le x \le b$ for one of the ranges $\[a, b\]$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// Ranges such as `[[400, 800], [1000, 1800]]`, in the unit of the axis.
    pub ranges: Vec<[f64; 2]>,
}

impl Resample {
    pub(super) fn axis(&self, axis: &[f64]) -> Result<Vec<f64>> {
        let Resample { low, high, points } = *self;
        if points < 2 || low.partial_cmp(&high) != Some(std::cmp::Ordering::Less) {
            let found = format!("low = {low}, high = {high}, points = {points}");
            return Err(Error::StepSettings { found, expected: "at least two points, and a beginning below the end" });
        }
        let step = (high - low) / (points - 1) as f64;
        let new: Vec<f64> =
            (0..points).map(|at| if at + 1 == points { high } else { low + at as f64 * step }).collect();
        covered(axis, &new).map(|()| new)
    }

    pub(super) fn apply(&self, axis: &[f64], y: &[f64]) -> Vec<f64> {
        self.axis(axis).map(|new| interpolate(axis, y, &new)).unwrap_or_default()
    }
}

impl Cut {
    fn keeps(&self, x: f64) -> bool {
        self.ranges.iter().any(|&[low, high]| (low..=high).contains(&x))
    }

    pub(super) fn axis(&self, axis: &[f64]) -> Result<Vec<f64>> {
        let kept: Vec<f64> = axis.iter().copied().filter(|&x| self.keeps(x)).collect();
        if kept.is_empty() {
            let ends = [axis.first(), axis.last()].map(|x| x.map_or_else(String::new, f64::to_string));
            let found = format!("ranges = {:?} on an axis from {} to {}", self.ranges, ends[0], ends[1]);
            return Err(Error::StepSettings { found, expected: "ranges that hold a point" });
        }
        Ok(kept)
    }

    pub(super) fn apply(&self, axis: &[f64], y: &[f64]) -> Vec<f64> {
        axis.iter().zip(y).filter(|(x, _)| self.keeps(**x)).map(|(_, y)| *y).collect()
    }
}

/// Whether an axis reaches from the first to the last of some points, up to rounding.
///
/// # Errors
/// It does not, with both.
pub(super) fn covered(axis: &[f64], points: &[f64]) -> Result<()> {
    let (Some(&low), Some(&high)) = (axis.first(), axis.last()) else {
        return Err(Error::NotCovered { found: "no points".into(), expected: "an axis".into() });
    };
    let (first, last) = (points.first().copied().unwrap_or(low), points.last().copied().unwrap_or(high));
    let slack = ROUNDING * (high - low).max(low.abs()).max(high.abs());
    match first >= low - slack && last <= high + slack {
        true => Ok(()),
        false => Err(Error::NotCovered { found: format!("{low} to {high}"), expected: format!("{first} to {last}") }),
    }
}

/// Headers such as 400.001 and 400 may mean the same end.
const ROUNDING: f64 = 1e-6;

/// A spectrum at other points, along straight lines; beyond the ends of the axis it stays what it is at the end. Both axes increase.
///
/// ```
/// use data::spectrum::interpolate;
/// assert_eq!(interpolate(&[0.0, 1.0, 3.0], &[0.0, 2.0, 6.0], &[0.5, 2.0, 3.0]), [1.0, 4.0, 6.0]);
/// ```
pub fn interpolate(axis: &[f64], y: &[f64], points: &[f64]) -> Vec<f64> {
    let at = |&x: &f64| {
        let above = axis.partition_point(|&a| a < x);
        match (above.checked_sub(1), axis.get(above)) {
            (_, Some(&a)) if a == x => y[above],
            (None, _) => y[0],
            (Some(below), None) => y[below],
            (Some(below), Some(high)) => {
                let share = (x - axis[below]) / (high - axis[below]);
                y[below] + share * (y[above] - y[below])
            }
        }
    };
    points.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_stays_straight_on_another_axis() -> Result<()> {
        let (axis, y) = ([1.0, 2.0, 5.0], [2.0, 4.0, 10.0]);
        let resample = Resample { low: 1.5, high: 4.5, points: 4 };
        assert_eq!(resample.axis(&axis)?, [1.5, 2.5, 3.5, 4.5]);
        assert_eq!(resample.apply(&axis, &y), [3.0, 5.0, 7.0, 9.0]);
        Ok(())
    }

    #[test]
    fn nothing_is_made_up_beyond_the_ends() {
        let message = Resample { low: 0.0, high: 4.0, points: 3 }.axis(&[1.0, 5.0]).unwrap_err().to_string();
        assert_eq!(
            message,
            "the axis reaches from 1 to 5, expected at least 0 to 4\nhint: choose a range that all spectra cover"
        );
        assert!(Resample { low: 2.0, high: 2.0, points: 3 }.axis(&[1.0, 5.0]).is_err());
    }

    #[test]
    fn ranges_keep_their_ends_and_must_hold_a_point() -> Result<()> {
        let cut = Cut { ranges: vec![[4.0, 9.0], [1.0, 2.0]] };
        assert_eq!(cut.axis(&[1.0, 2.0, 3.0, 4.0])?, [1.0, 2.0, 4.0]);
        assert_eq!(cut.apply(&[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0]), [5.0, 6.0, 8.0]);
        assert!(cut.axis(&[3.0]).is_err());
        Ok(())
    }
}
