//! Products in groups: rows that follow one another share a matrix of their own.

use super::{Matrix, Then, gemm};
use crate::device::Device;
use crate::real::Real;

/// Groups of rows, `starts[g]..starts[g + 1]`, and the sides of the matrix of each.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Where each group begins, and where the last ends.
    pub starts: &'a [usize],
    /// Rows of each matrix.
    pub inputs: usize,
    /// Columns of each matrix.
    pub outputs: usize,
}

impl Groups<'_> {
    /// $Y_g = X_g W_g$ with `x: [rows, inputs]`, `w: [groups, inputs * outputs]`, `y: [rows, outputs]`.
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub fn product<T: Real>(&self, device: &Device, [x, w]: [&[T]; 2], y: &mut [T]) {
        let Groups { inputs: i, outputs: o, .. } = *self;
        for (g, from, n) in self.each() {
            let (x, w) = (Matrix::new(&x[from * i..][..n * i], n, i), Matrix::new(&w[g * i * o..][..i * o], i, o));
            gemm(device, x, w, Then::Store, &mut y[from * o..][..n * o]);
        }
    }

    /// $\mathrm{d}X_g = \mathrm{d}Y_g W_g^\top$.
    pub fn slopes_of_rows<T: Real>(&self, device: &Device, [dy, w]: [&[T]; 2], dx: &mut [T]) {
        let Groups { inputs: i, outputs: o, .. } = *self;
        for (g, from, n) in self.each() {
            let (dy, w) = (Matrix::new(&dy[from * o..][..n * o], n, o), Matrix::new(&w[g * i * o..][..i * o], i, o));
            gemm(device, dy, w.t(), Then::Store, &mut dx[from * i..][..n * i]);
        }
    }

    /// $\mathrm{d}W_g = X_g^\top \mathrm{d}Y_g$; zeros of an empty group.
    pub fn slopes_of_matrices<T: Real>(&self, device: &Device, [x, dy]: [&[T]; 2], dw: &mut [T]) {
        let Groups { inputs: i, outputs: o, .. } = *self;
        dw.fill(T::ZERO);
        for (g, from, n) in self.each() {
            let (x, dy) = (Matrix::new(&x[from * i..][..n * i], n, i), Matrix::new(&dy[from * o..][..n * o], n, o));
            gemm(device, x.t(), dy, Then::Store, &mut dw[g * i * o..][..i * o]);
        }
    }

    /// Number, first row and rows of each group that has some.
    fn each(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let spans = self.starts.windows(2).enumerate();
        spans.map(|(group, span)| (group, span[0], span[1] - span[0])).filter(|(_, _, rows)| *rows > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row 0 by the matrix [[1, 2]], rows 1 and 2 by [[3, 4]].
    #[test]
    fn each_group_has_its_own_matrix() {
        let groups = Groups { starts: &[0, 1, 3], inputs: 1, outputs: 2 };
        let (mut y, mut dx, mut dw) = ([0.0; 6], [0.0; 3], [0.0; 4]);
        let (device, w) = (Device::cpu(1), [1.0, 2.0, 3.0, 4.0]);
        groups.product(&device, [&[1.0, 2.0, 3.0], &w], &mut y);
        assert_eq!(y, [1.0, 2.0, 6.0, 8.0, 9.0, 12.0]);
        groups.slopes_of_rows(&device, [&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0], &w], &mut dx);
        assert_eq!(dx, [1.0, 4.0, 7.0]);
        groups.slopes_of_matrices(&device, [&[1.0, 2.0, 3.0], &[1.0, 0.0, 0.0, 1.0, 1.0, 1.0]], &mut dw);
        assert_eq!(dw, [1.0, 0.0, 3.0, 5.0]);
    }
}
