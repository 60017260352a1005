//! One task of a product: copies blocks into cache and runs the register kernel over them.

use std::ops::Range;

use super::packed::{Onto, Packed, Rows, RowsMut, panel_width};
use super::places::Places;
use super::vector::Vector;
use super::{Matrix, Product, Then, Tiles};
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;
use crate::storage::Storage;

/// Length of the part of `k` that is in cache at a time: a panel of B of 512 x 32 f32 takes 64 kB.
const DEPTH: usize = 512;
/// Registers side by side in the inner kernel.
const WIDE: usize = 2;
/// Rows up to which B is read where it lies: a copy would be used too seldom to pay.
const FEW_ROWS: usize = 32;
/// Rows that the inner kernel takes at once where its registers are widest.
const ONE_BLOCK: usize = 14;
/// Side of the squares in which a panel is transposed.
const SQUARE: usize = 8;
/// Rows this many bytes apart fall into the same few sets of the first cache, so they are copied apart.
const CONFLICT: usize = 2048;

/// A matrix operand as the inner kernel reads it.
#[derive(Clone, Copy)]
pub struct Operand<T> {
    at: *const T,
    row_stride: usize,
    column_stride: usize,
}

/// Where a tile of C goes and what is done to it.
pub struct Output<'a, T> {
    at: *mut T,
    stride: usize,
    /// Continue the sums that stand there.
    resume: bool,
    bias: Option<&'a [T]>,
    relu: bool,
}

pub(super) fn compute<T: Real>(product: &Product<'_, T>, tiles: Tiles, device: &Device) {
    let (a, b, n) = (product.a, product.b, product.b.columns);
    let depth = a.columns;
    let panel_width = panel_width::<T>();
    let copy_a = conflicts::<T>(a) && tiles.rows.len() > ONE_BLOCK;
    let copy_b = b.column_stride != 1 || tiles.rows.len() > FEW_ROWS || conflicts::<T>(b);
    let mut panel = Storage::lent(device.pool_arc(), DEPTH * panel_width);
    let mut rows = copy_a.then(|| Storage::lent(device.pool_arc(), padded(DEPTH) * padded(tiles.rows.len().max(1))));
    let mut from = 0;
    // A product over nothing is zero: the loop body must run once.
    while from == 0 || from < depth {
        let part = from..(from + DEPTH).min(depth);
        let left = match &mut rows {
            Some(rows) => copy_rows(a, &tiles.rows, &part, &mut rows.data),
            None => Operand {
                at: a.data[(tiles.rows.start * a.row_stride + from * a.column_stride).min(a.data.len())..].as_ptr(),
                row_stride: a.row_stride,
                column_stride: a.column_stride,
            },
        };
        let mut j = tiles.columns.start;
        while j < tiles.columns.end {
            let columns = j..(j + panel_width).min(tiles.columns.end);
            let (right, stride) = if copy_b || columns.len() < panel_width {
                copy_panel(&b, &part, &columns, panel_width, &mut panel.data);
                (panel.data.as_ptr(), panel_width)
            } else {
                (b.data[(from * b.row_stride + j).min(b.data.len())..].as_ptr(), b.row_stride)
            };
            let last = part.end == depth;
            let (bias, relu) = match product.then {
                Then::Bias(bias) if last => (Some(&bias[columns.clone()]), false),
                Then::BiasRelu(bias) if last => (Some(&bias[columns.clone()]), true),
                _ => (None, false),
            };
            let resume = from > 0 || matches!(product.then, Then::Add);
            // SAFETY: the tile lies inside C, because `tiles` does, and belongs to this task alone.
            let at = unsafe { product.c.add(tiles.rows.start * n + j) };
            let output = Output { at, stride: n, resume, bias, relu };
            // SAFETY: `left` covers rows x part, `right` covers part x a whole panel (padded with zeros).
            unsafe {
                let tile = Tile { segments: &[0], depth: part.len(), a: left, b: right, b_stride: stride };
                T::panel(tiles.rows.len(), &tile, &output, columns.len())
            };
            j = columns.end;
        }
        from = part.end.max(1);
    }
}

