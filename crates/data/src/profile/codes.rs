//! Cells as small whole numbers: equal cells have equal codes.

use std::collections::HashMap;
use std::hash::Hash;

use crate::{Column, Values};

/// A code for each cell, in order of appearance from 0; `None` where the cell is missing. And how many codes there are.
pub fn codes(column: &Column) -> (Vec<Option<usize>>, usize) {
    match &column.values {
        // Adding zero makes -0 and 0 the same number.
        Values::Number(numbers) => of(numbers.iter().map(|x| (!x.is_nan()).then(|| (x + 0.0).to_bits()))),
        Values::Text(text) => of(text.iter()),
    }
}

fn of<K: Hash + Eq>(cells: impl Iterator<Item = Option<K>>) -> (Vec<Option<usize>>, usize) {
    let mut known = HashMap::new();
    let mut code = |cell: Option<K>| {
        let next = known.len();
        cell.map(|cell| *known.entry(cell).or_insert(next))
    };
    let codes = cells.map(&mut code).collect();
    (codes, known.len())
}
