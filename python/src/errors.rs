//! Errors of Rust as exceptions of Python, with the same words.

use gedanken::Error;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

pyo3::import_exception!(gedanken._errors, GedankenError);
pyo3::import_exception!(gedanken._errors, InputError);
pyo3::import_exception!(gedanken._errors, MissingFileError);

/// The exception for an error.
pub fn exception(error: Error) -> PyErr {
    let words = error.to_string();
    match error {
        Error::Interrupted { .. } => PyKeyboardInterrupt::new_err(words),
        // `hint: check the path` is what these two say of a file that does not exist.
        Error::File { hint: "check the path", .. } => MissingFileError::new_err(words),
        Error::Data(_) if words.starts_with("there is no file") => MissingFileError::new_err(words),
        Error::File { .. } | Error::Threads { .. } | Error::Download { .. } | Error::Nn(_) | Error::Store { .. } => {
            GedankenError::new_err(words)
        }
        _ => InputError::new_err(words),
    }
}

/// For `map_err` of a settings document that Python itself made.
pub fn not_json(error: serde_json::Error) -> PyErr {
    InputError::new_err(format!("the specification cannot be read: {error}"))
}
