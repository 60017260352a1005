//! From steps to one row of features.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::form::Form;
use crate::parameters::Context;

/// The mean, the largest number of each feature, or the last of the steps of a sequence, of each row over its own.
///
/// Input `[batch, steps, features]`, output `[batch, features]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pool {
    /// How.
    pub by: PoolBy,
}

/// How steps become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolBy {
    /// Their mean.
    #[default]
    Mean,
    /// The largest number of each feature.
    Max,
    /// The last step.
    Last,
}

impl Pool {
    pub(super) fn build(&self, inputs: Form) -> Option<Form> {
        matches!(inputs, Form::Sequence { .. }).then(|| inputs.features().into())
    }

    pub(super) fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, .. } = form else { return x };
        let by = match self.by {
            PoolBy::Mean => ops::Pool::Mean,
            PoolBy::Max => ops::Pool::Max,
            PoolBy::Last => ops::Pool::Last,
        };
        ops::pool_steps(x, steps, cx.lengths().as_deref(), by)
    }
}
