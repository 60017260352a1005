//! One evenly spaced series.

/// One evenly spaced series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the id column.
    pub id: Option<String>,
    /// The time of its first step, for [`crate::series::Clock::at`].
    pub start: f64,
    /// The values of each column that was asked for, all of one length.
    pub columns: Vec<Vec<f64>>,
    /// How many cells were filled.
    pub mended: usize,
    /// Of each column the steps whose values were filled.
    pub filled: Vec<Vec<usize>>,
}

impl Series {
    /// Number of steps; 0 without columns.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Whether there are no steps.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
