//! Rows with equal input, and the lower bound of the error that follows from them.

use std::collections::HashMap;

use data::profile::{SHOWN, equal_rows};
use data::{Column, Table, Values};
use serde::Serialize;
use spec::error::Result;

/// Rows that have something in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Groups {
    /// How many groups of two rows or more.
    pub groups: usize,
    /// Rows in these groups.
    pub rows: usize,
    /// The first five groups, up to five rows of each.
    pub examples: Vec<Vec<usize>>,
}

impl Groups {
    /// Of all groups, rows counted from zero.
    pub fn of(groups: &[Vec<usize>]) -> Self {
        let first = |group: &Vec<usize>| group.iter().take(SHOWN).map(|row| row + 1).collect();
        Groups {
            groups: groups.len(),
            rows: groups.iter().map(Vec::len).sum(),
            examples: groups.iter().take(SHOWN).map(first).collect(),
        }
    }
}

/// Rows from which a model gets the same input.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Replicates {
    /// The rows.
    #[serde(flatten)]
    pub groups: Groups,
    /// Groups whose molecule is spelled in more than one way.
    pub spellings: usize,
    /// Disagreement of their targets, for each target.
    pub floors: Vec<Floor>,
}

/// Spread of the targets of equal inputs: no model can distinguish these rows.
#[derive(Clone, Debug, Serialize)]
pub struct Floor {
    /// The target.
    pub target: String,
    /// Groups with two known targets or more.
    pub groups: usize,
    /// Groups whose targets differ.
    pub differing: usize,
    /// $\sqrt{\sum_g \sum_i (y_{gi} - \bar y_g)^2 / \sum_g (n_g - 1)}$, the standard deviation within groups, of targets that are
    /// numbers: on such rows the RMSE of a model on new measurements does not fall below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<f64>,
    /// The smallest fraction of these rows that a classifier must get wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<f64>,
}

/// Groups of rows with the same molecule and the same cells in the `inputs`.
pub fn groups(table: &Table, inputs: &[String], canonical: Option<&[String]>) -> Result<Vec<Vec<usize>>> {
    let molecules = canonical.map(|all| Column::new("molecule", Values::Text(all.iter().collect())));
    let columns = inputs.iter().map(|name| table.column(name)).collect::<data::Result<Vec<_>>>()?;
    let mut groups = equal_rows(&columns.into_iter().chain(&molecules).collect::<Vec<_>>());
    groups.retain(|group| canonical.is_none_or(|all| !all[group[0]].is_empty()));
    Ok(groups)
}

impl Replicates {
    /// Noise of the targets in groups of equal rows.
    pub fn of(table: &Table, groups: &[Vec<usize>], spelling: Option<&Column>, targets: &[usize]) -> Self {
        let text = |row: usize| match spelling.map(|column| &column.values) {
            Some(Values::Text(text)) => text.get(row),
            _ => None,
        };
        let several = |group: &&Vec<usize>| group.iter().any(|&row| text(row) != text(group[0]));
        Replicates {
            groups: Groups::of(groups),
            spellings: groups.iter().filter(several).count(),
            floors: targets.iter().filter_map(|&at| Floor::of(&table.columns[at], groups)).collect(),
        }
    }
}

impl Floor {
    fn of(target: &Column, groups: &[Vec<usize>]) -> Option<Self> {
        let known =
            |group: &Vec<usize>| -> Vec<usize> { group.iter().copied().filter(|&row| target.is_known(row)).collect() };
        let groups: Vec<Vec<usize>> = groups.iter().map(known).filter(|group| group.len() > 1).collect();
        if groups.is_empty() {
            return None;
        }
        let floor = Floor { target: target.header(), groups: groups.len(), differing: 0, deviation: None, wrong: None };
        Some(match &target.values {
            Values::Number(numbers) => {
                let spread = groups.iter().map(|group| squares(numbers, group));
                let differing = spread.clone().filter(|squares| *squares > 0.0).count();
                let freedom: usize = groups.iter().map(|group| group.len() - 1).sum();
                Floor { differing, deviation: Some((spread.sum::<f64>() / freedom as f64).sqrt()), ..floor }
            }
            Values::Text(text) => {
                let minority = groups.iter().map(|group| {
                    let mut counts = HashMap::<_, usize>::new();
                    group.iter().for_each(|&row| *counts.entry(text.get(row)).or_default() += 1);
                    group.len() - counts.into_values().max().unwrap_or(0)
                });
                let rows: usize = groups.iter().map(Vec::len).sum();
                let differing = minority.clone().filter(|&n| n > 0).count();
                Floor { differing, wrong: Some(minority.sum::<usize>() as f64 / rows as f64), ..floor }
            }
        })
    }
}

/// Sum of squares about the mean of a group.
pub fn squares(numbers: &[f64], group: &[usize]) -> f64 {
    // Equal numbers have a mean that may round.
    if group.iter().all(|&row| numbers[row] == numbers[group[0]]) {
        return 0.0;
    }
    let mean = group.iter().map(|&row| numbers[row]).sum::<f64>() / group.len() as f64;
    group.iter().map(|&row| (numbers[row] - mean).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deviation_within_groups_counts_degrees_of_freedom() {
        let y = Column::new("y", Values::Number(vec![1.0, 3.0, 5.0, 5.0, 5.0, f64::NAN]));
        // (1 + 1 + 0) / (1 + 2)
        let floor = Floor::of(&y, &[vec![0, 1], vec![2, 3, 4, 5]]).unwrap();
        assert_eq!((floor.groups, floor.differing), (2, 1));
        assert!((floor.deviation.unwrap() - (2.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_rarer_class_of_equal_inputs_is_always_wrong() {
        let c = Column::new("c", Values::Text(["a", "b", "a", "a"].into_iter().collect()));
        let floor = Floor::of(&c, &[vec![0, 1, 2], vec![3]]).unwrap();
        assert_eq!((floor.differing, floor.wrong), (1, Some(1.0 / 3.0)));
    }
}
