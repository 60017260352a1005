//! The multilayer perceptron.

use nn::models::Mlp;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};

impl ModelSpec for Mlp {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(self.layers()))
    }

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Flat(self.layers()))
    }

    fn dropout(&self) -> bool {
        self.dropout > 0.0 && !self.hidden.is_empty()
    }

    fn less_freedom(&self) -> &'static str {
        "dropout, a larger `train.l2`, a smaller model"
    }

    fn more_freedom(&self) -> &'static str {
        "a larger model, more epochs, less penalty, better features"
    }
}
