//! Columns on one scale, and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How columns are brought to one scale, $x' = (x - c) / s$.
///
/// | kind | center $c$ | scale $s$ |
/// |---|---|---|
/// | `standard` | mean | standard deviation (of the population: divided by $n$) |
/// | `min-max` | minimum | maximum - minimum |
/// | `robust` | median | third quartile - first quartile |
/// | `none` | 0 | 1 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// Mean 0 and standard deviation 1.
    #[default]
    Standard,
    /// From 0 to 1.
    MinMax,
    /// Median 0 and distance between the quartiles 1: outliers do not count.
    Robust,
    /// Numbers as they are.
    None,
}

/// A scaling with the center and scale of every column.
///
/// ```
/// use data::{Scaler, Scaling};
/// let mut rows = [1.0, 10.0, 3.0, 10.0]; // two rows, two columns
/// let scaler = Scaler::fit(&rows, 2, Scaling::Standard);
/// scaler.transform(&mut rows);
/// assert_eq!(rows, [-1.0, 0.0, 1.0, 0.0]); // the constant column keeps scale 1
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scaler {
    /// How it was fitted.
    pub kind: Scaling,
    /// Centers, one for each column.
    pub center: Vec<f64>,
    /// Scales, one for each column, never zero.
    pub scale: Vec<f64>,
}

/// `f32` and `f64`.
pub trait Number: Copy + Into<f64> {
    /// The nearest number of this type.
    fn nearest(x: f64) -> Self;
}

impl Number for f32 {
    fn nearest(x: f64) -> Self {
        x as f32
    }
}

impl Number for f64 {
    fn nearest(x: f64) -> Self {
        x
    }
}

impl Scaler {
    /// Finds center and scale of the columns of a row-major matrix with `width` columns.
    ///
    /// NaN and infinities are left out. A constant column keeps scale 1, one without numbers also center 0.
    ///
    /// # Panics
    /// If the length of `rows` is not a multiple of `width`.
    pub fn fit<T: Number>(rows: &[T], width: usize, kind: Scaling) -> Self {
        assert!(width == 0 || rows.len().is_multiple_of(width), "{} numbers in rows of {width}", rows.len());
        let column = |at: usize| {
            let numbers = rows.iter().skip(at).step_by(width).map(|&x| x.into()).filter(|x: &f64| x.is_finite());
            center_and_scale(numbers.collect(), kind)
        };
        let (center, scale) = (0..width).map(column).unzip();
        Scaler { kind, center, scale }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.center.len()
    }

    /// $x' = (x - c) / s$ in place, for row-major rows.
    ///
    /// # Panics
    /// If the length of `rows` is not a multiple of the width.
    pub fn transform<T: Number>(&self, rows: &mut [T]) {
        self.each(rows, |x, center, scale| (x - center) / scale);
    }

    /// $x = s x' + c$ in place: back to the units of the data.
    ///
    /// # Panics
    /// As [`Scaler::transform`].
    pub fn inverse<T: Number>(&self, rows: &mut [T]) {
        self.each(rows, |x, center, scale| x * scale + center);
    }

    /// $\sigma = s \sigma'$ in place: a standard deviation or an error back to the units of the data.
    ///
    /// # Panics
    /// As [`Scaler::transform`].
    pub fn inverse_scale<T: Number>(&self, rows: &mut [T]) {
        self.each(rows, |x, _, scale| x * scale);
    }

    fn each<T: Number>(&self, rows: &mut [T], map: impl Fn(f64, f64, f64) -> f64) {
        let width = self.width();
        assert!(rows.is_empty() || (width > 0 && rows.len().is_multiple_of(width)), "{} in {width}", rows.len());
        for row in rows.chunks_exact_mut(width.max(1)) {
            for ((x, center), scale) in row.iter_mut().zip(&self.center).zip(&self.scale) {
                *x = T::nearest(map((*x).into(), *center, *scale));
            }
        }
    }
}

fn center_and_scale(mut numbers: Vec<f64>, kind: Scaling) -> (f64, f64) {
    if numbers.is_empty() || kind == Scaling::None {
        return (0.0, 1.0);
    }
    let n = numbers.len() as f64;
    let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (center, scale) = match kind {
        // A sum of equal numbers may round, so a constant column is told by its range.
        _ if min == max => (min, 1.0),
        Scaling::Standard => {
            let mean = numbers.iter().sum::<f64>() / n;
            (mean, (numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt())
        }
        Scaling::MinMax => (min, max - min),
        Scaling::Robust => {
            numbers.sort_unstable_by(f64::total_cmp);
            (quantile(&numbers, 0.5), quantile(&numbers, 0.75) - quantile(&numbers, 0.25))
        }
        Scaling::None => (0.0, 1.0),
    };
    (center, if scale.is_normal() { scale } else { 1.0 })
}

/// Linear interpolation between the two nearest of sorted numbers, definition 7 of \[Hyndman1996\].
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two columns: 1, 2, 4, 9 and a constant.
    const ROWS: [f64; 8] = [1.0, 5.0, 2.0, 5.0, 4.0, 5.0, 9.0, 5.0];

    #[test]
    fn formulas_are_those_of_scikit_learn() {
        let fit = |kind| {
            let scaler = Scaler::fit(&ROWS, 2, kind);
            ((scaler.center[0], scaler.scale[0]), scaler.scale[1])
        };
        // mean 16/4; variance (9 + 4 + 0 + 25)/4
        assert_eq!(fit(Scaling::Standard), ((4.0, 9.5_f64.sqrt()), 1.0));
        assert_eq!(fit(Scaling::MinMax), ((1.0, 8.0), 1.0));
        // median (2 + 4)/2; quartiles 1.75 and 5.25
        assert_eq!(fit(Scaling::Robust), ((3.0, 3.5), 1.0));
        assert_eq!(fit(Scaling::None), ((0.0, 1.0), 1.0));
    }

    #[test]
    fn missing_numbers_do_not_count_and_stay_missing() {
        let mut rows = [1.0_f32, f32::NAN, 3.0];
        let scaler = Scaler::fit(&rows, 1, Scaling::Standard);
        assert_eq!((scaler.center[0], scaler.scale[0]), (2.0, 1.0));
        scaler.transform(&mut rows);
        assert!(rows[0] == -1.0 && rows[1].is_nan());
        let empty = Scaler::fit(&[f64::NAN], 1, Scaling::Robust);
        assert_eq!((empty.center[0], empty.scale[0]), (0.0, 1.0));
    }

    #[test]
    fn an_error_goes_back_without_the_center() {
        let mut sigma = [0.5, 1.0];
        Scaler::fit(&ROWS, 2, Scaling::MinMax).inverse_scale(&mut sigma);
        assert_eq!(sigma, [4.0, 1.0]);
    }

    proptest! {
        #[test]
        fn inverse_undoes_transform(
            rows in prop::collection::vec(-1e6..1e6_f64, 1..20),
            kind in prop::sample::select(vec![Scaling::Standard, Scaling::MinMax, Scaling::Robust, Scaling::None]),
        ) {
            let scaler = Scaler::fit(&rows, 1, kind);
            let mut back = rows.clone();
            scaler.transform(&mut back);
            prop_assert!(back.iter().all(|x| x.is_finite()));
            scaler.inverse(&mut back);
            for (x, y) in rows.iter().zip(&back) {
                // Rounding is relative to the largest number that takes part.
                prop_assert!((x - y).abs() <= 1e-9 * 1e6, "{x} {y}");
            }
        }
    }
}