/// `c = onto(a b)` with a factor that lies in panels, and rows of `a` whose parts begin at `segments`.
pub(super) fn times_packed<T: Real>(
    packed: &Packed<T>,
    a: &Rows<'_, T>,
    segments: &[usize],
    onto: Onto<'_, T>,
    c: &mut RowsMut<'_, T>,
) {
    let width = panel_width::<T>();
    let left = Operand { at: a.data.as_ptr(), row_stride: a.stride, column_stride: 1 };
    let depth = packed.depth / segments.len().max(1);
    for (panel, from) in (0..packed.columns).step_by(width).enumerate() {
        let columns = from..(from + width).min(packed.columns);
        let (bias, relu) = match onto {
            Onto::Bias(bias) => (Some(&bias[columns.clone()]), false),
            Onto::BiasRelu(bias) => (Some(&bias[columns.clone()]), true),
            Onto::Nothing | Onto::Itself => (None, false),
        };
        let resume = matches!(onto, Onto::Itself);
        let at = c.data[from..].as_mut_ptr();
        let output = Output { at, stride: c.stride, resume, bias, relu };
        let right = packed.panels.data[panel * packed.depth * width..].as_ptr();
        let tile = Tile { segments, depth, a: left, b: right, b_stride: width };
        // SAFETY: `product_of` has checked that `a` and `c` hold the rows; a panel has `packed.depth` rows of `width`.
        unsafe { T::panel(a.count, &tile, &output, columns.len()) };
    }
}

/// `c += a^T b`, where row `k` of both is a place; see [`Places`].
pub(super) fn over_places<T: Real>(places: &Places<'_, T>, b: &[T], copy: &mut [T], c: &mut RowsMut<'_, T>) {
    let (width, n) = (panel_width::<T>(), places.columns);
    let left = Operand { at: places.data.as_ptr(), row_stride: 1, column_stride: places.step };
    let count = places.segments.len() * places.run;
    for from in (0..n).step_by(width) {
        let columns = from..(from + width).min(n);
        let (right, b_stride) = if columns.len() < width {
            let matrix = Matrix { data: b, rows: count, columns: n, row_stride: places.apart, column_stride: 1 };
            copy_panel(&matrix, &(0..count), &columns, width, copy);
            (copy.as_ptr(), width)
        } else {
            (b[from..].as_ptr(), places.apart)
        };
        let at = c.data[from..].as_mut_ptr();
        let output = Output { at, stride: c.stride, resume: true, bias: None, relu: false };
        let tile = Tile { segments: places.segments, depth: places.run, a: left, b: right, b_stride };
        // SAFETY: `Places::product` has checked that `a`, `b`, `copy` and `c` hold the rows.
        unsafe { T::panel(places.rows, &tile, &output, columns.len()) };
    }
}

fn conflicts<T>(x: Matrix<'_, T>) -> bool {
    let stride = x.row_stride.max(x.column_stride);
    stride > 1 && (stride * size_of::<T>()).is_multiple_of(CONFLICT)
}

/// A row length whose rows do not fall into the same sets of the cache.
fn padded(length: usize) -> usize {
    length.next_multiple_of(16) + 16
}

/// Copies a block of A in its own orientation into rows that lie a good distance apart.
fn copy_rows<T: Real>(a: Matrix<'_, T>, rows: &Range<usize>, part: &Range<usize>, to: &mut [T]) -> Operand<T> {
    let by_rows = a.column_stride == 1;
    let (outer, inner, distance) = if by_rows { (rows, part, a.row_stride) } else { (part, rows, a.column_stride) };
    let stride = padded(inner.len());
    for (line, to) in outer.clone().zip(to.chunks_exact_mut(stride)) {
        to[..inner.len()].copy_from_slice(&a.data[line * distance + inner.start..][..inner.len()]);
    }
    let (row_stride, column_stride) = if by_rows { (stride, 1) } else { (1, stride) };
    Operand { at: to.as_ptr(), row_stride, column_stride }
}

simd! {
/// Copies a panel of B, `part` x `columns`, into rows of `width`; missing columns become zero.
pub(super) fn copy_panel<T: Real>(
    b: &Matrix<'_, T>,
    part: &Range<usize>,
    columns: &Range<usize>,
    width: usize,
    to: &mut [T],
) {
    let full = columns.len() == width;
    if !full {
        to[..part.len() * width].fill(T::ZERO);
    }
    if b.column_stride == 1 {
        for (row, to) in part.clone().zip(to.chunks_exact_mut(width)) {
            let from = &b.data[row * b.row_stride + columns.start..][..columns.len()];
            to[..columns.len()].copy_from_slice(from);
        }
    } else {
        transpose_panel(b, part, columns, width, to);
    }
}
}

