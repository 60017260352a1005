//! Rows that a network is asked about.

use crate::graph::Graphs;

/// Numbers of some rows, `[rows, inputs]` row by row, and the graphs that they are, where they are some: then the numbers are those
/// beside the graphs.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a, T> {
    /// `[rows, inputs]`.
    pub numbers: &'a [T],
    /// One for each row.
    pub graphs: Option<&'a Graphs>,
}

impl<'a, T> From<&'a [T]> for Rows<'a, T> {
    fn from(numbers: &'a [T]) -> Self {
        Rows { numbers, graphs: None }
    }
}

impl<'a, T> From<&'a Vec<T>> for Rows<'a, T> {
    fn from(numbers: &'a Vec<T>) -> Self {
        numbers.as_slice().into()
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for Rows<'a, T> {
    fn from(numbers: &'a [T; N]) -> Self {
        numbers.as_slice().into()
    }
}

impl<T> Rows<'_, T> {
    /// How many rows there are, of so many numbers each.
    pub(crate) fn len(&self, inputs: usize) -> usize {
        self.graphs.map_or_else(|| self.numbers.len() / inputs.max(1), Graphs::len)
    }
}
