//! Products over the places of an image: what a weight of a convolution has seen, times what the gradient is there.

use super::block;
use super::packed::{RowsMut, panel_width};
use crate::real::Real;

/// A left factor whose row for each place begins somewhere in `data`: at `segments[s] + p * step` for the place `p` of the line
/// `s`, of which there are `run`.
pub struct Places<'a, T> {
    pub data: &'a [T],
    /// Numbers of each row.
    pub rows: usize,
    /// From one place of a line to the next.
    pub step: usize,
    /// Where lines begin.
    pub segments: &'a [usize],
    /// Places of a line.
    pub run: usize,
    /// Columns of the right factor.
    pub columns: usize,
    /// From one of its rows to the next.
    pub apart: usize,
}

impl<T: Real> Places<'_, T> {
    /// Numbers that a copy of a narrow right factor takes.
    pub(crate) fn copy_size(places: usize) -> usize {
        places * panel_width::<T>()
    }

    /// `c[i, j] += sum_k a[k, i] b[k, j]` over all places in order.
    ///
    /// # Panics
    /// If the factors do not hold as many numbers.
    pub(crate) fn product(&self, b: &[T], copy: &mut [T], c: &mut RowsMut<'_, T>) {
        let count = self.segments.len() * self.run;
        if count == 0 || self.rows == 0 || self.columns == 0 {
            return;
        }
        let furthest = self.segments.iter().max().copied().unwrap_or(0) + (self.run - 1) * self.step + self.rows;
        assert!(self.data.len() >= furthest, "places lie outside");
        assert!(self.apart >= self.columns && c.stride >= self.columns, "rows overlap");
        assert!(b.len() >= (count - 1) * self.apart + self.columns, "too few rows to multiply");
        assert!(c.data.len() >= (self.rows - 1) * c.stride + self.columns, "too few rows for a product");
        assert!(copy.len() >= Places::<T>::copy_size(count), "too little room for a copy");
        block::over_places(self, b, copy, c);
    }
}
