//! The spectra of a table.

use data::{Table, spectrum};
use spec::data::Data;
use spec::error::Result;

/// The spectra of a table, where the settings of an experiment name some.
pub(crate) fn spectra_of(table: &Table, data: &Data) -> Result<Option<spectrum::Spectra>> {
    if data.spectra.is_none() {
        return Ok(None);
    }
    // Tables that are predicted need not have these.
    let roles = data.target.iter().chain(&data.weights).filter_map(|name| table.position(name).ok());
    Ok(Some(spectrum::Spectra::of_table(table, &roles.collect::<Vec<_>>())?))
}
