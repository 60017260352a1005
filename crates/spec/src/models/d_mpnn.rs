//! Message passing between directed bonds.

use nn::models::DirectedMessagePassingNetwork;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for DirectedMessagePassingNetwork {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Graphs]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(self.layers()))
    }

    fn title(&self) -> Option<&'static str> {
        Some("d-mpnn")
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
