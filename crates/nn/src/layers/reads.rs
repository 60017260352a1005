//! What layers read: features, steps, places or nodes.

use grad::{Var, ops};
use tensor::Real;

use crate::form::Form;

pub(crate) const SEQUENCES: &str = "sequences, of which the layers before it keep the steps";
pub(crate) const GRIDS: &str = "images or sequences, of which the layers before it keep the positions";
pub(crate) const GRAPHS: &str = "graphs, of which the layers before it keep the nodes; molecules are graphs";

/// What looks at features alone sees every step or place as a row.
pub(crate) fn each_step<'t, T: Real>(
    x: Var<'t, T>,
    form: Form,
    apply: impl FnOnce(Var<'t, T>) -> Var<'t, T>,
) -> Var<'t, T> {
    if let Form::Flat { .. } = form {
        return apply(x);
    }
    let (rows, _) = x.value().shape().as_matrix();
    let y = apply(ops::reshape(x, [rows * form.places(), form.features()]));
    let (_, features) = y.value().shape().as_matrix();
    ops::reshape(y, [rows, form.places() * features])
}
