//! Matrix products $C = A B$, with what follows them (bias, ReLU) while the result is still in registers.
//!
//! Every element of $C$ is one chain of fused multiply-adds in the order of $k$, wherever the work is cut. So blocking,
//! threads and the width of the vectors leave the bits as they are (without fused multiply-add they differ).

pub(crate) mod block;
mod grouped;
pub(crate) mod packed;
pub(crate) mod places;
mod vector;

use block::{Output, Tile};
pub use grouped::Groups;
pub use packed::Packed;

use std::marker::PhantomData;
use std::ops::Range;

use crate::device::Device;
use crate::real::Real;

/// Rows and columns of one task. Functions of nothing, so every cut is a function of shapes alone.
const TASK_ROWS: usize = 256;
const TASK_COLUMNS: usize = 256;
/// Multiply-adds below which a product stays on one thread: 32 x 200 x 128 takes 18 us there and gains nothing from two.
const SERIAL_BELOW: usize = 1_000_000;

/// A matrix as a slice with the distances between rows and between columns.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, T> {
    pub(crate) data: &'a [T],
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) row_stride: usize,
    pub(crate) column_stride: usize,
}

impl<'a, T> Matrix<'a, T> {
    /// Row-major numbers.
    ///
    /// # Panics
    /// If `data` does not hold `rows * columns` numbers.
    pub fn new(data: &'a [T], rows: usize, columns: usize) -> Self {
        assert_eq!(data.len(), rows * columns, "a {rows} x {columns} matrix has not {} numbers", data.len());
        Matrix { data, rows, columns, row_stride: columns, column_stride: 1 }
    }

    /// The transpose: the same numbers, read the other way.
    pub fn t(self) -> Self {
        Matrix {
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
            ..self
        }
    }
}

/// What happens to the product before it is stored.
#[derive(Clone, Copy, Debug)]
pub enum Then<'a, T> {
    /// $C = AB$.
    Store,
    /// $C \mathrel{+}= AB$.
    Add,
    /// $C = AB + \mathbf 1 b^\top$.
    Bias(&'a [T]),
    /// $C = \max(0, AB + \mathbf 1 b^\top)$.
    BiasRelu(&'a [T]),
}

/// One product, ready to be split into tasks.
pub struct Product<'a, T> {
    pub(crate) a: Matrix<'a, T>,
    pub(crate) b: Matrix<'a, T>,
    pub(crate) c: *mut T,
    pub(crate) then: Then<'a, T>,
    output: PhantomData<&'a mut [T]>,
}
// SAFETY: tasks write disjoint tiles of `c`, which `gemm` borrows mutably for as long as they run.
unsafe impl<T: Sync> Sync for Product<'_, T> {}

/// The part of the output that one task computes.
#[derive(Clone, Debug)]
pub struct Tiles {
    pub(crate) rows: Range<usize>,
    pub(crate) columns: Range<usize>,
}

/// Computes `c = then(a b)` with `a: [m, k]`, `b: [k, n]`, `c: [m, n]` row-major.
///
/// # Panics
/// If the shapes do not fit.
///
/// ```
/// use tensor::kernels::gemm::{Matrix, Then, gemm};
/// use tensor::Device;
/// let (a, b, mut c) = ([1.0, 2.0, 3.0, 4.0], [1.0, 1.0], [0.0; 2]);
/// gemm(&Device::cpu(1), Matrix::new(&a, 2, 2), Matrix::new(&b, 2, 1), Then::Store, &mut c);
/// assert_eq!(c, [3.0, 7.0]);
/// ```
pub fn gemm<T: Real>(device: &Device, a: Matrix<'_, T>, b: Matrix<'_, T>, then: Then<'_, T>, c: &mut [T]) {
    let (m, k, n) = (a.rows, a.columns, b.columns);
    assert_eq!(k, b.rows, "inner lengths of a product differ");
    assert_eq!(c.len(), m * n, "the output of a {m} x {n} product");
    if let Then::Bias(bias) | Then::BiasRelu(bias) = then {
        assert_eq!(bias.len(), n, "one bias for each column");
    }
    let product = Product { a, b, c: c.as_mut_ptr(), then, output: PhantomData };
    let (across, down) = (n.div_ceil(TASK_COLUMNS), m.div_ceil(TASK_ROWS));
    let (width, height) = if m * k * n < SERIAL_BELOW { (n, m) } else { task_size(m, n, across * down) };
    let (across, down) = (n.div_ceil(width.max(1)), m.div_ceil(height.max(1)));
    device.threads().run(across * down, &|task| {
        let (i, j) = (task / across * height, task % across * width);
        let tiles = Tiles { rows: i..(i + height).min(m), columns: j..(j + width).min(n) };
        block::compute(&product, tiles, device);
    });
}

/// Columns and rows of a task: large ones where there are many, a cut in two along the longer side otherwise.
fn task_size(m: usize, n: usize, tasks: usize) -> (usize, usize) {
    if tasks > 1 {
        (TASK_COLUMNS, TASK_ROWS)
    } else if n >= m {
        ((n / 2).next_multiple_of(32), m)
    } else {
        (n, m.div_ceil(2))
    }
}

