//! Codes of atoms and bonds in this version.

use chem::{ATOM_CODES, BOND_CODES, Code};
use nn::{Codes, GraphCodes};
use spec::error::{Error, Result};

/// Codes of atoms and bonds in this version.
pub(crate) fn known() -> Result<GraphCodes> {
    let codes = |codes: &[Code]| Codes::new(&codes.iter().map(|(_, all)| all.len().max(1)).collect::<Vec<_>>());
    match (codes(&ATOM_CODES), codes(&BOND_CODES)) {
        (Some(nodes), Some(edges)) => Ok(GraphCodes { nodes, edges }),
        _ => Err(other_version()),
    }
}

pub(crate) fn other_version() -> Error {
    Error::Setting {
        message: "this model encodes atoms and bonds differently from this version".into(),
        place: "model".into(),
        hint: "train it again, or use the version that trained it".into(),
    }
}
