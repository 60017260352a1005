//! Rows to learn from, as plain numbers.

use tensor::Real;

/// Inputs and targets of some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples<T> {
    /// Numbers a row.
    pub width: usize,
    /// Inputs, `[rows, width]` row by row.
    pub x: Vec<T>,
    /// Targets.
    pub targets: Targets<T>,
    /// A weight for each row; empty where all are equally weighted.
    pub weights: Vec<T>,
}

/// Targets of each row.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets<T> {
    /// Numbers, `[rows, width]`; NaN where one is missing.
    Numbers {
        /// Targets a row.
        width: usize,
        /// The numbers.
        values: Vec<T>,
    },
    /// One class for each row.
    Classes {
        /// How many classes there are.
        count: usize,
        /// Their indices.
        labels: Vec<usize>,
    },
}

impl<T: Real> Examples<T> {
    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        match &self.targets {
            Targets::Numbers { width, values } => values.len() / (*width).max(1),
            Targets::Classes { labels, .. } => labels.len(),
        }
    }

    /// One row of inputs.
    pub fn row(&self, row: usize) -> &[T] {
        &self.x[row * self.width..(row + 1) * self.width]
    }

    /// The weight of one row; one where all are equally weighted.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).map_or(1.0, |w| w.to_f64())
    }

    /// The given rows, in that order.
    pub fn select(&self, rows: &[usize]) -> Self {
        let x = rows.iter().flat_map(|&row| self.row(row)).copied().collect();
        Examples { width: self.width, x, ..self.without_inputs(rows) }
    }

    /// Targets and weights of the given rows.
    pub(crate) fn without_inputs(&self, rows: &[usize]) -> Self {
        let weights =
            if self.weights.is_empty() { Vec::new() } else { rows.iter().map(|&r| self.weights[r]).collect() };
        Examples { width: 0, x: Vec::new(), targets: self.targets.select(rows), weights }
    }
}

/// Sequences of unequal length: rows that end with steps of NaN, and how many steps each has.
#[derive(Clone, Debug, PartialEq)]
pub struct Unequal<T> {
    /// The rows.
    pub examples: Examples<T>,
    /// Steps of each.
    pub lengths: Vec<usize>,
}

impl<T: Real> Targets<T> {
    /// The given rows, in that order.
    pub fn select(&self, rows: &[usize]) -> Self {
        match self {
            Targets::Numbers { width, values } => Targets::Numbers {
                width: *width,
                values: rows.iter().flat_map(|&row| &values[row * width..(row + 1) * width]).copied().collect(),
            },
            Targets::Classes { count, labels } => {
                Targets::Classes { count: *count, labels: rows.iter().map(|&row| labels[row]).collect() }
            }
        }
    }
}
