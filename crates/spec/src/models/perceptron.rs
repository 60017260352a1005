//! Threshold units with a learning rule of their own.

use nn::models::Perceptron;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for Perceptron {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        let model = self.clone();
        Ok(Plan::Linear(Box::new(move |rows, _, seed, _| Ok(model.fit(rows, seed)))))
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
