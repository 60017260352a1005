//! The random forest.

use nn::models::RandomForest;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for RandomForest {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Columns]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::Forest(self.clone()))
    }

    fn fingerprints(&self) -> bool {
        self.fingerprints
    }

    fn memorizes(&self) -> bool {
        true
    }

    fn ignores_weights(&self) -> Option<&'static str> {
        Some("the random forest weights all rows equally: its trees take no weights")
    }

    fn less_freedom(&self) -> &'static str {
        "more trees, a smaller `max_features`"
    }

    fn more_freedom(&self) -> &'static str {
        "another kind of model, better features"
    }
}
