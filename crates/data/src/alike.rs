//! Columns that say nothing, or the same as another one.

use crate::{Column, Values};

/// Whether no two cells that are there differ; so also for an empty column.
pub fn constant(column: &Column) -> bool {
    match &column.values {
        Values::Number(numbers) => {
            let mut present = numbers.iter().filter(|x| !x.is_nan());
            let first = present.next();
            present.all(|x| Some(x) == first)
        }
        Values::Text(text) => {
            let mut present = text.iter().flatten();
            let first = present.next();
            present.all(|x| Some(x) == first)
        }
    }
}

/// Whether two columns hold the same in every row, missing cells included.
pub fn identical(a: &Column, b: &Column) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (&a.values, &b.values) {
        (Values::Number(a), Values::Number(b)) => a.iter().zip(b).all(|(x, y)| x == y || (x.is_nan() && y.is_nan())),
        (Values::Text(a), Values::Text(b)) => a == b,
        _ => a.as_text() == b.as_text(),
    }
}

/// Slope and intercept if `b` is `slope * a + intercept` in every row where both are numbers: the same quantity in
/// another unit or with another sign, so that one gives the other away.
///
/// A thousandth of the range of `b` is allowed for rounding, and ten common rows are needed for a verdict. The line
/// goes through the rows with the smallest and the largest `a`.
///
/// ```
/// use data::{Column, Values, affine};
/// let celsius = Column::new("T [C]", Values::Number((0..10).map(f64::from).collect()));
/// let kelvin = Column::new("T [K]", Values::Number((0..10).map(|t| f64::from(t) + 273.15).collect()));
/// let (slope, intercept) = affine(&celsius, &kelvin).unwrap();
/// assert!((slope - 1.0).abs() < 1e-12 && (intercept - 273.15).abs() < 1e-9);
/// ```
pub fn affine(a: &Column, b: &Column) -> Option<(f64, f64)> {
    let (a, b) = (a.as_numbers().ok()?, b.as_numbers().ok()?);
    let pairs: Vec<(f64, f64)> = a.into_iter().zip(b).filter_map(|(x, y)| x.zip(y)).collect();
    if pairs.len() < FEWEST_ROWS {
        return None;
    }
    let low = pairs.iter().copied().min_by(|p, q| p.0.total_cmp(&q.0))?;
    let high = pairs.iter().copied().max_by(|p, q| p.0.total_cmp(&q.0))?;
    let slope = (high.1 - low.1) / (high.0 - low.0);
    let range = (high.1 - low.1).abs();
    if !slope.is_finite() || range == 0.0 {
        return None;
    }
    let on_line = |&(x, y): &(f64, f64)| (low.1 + slope * (x - low.0) - y).abs() <= ROUNDING * range;
    pairs.iter().all(on_line).then_some((slope, low.1 - slope * low.0))
}

const FEWEST_ROWS: usize = 10;
const ROUNDING: f64 = 1e-3;

#[cfg(test)]
mod tests {
    use super::*;

    fn column(numbers: impl Iterator<Item = f64>) -> Column {
        Column::new("x", Values::Number(numbers.collect()))
    }

    #[test]
    fn missing_cells_do_not_make_a_column_vary() {
        assert!(constant(&column([2.0, f64::NAN, 2.0].into_iter())));
        assert!(!constant(&column([2.0, 3.0].into_iter())));
    }

    #[test]
    fn identical_columns_miss_the_same_cells() {
        let a = column([1.0, f64::NAN].into_iter());
        assert!(identical(&a, &a.clone()));
        assert!(!identical(&a, &column([1.0, 2.0].into_iter())));
        assert!(identical(&a, &Column::new("x", Values::Text(["1", ""].into_iter().collect()))));
    }

    #[test]
    fn a_curve_is_no_line() {
        let x = || (0..12).map(f64::from);
        assert!(affine(&column(x()), &column(x().map(|x| x * x))).is_none());
    }

    #[test]
    fn rounded_logarithms_to_two_bases_are_the_same_quantity() {
        let log10 = column((1..100).map(|i| f64::from(i).log10()));
        let ln = column((1..100).map(|i| (f64::from(i).ln() * 1e3).round() / 1e3));
        let (slope, _) = affine(&log10, &ln).unwrap();
        assert!((slope - 10_f64.ln()).abs() < 1e-3, "{slope}");
    }
}
