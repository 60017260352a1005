//! Errors of Rust as exceptions of Python, with the same words.

use gedanken::{Error, ErrorKind};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

pyo3::import_exception!(gedanken._errors, GedankenError);
pyo3::import_exception!(gedanken._errors, InputError);
pyo3::import_exception!(gedanken._errors, MissingFileError);

/// The exception for an error.
pub fn exception(error: Error) -> PyErr {
    let words = error.to_string();
    match error.kind() {
        ErrorKind::Interrupted => PyKeyboardInterrupt::new_err(words),
        ErrorKind::MissingFile => MissingFileError::new_err(words),
        ErrorKind::System => GedankenError::new_err(words),
        ErrorKind::Input => InputError::new_err(words),
    }
}

/// For `map_err` of a settings document that Python itself made.
pub fn not_json(error: serde_json::Error) -> PyErr {
    InputError::new_err(format!("the specification cannot be read: {error}"))
}
