//! Recurrent networks over whole sequences: one call forward, one call backward.
//!
//! Rows are shared out in blocks; a block runs through all steps on one thread, so that its state stays in cache and no thread
//! waits for another. Rows may have lengths of their own: after its end the state of a row stays as it is, its outputs are zero,
//! and nothing of what stands there is read.

mod backward;
mod forward;
mod gates;

use crate::real::Real;
use crate::storage::Storage;

pub use backward::{Cotangents, Gradients, backward};
pub use forward::{Outputs, Trace, forward};

/// How a step makes the next state from the input and the last state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// $h = \tanh(W x + U h + b)$ \[Elman1990\].
    Simple,
    /// Input, forget and output gates and a memory $c$ \[Hochreiter1997\] \[Gers2000\]:
    /// $i, f, o = \sigma(\cdot)$, $g = \tanh(\cdot)$, $c = f c + i g$, $h = o \tanh c$; the gates may also see the memory
    /// (peepholes) \[Gers2002\]. Columns of the weights: $i, f, o, g$.
    Lstm,
    /// Reset and update gates \[Cho2014\]: $r, z = \sigma(\cdot)$, $n = \tanh(W_n x + b_n + r (U_n h + b'_n))$,
    /// $h = (1 - z) n + z h$. Columns of the input's weights: $n, r, z$; of the state's: $r, z, n$.
    Gru,
}

impl Cell {
    /// Blocks of columns that a step fills.
    pub fn gates(self) -> usize {
        if self == Cell::Simple { 1 } else { 4 }
    }

    /// Blocks of columns to which the input contributes; they are the first.
    pub fn input_gates(self) -> usize {
        if self == Cell::Gru { 3 } else { self.gates() }
    }

    /// Blocks of columns to which the state contributes; they are the last.
    pub fn state_gates(self) -> usize {
        self.input_gates()
    }

    /// The first column to which the state contributes.
    fn state_from(self, hidden: usize) -> usize {
        (self.gates() - self.state_gates()) * hidden
    }
}

/// Sequences side by side.
#[derive(Clone, Copy, Debug)]
pub struct Sequences<'a> {
    /// How many there are.
    pub rows: usize,
    /// Steps of the longest.
    pub steps: usize,
    /// Numbers of a step.
    pub features: usize,
    /// Numbers of a state.
    pub hidden: usize,
    /// Steps of each, where they differ.
    pub lengths: Option<&'a [usize]>,
    /// From the last step to the first.
    pub reverse: bool,
    /// Gradients do not pass from a step whose number is a multiple of this to the one before; zero: they pass everywhere.
    pub truncate: usize,
}

impl Sequences<'_> {
    /// Rows of a block: a function of shapes alone.
    fn block(&self) -> usize {
        let blocks = self.rows.div_ceil(BLOCK).max(2);
        self.rows.div_ceil(blocks).max(1)
    }

    fn length(&self, row: usize) -> usize {
        self.lengths.map_or(self.steps, |lengths| lengths[row])
    }

    /// The place in the sequence that a row reads at a step; `None` after its end.
    fn place(&self, row: usize, step: usize) -> Option<usize> {
        let length = self.length(row);
        (step < length).then(|| if self.reverse { length - 1 - step } else { step })
    }
}

/// Rows of a block at most.
const BLOCK: usize = 32;

/// Parameters of a cell.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a, T> {
    /// `[features, input gates * hidden]`.
    pub input: &'a [T],
    /// `[hidden, state gates * hidden]`.
    pub state: &'a [T],
    /// `[input gates * hidden]`.
    pub bias: &'a [T],
    /// Of a GRU $b'_n$, `[hidden]`; of an LSTM with peepholes their weights for $i$, $f$ and $o$, `[3 hidden]`; else none.
    pub extra: &'a [T],
}

/// A lent block, filled with zeros.
fn zeros<T: Real>(device: &crate::device::Device, len: usize) -> Storage<T> {
    let mut block = Storage::lent(device.pool_arc(), len);
    block.data.fill(T::ZERO);
    block
}

#[cfg(test)]
mod tests;
