//! Mini-batches: which rows, in which order, and their numbers as tensors.

use std::ops::Range;

use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::Result;
use crate::examples::{Examples, Targets, Unequal};
use crate::graph::{GraphBatch, Graphs};

/// Rows to learn from, a batch at a time: all in memory ([`Examples`]), or made when they are wanted.
pub trait Feed<T: Real>: Sync {
    /// How many rows there are.
    fn n_rows(&self) -> usize;
    /// The numbers of some rows; in a step of a training with what is drawn for them by its `key`.
    ///
    /// # Errors
    /// Rows that cannot be made.
    fn batch(&self, rows: &[usize], key: Option<Key>, device: &Device) -> Result<Batch<T>>;
    /// Steps of each row, where rows are sequences that differ much; rows of like length then come together.
    fn lengths(&self) -> Option<Vec<usize>> {
        None
    }
    /// All rows in memory, where they are.
    fn examples(&self) -> Option<&Examples<T>> {
        None
    }
}

/// The order of the rows in one epoch: a function of seed and epoch alone.
#[derive(Clone, Debug)]
pub struct Order {
    rows: Vec<usize>,
    batches: Vec<Range<usize>>,
}

/// Batches among which sequences are sorted by length.
const BUCKET: usize = 50;

impl Order {
    /// All `n` rows, shuffled, in batches of `batch`.
    pub fn shuffled(n: usize, batch: usize, seed: u64, epoch: usize) -> Self {
        Order::of(Key::new(seed, "order").at(epoch, 0).random().permutation(n), batch)
    }

    /// All `n` rows as they come.
    pub fn plain(n: usize, batch: usize) -> Self {
        Order::of((0..n).collect(), batch)
    }

    /// As [`Order::shuffled`], but with sequences of like length in a batch, so that few steps are padding: they are sorted
    /// within fifty batches at a time, and the batches are shuffled again.
    pub fn bucketed(lengths: &[usize], batch: usize, seed: u64, epoch: usize) -> Self {
        let mut order = Order::shuffled(lengths.len(), batch, seed, epoch);
        for many in order.rows.chunks_mut(BUCKET * batch.max(1)) {
            many.sort_by_key(|&row| lengths[row]);
        }
        Key::new(seed, "buckets").at(epoch, 0).random().shuffle(&mut order.batches);
        order
    }

    fn of(rows: Vec<usize>, batch: usize) -> Self {
        let (n, batch) = (rows.len(), batch.max(1));
        Order { rows, batches: (0..n).step_by(batch).map(|from| from..(from + batch).min(n)).collect() }
    }

    /// The batches, each a list of rows.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = &[usize]> {
        self.batches.iter().map(|batch| &self.rows[batch.clone()])
    }
}

/// The numbers of one batch.
pub struct Batch<T: Real> {
    /// Inputs, `[rows, numbers]`; of graphs the numbers beside them.
    pub x: Tensor<T>,
    /// The numbers of all nodes, `[nodes, numbers]`, and how they are joined, where rows are graphs.
    pub graphs: Option<(Tensor<T>, GraphBatch<T>)>,
    /// Targets.
    pub y: BatchTargets<T>,
}

/// Targets of the rows of a batch.
pub enum BatchTargets<T: Real> {
    /// Numbers and, where one is missing or rows have weights, a weight for each.
    Numbers {
        /// `[rows, targets]`.
        values: Tensor<T>,
        /// In the same shape; zero where a number is missing.
        weights: Option<Tensor<T>>,
    },
    /// Classes.
    Classes {
        /// Of each row.
        labels: Vec<usize>,
        /// Of each row.
        weights: Option<Vec<T>>,
    },
}

impl<T: Real> Feed<T> for Examples<T> {
    fn n_rows(&self) -> usize {
        Examples::n_rows(self)
    }

    fn examples(&self) -> Option<&Examples<T>> {
        Some(self)
    }

    fn batch(&self, rows: &[usize], _: Option<Key>, device: &Device) -> Result<Batch<T>> {
        Ok(self.gather(rows, device))
    }
}

impl<T: Real> Examples<T> {
    /// The numbers of some rows.
    pub fn gather(&self, rows: &[usize], device: &Device) -> Batch<T> {
        let examples = self;
        let x = device.tensor([rows.len(), examples.width], |x| copy_rows(&examples.x, examples.width, rows, x));
        let row_weight = |row: usize| examples.weights.get(row).copied().unwrap_or(T::ONE);
        let y = match &examples.targets {
            Targets::Classes { labels, .. } => BatchTargets::Classes {
                labels: rows.iter().map(|&row| labels[row]).collect(),
                weights: (!examples.weights.is_empty()).then(|| rows.iter().map(|&row| row_weight(row)).collect()),
            },
            Targets::Numbers { width, values } => {
                let shape = [rows.len(), *width];
                let gathered = device.tensor(shape, |y| copy_rows(values, *width, rows, y));
                let missing = gathered.data().iter().any(|y| !y.is_finite());
                let weights = (missing || !examples.weights.is_empty()).then(|| {
                    device.tensor(shape, |w| {
                        for (at, (w, y)) in w.iter_mut().zip(gathered.data()).enumerate() {
                            *w = if y.is_finite() { row_weight(rows[at / width]) } else { T::ZERO };
                        }
                    })
                });
                BatchTargets::Numbers { values: gathered, weights }
            }
        };
        Batch { x, graphs: None, y }
    }
}

impl<T: Real> Feed<T> for Unequal<T> {
    fn n_rows(&self) -> usize {
        self.examples.n_rows()
    }

    fn batch(&self, rows: &[usize], key: Option<Key>, device: &Device) -> Result<Batch<T>> {
        self.examples.batch(rows, key, device)
    }

    fn lengths(&self) -> Option<Vec<usize>> {
        Some(self.lengths.clone())
    }
}

/// Graphs to learn from, with the numbers beside them and their targets.
pub struct GraphExamples<'a, T> {
    /// One for each row.
    pub graphs: &'a Graphs,
    /// The numbers beside them, and what is to be learned.
    pub examples: Examples<T>,
}

impl<T: Real> Feed<T> for GraphExamples<'_, T> {
    fn n_rows(&self) -> usize {
        self.examples.n_rows()
    }

    fn batch(&self, rows: &[usize], _: Option<Key>, device: &Device) -> Result<Batch<T>> {
        let graphs = Some(self.graphs.batch(rows.iter().copied(), device));
        Ok(Batch { graphs, ..self.examples.gather(rows, device) })
    }
}

fn copy_rows<T: Copy>(from: &[T], width: usize, rows: &[usize], to: &mut [T]) {
    for (to, &row) in to.chunks_exact_mut(width.max(1)).zip(rows) {
        to.copy_from_slice(&from[row * width..(row + 1) * width]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_every_row_once_and_lengths_that_are_alike() {
        let lengths: Vec<usize> = (0..103).map(|row| 1 + row * 37 % 50).collect();
        let order = Order::bucketed(&lengths, 10, 3, 1);
        let mut rows: Vec<usize> = order.batches().flatten().copied().collect();
        let padded: usize =
            order.batches().map(|batch| batch.len() * batch.iter().map(|&row| lengths[row]).max().unwrap_or(0)).sum();
        assert!(padded as f64 <= 1.15 * lengths.iter().sum::<usize>() as f64, "{padded}");
        rows.sort_unstable();
        assert_eq!(rows, (0..103).collect::<Vec<_>>());
    }
}
