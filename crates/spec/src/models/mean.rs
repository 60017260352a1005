//! The mean, or the frequencies of the classes.

use nn::models::Mean;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for Mean {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        let model = self.clone();
        Ok(Plan::Linear(Box::new(move |rows, _, _, _| Ok(model.fit(rows)))))
    }

    fn is_calibrated(&self) -> bool {
        true
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "another kind of model, better features"
    }
}
