//! Errors of a curve.

use crate::curve::Curve;
use crate::error::Error;

/// An error in a curve.
pub(crate) fn wrong(curve: &Curve, message: String, hint: &str) -> Error {
    Error::Setting { message, place: place(curve), hint: hint.into() }
}

/// Which curve, in words.
pub(crate) fn place(curve: &Curve) -> String {
    format!("the curve over `{}`", curve.field)
}
