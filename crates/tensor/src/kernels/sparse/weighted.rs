//! Sums with a weight for each entry of a sparse matrix and each head, as attention makes them.

use super::{List, Sparse};
use crate::device::Device;
use crate::kernels::reduce;
use crate::real::Real;
use crate::simd::simd;

/// $y_i = \sum_e p_e x_{j(e)}$ over the entries $e$ of each row $i$, where every head weighs features of its own.
///
/// `p: [entries, heads]`, `x: [columns, heads * features]`, `y: [rows, heads * features]`. Values of the matrix do not count.
///
/// # Panics
/// If the shapes do not fit.
pub fn weighted<T: Real>(device: &Device, a: &Sparse<T>, heads: usize, [p, x]: [&[T]; 2], y: &mut [T]) {
    lines(device, (&a.rows, a.n_columns()), heads, [p, x], y);
}

/// The same for the transpose: $y_j = \sum_e p_e x_{i(e)}$ over the entries of each column.
///
/// # Panics
/// If the shapes do not fit.
pub fn weighted_t<T: Real>(device: &Device, a: &Sparse<T>, heads: usize, [p, x]: [&[T]; 2], y: &mut [T]) {
    lines(device, (&a.columns, a.n_rows()), heads, [p, x], y);
}

/// Slopes of [`weighted`] with respect to the weights, $\mathrm{d}p_e = x_{j(e)} \cdot \mathrm{d}y_{i(e)}$ for each head.
///
/// `x: [columns, heads * features]`, `dy: [rows, heads * features]`, `dp: [entries, heads]`.
pub fn weighted_slopes<T: Real>(a: &Sparse<T>, heads: usize, [x, dy]: [&[T]; 2], dp: &mut [T]) {
    let width = x.len() / a.n_columns().max(1);
    let features = (width / heads.max(1)).max(1);
    let rows = a.rows.starts.windows(2).zip(dy.chunks_exact(width.max(1)));
    for (span, dy) in rows {
        for entry in span[0]..span[1] {
            let x = &x[a.rows.places[entry] * width..][..width];
            let pairs = x.chunks_exact(features).zip(dy.chunks_exact(features));
            for (dp, (x, dy)) in dp[entry * heads..][..heads].iter_mut().zip(pairs) {
                *dp = reduce::dot(x, dy);
            }
        }
    }
}

fn lines<T: Real>(device: &Device, (list, across): (&List, usize), heads: usize, [p, x]: [&[T]; 2], y: &mut [T]) {
    let width = (x.len() + y.len()) / (across + list.len()).max(1);
    assert!(y.len() == list.len() * width && x.len() == across * width, "rows of {width} features");
    assert!(
        p.len() == list.places.len() * heads && width.is_multiple_of(heads.max(1)),
        "a weight for each entry and head"
    );
    let each = list.lines_of_task(width);
    device.threads().over_chunks(y, each * width, |task, y| some_lines(list, task * each, heads, [p, x], y, width));
}

simd! {
    fn some_lines<T: Real>(list: &List, first: usize, heads: usize, inputs: [&[T]; 2], y: &mut [T], width: usize) {
        let ([p, x], features) = (inputs, (width / heads.max(1)).max(1));
        for (line, y) in y.chunks_exact_mut(width.max(1)).enumerate() {
            y.fill(T::ZERO);
            for at in list.starts[first + line]..list.starts[first + line + 1] {
                let entry = list.entries.get(at).copied().unwrap_or(at);
                let (p, x) = (&p[entry * heads..][..heads], &x[list.places[at] * width..][..width]);
                for ((y, x), &p) in y.chunks_exact_mut(features).zip(x.chunks_exact(features)).zip(p) {
                    y.iter_mut().zip(x).for_each(|(y, &x)| *y += p * x);
                }
            }
        }
    }
}
