//! Names of rows where their numbers do not identify them: sequences, images, and spectra of files.

use std::path::Path;

use spec::data::Data;
use spec::error::Result;
use spec::sequence::Sequence;

use crate::images::pixels::Pictures;
use crate::source::Source;

/// Names of some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct RowNames {
    /// The column that holds them.
    pub column: String,
    /// One for each row.
    pub names: Vec<String>,
}

impl RowNames {
    /// Names of rows of a source; `None` of rows of a table, which their numbers identify.
    pub fn of(source: &Source, data: &Data, rows: &[usize]) -> Result<Option<Self>> {
        let of_files = source.images.as_deref().is_some_and(|images| matches!(images, Pictures::Files(_)));
        let column = match (&data.sequence, &data.images, &data.spectra) {
            (Some(Sequence::Rows { id, .. }), ..) => id,
            (_, Some(images), _) if of_files => images.column.as_deref().unwrap_or("image"),
            (.., Some(spectra)) if spectra.files.is_some() || Path::new(&source.table.source).is_dir() => {
                spectra.files.as_deref().unwrap_or("file")
            }
            _ => return Ok(None),
        };
        // The images of an array have no column.
        if data.images.is_some() && source.table.position(column).is_err() {
            return Ok(None);
        }
        let cells = source.table.column(column)?.as_text();
        let names = rows.iter().map(|&row| cells[row].clone().unwrap_or_default()).collect();
        Ok(Some(RowNames { column: column.to_owned(), names }))
    }
}
