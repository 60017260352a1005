//! The nearest neighbors.

use nn::models::{NearestNeighbors, NeighborMetric};

use crate::error::Result;
use crate::input_kind::InputKind;
use crate::model_spec::{ModelSpec, Plan, RowShape, Tasks};

impl ModelSpec for NearestNeighbors {
    fn reads(&self) -> &'static [InputKind] {
        // Bits that are scaled have no Tanimoto similarity.
        match self.metric {
            NeighborMetric::Auto | NeighborMetric::Tanimoto => &[InputKind::Fingerprints, InputKind::Columns],
            NeighborMetric::Euclidean | NeighborMetric::Manhattan => &[InputKind::Columns],
        }
    }

    fn tasks(&self) -> Tasks {
        Tasks::Both
    }

    fn plan(&self, _: &RowShape<'_>) -> Result<Plan> {
        Ok(Plan::Neighbors(self.clone()))
    }

    fn memorizes(&self) -> bool {
        self.neighbors == 1
    }

    fn less_freedom(&self) -> &'static str {
        "more `neighbors`, fewer features"
    }

    fn more_freedom(&self) -> &'static str {
        "fewer `neighbors`, another kind of model, better features"
    }
}
