//! What is shown of cells.

use crate::infer::shortened;
use crate::{Column, Values};

/// How many cells or rows are named one by one.
pub const SHOWN: usize = 5;

/// The beginning of what stands in a cell.
pub(super) fn text(column: &Column, row: usize) -> String {
    match &column.values {
        Values::Number(numbers) => numbers[row].to_string(),
        Values::Text(text) => shortened(text.get(row).unwrap_or_default()),
    }
}
