//! Molecules with their descriptors, fingerprints and scaffolds.

use gedanken::{Featurize, Setting, Values, featurize as compute};
use numpy::PyArray1;
use pyo3::prelude::*;
use serde_json::Value;

use crate::convert::{self, Cells};
use crate::errors::{exception, not_json};

/// Columns by their names: those that were given, then the computed ones. `asked` is an object with `smiles`, `molecules`, `canonical`,
/// `scaffold` and `skip_invalid`.
#[pyfunction]
pub fn featurize<'py>(
    py: Python<'py>,
    columns: Vec<Cells<'py>>,
    asked: &str,
) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let table = convert::table(&columns)?;
    let asked: Value = serde_json::from_str(asked).map_err(not_json)?;
    let molecules = asked.get("molecules").filter(|molecules| !molecules.is_null());
    let settings: Vec<Setting> =
        molecules.map(|molecules| Setting::new("molecules", molecules.clone())).into_iter().collect();
    let experiment = gedanken::from_toml("", "", &settings).map_err(exception)?;
    let is_on = |name: &str| asked.get(name).and_then(Value::as_bool).unwrap_or(false);
    let asked = Featurize {
        smiles: asked.get("smiles").and_then(Value::as_str).unwrap_or("smiles").to_owned(),
        molecules: experiment.molecules,
        canonical: is_on("canonical"),
        scaffold: is_on("scaffold"),
        skip_invalid: is_on("skip_invalid"),
    };
    let (found, _) = py.detach(|| compute(table, &asked)).map_err(exception)?;
    let cells = |values: Values| -> PyResult<Bound<'py, PyAny>> {
        Ok(match values {
            Values::Number(numbers) => PyArray1::from_vec(py, numbers).into_any(),
            Values::Text(text) => {
                let cells: Vec<&str> = (0..text.len()).map(|row| text.get(row).unwrap_or_default()).collect();
                cells.into_pyobject(py)?.into_any()
            }
        })
    };
    found.columns.into_iter().map(|column| Ok((column.header(), cells(column.values)?))).collect()
}