/// The transposed copy, in squares of [`SQUARE`] that stay in registers.
#[inline(always)]
fn transpose_panel<T: Real>(
    b: &Matrix<'_, T>,
    part: &Range<usize>,
    columns: &Range<usize>,
    width: usize,
    to: &mut [T],
) {
    let whole = (part.len() / SQUARE * SQUARE, columns.len() / SQUARE * SQUARE);
    let one =
        |row: usize, at: usize| b.data[(columns.start + at) * b.column_stride + (part.start + row) * b.row_stride];
    for row in (0..whole.0).step_by(SQUARE) {
        for at in (0..whole.1).step_by(SQUARE) {
            let lines: [[T; SQUARE]; SQUARE] = std::array::from_fn(|c| {
                let start = (columns.start + at + c) * b.column_stride + part.start + row;
                std::array::from_fn(|r| b.data[start..start + SQUARE][r])
            });
            for r in 0..SQUARE {
                let line: [T; SQUARE] = std::array::from_fn(|c| lines[c][r]);
                to[(row + r) * width + at..][..SQUARE].copy_from_slice(&line);
            }
        }
        for r in row..row + SQUARE {
            (whole.1..columns.len()).for_each(|at| to[r * width + at] = one(r, at));
        }
    }
    for row in whole.0..part.len() {
        (0..columns.len()).for_each(|at| to[row * width + at] = one(row, at));
    }
}

/// All rows of one panel, in blocks of nearly equal height.
///
/// # Safety
/// The tile covers `rows` rows of A and whole rows of a panel, the output as many rows of `columns`, and the processor has the
/// instructions of V.
#[inline(always)]
pub(super) unsafe fn panel_product<V: Vector, const MR: usize>(
    rows: usize,
    tile: &Tile<'_, V::Scalar>,
    c: &Output<'_, V::Scalar>,
    columns: usize,
) {
    let blocks = rows.div_ceil(MR);
    for block in 0..blocks {
        let from = block * rows / blocks;
        let height = (block + 1) * rows / blocks - from;
        // SAFETY: `from + height <= rows`, and the caller's contract covers all rows.
        unsafe {
            let a = Operand { at: tile.a.at.add(from * tile.a.row_stride), ..tile.a };
            let c = Output { at: c.at.add(from * c.stride), ..*c };
            let tile = Tile { a, ..*tile };
            macro_rules! heights {
                ($($h:literal)*) => { match height { $($h if $h <= MR => tile_of::<V, $h>(&tile, &c, columns),)* _ => {} } };
            }
            heights!(1 2 3 4 5 6 7 8 9 10 11 12 13 14);
        }
    }
}

/// What the inner kernel multiplies: for each segment `depth` columns of A, which begin there, and the next rows of B.
#[derive(Clone, Copy)]
pub struct Tile<'a, T> {
    segments: &'a [usize],
    depth: usize,
    a: Operand<T>,
    b: *const T,
    b_stride: usize,
}

#[inline(always)]
unsafe fn tile_of<V: Vector, const H: usize>(tile: &Tile<'_, V::Scalar>, c: &Output<'_, V::Scalar>, columns: usize) {
    // SAFETY: the caller's contract; a narrow tile goes through a buffer of full width.
    unsafe {
        if columns == WIDE * V::LANES {
            registers::<V, H, WIDE>(tile, c);
        } else {
            let mut buffer = [[V::Scalar::ZERO; 32]; H];
            if c.resume {
                for (i, row) in buffer.iter_mut().enumerate() {
                    std::ptr::copy_nonoverlapping(c.at.add(i * c.stride), row.as_mut_ptr(), columns);
                }
            }
            let whole =
                Output { at: buffer.as_mut_ptr().cast(), stride: 32, resume: c.resume, bias: None, relu: false };
            if columns <= V::LANES {
                registers::<V, H, 1>(tile, &whole)
            } else {
                registers::<V, H, WIDE>(tile, &whole)
            }
            for (i, row) in buffer.iter_mut().enumerate() {
                for (j, x) in row[..columns].iter_mut().enumerate() {
                    *x = c.bias.map_or(*x, |bias| *x + bias[j]);
                    *x = if c.relu { x.larger(V::Scalar::ZERO) } else { *x };
                }
                std::ptr::copy_nonoverlapping(row.as_ptr(), c.at.add(i * c.stride), columns);
            }
        }
    }
}

