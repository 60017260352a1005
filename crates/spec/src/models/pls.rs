//! Partial least squares.

use nn::models::PartialLeastSquares;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for PartialLeastSquares {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Regression
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        let model = self.clone();
        Ok(Plan::Linear(Box::new(move |rows, validation, _, device| model.fit(rows, validation, device))))
    }

    fn less_freedom(&self) -> &'static str {
        "fewer `components`, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
