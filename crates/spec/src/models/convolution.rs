//! Dilated causal convolutions.

use nn::models::Convolutions;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};
use crate::models::embedding::embedded;

impl ModelSpec for Convolutions {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Sequences, InputKind::Spectra]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(embedded(self.layers(), rows.tokens)))
    }

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Steps { layers: self.layers(), patch: 1 })
    }

    fn dropout(&self) -> bool {
        self.dropout > 0.0
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
