//! The Gaussian process.

use bayes::GaussianProcess;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for GaussianProcess {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Regression
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::Process(self.clone()))
    }

    fn ignores_weights(&self) -> Option<&'static str> {
        Some("the Gaussian process weights all rows equally: it takes no weights")
    }

    fn less_freedom(&self) -> &'static str {
        "one lengthscale for all inputs, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "another kind of model, better features"
    }
}
