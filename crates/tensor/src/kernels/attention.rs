//! Scaled dot-product attention \[Vaswani2017\], row by row of a batch and head by head.

use super::gemm::{Matrix, Then, gemm};
use super::pieces::{own, pieces};
use super::softmax::softmax_rows;
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Queries, keys and heads of an attention. Features of a step are split into heads, which attend by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Attention<'a> {
    /// Sequences.
    pub rows: usize,
    /// Steps that look.
    pub queries: usize,
    /// Steps that are attended to (keys).
    pub keys: usize,
    /// Features of all heads of a step that attends, or is attended to.
    pub features: usize,
    /// Features of all heads of what a look brings.
    pub values: usize,
    /// How many heads; they divide both numbers of features.
    pub heads: usize,
    /// Steps of each sequence that may be attended to, where not all may.
    pub lengths: Option<&'a [usize]>,
    /// Causal mask: no step attends to a later one.
    pub causal: bool,
}

impl Attention<'_> {
    fn size(&self) -> (usize, usize) {
        (self.features / self.heads.max(1), self.values / self.heads.max(1))
    }

    /// How many steps, from the first on, a step may attend to.
    fn reach(&self, row: usize, query: usize) -> usize {
        let length = self.lengths.map_or(self.keys, |lengths| lengths[row]);
        if self.causal { length.min(query + 1) } else { length }
    }

    fn check(&self, q: usize, k: usize, v: usize) {
        let heads = self.heads.max(1);
        assert!(self.features.is_multiple_of(heads) && self.values.is_multiple_of(heads), "heads divide features");
        assert_eq!(q, self.rows * self.queries * self.features, "steps that look");
        assert_eq!(k, self.rows * self.keys * self.features, "steps that are looked at");
        assert_eq!(v, self.rows * self.keys * self.values, "what they bring");
    }
}

/// `y = P v` with `P = softmax(q k^T / sqrt(d))` over the steps that may be attended to, `d` features a head.
///
/// `q: [rows, queries, features]`, `k: [rows, keys, features]`, `v: [rows, keys, values]`, `y: [rows, queries, values]`, and the
/// weights `p: [rows, heads, queries, keys]`. A step that may attend to nothing gets zeros.
///
/// # Panics
/// If a slice does not hold as many numbers as its shape says.
pub fn forward<T: Real>(device: &Device, a: &Attention<'_>, [q, k, v]: [&[T]; 3], p: &mut [T], y: &mut [T]) {
    a.check(q.len(), k.len(), v.len());
    let (d, e) = a.size();
    let scale = T::ONE / T::of(d.max(1) as f64).sqrt();
    let parts = pieces([(p, a.heads * a.queries * a.keys), (y, a.queries * a.values)]);
    device.threads().run(parts.len(), &|row| {
        let [p, y] = &mut *own(&parts[row]);
        let mut out = vec![T::ZERO; a.queries * e];
        for (head, p) in p.chunks_exact_mut((a.queries * a.keys).max(1)).enumerate() {
            let (q, k) = (part(q, row, [a.queries, a.features], head, d), part(k, row, [a.keys, a.features], head, d));
            gemm(device, q, k.t(), Then::Store, p);
            for (query, p) in p.chunks_exact_mut(a.keys.max(1)).enumerate() {
                let reach = a.reach(row, query);
                p[..reach].iter_mut().for_each(|p| *p *= scale);
                softmax_rows(&mut p[..reach], reach);
                p[reach..].fill(T::ZERO);
            }
            let v = part(v, row, [a.keys, a.values], head, e);
            gemm(device, Matrix::new(p, a.queries, a.keys), v, Then::Store, &mut out);
            for (y, out) in y.chunks_exact_mut(a.values.max(1)).zip(out.chunks_exact(e.max(1))) {
                y[head * e..(head + 1) * e].copy_from_slice(out);
            }
        }
    });
}

/// The pullback of [`forward`]: from its weights `p` and the cotangent `dy` those of `q`, `k` and `v`.
///
/// # Panics
/// If a slice does not hold as many numbers as its shape says.
pub fn backward<T: Real>(
    device: &Device,
    a: &Attention<'_>,
    [q, k, v]: [&[T]; 3],
    p: &[T],
    dy: &[T],
    [dq, dk, dv]: [&mut [T]; 3],
) {
    a.check(q.len(), k.len(), v.len());
    let (d, e) = a.size();
    let scale = T::ONE / T::of(d.max(1) as f64).sqrt();
    let (asked, known) = (a.queries * a.features, a.keys * a.features);
    let parts = pieces([(dq, asked), (dk, known), (dv, a.keys * a.values)]);
    device.threads().run(parts.len(), &|row| {
        let [dq, dk, dv] = &mut *own(&parts[row]);
        let (mut ds, mut out) = (vec![T::ZERO; a.queries * a.keys], Vec::new());
        for head in 0..a.heads {
            let p = &p[(row * a.heads + head) * a.queries * a.keys..][..a.queries * a.keys];
            let weights = Matrix::new(p, a.queries, a.keys);
            let dy = part(dy, row, [a.queries, a.values], head, e);
            let mut back = |x: Matrix<'_, T>, y: Matrix<'_, T>, rows: usize, size: usize, to: &mut [T]| {
                out.resize(rows * size, T::ZERO);
                gemm(device, x, y, Then::Store, &mut out);
                let wide = to.len() / rows.max(1);
                for (to, out) in to.chunks_exact_mut(wide.max(1)).zip(out.chunks_exact(size.max(1))) {
                    to[head * size..(head + 1) * size].copy_from_slice(out);
                }
            };
            back(weights.t(), dy, a.keys, e, dv);
            gemm(device, dy, part(v, row, [a.keys, a.values], head, e).t(), Then::Store, &mut ds);
            for (ds, p) in ds.chunks_exact_mut(a.keys.max(1)).zip(p.chunks_exact(a.keys.max(1))) {
                weigh_back(p, ds, scale);
            }
            let slopes = Matrix::new(&ds, a.queries, a.keys);
            back(slopes, part(k, row, [a.keys, a.features], head, d), a.queries, d, dq);
            back(slopes.t(), part(q, row, [a.queries, a.features], head, d), a.keys, d, dk);
        }
    });
}

/// One head's features of all steps of a row of `x: [rows, steps, features]`.
fn part<'x, T: Real>(x: &'x [T], row: usize, [steps, features]: [usize; 2], head: usize, size: usize) -> Matrix<'x, T> {
    let from = (row * steps * features + head * size).min(x.len());
    Matrix { data: &x[from..], rows: steps, columns: size, row_stride: features, column_stride: 1 }
}

simd! {
    /// `ds = scale p (ds - p . ds)`.
    fn weigh_back<T: Real>(p: &[T], ds: &mut [T], scale: T) {
        let along: T = p.iter().zip(ds.iter()).map(|(&p, &ds)| p * ds).sum();
        for (ds, &p) in ds.iter_mut().zip(p) {
            *ds = scale * p * (*ds - along);
        }
    }
}
