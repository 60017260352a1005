//! Columns whose values fix those of another column.

use super::codes::codes;
use crate::Column;

/// How many different values `by` has, if each of them comes with one value of `target` only: whoever knows `by` knows
/// the target. `None` otherwise, and where values seldom repeat, for then it would be no wonder.
///
/// ```
/// use data::{Column, Values, profile::determines};
/// let column = |cells: [&str; 6]| Column::new("c", Values::Text(cells.into_iter().collect()));
/// let (batch, phase) = (column(["1", "1", "2", "2", "3", "3"]), column(["gas", "gas", "ice", "ice", "gas", "gas"]));
/// assert_eq!(determines(&batch, &phase), Some(3));
/// assert_eq!(determines(&phase, &batch), None);
/// ```
pub fn determines(by: &Column, target: &Column) -> Option<usize> {
    let ((by, n_by), (target, n_target)) = (codes(by), codes(target));
    let (mut found, mut n_rows) = (vec![None; n_by], 0);
    for (by, target) in by.into_iter().zip(target) {
        let (Some(by), Some(target)) = (by, target) else { continue };
        n_rows += 1;
        if *found[by].get_or_insert(target) != target {
            return None;
        }
    }
    let n = found.iter().flatten().count();
    (n_target > 1 && n > 1 && n * FEWEST_ROWS <= n_rows).then_some(n)
}

/// Rows that each value must have on average.
const FEWEST_ROWS: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Values;

    fn column(cells: &[f64]) -> Column {
        Column::new("x", Values::Number(cells.to_vec()))
    }

    #[test]
    fn values_that_do_not_repeat_determine_nothing() {
        assert_eq!(determines(&column(&[1.0, 2.0, 3.0]), &column(&[5.0, 6.0, 6.0])), None);
    }

    #[test]
    fn a_constant_target_is_not_determined() {
        assert_eq!(determines(&column(&[1.0, 1.0, 2.0, 2.0]), &column(&[5.0; 4])), None);
    }

    #[test]
    fn rows_without_a_target_do_not_contradict() {
        let target = column(&[5.0, f64::NAN, 6.0, 6.0, 5.0]);
        assert_eq!(determines(&column(&[1.0, 1.0, 2.0, 2.0, 1.0]), &target), Some(2));
    }
}
