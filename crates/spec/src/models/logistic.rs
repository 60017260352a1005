//! Logistic regression.

use nn::models::Logistic;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for Logistic {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Classification
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        self.check(rows.targets)?;
        Ok(Plan::Network { layers: Vec::new(), training: Some(self.training()), usual_loss: true })
    }

    fn less_freedom(&self) -> &'static str {
        "a stronger penalty, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
