//! Rows that are graphs: the molecules of a table, with extra descriptors.

use data::Table;
use nn::{Codes, GraphCodes, Inputs};
use serde::{Deserialize, Serialize};
use spec::error::Result;
use spec::scale::Scale;

use crate::block::Block;
use crate::codes::{known, other_version};
use crate::columns::Columns;
use crate::feature::Feature;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::source::Source;

/// Encoding of molecules as graphs, and the extra descriptors; saved with the model, so that one of another version is refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MolecularGraphs {
    atoms: Codes,
    bonds: Codes,
    /// The extra descriptors.
    beside: Columns,
}

/// Name of the graph of a molecule among the features.
pub const GRAPH: &str = "molecular graph";
/// Graphs that are encoded at a time.
const AT_ONCE: usize = 4096;

impl MolecularGraphs {
    /// Fits the extra descriptors to the training rows: columns, and descriptors of molecules if they are wanted.
    ///
    /// # Errors
    /// A column contains values that cannot be read.
    pub fn fit(source: &Source, columns: &[String], train: &[usize], scale: &Scale, descriptors: bool) -> Result<Self> {
        let beside = Columns::fit_some(source, columns, train, scale, descriptors, &mut Vec::new())?;
        let GraphCodes { nodes, edges } = known()?;
        Ok(MolecularGraphs { atoms: nodes, bonds: edges, beside })
    }

    fn codes(&self) -> GraphCodes {
        GraphCodes { nodes: self.atoms, edges: self.bonds }
    }
}

impl Kind for MolecularGraphs {
    fn scaled(&self) -> &Scaled {
        self.beside.scaled()
    }

    fn scaled_mut(&mut self) -> &mut Scaled {
        self.beside.scaled_mut()
    }

    fn inputs(&self) -> Inputs {
        Inputs { form: self.codes().into(), beside: self.scaled().names.len(), ahead: 1 }
    }

    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        if self.codes() != known()? {
            return Err(other_version());
        }
        let Block { x, .. } = self.beside.encode(source, rows)?;
        Ok(Block { x, graphs: Some(source.graphs()?.select(rows)) })
    }

    fn features(&self, source: &Source) -> Vec<Feature> {
        let graph = Feature { name: GRAPH.to_owned(), of_molecule: true };
        std::iter::once(graph).chain(self.beside.features(source)).collect()
    }

    fn check(&self, table: &Table) -> Result<()> {
        self.beside.check(table)
    }

    fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        self.beside.unknown(source, rows)
    }

    fn words(&self) -> String {
        format!("molecular graphs with {} extra descriptors", self.scaled().names.len())
    }

    fn distance(&self) -> Distance {
        Distance::Molecules
    }

    fn explains(&self) -> Explains {
        Explains::Atoms
    }

    fn smiles(&self) -> Option<&str> {
        self.beside.smiles()
    }

    fn needs_only_molecules(&self) -> bool {
        self.beside.needs_only_molecules()
    }

    fn at_once(&self) -> usize {
        AT_ONCE
    }
}
