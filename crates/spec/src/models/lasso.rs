//! The lasso.

use nn::models::Lasso;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for Lasso {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Regression
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        let model = self.clone();
        Ok(Plan::Linear(Box::new(move |rows, _, seed, _| model.fit(rows, seed))))
    }

    fn less_freedom(&self) -> &'static str {
        "a stronger penalty, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
