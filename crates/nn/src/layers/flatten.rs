//! An order that is forgotten.

use grad::Var;
use tensor::Real;

use super::Kind;
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// The steps of a sequence or the places of an image as features without an order: the numbers stay where they are.
///
/// Input `[batch, steps, features]` or `[batch, height, width, features]`, output `[batch, all of them]`.
pub(super) struct Flatten;

impl Kind for Flatten {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        match inputs {
            Form::Graph { .. } => Err("sequences; `readout` makes one row of a graph"),
            _ => Ok(inputs.numbers().into()),
        }
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, _: &Context<'t, '_, T>) -> Var<'t, T> {
        x
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, STEPS};
    vec![(STEPS, Layer::Flatten {}), (DEEP_IMAGE, Layer::Flatten {})]
}
