//! Tables of molecules with coordinates: SDF.

use std::path::Path;

use chem::sdf::{SMILES, is_sdf};
use data::{Column, Table, Values, files};
use spec::data::Data;
use spec::error::{Error, Result};

/// The column of their first lines, where one is not empty.
const NAME: &str = "name";

/// Reads a table: CSV, TSV, Excel, Parquet, or the molecules of an SDF with their data.
///
/// # Errors
/// A file that is not a table; the first molecule that cannot be read.
pub fn read_table(path: &Path) -> Result<Table> {
    if is_sdf(path) { table(path, SMILES, false) } else { Ok(Table::read(path)?) }
}

/// The table of an experiment, if its file is an SDF.
pub(crate) fn of_file(path: &Path, data: &Data) -> Option<Result<Table>> {
    is_sdf(path).then(|| table(path, data.smiles.as_deref().unwrap_or(SMILES), data.skip_invalid))
}

/// The table of an SDF: a row for each molecule, in the column `smiles`. Of one that cannot be read the cell stays empty if it is to
/// be `skipped`.
fn table(path: &Path, column: &str, skipped: bool) -> Result<Table> {
    let bytes = files::read("SDF", path)?;
    let records = chem::sdf::records(&String::from_utf8_lossy(&bytes));
    if records.is_empty() {
        let hint = "write it again, with a connection table and `$$$$` for each molecule";
        let (found, file) = ("empty", path.display().to_string());
        return Err(data::Error::NotATable { file, found, hint }.into());
    }
    let mut smiles = Vec::with_capacity(records.len());
    for (at, record) in records.iter().enumerate() {
        match &record.smiles {
            Ok(text) => smiles.push(text.as_str()),
            Err(_) if skipped => smiles.push(""),
            Err(reason) => {
                let (place, text) = (format!("row {}", at + 1), record.title.clone());
                return Err(Error::Smiles { column: column.into(), place, text, reason: reason.clone() });
            }
        }
    }
    let mut columns = vec![Column::new(column, Values::Text(smiles.into_iter().collect()))];
    let mut notes = Vec::new();
    let mut add = |name: &str, cells: Vec<&str>| {
        if columns.iter().any(|other| other.name == name) {
            notes.push(format!("a field `{name}` of the molecules is left out: there is a column of that name"));
        } else {
            columns.push(Column::new(name, values(&cells)));
        }
    };
    if records.iter().any(|record| !record.title.is_empty()) {
        add(NAME, records.iter().map(|record| record.title.as_str()).collect());
    }
    let mut fields: Vec<&str> = Vec::new();
    for (name, _) in records.iter().flat_map(|record| &record.fields) {
        if !fields.contains(&name.as_str()) {
            fields.push(name);
        }
    }
    for field in fields {
        let of = |record: &'_ chem::sdf::Record| record.fields.iter().position(|(name, _)| name == field);
        let cell = |record| of(record).map_or("", |at| record.fields[at].1.as_str());
        add(field, records.iter().map(cell).collect());
    }
    let mut table = Table::from_columns(&path.display().to_string(), columns)?;
    table.notes = notes;
    Ok(table)
}

/// Numbers where all cells except empty ones are numbers.
fn values(cells: &[&str]) -> Values {
    let number =
        |cell: &&str| if cell.is_empty() { Some(f64::NAN) } else { cell.parse().ok().filter(|x: &f64| x.is_finite()) };
    match cells.iter().map(number).collect::<Option<Vec<f64>>>() {
        Some(numbers) if numbers.iter().any(|x| !x.is_nan()) => Values::Number(numbers),
        _ => Values::Text(cells.iter().copied().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "\n\n\n  2  1  0  0  0  0            999 V2000\n    0.0000    0.0000    0.0000 C   0  0\n    \
                         1.5000    0.0000    0.0000 O   0  0\n  1  2  1  0\nM  END\n";

    #[test]
    fn fields_are_columns_and_a_molecule_that_cannot_be_read_is_named() -> Result<()> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("two.SDF");
        let broken = BLOCK.replace("  1  2  1", "  1  9  1");
        let text =
            format!("{BLOCK}> <logS [mol/L]>\n-1.5\n\n> <smiles>\nx\n\n$$$$\n{broken}> <logS [mol/L]>\n2\n\n$$$$\n");
        std::fs::write(&path, text).unwrap();
        let found = read_table(&path).unwrap_err().to_string();
        assert!(found.contains("column `smiles`, row 2"), "{found}");
        let table = table(&path, SMILES, true)?;
        assert_eq!(table.column("logS")?.values, Values::Number(vec![-1.5, 2.0]));
        assert_eq!(table.column("smiles")?.as_text(), [Some("CO".to_string()), None]);
        assert_eq!(table.notes.len(), 1, "{:?}", table.notes);
        Ok(())
    }
}
