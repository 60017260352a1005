//! One way to cut the rows.

/// One way to split the rows: three lists of rows, in rising order, of which no two have a row in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// Rows to learn from.
    pub train: Vec<usize>,
    /// Rows to choose and to stop by.
    pub validation: Vec<usize>,
    /// Rows to report on, seen once at the end.
    pub test: Vec<usize>,
}
