//! Ridge regression.

use nn::models::Ridge;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};

impl ModelSpec for Ridge {
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

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Linear(self.clone()))
    }

    fn less_freedom(&self) -> &'static str {
        "a stronger penalty, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
