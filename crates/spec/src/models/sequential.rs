//! Layers as they are listed: what they read follows from them.

use nn::Layer;
use nn::models::Sequential;

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks, WindowPlan};
use crate::models::embedding::embedded;

impl ModelSpec for Sequential {
    fn reads(&self) -> &'static [InputKind] {
        match self.layers.iter().any(Layer::reads_graphs) {
            true => &[InputKind::Graphs],
            false => &[InputKind::Sequences, InputKind::Spectra, InputKind::Images, InputKind::Columns],
        }
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::layers(embedded(self.layers.clone(), rows.tokens)))
    }

    fn windows(&self) -> Option<WindowPlan> {
        Some(WindowPlan::Steps { layers: self.layers.clone(), patch: 1 })
    }

    fn dropout(&self) -> bool {
        self.layers.iter().any(Layer::draws)
    }

    fn less_freedom(&self) -> &'static str {
        "dropout, a larger `train.l2`, a smaller model"
    }

    fn more_freedom(&self) -> &'static str {
        "a larger model, more epochs, less penalty, better features"
    }
}
