//! Sparse matrices and their products with dense ones: what the nodes of a graph hand to one another along its edges.

mod product;
mod weighted;

pub use product::{product, product_t};
pub use weighted::{weighted, weighted_slopes, weighted_t};

use crate::real::Real;

/// A sparse matrix, listed row by row and column by column, so that it and its transpose are equally fast.
///
/// ```
/// use tensor::{Device, kernels::sparse::{Sparse, product}};
/// // [[0, 2], [1, 3]]
/// let a = Sparse::new(2, vec![0, 1, 3], vec![1, 0, 1], vec![2.0, 1.0, 3.0]);
/// let mut y = [0.0; 2];
/// product(&Device::cpu(1), &a, &[10.0, 1.0], &mut y);
/// assert_eq!(y, [2.0, 13.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sparse<T> {
    rows: List,
    columns: List,
    /// Of each entry; empty where all are one.
    values: Vec<T>,
}

/// Entries line by line: those of line `i` are `starts[i]..starts[i + 1]`.
#[derive(Clone, Debug, PartialEq)]
struct List {
    starts: Vec<usize>,
    /// Across the lines, where each entry stands.
    places: Vec<usize>,
    /// Its number; empty where they are in order.
    entries: Vec<usize>,
}

impl<T: Real> Sparse<T> {
    /// The entries `starts[i]..starts[i + 1]` stand in row `i`, in the columns `places`; without `values` all are one.
    ///
    /// # Panics
    /// If `starts` do not divide the entries, a column is beyond `columns`, or there are some values, but not as many.
    pub fn new(columns: usize, starts: Vec<usize>, places: Vec<usize>, values: Vec<T>) -> Self {
        assert!(starts.first() == Some(&0) && starts.is_sorted(), "rows begin at zero and follow one another");
        assert_eq!(starts.last(), Some(&places.len()), "rows end with the last entry");
        assert!(places.iter().all(|place| *place < columns), "an entry stands beyond the {columns} columns");
        assert!(values.is_empty() || values.len() == places.len(), "a value for each entry, or none");
        let columns = across(columns, &starts, &places);
        Sparse { rows: List { starts, places, entries: Vec::new() }, columns, values }
    }

    /// One entry in each row: a product gathers rows of the other factor.
    ///
    /// # Panics
    /// If a place is beyond `columns`.
    pub fn picking(columns: usize, places: Vec<usize>) -> Self {
        Sparse::new(columns, (0..=places.len()).collect(), places, Vec::new())
    }

    /// Row `i` holds `scale(length)` in the columns `starts[i]..starts[i + 1]`: a product sums, or takes means, over groups of rows.
    pub fn grouping(starts: &[usize], scale: Option<impl Fn(usize) -> T>) -> Self {
        let n = starts.last().copied().unwrap_or_default();
        let values = scale.map_or_else(Vec::new, |scale| {
            starts
                .windows(2)
                .flat_map(|ends| std::iter::repeat_n(scale(ends[1] - ends[0]), ends[1] - ends[0]))
                .collect()
        });
        Sparse::new(n, starts.to_vec(), (0..n).collect(), values)
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// How many columns there are.
    pub fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// How many entries there are.
    pub fn n_entries(&self) -> usize {
        self.rows.places.len()
    }

    /// Where the entries of each row begin, and where the last ends.
    pub fn starts(&self) -> &[usize] {
        &self.rows.starts
    }
}

impl List {
    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Lines of one task: a function of shapes alone.
    fn lines_of_task(&self, features: usize) -> usize {
        let tasks = (self.places.len() * features).div_ceil(TASK).max(1);
        self.len().div_ceil(tasks).max(1)
    }
}

/// Multiply-adds of one task: those of 1664 nodes with 3 edges each and 64 features take 12 us on one thread.
const TASK: usize = 160_000;

/// The same entries column by column; within a column in the order of the rows.
fn across(columns: usize, starts: &[usize], places: &[usize]) -> List {
    let mut ends = vec![0; columns + 1];
    places.iter().for_each(|&place| ends[place + 1] += 1);
    (0..columns).for_each(|column| ends[column + 1] += ends[column]);
    let mut next = ends.clone();
    let (mut rows, mut entries) = (vec![0; places.len()], vec![0; places.len()]);
    for (row, span) in starts.windows(2).enumerate() {
        for entry in span[0]..span[1] {
            let to = &mut next[places[entry]];
            (rows[*to], entries[*to]) = (row, entry);
            *to += 1;
        }
    }
    List { starts: ends, places: rows, entries }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Device;
    use crate::random::Key;

    /// 70 x 50 with up to five entries in a row, of which some stand at the same place.
    fn sparse() -> Sparse<f64> {
        let mut random = Key::new(0, "sparse").random();
        let mut starts = vec![0];
        (0..70).for_each(|row| starts.push(starts[row] + random.below(6)));
        let n = starts[70];
        let places = (0..n).map(|_| random.below(50)).collect();
        Sparse::new(50, starts, places, (0..n).map(|_| random.normal()).collect())
    }

    fn randn(n: usize, shard: usize) -> Vec<f64> {
        let mut random = Key::new(1, "sparse").shard(shard).random();
        (0..n).map(|_| random.normal()).collect()
    }

    fn close(x: &[f64], y: &[f64]) -> bool {
        x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-12)
    }

    #[test]
    fn products_are_those_of_the_dense_matrix_for_any_number_of_threads() {
        let a = sparse();
        let mut dense = vec![0.0; 70 * 50];
        for row in 0..70 {
            for entry in a.rows.starts[row]..a.rows.starts[row + 1] {
                dense[row * 50 + a.rows.places[entry]] += a.values[entry];
            }
        }
        for features in [1, 31, 32, 100, 5000] {
            let (x, z) = (randn(50 * features, 2), randn(70 * features, 3));
            for device in [Device::cpu(1), Device::cpu(3)] {
                let (mut y, mut back) = (vec![9.0; 70 * features], vec![9.0; 50 * features]);
                product(&device, &a, &x, &mut y);
                product_t(&device, &a, &z, &mut back);
                let entry = |i: usize, j: usize| dense[i * 50 + j];
                for f in [0, features - 1] {
                    let column = |of: &[f64], n: usize| (0..n).map(|i| of[i * features + f]).collect::<Vec<_>>();
                    let sum = |i: usize| (0..50).map(|j| entry(i, j) * x[j * features + f]).sum();
                    let sum_t = |j: usize| (0..70).map(|i| entry(i, j) * z[i * features + f]).sum();
                    assert!(close(&column(&y, 70), &(0..70).map(sum).collect::<Vec<f64>>()));
                    assert!(close(&column(&back, 50), &(0..50).map(sum_t).collect::<Vec<f64>>()));
                }
            }
        }
    }

    #[test]
    fn groups_are_summed_and_rows_are_picked() {
        let x = [1.0, 2.0, 3.0, 4.0];
        let mut y = [0.0; 3];
        product(&Device::cpu(1), &Sparse::grouping(&[0, 1, 1, 4], None::<fn(usize) -> f64>), &x, &mut y);
        assert_eq!(y, [1.0, 0.0, 9.0]);
        product(&Device::cpu(1), &Sparse::grouping(&[0, 1, 1, 4], Some(|n| 1.0 / n as f64)), &x, &mut y);
        assert_eq!(y, [1.0, 0.0, 3.0]);
        product(&Device::cpu(1), &Sparse::picking(4, vec![3, 0, 3]), &x, &mut y);
        assert_eq!(y, [4.0, 1.0, 4.0]);
    }
}
