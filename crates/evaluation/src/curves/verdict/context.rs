//! Context of the sentences of a curve.

use nn::metrics::{PairedDifference, corrected_resampled_t};
use spec::model::ModelKind;

use crate::curves::measured::Estimate;

/// Context of the sentences of a curve.
pub struct Context<'a> {
    /// The model whose curve it is.
    pub kind: &'a ModelKind,
    /// Validation rows for each training row: with them splits share less than their intervals would say.
    pub validation_over_train: f64,
}

/// The differences `a - b` over folds or draws, as fractions of `scale`; a single number stands for all of them.
pub(super) fn difference(a: &Estimate, b: &Estimate, scale: f64, context: &Context<'_>) -> Option<PairedDifference> {
    let n = a.splits.len().max(b.splits.len());
    let of = |e: &Estimate, at: usize| if e.splits.len() == 1 { Some(e.splits[0]) } else { e.splits.get(at).copied() };
    let differences: Option<Vec<f64>> = (0..n).map(|at| Some((of(a, at)? - of(b, at)?) / scale)).collect();
    corrected_resampled_t(&differences?, context.validation_over_train)
}
