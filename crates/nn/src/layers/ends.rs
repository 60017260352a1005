//! The ends of sequences on their way through windows.

use grad::{Var, ops};
use tensor::{Real, Tensor};

use crate::form::Grid;
use crate::parameters::Context;

/// Sequences with zeros after their ends.
pub(super) fn without_ends<'t, T: Real>(x: Var<'t, T>, grid: Grid, cx: &Context<'t, '_, T>) -> Var<'t, T> {
    let Some(lengths) = cx.lengths() else { return x };
    let mut mask = Tensor::zeros(x.value().shape());
    let width = grid.size[1] * grid.features;
    let rows = mask.data_mut().unwrap_or_default().chunks_exact_mut(width.max(1));
    rows.zip(&*lengths).for_each(|(row, length)| row[..length * grid.features].fill(T::ONE));
    ops::mul(x, x.tape().constant(mask))
}

/// Tells how long sequences are after a layer that makes `after(n)` of `n` steps.
pub(super) fn after_stride<T: Real>(grid: Grid, cx: &Context<'_, '_, T>, after: impl Fn(usize) -> usize) {
    if let Some(lengths) = cx.lengths() {
        // A sequence that is too short for the filter still has the step that sees its first.
        let own = |&length: &usize| after(length).max(1).min(after(grid.size[1]));
        cx.set_lengths(Some(lengths.iter().map(own).collect()));
    }
}
