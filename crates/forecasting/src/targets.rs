//! Targets: names and units.

use data::Table;
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};
use spec::experiment::Experiment;

/// Names and units of the targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetColumns {
    /// Their names.
    pub names: Vec<String>,
    /// Their units, empty where there is none.
    pub units: Vec<String>,
}

impl TargetColumns {
    /// Finds the columns; an error where none was named.
    pub fn find(table: &Table, experiment: &Experiment) -> Result<Self> {
        let names = &experiment.data.target;
        if names.is_empty() {
            let columns = table.columns.iter().map(|c| format!("`{}`", c.name)).take(20).collect::<Vec<_>>().join(", ");
            return Err(Error::NoTarget { hint: format!("name one of the columns with `--target`: {columns}") });
        }
        let columns = names.iter().map(|name| table.column(name)).collect::<data::Result<Vec<_>>>()?;
        Ok(TargetColumns {
            names: columns.iter().map(|c| c.name.clone()).collect(),
            units: columns.iter().map(|c| c.unit.clone().unwrap_or_default()).collect(),
        })
    }

    /// A target with its unit.
    pub fn label(&self, target: usize) -> String {
        let (name, unit) = (&self.names[target], &self.units[target]);
        if unit.is_empty() { name.clone() } else { format!("{name} [{unit}]") }
    }
}
