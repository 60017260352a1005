//! Rows that say the same.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};

use crate::{Column, Values};

/// Groups of rows that agree in every one of `columns`, missing cells included; the groups and their rows in order.
///
/// ```
/// use data::{Column, Values, profile::equal_rows};
/// let column = Column::new("x", Values::Number(vec![1.0, 2.0, 1.0, f64::NAN]));
/// assert_eq!(equal_rows(&[&column]), [[0, 2]]);
/// ```
pub fn equal_rows(columns: &[&Column]) -> Vec<Vec<usize>> {
    let n_rows = columns.first().map_or(0, |column| column.len());
    let mut hashes = vec![0_u64; n_rows];
    columns.iter().for_each(|column| mix(column, &mut hashes));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<u64, usize> = HashMap::with_capacity(n_rows);
    for (row, &hash) in hashes.iter().enumerate() {
        let group = *known.entry(hash).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        // Equal hashes of different rows are as good as impossible, and cost one look.
        if groups[group].first().is_none_or(|&first| columns.iter().all(|column| same(column, first, row))) {
            groups[group].push(row);
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Adds the cells of a column to the hashes of their rows.
fn mix(column: &Column, hashes: &mut [u64]) {
    for (row, hash) in hashes.iter_mut().enumerate() {
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(*hash);
        match &column.values {
            Values::Number(numbers) => hasher.write_u64(bits(numbers[row])),
            Values::Text(text) => hasher.write(text.get(row).unwrap_or_default().as_bytes()),
        }
        *hash = hasher.finish();
    }
}

fn same(column: &Column, a: usize, b: usize) -> bool {
    match &column.values {
        Values::Number(numbers) => bits(numbers[a]) == bits(numbers[b]),
        Values::Text(text) => text.get(a) == text.get(b),
    }
}

/// Equal numbers have equal bits: -0 and 0, and all that are missing.
fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { (x + 0.0).to_bits() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_must_agree_in_all_columns() {
        let x = Column::new("x", Values::Number(vec![0.0, -0.0, f64::NAN, 0.0, f64::NAN]));
        let c = Column::new("c", Values::Text(["a", "a", "", "b", ""].into_iter().collect()));
        assert_eq!(equal_rows(&[&x, &c]), [[0, 1], [2, 4]]);
        assert!(equal_rows(&[]).is_empty());
    }
}
