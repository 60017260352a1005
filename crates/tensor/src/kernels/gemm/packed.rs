//! Products with a matrix that is used many times: it is copied into the panels that the inner kernel reads once.

use super::{Matrix, block};
use crate::device::Device;
use crate::real::Real;
use crate::simd::{Level, level};
use crate::storage::Storage;

/// A right factor in panels. Products with it run on the caller's thread, element by element in the same order of $k$ as
/// those of [`gemm`](super::gemm).
pub struct Packed<T: Real> {
    pub(super) panels: Storage<T>,
    pub(super) depth: usize,
    pub(super) columns: usize,
}

/// Rows of a left factor, or of a product: they may lie apart.
pub struct Rows<'a, T> {
    pub data: &'a [T],
    pub count: usize,
    pub stride: usize,
}

/// The same of an output.
pub struct RowsMut<'a, T> {
    pub data: &'a mut [T],
    pub stride: usize,
}

/// How the product meets what stands in the output.
#[derive(Clone, Copy)]
pub enum Onto<'a, T> {
    /// $C = AB + \mathbf 1 b^\top$.
    Bias(&'a [T]),
    /// $C = \max(0, AB + \mathbf 1 b^\top)$.
    BiasRelu(&'a [T]),
    /// $C = AB$.
    Nothing,
    /// $C \mathrel{+}= AB$.
    Itself,
}

impl<T: Real> Packed<T> {
    /// A copy of `b`.
    pub fn new(device: &Device, b: Matrix<'_, T>) -> Self {
        Packed::stacked(device, &[b])
    }

    /// A copy of matrices of equal shape, one below the other.
    pub(crate) fn stacked(device: &Device, parts: &[Matrix<'_, T>]) -> Self {
        let (rows, columns) = parts.first().map_or((0, 0), |part| (part.rows, part.columns));
        let (depth, width) = (rows * parts.len(), panel_width::<T>());
        let mut panels = Storage::lent(device.pool_arc(), depth * columns.next_multiple_of(width));
        if depth > 0 {
            for (panel, to) in panels.data.chunks_exact_mut(depth * width).enumerate() {
                let own = panel * width..((panel + 1) * width).min(columns);
                for (b, to) in parts.iter().zip(to.chunks_exact_mut(rows * width)) {
                    block::copy_panel(b, &(0..rows), &own, width, to);
                }
            }
        }
        Packed { panels, depth, columns }
    }

    /// `c = onto(a b)` for `a: [count, depth]`.
    ///
    /// # Panics
    /// If the rows do not hold as many numbers.
    pub(crate) fn product(&self, a: &Rows<'_, T>, onto: Onto<'_, T>, c: &mut RowsMut<'_, T>) {
        self.product_of(a, &[0], onto, c);
    }

    /// The same with rows of `a` that consist of parts of equal length: in the first row they begin at `segments`.
    pub(crate) fn product_of(&self, a: &Rows<'_, T>, segments: &[usize], onto: Onto<'_, T>, c: &mut RowsMut<'_, T>) {
        if a.count == 0 || self.columns == 0 {
            return;
        }
        let furthest = segments.iter().max().copied().unwrap_or(0) + self.depth / segments.len().max(1);
        assert!(self.depth.is_multiple_of(segments.len().max(1)), "parts of a row are not of equal length");
        assert!(c.stride >= self.columns, "rows overlap");
        assert!(a.data.len() >= (a.count - 1) * a.stride + furthest, "too few rows to multiply");
        assert!(c.data.len() >= (a.count - 1) * c.stride + self.columns, "too few rows for a product");
        if let Onto::Bias(bias) | Onto::BiasRelu(bias) = onto {
            assert_eq!(bias.len(), self.columns, "one bias for each column");
        }
        block::times_packed(self, a, segments, onto, c);
    }
}

/// Columns of a panel: two registers.
pub(super) fn panel_width<T: Real>() -> usize {
    let bytes = match level() {
        Level::Avx512 => 128,
        Level::Avx2 => 64,
        Level::Portable => 8 * size_of::<T>(),
    };
    bytes / size_of::<T>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::gemm::{Then, gemm};
    use crate::random::Key;

    fn randn(n: usize, shard: usize) -> Vec<f32> {
        let mut random = Key::new(0, "packed").shard(shard).random();
        (0..n).map(|_| random.normal() as f32).collect()
    }

    /// The bits are those of the usual product, whatever lies between the rows.
    #[test]
    fn products_have_the_bits_of_the_usual_ones() {
        let device = Device::cpu(1);
        for (m, k, n) in [(1, 1, 1), (3, 8, 65), (32, 64, 256), (33, 600, 40)] {
            let (a, b, bias) = (randn(m * k, 1), randn(k * n, 2), randn(n, 3));
            let mut wanted = vec![0.0; m * n];
            gemm(&device, Matrix::new(&a, m, k), Matrix::new(&b, k, n), Then::Bias(&bias), &mut wanted);
            let packed = Packed::new(&device, Matrix::new(&b, k, n));
            let (stride, mut apart) = (n + 5, vec![7.0; m * (n + 5)]);
            let rows = Rows { data: &a, count: m, stride: k };
            packed.product(&rows, Onto::Bias(&bias), &mut RowsMut { data: &mut apart, stride });
            for i in 0..m {
                assert_eq!(&apart[i * stride..i * stride + n], &wanted[i * n..(i + 1) * n], "{m} {k} {n}");
                assert!(apart[i * stride + n..(i + 1) * stride].iter().all(|x| *x == 7.0));
            }
            // A transposed factor, and a product that is added.
            let bt: Vec<f32> = (0..n * k).map(|at| b[at % k * n + at / k]).collect();
            let packed = Packed::new(&device, Matrix::new(&bt, n, k).t());
            gemm(&device, Matrix::new(&a, m, k), Matrix::new(&b, k, n), Then::Add, &mut wanted);
            packed.product(&rows, Onto::Itself, &mut RowsMut { data: &mut apart, stride });
            for i in 0..m {
                assert_eq!(&apart[i * stride..i * stride + n], &wanted[i * n..(i + 1) * n], "{m} {k} {n}");
            }
        }
    }
}
