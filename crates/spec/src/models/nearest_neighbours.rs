//! The nearest neighbors.

use nn::models::{NearestNeighbours, NeighbourMetric};

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for NearestNeighbours {
    fn reads(&self) -> &'static [InputKind] {
        // Bits that are scaled have no Tanimoto similarity.
        match self.metric {
            NeighbourMetric::Auto | NeighbourMetric::Tanimoto => &[InputKind::Fingerprints, InputKind::Columns],
            NeighbourMetric::Euclidean | NeighbourMetric::Manhattan => &[InputKind::Columns],
        }
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::Neighbours(self.clone()))
    }

    fn memorizes(&self) -> bool {
        self.neighbours == 1
    }

    fn less_freedom(&self) -> &'static str {
        "more `neighbours`, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "fewer `neighbours`, another kind of model, better features"
    }
}