/// The inner kernel for a scalar, with the widest vectors there are.
macro_rules! dispatch {
    ($name:ident: $t:ty, $avx512:ty, $avx2:ty) => {
        /// # Safety
        /// The tile covers `rows` rows of A and whole rows of a panel, the output as many rows of `columns`.
        pub(crate) unsafe fn $name(rows: usize, tile: &Tile<'_, $t>, to: &Output<'_, $t>, columns: usize) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,fma")]
                unsafe fn avx512(rows: usize, tile: &Tile<'_, $t>, to: &Output<'_, $t>, columns: usize) {
                    // SAFETY: the caller's contract.
                    unsafe { block::panel_product::<$avx512, 14>(rows, tile, to, columns) }
                }
                #[target_feature(enable = "avx2,fma")]
                unsafe fn avx2(rows: usize, tile: &Tile<'_, $t>, to: &Output<'_, $t>, columns: usize) {
                    // SAFETY: the caller's contract.
                    unsafe { block::panel_product::<$avx2, 6>(rows, tile, to, columns) }
                }
                match crate::simd::level() {
                    // SAFETY: `level` has found these instructions on this processor.
                    crate::simd::Level::Avx512 => return unsafe { avx512(rows, tile, to, columns) },
                    // SAFETY: as above.
                    crate::simd::Level::Avx2 => return unsafe { avx2(rows, tile, to, columns) },
                    crate::simd::Level::Portable => {}
                }
            }
            // SAFETY: the caller's contract.
            unsafe { block::panel_product::<[$t; 4], 4>(rows, tile, to, columns) }
        }
    };
}
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256, __m256d, __m512, __m512d};
dispatch!(f32: f32, __m512, __m256);
dispatch!(f64: f64, __m512d, __m256d);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    fn randn<T: Real>(n: usize, shard: usize) -> Vec<T> {
        let mut random = Key::new(0, "gemm").shard(shard).random();
        (0..n).map(|_| T::of(random.normal())).collect()
    }

    /// The slow clear one: the same chain of products in the order of k.
    fn naive(a: Matrix<'_, f64>, b: Matrix<'_, f64>, then: Then<'_, f64>, c: &mut [f64]) {
        for i in 0..a.rows {
            for j in 0..b.columns {
                let at = i * b.columns + j;
                let mut sum = if let Then::Add = then { c[at] } else { 0.0 };
                for p in 0..a.columns {
                    let (x, y) = (
                        a.data[i * a.row_stride + p * a.column_stride],
                        b.data[p * b.row_stride + j * b.column_stride],
                    );
                    sum = x.mul_add(y, sum);
                }
                if let Then::Bias(bias) | Then::BiasRelu(bias) = then {
                    sum += bias[j];
                }
                c[at] = if let Then::BiasRelu(_) = then { sum.max(0.0) } else { sum };
            }
        }
    }

    #[test]
    fn all_shapes_forms_and_epilogues_agree_with_the_plain_loop() {
        let device = Device::cpu(2);
        for [m, k, n] in [
            [1, 1, 1],
            [3, 5, 2],
            [14, 7, 32],
            [15, 300, 33],
            [32, 200, 128],
            [65, 600, 17],
            [300, 40, 290],
            [2, 0, 3],
            [520, 512, 96],
        ] {
            let (x, y, bias, old) = (randn(m * k, 1), randn(k * n, 2), randn::<f64>(n, 3), randn::<f64>(m * n, 4));
            for form in 0..4 {
                let a = if form & 1 == 0 { Matrix::new(&x, m, k) } else { Matrix::new(&x, k, m).t() };
                let b = if form & 2 == 0 { Matrix::new(&y, k, n) } else { Matrix::new(&y, n, k).t() };
                for then in [Then::Store, Then::Add, Then::Bias(&bias), Then::BiasRelu(&bias)] {
                    let (mut ours, mut clear) = (old.clone(), old.clone());
                    gemm(&device, a, b, then, &mut ours);
                    naive(a, b, then, &mut clear);
                    for (at, (x, y)) in ours.iter().zip(&clear).enumerate() {
                        assert!(
                            (x - y).abs() <= 1e-11 * (1.0 + y.abs()),
                            "{m}x{k}x{n} form {form} {then:?} at {at}: {x} {y}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_number_of_threads_leaves_the_bits() {
        let (m, k, n) = (300, 700, 530);
        let (x, y) = (randn::<f32>(m * k, 1), randn::<f32>(k * n, 2));
        let run = |threads| {
            let mut c = vec![0.0; m * n];
            gemm(&Device::cpu(threads), Matrix::new(&x, m, k), Matrix::new(&y, k, n), Then::Store, &mut c);
            c
        };
        assert_eq!(run(1), run(3));
    }

    #[test]
    fn nan_passes_through_relu() {
        let (a, b, mut c) = ([f32::NAN], [1.0], [0.0]);
        gemm(&Device::cpu(1), Matrix::new(&a, 1, 1), Matrix::new(&b, 1, 1), Then::BiasRelu(&[0.0]), &mut c);
        assert!(c[0].is_nan());
    }
}