/// Repeats a block for each row, with its number as a constant. Registers have no index: where a loop over rows remains,
/// the compiler keeps the sums in memory as well and stores each of them at every step (2.6 times as slow).
macro_rules! each_row {
    ($i:ident < $h:ident $body:block) => { each_row!(@ $i $h $body 0 1 2 3 4 5 6 7 8 9 10 11 12 13) };
    (@ $i:ident $h:ident $body:block $($n:literal)*) => { $(if $n < $h { let $i = $n; $body })* };
}

/// The inner kernel: an H x (NV registers) tile of C stays in registers while k runs.
#[inline(always)]
unsafe fn registers<V: Vector, const H: usize, const NV: usize>(tile: &Tile<'_, V::Scalar>, c: &Output<'_, V::Scalar>) {
    // SAFETY: the caller's contract: A has H rows, B rows of NV registers, C room for H rows of NV registers.
    unsafe {
        let mut sums = [[V::zero(); NV]; H];
        if c.resume {
            each_row!(i < H {
                for (j, sum) in sums[i].iter_mut().enumerate() {
                    *sum = V::load(c.at.add(i * c.stride + j * V::LANES));
                }
            });
        }
        let mut b = tile.b;
        for segment in tile.segments {
            let mut a = tile.a.at.wrapping_add(*segment);
            for _ in 0..tile.depth {
                let mut right = [V::zero(); NV];
                for (j, right) in right.iter_mut().enumerate() {
                    *right = V::load(b.add(j * V::LANES));
                }
                each_row!(i < H {
                    let left = V::splat(*a.add(i * tile.a.row_stride));
                    for (sum, right) in sums[i].iter_mut().zip(right) {
                        *sum = left.multiply_add(right, *sum);
                    }
                });
                a = a.wrapping_add(tile.a.column_stride);
                b = b.wrapping_add(tile.b_stride);
            }
        }
        let mut bias = [V::zero(); NV];
        if let Some(from) = c.bias {
            for (j, bias) in bias.iter_mut().enumerate() {
                *bias = V::load(from.as_ptr().add(j * V::LANES));
            }
        }
        each_row!(i < H {
            for (j, (sum, bias)) in sums[i].into_iter().zip(bias).enumerate() {
                let sum = if c.bias.is_some() { sum.add(bias) } else { sum };
                let sum = if c.relu { sum.relu() } else { sum };
                sum.store(c.at.add(i * c.stride + j * V::LANES));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::gemm::gemm;
    use crate::random::Key;
    use crate::simd::{Level, level};
    #[cfg(target_arch = "x86_64")]
    use std::arch::x86_64::__m256;

    fn randn<T: Real>(n: usize, shard: usize) -> Vec<T> {
        let mut random = Key::new(0, "gemm").shard(shard).random();
        (0..n).map(|_| T::of(random.normal())).collect()
    }

    #[test]
    fn every_level_of_vectors_computes_the_same_product() {
        let (m, k, n) = (37, 530, 8);
        let (x, y) = (randn::<f32>(m * k, 1), randn::<f32>(k * n, 2));
        let run = |panel: &dyn Fn(&Tile<'_, f32>, &Output<'_, f32>)| {
            let mut c = vec![0.0; m * n];
            let a = Operand { at: x.as_ptr(), row_stride: k, column_stride: 1 };
            let tile = Tile { segments: &[0], depth: k, a, b: y.as_ptr(), b_stride: n };
            panel(&tile, &Output { at: c.as_mut_ptr(), stride: n, resume: false, bias: None, relu: false });
            c
        };
        // SAFETY: the tile covers both factors: a panel of the narrowest kernel has eight columns.
        let portable = run(&|tile, to| unsafe { panel_product::<[f32; 4], 4>(m, tile, to, n) });
        let mut best = vec![0.0; m * n];
        gemm(&Device::cpu(1), Matrix::new(&x, m, k), Matrix::new(&y, k, n), Then::Store, &mut best);
        for (x, y) in best.iter().zip(&portable) {
            assert!((x - y).abs() < 1e-3, "{x} {y}");
        }
        #[cfg(target_arch = "x86_64")]
        if level() != Level::Portable {
            // SAFETY: as above; processors with wider vectors have these instructions too, and a panel has sixteen columns,
            // of which the tile is narrower.
            let wide: Vec<f32> = y.chunks_exact(n).flat_map(|row| row.iter().copied().chain([0.0; 8])).collect();
            let middle = run(&|tile, to| unsafe {
                panel_product::<__m256, 6>(m, &Tile { b: wide.as_ptr(), b_stride: 16, ..*tile }, to, n)
            });
            assert_eq!(middle, best);
        }
    }
}
