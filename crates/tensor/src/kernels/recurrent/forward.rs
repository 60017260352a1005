//! All steps, from the first to the last.

use super::{Cell, Sequences, Weights, gates, zeros};
use crate::device::Device;
use crate::kernels::gemm::packed::{Onto, Rows, RowsMut};
use crate::kernels::gemm::{Matrix, Packed};
use crate::kernels::pieces::{own, pieces};
use crate::real::Real;
use crate::storage::Storage;

/// Intermediate values for the backward pass. Blocks of rows lie one after the other; in a block steps, in a step rows.
pub struct Trace<T: Real> {
    /// Inputs in the order in which they were read, `[steps, rows, features]` of each block.
    pub(super) x: Storage<T>,
    /// States, `[steps + 1, rows, hidden]`.
    pub(super) h: Storage<T>,
    /// Memories, `[steps + 1, rows, hidden]`, of an LSTM.
    pub(super) c: Storage<T>,
    /// Their hyperbolic tangents, `[steps, rows, hidden]`.
    pub(super) bent: Storage<T>,
    /// Gates, `[steps, rows, gates * hidden]`.
    pub(super) gates: Storage<T>,
}

/// Where the states go.
pub struct Outputs<'a, T> {
    /// All states, `[rows, steps, hidden]`.
    pub y: &'a mut [T],
    /// The last state of each row, `[rows, hidden]`.
    pub last: &'a mut [T],
    /// Of an LSTM the last memory of each row, `[rows, hidden]`; else empty.
    pub memory: &'a mut [T],
}

/// Runs `cell` over `x: [rows, steps, features]` from the states `start: [rows, hidden]`, of an LSTM with memories, or from zeros.
///
/// # Panics
/// If a slice does not hold as many numbers as its shape says, or a length is larger than the number of steps.
pub fn forward<T: Real>(
    device: &Device,
    cell: Cell,
    s: &Sequences<'_>,
    weights: &Weights<'_, T>,
    x: &[T],
    start: [Option<&[T]>; 2],
    out: Outputs<'_, T>,
) -> Trace<T> {
    let Outputs { y, last, memory: last_c } = out;
    let (n, f, h) = (s.rows, s.features, s.hidden);
    let (wide, seen) = (cell.gates() * h, cell.input_gates() * h);
    assert_eq!((x.len(), y.len()), (n * s.steps * f, n * s.steps * h), "sequences and their states");
    assert!(s.lengths.is_none_or(|own| own.len() == n && own.iter().all(|&l| l <= s.steps)), "lengths of sequences");
    let memory = cell == Cell::Lstm;
    let input = Packed::new(device, Matrix::new(weights.input, f, seen));
    let state = Packed::new(device, Matrix::new(weights.state, h, cell.state_gates() * h));
    let kept = |numbers: usize| Storage::lent(device.pool_arc(), n * numbers);
    let with_memory = |numbers: usize| kept(if memory { numbers } else { 0 });
    let mut trace = Trace {
        x: zeros(device, n * s.steps * f),
        h: kept((s.steps + 1) * h),
        c: with_memory((s.steps + 1) * h),
        bent: with_memory(s.steps * h),
        gates: kept(s.steps * wide),
    };
    let block = s.block();
    let parts = pieces([
        (y, block * s.steps * h),
        (&mut trace.x.data, block * s.steps * f),
        (&mut trace.h.data, block * (s.steps + 1) * h),
        (&mut trace.gates.data, block * s.steps * wide),
        (&mut trace.c.data, block * (s.steps + 1) * h),
        (&mut trace.bent.data, block * s.steps * h),
        (last, block * h),
        (last_c, block * h),
    ]);
    device.threads().run(parts.len(), &|at| {
        let [y, xs, hs, gs, cs, bents, last_h, last_c] = &mut *own(&parts[at]);
        let (from, rows) = (at * block, xs.len().checked_div(s.steps * f).unwrap_or(block.min(n - at * block)));
        gather(s, from, rows, x, xs);
        let first = |start: Option<&[T]>, to: &mut [T]| match start {
            Some(start) => to[..rows * h].copy_from_slice(&start[from * h..(from + rows) * h]),
            None => to[..rows * h].fill(T::ZERO),
        };
        first(start[0], hs);
        if memory {
            first(start[1], cs);
        }
        for step in 0..s.steps {
            let g = &mut gs[step * rows * wide..(step + 1) * rows * wide];
            let (before, after) = hs[step * rows * h..(step + 2) * rows * h].split_at_mut(rows * h);
            let read = Rows { data: &xs[step * rows * f..(step + 1) * rows * f], count: rows, stride: f };
            input.product(&read, Onto::Bias(weights.bias), &mut RowsMut { data: g, stride: wide });
            if cell == Cell::Gru {
                g.chunks_exact_mut(wide).for_each(|row| row[3 * h..].copy_from_slice(weights.extra));
            }
            let onto = &mut RowsMut { data: &mut g[cell.state_from(h)..], stride: wide };
            state.product(&Rows { data: before, count: rows, stride: h }, Onto::Itself, onto);
            match cell {
                Cell::Simple => {
                    gates::simple(g);
                    after.copy_from_slice(g);
                }
                Cell::Gru => gates::gru(g, before, after, h),
                Cell::Lstm => {
                    let (c_before, c) = cs[step * rows * h..(step + 2) * rows * h].split_at_mut(rows * h);
                    let bent = &mut bents[step * rows * h..(step + 1) * rows * h];
                    gates::lstm(g, [c_before, weights.extra], [c, bent, after], h);
                    keep(s, from, step, c_before, c);
                }
            }
            keep(s, from, step, before, after);
            for row in 0..rows {
                if let Some(place) = s.place(from + row, step) {
                    y[(row * s.steps + place) * h..][..h].copy_from_slice(&after[row * h..(row + 1) * h]);
                } else {
                    y[(row * s.steps + step) * h..][..h].fill(T::ZERO);
                }
            }
        }
        last_h.copy_from_slice(&hs[s.steps * rows * h..]);
        if memory {
            last_c.copy_from_slice(&cs[s.steps * rows * h..]);
        }
    });
    trace
}

/// Inputs in the order in which a block reads them; zeros after the ends stay.
fn gather<T: Real>(s: &Sequences<'_>, from: usize, rows: usize, x: &[T], to: &mut [T]) {
    for step in 0..s.steps {
        for row in 0..rows {
            if let Some(place) = s.place(from + row, step) {
                let read = &x[((from + row) * s.steps + place) * s.features..][..s.features];
                to[(step * rows + row) * s.features..][..s.features].copy_from_slice(read);
            }
        }
    }
}

/// Rows that have ended keep what they had.
fn keep<T: Real>(s: &Sequences<'_>, from: usize, step: usize, before: &[T], after: &mut [T]) {
    if s.lengths.is_some() {
        for (row, (before, after)) in before.chunks_exact(s.hidden).zip(after.chunks_exact_mut(s.hidden)).enumerate() {
            if step >= s.length(from + row) {
                after.copy_from_slice(before);
            }
        }
    }
}
