//! Additive attention \[Bahdanau2015\]: one look of each row at the steps of its sequence.

use super::pieces::{own, pieces};
use super::softmax::softmax_rows;
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Queries, keys and heads of an attention.
#[derive(Clone, Copy, Debug)]
pub struct Additive<'a> {
    /// Steps that are attended to (keys).
    pub keys: usize,
    /// Numbers of a query, and of each key.
    pub features: usize,
    /// Numbers that each step brings.
    pub values: usize,
    /// Steps of each sequence that may be attended to, where not all may.
    pub lengths: Option<&'a [usize]>,
}

impl Additive<'_> {
    fn reach(&self, row: usize) -> usize {
        self.lengths.map_or(self.keys, |lengths| lengths[row])
    }
}

/// `y = sum p_s v_s` with `p = softmax(w . tanh(q + k_s))` over the steps that may be attended to.
///
/// `q: [rows, features]`, `k: [rows, keys, features]`, `v: [rows, keys, values]`, `w: [features]`; `p: [rows, keys]` and
/// `y: [rows, values]`. A row that may attend to nothing gets zeros.
pub fn forward<T: Real>(device: &Device, a: &Additive<'_>, [q, k, v, w]: [&[T]; 4], p: &mut [T], y: &mut [T]) {
    let parts = pieces([(p, a.keys), (y, a.values)]);
    device.threads().run(parts.len(), &|row| {
        let [p, y] = &mut *own(&parts[row]);
        let reach = a.reach(row);
        let q = &q[row * a.features..][..a.features];
        let (k, v) = (&k[row * a.keys * a.features..], &v[row * a.keys * a.values..]);
        let mut terms = vec![T::ZERO; a.features];
        for (p, k) in p.iter_mut().zip(k.chunks_exact(a.features.max(1))).take(reach) {
            weigh(q, k, w, &mut terms);
            *p = terms.iter().copied().sum();
        }
        softmax_rows(&mut p[..reach], reach);
        p[reach..].fill(T::ZERO);
        y.fill(T::ZERO);
        for (&p, v) in p.iter().zip(v.chunks_exact(a.values.max(1))).take(reach) {
            add_scaled(y, v, p);
        }
    });
}

/// The pullback of [`forward`]: from its weights `p` and the cotangent `dy` those of `q`, `k`, `v` and `w`. That of `w` comes
/// for each row, `[rows, features]`.
pub fn backward<T: Real>(
    device: &Device,
    a: &Additive<'_>,
    [q, k, v, w]: [&[T]; 4],
    (p, dy): (&[T], &[T]),
    [dq, dk, dv, dw]: [&mut [T]; 4],
) {
    let (f, e) = (a.features, a.values);
    let parts = pieces([(dq, f), (dk, a.keys * f), (dv, a.keys * e), (dw, f)]);
    device.threads().run(parts.len(), &|row| {
        let [dq, dk, dv, dw] = &mut *own(&parts[row]);
        for to in [&mut *dq, dk, dv, dw] {
            to.fill(T::ZERO);
        }
        let reach = a.reach(row);
        let (q, dy, p) = (&q[row * f..][..f], &dy[row * e..][..e], &p[row * a.keys..][..reach]);
        let (k, v) = (&k[row * a.keys * f..][..reach * f], &v[row * a.keys * e..][..reach * e]);
        let slopes: Vec<T> = v.chunks_exact(e.max(1)).map(|v| dot(dy, v)).collect();
        let along = dot(&slopes, p);
        for (step, (&p, slope)) in p.iter().zip(slopes).enumerate() {
            add_scaled(&mut dv[step * e..][..e], dy, p);
            let (k, dk) = (&k[step * f..][..f], &mut dk[step * f..][..f]);
            weigh_back(q, k, w, p * (slope - along), dk, dw);
            add_scaled(dq, dk, T::ONE);
        }
    });
}

simd! {
    /// `terms = w tanh(q + k)`, each by itself.
    fn weigh<T: Real>(q: &[T], k: &[T], w: &[T], terms: &mut [T]) {
        for (((to, &q), &k), &w) in terms.iter_mut().zip(q).zip(k).zip(w) {
            *to = w * (q + k).tanh();
        }
    }
}

simd! {
    /// Through `ds (w . tanh(q + k))`: sets `dk`, adds to `dw`.
    fn weigh_back<T: Real>(q: &[T], k: &[T], w: &[T], ds: T, dk: &mut [T], dw: &mut [T]) {
        for ((((dk, dw), &q), &k), &w) in dk.iter_mut().zip(dw.iter_mut()).zip(q).zip(k).zip(w) {
            let t = (q + k).tanh();
            *dk = ds * w * (T::ONE - t * t);
            *dw += ds * t;
        }
    }
}

simd! {
    /// `to += by x`.
    fn add_scaled<T: Real>(to: &mut [T], x: &[T], by: T) {
        to.iter_mut().zip(x).for_each(|(to, &x)| *to += by * x);
    }
}

fn dot<T: Real>(x: &[T], y: &[T]) -> T {
    x.iter().zip(y).map(|(&x, &y)| x * y).sum()
}
