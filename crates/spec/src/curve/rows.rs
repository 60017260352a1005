//! Numbers of training rows, and nested subsets of that size.

use report::words::count;
use serde_json::Value;

use crate::curve::Curve;
use crate::curve::fault::wrong;
use crate::curve::values::{in_order, number};
use crate::error::Result;

/// How many sizes there are where none are given.
const SIZES: usize = 6;

/// The smallest of them is this fraction of all rows.
const SMALLEST: f64 = 0.1;

/// A model of one row knows no spread.
const LEAST: usize = 2;

/// The sizes of a learning curve, in order; `smallest` is the number of training rows of the smallest fold.
///
/// Without values they are $n \cdot 0.1^{(5 - i)/5}$, $i = 0 \dots 5$.
///
/// # Errors
/// A value that is not a whole number, fewer rows than two, or more than there are.
pub fn sizes(curve: &Curve, smallest: usize) -> Result<Vec<usize>> {
    check(curve, smallest)?;
    if !curve.values.is_empty() {
        let size = |value: &Value| number(value).unwrap_or_default() as usize;
        return Ok(in_order(&curve.values).iter().map(size).collect());
    }
    let steps = (SIZES - 1) as f64;
    let size = |i: usize| (smallest as f64 * SMALLEST.powf((steps - i as f64) / steps)).round() as usize;
    let mut sizes: Vec<usize> = (0..SIZES).map(|i| size(i).max(LEAST.min(smallest))).collect();
    sizes.dedup();
    Ok(sizes)
}

/// Whether the numbers of rows of a curve can be had.
pub fn check(curve: &Curve, most: usize) -> Result<()> {
    for value in &curve.values {
        let rows = value.as_u64().map(|rows| rows as usize);
        let found = |what: &str| format!("the curve over `rows` asks for {value}, {what}");
        match rows {
            None => return Err(wrong(curve, found("which is not a whole number"), "give numbers of training rows")),
            Some(rows) if rows < LEAST => {
                let hint = format!("ask for at least {LEAST}");
                return Err(wrong(curve, found("from which nothing can be learned"), &hint));
            }
            Some(rows) if rows > most => {
                let message = found(&format!("but the smallest training set has {} rows", count(most)));
                return Err(wrong(curve, message, &format!("ask for at most {}", count(most))));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The rows of `train` that come first in `order`, as they stand in `train`: the larger subset holds the smaller.
pub fn subset(train: &[usize], order: &[usize], size: usize) -> Vec<usize> {
    let mut places: Vec<usize> = order.iter().copied().take(size).collect();
    places.sort_unstable();
    places.into_iter().map(|place| train[place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    #[test]
    fn six_sizes_go_from_a_tenth_to_all() {
        let curve = "rows".parse::<Curve>().unwrap();
        // 1000 * 10^(-1, -0.8, -0.6, -0.4, -0.2, 0)
        assert_eq!(sizes(&curve, 1000).unwrap(), [100, 158, 251, 398, 631, 1000]);
        assert_eq!(sizes(&curve, 6).unwrap(), [2, 4, 6]);
    }

    #[test]
    fn more_rows_than_there_are_is_an_error() {
        let curve = "rows=10,5000".parse::<Curve>().unwrap();
        let message = sizes(&curve, 1200).unwrap_err().to_string();
        assert!(message.contains("asks for 5000, but the smallest training set has 1,200 rows"), "{message}");
        assert!(message.ends_with("hint: ask for at most 1,200"), "{message}");
    }

    #[test]
    fn a_larger_subset_holds_the_smaller_and_the_largest_is_the_whole() {
        let train: Vec<usize> = (0..40).map(|row| row * 3).collect();
        let order = Key::new(5, "curve").random().permutation(train.len());
        let [small, large, all] = [10, 25, 40].map(|size| subset(&train, &order, size));
        assert!(small.len() == 10 && small.iter().all(|row| large.contains(row)));
        assert!(large.iter().is_sorted());
        assert_eq!(all, train);
    }
}
