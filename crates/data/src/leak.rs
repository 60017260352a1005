//! The same thing on two sides of a split.

use std::collections::HashMap;

use crate::Fold;

/// Leaks: rows or values that subsets of a fold share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Between training and validation.
    pub train_validation: Shared,
    /// Between training and test.
    pub train_test: Shared,
    /// Between validation and test.
    pub validation_test: Shared,
}

/// Keys that two parts share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// Rows of the second part whose key is also in the first.
    pub n_rows: usize,
    /// Different keys among them.
    pub n_keys: usize,
    /// The first five pairs (row of the first part, row of the second), counted from 0.
    pub examples: Vec<(usize, usize)>,
}

impl Overlap {
    /// Whether no key is on two sides.
    pub fn is_empty(&self) -> bool {
        [&self.train_validation, &self.train_test, &self.validation_test].iter().all(|shared| shared.n_rows == 0)
    }
}

/// Finds keys (canonical SMILES, or [`crate::hash::of_rows`]) that stand on two sides of `fold`.
///
/// `keys` has one entry a row; an empty key stands for nothing and equals no other.
///
/// ```
/// let keys = ["CCO", "C", "CCO"].map(str::to_owned);
/// let fold = data::Fold { train: vec![0, 1], validation: vec![], test: vec![2] };
/// assert_eq!(data::overlap(&keys, &fold).train_test.examples, [(0, 2)]);
/// ```
pub fn overlap(keys: &[String], fold: &Fold) -> Overlap {
    Overlap {
        train_validation: shared(keys, &fold.train, &fold.validation),
        train_test: shared(keys, &fold.train, &fold.test),
        validation_test: shared(keys, &fold.validation, &fold.test),
    }
}

fn shared(keys: &[String], first: &[usize], second: &[usize]) -> Shared {
    let mut found = Shared::default();
    // Key of the first part -> its first row, and whether the second part has it too.
    let mut rows: HashMap<&str, (usize, bool)> = HashMap::with_capacity(first.len());
    for &row in first.iter().filter(|&&row| !keys[row].is_empty()) {
        rows.entry(&keys[row]).or_insert((row, false));
    }
    for &row in second {
        if let Some((partner, counted)) = rows.get_mut(keys[row].as_str()) {
            found.n_rows += 1;
            found.n_keys += usize::from(!std::mem::replace(counted, true));
            if found.examples.len() < SHOWN {
                found.examples.push((*partner, row));
            }
        }
    }
    found
}

const SHOWN: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_keys_are_counted_apart_and_empty_keys_not_at_all() {
        let keys = ["a", "", "b", "a", "a", ""].map(str::to_owned);
        let fold = Fold { train: vec![0, 1, 2], validation: vec![3], test: vec![4, 5] };
        let found = overlap(&keys, &fold);
        assert_eq!(found.train_validation, Shared { n_rows: 1, n_keys: 1, examples: vec![(0, 3)] });
        assert_eq!(found.train_test, Shared { n_rows: 1, n_keys: 1, examples: vec![(0, 4)] });
        assert_eq!(found.validation_test.examples, [(3, 4)]);
        assert!(!found.is_empty());
    }
}
