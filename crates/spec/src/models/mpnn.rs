//! Message passing between atoms.

use nn::models::MessagePassingNetwork;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for MessagePassingNetwork {
    fn reads(&self) -> &'static [InputKind] {
        &[InputKind::Graphs]
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(self.layers()))
    }

    fn dropout(&self) -> bool {
        self.dropout > 0.0 && self.head > 0
    }

    fn less_freedom(&self) -> &'static str {
        "a simpler model"
    }

    fn more_freedom(&self) -> &'static str {
        "a network or a forest, better features"
    }
}
