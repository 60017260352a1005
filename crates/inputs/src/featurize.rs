//! A table of molecules with their computed features, for other programs.

use chem::{Molecule, MoleculeFeatures};
use data::{Column, Table, Values};
use rayon::prelude::*;
use spec::data::Data;
use spec::error::Result;

use crate::source::Source;

/// Features that are computed for each molecule.
#[derive(Clone, Debug, PartialEq)]
pub struct Featurize {
    /// The column of SMILES.
    pub smiles: String,
    /// Descriptors and fingerprints.
    pub molecules: MoleculeFeatures,
    /// Canonical SMILES, in a column `canonical_smiles`.
    pub canonical: bool,
    /// Murcko scaffold, the rings and their linkers, in a column `scaffold`; empty for a molecule without a ring
    /// \[BemisMurcko1996\].
    pub scaffold: bool,
    /// Leave out rows whose molecule cannot be read; otherwise they are an error.
    pub skip_invalid: bool,
}

impl Default for Featurize {
    fn default() -> Self {
        let molecules = MoleculeFeatures::default();
        Featurize { smiles: "smiles".into(), molecules, canonical: true, scaffold: true, skip_invalid: false }
    }
}

/// The columns of a table, then of each molecule its canonical SMILES, its scaffold, and a column for each feature. The second
/// number counts rows that were left out.
///
/// # Errors
/// No such column, a molecule that cannot be read, a feature whose name the table has already.
///
/// ```
/// use data::{Column, Table, Values};
/// use inputs::featurize::{Featurize, featurize};
/// let smiles = Column::new("smiles", Values::Text(["OCC", "c1ccccc1O"].into_iter().collect()));
/// let (table, left_out) = featurize(Table::from_columns("two", vec![smiles])?, &Featurize::default())?;
/// assert_eq!(table.column("canonical_smiles")?.as_text()[0].as_deref(), Some("CCO"));
/// assert_eq!(table.column("scaffold")?.as_text()[1].as_deref(), Some("c1ccccc1"));
/// assert_eq!(left_out, 0);
/// # Ok::<(), spec::error::Error>(())
/// ```
pub fn featurize(table: Table, asked: &Featurize) -> Result<(Table, usize)> {
    let data = Data { smiles: Some(asked.smiles.clone()), skip_invalid: asked.skip_invalid, ..Data::default() };
    let source = Source::new(table, String::new(), &data, &asked.molecules)?;
    let Some(molecules) = &source.molecules else { return Ok((source.table, source.skipped)) };
    let mut columns = source.table.columns.clone();
    if asked.canonical {
        let spelled = molecules.canonical.iter().map(String::as_str).collect();
        columns.push(Column::new("canonical_smiles", Values::Text(spelled)));
    }
    if asked.scaffold {
        let scaffold = |smiles: &String| Molecule::parse(smiles).map(|molecule| molecule.scaffold());
        let scaffolds: Vec<String> =
            molecules.canonical.par_iter().map(scaffold).collect::<std::result::Result<_, _>>()?;
        columns.push(Column::new("scaffold", Values::Text(scaffolds.iter().map(String::as_str).collect())));
    }
    let width = molecules.names.len();
    for (at, name) in molecules.names.iter().enumerate() {
        let numbers = molecules.features.iter().skip(at).step_by(width).map(|&x| f64::from(x)).collect();
        columns.push(Column::new(name, Values::Number(numbers)));
    }
    Ok((Table::from_columns(&source.table.source, columns)?, source.skipped))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(smiles: &[&str]) -> Table {
        let column = Column::new("smiles", Values::Text(smiles.iter().copied().collect()));
        Table::from_columns("test", vec![column]).unwrap()
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_or_left_out() {
        let said = featurize(table(&["CC", "C1"]), &Featurize::default()).unwrap_err().to_string();
        assert!(said.contains("row 2"), "{said}");
        let asked = Featurize { skip_invalid: true, ..Featurize::default() };
        let (found, left_out) = featurize(table(&["CC", "C1"]), &asked).unwrap();
        assert_eq!((found.n_rows, left_out), (1, 1));
    }

    #[test]
    fn what_is_not_wanted_is_not_there() {
        let asked = Featurize { canonical: false, scaffold: false, ..Featurize::default() };
        let (found, _) = featurize(table(&["CCO"]), &asked).unwrap();
        assert!(found.column("scaffold").is_err() && found.column("canonical_smiles").is_err());
        assert!(found.columns.len() > 100, "{}", found.columns.len());
    }
}
