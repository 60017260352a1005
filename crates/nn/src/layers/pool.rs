//! From steps or places to one row of features.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{GRIDS, Kind};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Global pooling \[Lin2014\]: the mean $y_c = \frac1n \sum_i x_{ic}$ or the maximum $y_c = \max_i x_{ic}$ of each
/// feature $c$ over all $n$ pixels of an image or all steps of a sequence, of each row over its own; or the last
/// step, $y_c = x_{nc}$.
///
/// Input `[batch, steps, features]` or `[batch, height, width, features]`, output `[batch, features]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pool {
    /// Reduction over the steps or pixels.
    pub by: PoolBy,
}

/// Reduction of steps or pixels to one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolBy {
    /// The mean.
    #[default]
    Mean,
    /// The maximum of each feature.
    Max,
    /// The last step.
    Last,
}

impl Kind for Pool {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        match (inputs, self.by) {
            (Form::Flat { .. } | Form::Graph { .. }, _) => Err(GRIDS),
            (Form::Image { .. }, PoolBy::Last) => Err("sequences for the `last` step"),
            _ => Ok(inputs.features().into()),
        }
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let by = match self.by {
            PoolBy::Mean => ops::Pool::Mean,
            PoolBy::Max => ops::Pool::Max,
            PoolBy::Last => ops::Pool::Last,
        };
        ops::pool_steps(x, form.places(), cx.lengths().as_deref(), by)
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, IMAGE, STEPS};
    let by = [
        (STEPS, PoolBy::Mean),
        (STEPS, PoolBy::Max),
        (STEPS, PoolBy::Last),
        (DEEP_IMAGE, PoolBy::Mean),
        (IMAGE, PoolBy::Max),
    ];
    by.map(|(form, by)| (form, Layer::Pool(Pool { by }))).into()
}
