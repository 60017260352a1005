//! All steps back, from the last to the first.

use super::{Cell, Sequences, Trace, Weights, gates};
use crate::device::Device;
use crate::kernels::gemm::packed::{Onto, Rows, RowsMut};
use crate::kernels::gemm::{Matrix, Packed, Then, gemm};
use crate::kernels::pieces::{own, pieces};
use crate::real::Real;
use crate::simd::simd;
use crate::storage::Storage;

/// What is known of the outputs: how the loss moves with them.
#[derive(Clone, Copy)]
pub struct Cotangents<'a, T> {
    /// With all states, `[rows, steps, hidden]`.
    pub y: Option<&'a [T]>,
    /// With the last states and memories, `[rows, hidden]`.
    pub last: [Option<&'a [T]>; 2],
}

/// How the loss moves with what a cell has learned and read; slices that are empty are not wanted, of `x` and `start`.
pub struct Gradients<'a, T> {
    /// As [`Weights::input`].
    pub input: &'a mut [T],
    /// As [`Weights::state`].
    pub state: &'a mut [T],
    /// As [`Weights::bias`].
    pub bias: &'a mut [T],
    /// As [`Weights::extra`].
    pub extra: &'a mut [T],
    /// `[rows, steps, features]`.
    pub x: &'a mut [T],
    /// With the first states and memories, `[rows, hidden]`.
    pub start: [&'a mut [T]; 2],
}

