//! Tables from Python's columns, and NumPy arrays from numbers.

use gedanken::{Column, Experiment, Setting, Table, Text, Values, from_toml};
use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::prelude::*;
use serde_json::{Map, Value};

use crate::errors::{InputError, exception, not_json};

/// A column as Python gives it: its header, and an array of numbers or a list of text.
pub type Cells<'py> = (String, Bound<'py, PyAny>);

/// A table; the numbers have been checked before.
pub fn table(columns: &[Cells<'_>]) -> PyResult<Table> {
    let columns = columns.iter().map(|(header, cells)| {
        let values = match cells.extract::<PyReadonlyArray1<'_, f64>>() {
            Ok(numbers) => Values::Number(numbers.as_array().to_vec()),
            Err(_) => {
                let cells: Vec<String> = cells.extract()?;
                let text: Text = cells.iter().map(String::as_str).collect();
                if let Some(row) = text.iter().position(|cell| cell.is_none()) {
                    let cell = &cells[row];
                    return Err(InputError::new_err(format!(
                        "`{header}`, row {row} (counted from 0): {cell:?} stands for a missing value\n\
                         hint: fill it in, leave the row out, or call it otherwise"
                    )));
                }
                Values::Text(text)
            }
        };
        Ok(Column::new(header, values))
    });
    let columns = columns.collect::<PyResult<Vec<_>>>()?;
    Table::from_columns("the arrays", columns).map_err(|error| exception(error.into()))
}

/// An experiment from the JSON of its fields, checked as a file of settings is.
pub fn experiment(document: &str) -> PyResult<Experiment> {
    from_toml("", "", &settings(document)?).map_err(exception)
}

/// Settings from a JSON object of paths and values.
pub fn settings(document: &str) -> PyResult<Vec<Setting>> {
    let fields: Map<String, Value> = serde_json::from_str(document).map_err(not_json)?;
    Ok(fields.into_iter().map(|(path, value)| Setting::new(&path, value)).collect())
}

/// Numbers as an array `[rows, width]`, or `[rows]` where the width is one and `flat`.
pub fn array<'py>(py: Python<'py>, numbers: Vec<f64>, width: usize, flat: bool) -> PyResult<Bound<'py, PyAny>> {
    let rows = numbers.len() / width.max(1);
    let array = PyArray1::from_vec(py, numbers);
    if flat && width == 1 { Ok(array.into_any()) } else { Ok(array.reshape([rows, width])?.into_any()) }
}
