//! Rows of one group on one side; also scaffolds with folds or repeats.

use tensor::random::Key;

use super::balance::{balance, members};
use super::parts::{listed, wanted, within_fold};
use crate::{Error, Fold, Result, Split};

/// Deals whole groups to the parts, or to folds and then to training and validation.
pub fn folds(split: &Split, groups: &[String], key: Key) -> Result<Vec<Fold>> {
    let members = members(groups);
    let all: Vec<usize> = (0..members.len()).collect();
    if split.folds == 0 {
        return Ok(vec![deal(&members, &all, split.fractions, key)?]);
    }
    let k = split.folds;
    if members.len() < k {
        let hint = "take fewer folds";
        return Err(Error::TooFewGroups { found: members.len(), parts: format!("{k} folds"), needed: k, hint });
    }
    let sizes: Vec<usize> = members.iter().map(Vec::len).collect();
    let fold_of = balance(&sizes, &vec![1.0 / k as f64; k], &mut key.random());
    let fold = |test: usize| {
        let (tested, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&group| fold_of[group] == test);
        let inner = deal(&members, &rest, within_fold(split.fractions), key.shard(test + 1))?;
        Ok(Fold { test: rows(&members, &tested), ..inner })
    };
    (0..k).map(fold).collect()
}

fn deal(members: &[Vec<usize>], groups: &[usize], fractions: [f64; 3], key: Key) -> Result<Fold> {
    let needed = wanted(fractions);
    if groups.len() < needed {
        let hint = "choose another column, or set the fraction of a subset to 0 in `fractions`";
        return Err(Error::TooFewGroups { found: groups.len(), parts: listed(fractions), needed, hint });
    }
    let sizes: Vec<usize> = groups.iter().map(|&group| members[group].len()).collect();
    let part_of = balance(&sizes, &fractions, &mut key.random());
    let part = |wanted: usize| {
        let chosen: Vec<usize> = (0..groups.len()).filter(|&at| part_of[at] == wanted).map(|at| groups[at]).collect();
        rows(members, &chosen)
    };
    Ok(Fold { train: part(0), validation: part(1), test: part(2) })
}

fn rows(members: &[Vec<usize>], groups: &[usize]) -> Vec<usize> {
    groups.iter().flat_map(|&group| members[group].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SplitKind;

    #[test]
    fn two_groups_cannot_fill_three_parts() {
        let split = Split { kind: SplitKind::Group, ..Split::default() };
        let groups = ["a", "b", "a"].map(str::to_owned);
        let message = folds(&split, &groups, Key::new(0, "split")).unwrap_err().to_string();
        assert!(
            message.starts_with("2 groups cannot fill training, validation and test without dividing one"),
            "{message}"
        );
    }
}
