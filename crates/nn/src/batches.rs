//! Mini-batches: which rows, in which order, and their numbers as tensors.

use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::examples::{Examples, Targets};

/// The order of the rows in one epoch: a function of seed and epoch alone.
#[derive(Clone, Debug)]
pub struct Order {
    rows: Vec<usize>,
    batch: usize,
}

impl Order {
    /// All `n` rows, shuffled, in batches of `batch`.
    pub fn shuffled(n: usize, batch: usize, seed: u64, epoch: usize) -> Self {
        Order { rows: Key::new(seed, "order").at(epoch, 0).random().permutation(n), batch: batch.max(1) }
    }

    /// All `n` rows as they come.
    pub fn plain(n: usize, batch: usize) -> Self {
        Order { rows: (0..n).collect(), batch: batch.max(1) }
    }

    /// The batches, each a list of rows.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = &[usize]> {
        self.rows.chunks(self.batch)
    }
}

/// The numbers of one batch.
pub(crate) struct Batch<T: Real> {
    pub x: Tensor<T>,
    pub y: BatchTargets<T>,
}

pub(crate) enum BatchTargets<T: Real> {
    /// Numbers and, where one is missing or rows have weights, a weight for each.
    Numbers {
        values: Tensor<T>,
        weights: Option<Tensor<T>>,
    },
    Classes {
        labels: Vec<usize>,
        weights: Option<Vec<T>>,
    },
}

impl<T: Real> Batch<T> {
    pub fn gather(examples: &Examples<T>, rows: &[usize], device: &Device) -> Self {
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
        Batch { x, y }
    }
}

fn copy_rows<T: Copy>(from: &[T], width: usize, rows: &[usize], to: &mut [T]) {
    for (to, &row) in to.chunks_exact_mut(width.max(1)).zip(rows) {
        to.copy_from_slice(&from[row * width..(row + 1) * width]);
    }
}
