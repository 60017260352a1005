//! Molecules with one ring skeleton on one side, in the order of DeepChem's `ScaffoldSplitter` \[Ramsundar2019\].

use std::cmp::Reverse;

use super::balance::members;
use super::parts::refuse_empty;
use crate::{Fold, Result, Split};

/// Fills training, then validation, then test with whole scaffolds, the most frequent first; of scaffolds with as
/// many molecules the one that appears last comes first.
///
/// A scaffold that no longer fits into training goes to validation, and into the test if it does not fit there.
pub fn folds(split: &Split, scaffolds: &[String]) -> Result<Vec<Fold>> {
    let n = scaffolds.len();
    let mut members = members(scaffolds);
    members.sort_by_key(|rows| Reverse((rows.len(), rows[0])));
    let [train, validation, _] = split.fractions;
    // The borders are compared as fractions, as DeepChem does.
    let (first, second) = (train * n as f64, (train + validation) * n as f64);
    let mut fold = Fold::default();
    for rows in &members {
        let part = if (fold.train.len() + rows.len()) as f64 <= first {
            &mut fold.train
        } else if (fold.train.len() + fold.validation.len() + rows.len()) as f64 <= second {
            &mut fold.validation
        } else {
            &mut fold.test
        };
        part.extend(rows);
    }
    let largest = members.first().map_or(0, Vec::len);
    let reason = format!("{} scaffolds, the largest with {largest} rows", members.len());
    let hint = "write `repeats = 2` for balanced scaffolds, or take a random split";
    refuse_empty(split.kind, split.fractions, &fold, reason, hint)?;
    Ok(vec![fold])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SplitKind;

    fn cut(scaffolds: &[&str]) -> Result<Vec<Fold>> {
        let split = Split { kind: SplitKind::Scaffold, fractions: [0.6, 0.2, 0.2], ..Split::default() };
        folds(&split, &scaffolds.iter().map(|&s| s.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn large_scaffolds_are_learned_and_rare_ones_tested() -> Result<()> {
        // Sizes: a 4, b 3, c 1, d 1, e 1. a fits into 6; b would make 7 of 6 and 7 of 8, so it validates;
        // e and d fit into training; c is the test.
        let fold = cut(&["b", "a", "a", "c", "a", "a", "b", "d", "b", "e"])?.remove(0);
        assert_eq!(fold.train, [1, 2, 4, 5, 9, 7]);
        assert_eq!(fold.validation, [0, 6, 8]);
        assert_eq!(fold.test, [3]);
        Ok(())
    }

    #[test]
    fn a_single_scaffold_cannot_be_cut() {
        let message = cut(&["a"; 10]).unwrap_err().to_string();
        assert!(
            message.starts_with("the training part of the scaffold split of 10 rows is empty: 1 scaffolds"),
            "{message}"
        );
    }
}
