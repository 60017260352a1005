//! Random splits.

use tensor::random::Key;

use super::parts::{blocks, sizes, within_fold};
use crate::{Fold, Result, Split};

/// Shuffles `n` rows and splits them; with folds, a fold's validation rows are those after its test rows.
pub fn folds(split: &Split, n: usize, key: Key) -> Result<Vec<Fold>> {
    let order = key.random().permutation(n);
    if split.folds == 0 {
        let [train, validation, _] = sizes(n, split.fractions)?;
        let (train, rest) = order.split_at(train);
        let (validation, test) = rest.split_at(validation);
        return Ok(vec![Fold { train: train.to_vec(), validation: validation.to_vec(), test: test.to_vec() }]);
    }
    let fold = |test: std::ops::Range<usize>| {
        let rest: Vec<usize> = order[test.end..].iter().chain(&order[..test.start]).copied().collect();
        let [_, validation, _] = sizes(rest.len(), within_fold(split.fractions))?;
        let (validation, train) = rest.split_at(validation);
        Ok(Fold { train: train.to_vec(), validation: validation.to_vec(), test: order[test].to_vec() })
    };
    blocks(n, split.folds, split.fractions)?.into_iter().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_repeat_draws_other_rows() -> Result<()> {
        let key = Key::new(0, "split");
        let first = folds(&Split::default(), 50, key)?;
        assert_eq!(first, folds(&Split::default(), 50, key)?);
        assert_ne!(first, folds(&Split::default(), 50, key.at(1, 0))?);
        Ok(())
    }
}
