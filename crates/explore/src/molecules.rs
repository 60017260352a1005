//! Molecules of a column, and cells that are not a valid SMILES.

use std::collections::HashSet;

use chem::{Molecule, MoleculeFeatures};
use data::{Column, Values};
use inputs::source::{Molecules, first_line};
use rayon::prelude::*;
use serde::Serialize;
use spec::error::Result;

use crate::sample::sample;

/// A column of molecules.
#[derive(Clone, Debug, Serialize)]
pub struct MoleculeColumn {
    /// Its name.
    pub column: String,
    /// Cells that hold a molecule.
    pub valid: usize,
    /// Different molecules among them.
    pub distinct: usize,
    /// Cells that hold none.
    pub n_invalid: usize,
    /// The first ten of them.
    pub invalid: Vec<BadMolecule>,
}

/// A cell that holds no molecule.
#[derive(Clone, Debug, Serialize)]
pub struct BadMolecule {
    /// Its row, counted from 1.
    pub row: usize,
    /// Row and line, for a reader.
    pub place: String,
    /// Its content.
    pub text: String,
    /// Why it is not a valid SMILES.
    pub reason: String,
}

/// How many bad cells are named.
const SHOWN: usize = 10;

/// The molecules of a column, row by row.
pub(crate) struct Read {
    pub(crate) column: MoleculeColumn,
    /// Canonical SMILES for each row, empty where there is no molecule.
    pub canonical: Vec<String>,
    /// Features of the rows for which they were made.
    features: Vec<Option<Vec<f32>>>,
    names: Vec<String>,
}

/// All cells are read, but only so many become features, which takes half a millisecond each.
const MOST_FEATURIZED: usize = 10_000;

/// Reads the molecules of a column.
pub(crate) fn read(column: &Column, features: &MoleculeFeatures) -> Result<Read> {
    let cells = column.as_text();
    let all: Vec<usize> = (0..cells.len()).collect();
    let mut wanted = vec![false; cells.len()];
    sample(&all, MOST_FEATURIZED, "look molecules").into_iter().for_each(|row| wanted[row] = true);
    let parse = |row: usize| -> chem::Result<(String, Option<Vec<f32>>)> {
        let molecule = Molecule::parse(cells[row].as_deref().unwrap_or_default())?;
        let numbers = wanted[row].then(|| features.featurize(&molecule)).transpose()?;
        Ok((molecule.canonical_smiles(), numbers))
    };
    let parsed: Vec<chem::Result<(String, Option<Vec<f32>>)>> = all.par_iter().map(|&row| parse(row)).collect();
    let (mut invalid, mut n_invalid, mut canonical, mut numbers) = (Vec::new(), 0, Vec::new(), Vec::new());
    for (row, result) in parsed.into_iter().enumerate() {
        let (smiles, features) = result.unwrap_or_else(|error| {
            n_invalid += 1;
            if invalid.len() < SHOWN {
                let text = cells[row].clone().unwrap_or_default();
                invalid.push(BadMolecule { row: row + 1, place: column.place(row), text, reason: first_line(&error) });
            }
            (String::new(), None)
        });
        canonical.push(smiles);
        numbers.push(features);
    }
    let different: HashSet<&String> = canonical.iter().filter(|smiles| !smiles.is_empty()).collect();
    let column = MoleculeColumn {
        column: column.name.clone(),
        valid: canonical.len() - n_invalid,
        distinct: different.len(),
        n_invalid,
        invalid,
    };
    Ok(Read { column, canonical, features: numbers, names: features.names()? })
}

impl Read {
    /// Whether the features of a row are computed.
    pub(crate) fn has_features(&self, row: usize) -> bool {
        self.features[row].is_some()
    }

    /// The molecules of some rows, as a run has them.
    pub(crate) fn select(&self, rows: &[usize]) -> Molecules {
        let features = rows.iter().flat_map(|&row| self.features[row].iter().flatten()).copied().collect();
        let canonical = rows.iter().map(|&row| self.canonical[row].clone()).collect();
        Molecules::new(self.column.column.clone(), self.names.clone(), features, canonical)
    }
}

/// Whether a column that nobody has called one holds molecules: nearly all of its first cells can be read, and they
/// are longer than words such as `CO`, or the column says so itself.
pub(super) fn look_like(column: &Column) -> bool {
    let Values::Text(text) = &column.values else { return false };
    if column.numbers_and_rest().is_some() {
        return false;
    }
    let cells: Vec<&str> = text.iter().flatten().take(TRIED).collect();
    let read = cells.iter().filter(|cell| Molecule::parse(cell).is_ok()).count();
    let letters: usize = cells.iter().map(|cell| cell.len()).sum();
    let named = column.name.to_lowercase().contains("smiles");
    read > 0 && read as f64 >= READABLE * cells.len() as f64 && (named || letters >= LETTERS * cells.len())
}

const TRIED: usize = 50;
const READABLE: f64 = 0.8;
const LETTERS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, cells: &[&str]) -> Column {
        Column::new(name, Values::Text(cells.iter().collect()))
    }

    #[test]
    fn a_molecule_is_counted_once_and_a_bad_one_is_named() -> Result<()> {
        let read = read(&column("s", &["OCC", "CCO", "CC(C", ""]), &MoleculeFeatures::default())?;
        let found = &read.column;
        assert_eq!((found.valid, found.distinct, found.n_invalid), (2, 1, 2));
        assert_eq!((found.invalid[0].row, found.invalid[0].text.as_str()), (3, "CC(C"));
        assert_eq!(read.canonical, ["CCO", "CCO", "", ""]);
        assert!(read.has_features(1) && !read.has_features(2));
        Ok(())
    }

    #[test]
    fn molecules_are_told_from_words() {
        assert!(look_like(&column("x", &["CC(=O)OCC", "c1ccccc1O", "CCCCCC"])));
        assert!(look_like(&column("smiles", &["C", "CC"])));
        assert!(!look_like(&column("gas", &["CO", "N", "CO"])));
        assert!(!look_like(&column("phase", &["liquid", "solid"])));
    }
}
