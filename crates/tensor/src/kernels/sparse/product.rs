//! Products of a sparse matrix and its transpose with a dense one.

use super::{List, Sparse};
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Features that are summed in registers.
const LANES: usize = 32;

/// $Y = A X$ with `x: [columns, features]`, `y: [rows, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn product<T: Real>(device: &Device, a: &Sparse<T>, x: &[T], y: &mut [T]) {
    lines(device, (&a.rows, a.n_columns()), &a.values, x, y);
}

/// $Y = A^\top X$ with `x: [rows, features]`, `y: [columns, features]`.
///
/// # Panics
/// If the shapes do not fit.
pub fn product_t<T: Real>(device: &Device, a: &Sparse<T>, x: &[T], y: &mut [T]) {
    lines(device, (&a.columns, a.n_rows()), &a.values, x, y);
}

fn lines<T: Real>(device: &Device, (list, across): (&List, usize), values: &[T], x: &[T], y: &mut [T]) {
    let features = (x.len() + y.len()) / (across + list.len()).max(1);
    assert!(y.len() == list.len() * features && x.len() == across * features, "rows of {features} features");
    let each = list.lines_of_task(features);
    device.threads().over_chunks(y, each * features, |task, y| some_lines(list, values, task * each, features, x, y));
}

simd! {
    /// The lines from `first` on. Each sum stays in registers over all entries of a line.
    fn some_lines<T: Real>(list: &List, values: &[T], first: usize, features: usize, x: &[T], y: &mut [T]) {
        for (line, y) in y.chunks_exact_mut(features.max(1)).enumerate() {
            let span = list.starts[first + line]..list.starts[first + line + 1];
            let (places, entries) = (&list.places[span.clone()], list.entries.get(span.clone()).unwrap_or_default());
            let value = |at: usize| match entries.get(at) {
                _ if values.is_empty() => T::ONE,
                Some(entry) => values[*entry],
                None => values[span.start + at],
            };
            let mut blocks = y.chunks_exact_mut(LANES);
            let mut from = 0;
            for y in &mut blocks {
                let mut sums = [T::ZERO; LANES];
                for (at, place) in places.iter().enumerate() {
                    let (by, x) = (value(at), &x[place * features + from..][..LANES]);
                    for i in 0..LANES {
                        sums[i] += by * x[i];
                    }
                }
                y.copy_from_slice(&sums);
                from += LANES;
            }
            let rest = blocks.into_remainder();
            rest.fill(T::ZERO);
            for (at, place) in places.iter().enumerate() {
                let by = value(at);
                rest.iter_mut().zip(&x[place * features + from..]).for_each(|(y, &x)| *y += by * x);
            }
        }
    }
}
