//! The residual network along one axis.

use nn::models::ResNet1d;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};
use crate::models::embedding::embedded;

impl ModelSpec for ResNet1d {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Spectra, InputKind::Sequences]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(embedded(self.layers(), rows.tokens)))
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
