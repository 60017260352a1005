//! Rows that are graphs: the molecules of a table.

use chem::{ATOM_CODES, BOND_CODES, Code, MolecularGraph, Molecule};
use nn::{Codes, Form, GraphRow};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};

use crate::source::{Source, first_line};

/// How molecules become graphs; saved with the model, so that one of another version is refused.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graphs {
    atoms: Codes,
    bonds: Codes,
}

/// What a person calls a molecule as a graph, among the features.
pub(crate) const GRAPH: &str = "molecular graph";

impl Graphs {
    /// What this version knows of atoms and bonds.
    pub fn known() -> Option<Self> {
        let codes = |codes: &[Code]| Codes::new(&codes.iter().map(|(_, all)| all.len().max(1)).collect::<Vec<_>>());
        Some(Graphs { atoms: codes(&ATOM_CODES)?, bonds: codes(&BOND_CODES)? })
    }

    /// Graphs in rows of so many numbers.
    pub fn row(&self, width: usize) -> GraphRow {
        GraphRow { nodes: self.atoms, edges: self.bonds, width }
    }

    /// The form of rows that are there: they tell their width.
    pub fn form(&self, x: &[f32]) -> Form {
        self.row(x.first().map_or(0, |width| *width as usize)).into()
    }

    /// The rows of some molecules, each `least` numbers wide or as wide as the largest.
    pub fn rows(&self, source: &Source, rows: &[usize], least: usize) -> Result<Vec<Vec<f32>>> {
        if Some(self) != Graphs::known().as_ref() {
            return Err(Error::Setting {
                message: "this model knows atoms and bonds otherwise than this version".into(),
                place: "model".into(),
                hint: "train it again, or use the version that trained it".into(),
            });
        }
        let graphs: Vec<MolecularGraph> = rows.par_iter().map(|&row| graph(source, row)).collect::<Result<Vec<_>>>()?;
        let needs = |graph: &MolecularGraph| self.row(0).needs(graph.atoms.len(), graph.bonds.len());
        let row = self.row(graphs.iter().map(needs).fold(least, usize::max));
        let packed = |graph: &MolecularGraph| {
            let ends = |(ends, codes): &([usize; 2], [f32; BOND_CODES.len()])| {
                ends.iter().map(|&end| end as f32).chain(*codes).collect::<Vec<f32>>()
            };
            Ok(row.pack(graph.atoms.as_flattened(), &graph.bonds.iter().flat_map(ends).collect::<Vec<_>>())?)
        };
        graphs.iter().map(packed).collect()
    }
}

fn graph(source: &Source, row: usize) -> Result<MolecularGraph> {
    let Some(molecules) = &source.molecules else { return Err(no_molecules()) };
    let text = &molecules.canonical[row];
    Molecule::parse(text).and_then(|molecule| molecule.molecular_graph()).map_err(|error| {
        let place = source.table.column(&molecules.column).map_or_else(|_| String::new(), |column| column.place(row));
        Error::Smiles { column: molecules.column.clone(), place, text: text.clone(), reason: first_line(&error) }
    })
}

fn no_molecules() -> Error {
    Error::Setting {
        message: "a model of graphs reads molecules, and no column of molecules is named".into(),
        place: "data.smiles".into(),
        hint: "name the column of SMILES with `--smiles`".into(),
    }
}