/// The pullback of [`forward`](super::forward).
///
/// # Panics
/// If a slice does not hold as many numbers as its shape says.
pub fn backward<T: Real>(
    device: &Device,
    cell: Cell,
    s: &Sequences<'_>,
    weights: &Weights<'_, T>,
    trace: &Trace<T>,
    by: &Cotangents<'_, T>,
    to: Gradients<'_, T>,
) {
    let (n, f, h, steps) = (s.rows, s.features, s.hidden, s.steps);
    let (wide, seen, from_state) = (cell.gates() * h, cell.input_gates() * h, cell.state_from(h));
    let block = s.block();
    let back = Packed::new(device, Matrix::new(weights.state, h, cell.state_gates() * h).t());
    let wants_x = !to.x.is_empty();
    let back_x = wants_x.then(|| Packed::new(device, Matrix::new(weights.input, f, seen).t()));
    let mut dgates: Storage<T> = Storage::lent(device.pool_arc(), n * steps * wide);
    // Of each block: cotangents of state and memory, those of the state before, and of one step's inputs.
    let spare = 3 * h + f;
    let mut scratch: Storage<T> = Storage::lent(device.pool_arc(), n * spare);
    {
        let [start_h, start_c] = to.start;
        let parts = pieces([
            (&mut scratch.data, block * spare),
            (&mut dgates.data, block * steps * wide),
            (to.x, block * steps * f),
            (start_h, block * h),
            (start_c, block * h),
        ]);
        device.threads().run(parts.len(), &|at| {
            let [scratch, dgs, dx, start_h, start_c] = &mut *own(&parts[at]);
            let (from, rows) = (at * block, scratch.len() / spare);
            // One step of a block whose rows have `of` steps of some numbers.
            let at_step = |step: usize, of: usize, numbers: usize| {
                let first = (from * of + step * rows) * numbers;
                first..first + rows * numbers
            };
            let (dh, rest) = scratch.split_at_mut(rows * h);
            let (dc, rest) = rest.split_at_mut(rows * h);
            let (before, spare) = rest.split_at_mut(rows * h);
            for (to, last) in [(&mut *dh, by.last[0]), (&mut *dc, by.last[1])] {
                match last {
                    Some(last) => to.copy_from_slice(&last[from * h..(from + rows) * h]),
                    None => to.fill(T::ZERO),
                }
            }
            for step in (0..steps).rev() {
                let g = &trace.gates.data[at_step(step, steps, wide)];
                let h_before = &trace.h.data[at_step(step, steps + 1, h)];
                let dg = &mut dgs[step * rows * wide..(step + 1) * rows * wide];
                if let Some(dy) = by.y {
                    for row in 0..rows {
                        if let Some(place) = s.place(from + row, step) {
                            let own = &dy[((from + row) * steps + place) * h..][..h];
                            dh[row * h..(row + 1) * h].iter_mut().zip(own).for_each(|(dh, dy)| *dh += *dy);
                        }
                    }
                }
                let ended = |row: &usize| step >= s.length(from + row);
                // The memory's cotangent of rows that have ended passes by; `before` holds it meanwhile.
                for row in (0..rows).filter(ended) {
                    before[row * h..(row + 1) * h].copy_from_slice(&dc[row * h..(row + 1) * h]);
                }
                match cell {
                    Cell::Simple => gates::simple_back(g, dh, dg),
                    Cell::Gru => {}
                    Cell::Lstm => {
                        let c_before = &trace.c.data[at_step(step, steps + 1, h)];
                        let bent = &trace.bent.data[at_step(step, steps, h)];
                        gates::lstm_back(g, [c_before, bent, weights.extra], dh, dc, dg, h);
                    }
                }
                for row in (0..rows).filter(ended) {
                    dc[row * h..(row + 1) * h].copy_from_slice(&before[row * h..(row + 1) * h]);
                }
                if cell == Cell::Gru {
                    gates::gru_back(g, h_before, dh, before, dg, h);
                }
                for row in (0..rows).filter(ended) {
                    dg[row * wide..(row + 1) * wide].fill(T::ZERO);
                    before[row * h..(row + 1) * h].fill(T::ZERO);
                }
                let onto = if cell == Cell::Gru { Onto::Itself } else { Onto::Nothing };
                let read = Rows { data: &dg[from_state..], count: rows, stride: wide };
                back.product(&read, onto, &mut RowsMut { data: before, stride: h });
                for row in (0..rows).filter(|row| !ended(row)) {
                    dh[row * h..(row + 1) * h].copy_from_slice(&before[row * h..(row + 1) * h]);
                }
                if s.truncate > 0 && step > 0 && step.is_multiple_of(s.truncate) {
                    dh.fill(T::ZERO);
                    dc.fill(T::ZERO);
                }
                if let Some(back_x) = &back_x {
                    let read = Rows { data: dg, count: rows, stride: wide };
                    back_x.product(&read, Onto::Nothing, &mut RowsMut { data: spare, stride: f });
                    for row in 0..rows {
                        let own = &spare[row * f..(row + 1) * f];
                        let place = s.place(from + row, step).unwrap_or(step);
                        dx[(row * steps + place) * f..][..f].copy_from_slice(own);
                    }
                }
            }
            if !start_h.is_empty() {
                start_h.copy_from_slice(dh);
            }
            if !start_c.is_empty() {
                start_c.copy_from_slice(dc);
            }
        });
    }
    to.input.fill(T::ZERO);
    to.state.fill(T::ZERO);
    to.bias.fill(T::ZERO);
    to.extra.fill(T::ZERO);
    for from in (0..n).step_by(block) {
        let rows = block.min(n - from);
        let lines = steps * rows;
        let dg = &dgates.data[from * steps * wide..(from + rows) * steps * wide];
        let columns = |first: usize, count: usize| Matrix {
            data: &dg[first.min(dg.len())..],
            rows: lines,
            columns: count,
            row_stride: wide,
            column_stride: 1,
        };
        let x = Matrix::new(&trace.x.data[from * steps * f..(from + rows) * steps * f], lines, f);
        gemm(device, x.t(), columns(0, seen), Then::Add, to.input);
        let all = &trace.h.data[from * (steps + 1) * h..(from + rows) * (steps + 1) * h];
        let state = Matrix::new(&all[..lines * h], lines, h);
        gemm(device, state.t(), columns(from_state, cell.state_gates() * h), Then::Add, to.state);
        add_rows(dg, wide, 0, to.bias);
        if cell == Cell::Gru {
            add_rows(dg, wide, 3 * h, to.extra);
        } else if !to.extra.is_empty() {
            let c = &trace.c.data[from * (steps + 1) * h..(from + rows) * (steps + 1) * h];
            let (d_i, rest) = to.extra.split_at_mut(h);
            let (d_f, d_o) = rest.split_at_mut(h);
            add_products(dg, wide, 0, &c[..lines * h], d_i);
            add_products(dg, wide, h, &c[..lines * h], d_f);
            add_products(dg, wide, 2 * h, &c[rows * h..], d_o);
        }
    }
}

simd! {
    /// Adds to `to` the rows of `x: [.., wide]`, from a column on.
    fn add_rows<T: Real>(x: &[T], wide: usize, from: usize, to: &mut [T]) {
        for row in x.chunks_exact(wide) {
            for (to, &x) in to.iter_mut().zip(&row[from..]) {
                *to += x;
            }
        }
    }
}

simd! {
    /// The same of `x c`.
    fn add_products<T: Real>(x: &[T], wide: usize, from: usize, c: &[T], to: &mut [T]) {
        let h = to.len();
        for (row, c) in x.chunks_exact(wide).zip(c.chunks_exact(h)) {
            for ((to, &x), &c) in to.iter_mut().zip(&row[from..]).zip(c) {
                *to += x * c;
            }
        }
    }
}
