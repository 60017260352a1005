//! The Bemis-Murcko scaffold: the rings of a molecule and what links them.
//!
//! Side chains are cut off; atoms doubly bonded to what remains stay. Molecules with one scaffold are relatives, so a
//! split by scaffold asks a model about families it has not seen. \[BemisMurcko1996\]

use crate::{Molecule, smiles::flat_smiles};

impl Molecule {
    /// Canonical SMILES of the scaffold without stereochemistry and isotopes; empty where there is no ring.
    ///
    /// ```
    /// let ibuprofen = chem::Molecule::parse("CC(C)Cc1ccc(cc1)[C@@H](C)C(=O)O")?;
    /// assert_eq!(ibuprofen.scaffold(), "c1ccccc1");
    /// assert_eq!(chem::Molecule::parse("CCO")?.scaffold(), "");
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn scaffold(&self) -> String {
        let scaffold = chematic::smiles::rdkit_murcko_scaffold(self.graph()).unwrap_or_default();
        if scaffold.is_empty() {
            return scaffold;
        }
        let flat = chematic::smiles::parse(&scaffold).ok().and_then(|graph| flat_smiles(&graph));
        flat.unwrap_or(scaffold)
    }
}
