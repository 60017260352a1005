//! A molecule as a graph: what is known of each atom and each bond, for networks that read graphs.

use chematic::chem::rdkit_molecular_weight;
use chematic::core::{Atom, AtomIdx, Chirality, MoleculeBuilder};
use chematic::smiles::{RdkitMolView, RdkitViewAtom, RdkitViewBond, rdkit_mol_view};

use crate::{Error, Molecule, Result};

/// Atoms and bonds as codes, in the order of [`ATOM_CODES`] and [`BOND_CODES`].
#[derive(Clone, Debug, PartialEq)]
pub struct MolecularGraph {
    /// Codes of each atom, hydrogens aside.
    pub atoms: Vec<[f32; ATOM_CODES.len()]>,
    /// The atoms at both ends of each bond, and its codes.
    pub bonds: Vec<([usize; 2], [f32; BOND_CODES.len()])>,
}

/// A code and its categories; a code without any is a number.
pub type Code = (&'static str, &'static [&'static str]);

/// Features of an atom, as in \[Yang2019\]: degrees count hydrogens, masses are in units of 100 u.
pub const ATOM_CODES: [Code; 8] = [
    ("element", ELEMENTS),
    ("degree", &["0", "1", "2", "3", "4", "5", "more"]),
    ("charge", &["-2", "-1", "0", "1", "2", "other"]),
    ("chirality", &["none", "clockwise", "counterclockwise", "other"]),
    ("hydrogens", &["0", "1", "2", "3", "4", "more"]),
    ("hybridization", &["sp", "sp2", "sp3", "sp3d", "sp3d2", "other"]),
    ("aromatic", &[]),
    ("mass", &[]),
];

/// Features of a bond, as in \[Yang2019\].
pub const BOND_CODES: [Code; 4] = [
    ("order", &["single", "double", "triple", "aromatic", "other"]),
    ("conjugated", &[]),
    ("ring", &[]),
    ("stereo", &["none", "any", "Z", "E"]),
];

/// Elements with a category of their own; the last stands for all others.
const ELEMENTS: &[&str] =
    &["H", "Li", "B", "C", "N", "O", "F", "Na", "Mg", "Si", "P", "S", "Cl", "K", "Ca", "Se", "Br", "Sn", "I", "other"];

impl Molecule {
    /// Atoms and bonds as codes, perceived as RDKit does.
    ///
    /// # Errors
    /// The perception is not defined for this molecule, which is rare: cages of very many rings.
    ///
    /// ```
    /// let ethanol = chem::Molecule::parse("CCO")?.molecular_graph()?;
    /// // Carbon of four neighbors, neutral, not chiral, with three hydrogens, sp3, not aromatic.
    /// assert_eq!(ethanol.atoms[0], [3.0, 4.0, 2.0, 0.0, 3.0, 2.0, 0.0, 0.12011]);
    /// assert_eq!(ethanol.bonds[1], ([1, 2], [0.0, 0.0, 0.0, 0.0]));
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn molecular_graph(&self) -> Result<MolecularGraph> {
        let view = rdkit_mol_view(self.graph())
            .map_err(|error| Error::NoGraph { smiles: self.canonical_smiles(), reason: error.to_string() })?;
        let atoms = view.atoms.iter().enumerate().map(|(at, atom)| self.atom_codes(&view, at, atom)).collect();
        let bonds = view.bonds.iter().enumerate();
        let bonds = bonds.map(|(at, bond)| ([bond.begin, bond.end], bond_codes(&view, at, bond))).collect();
        Ok(MolecularGraph { atoms, bonds })
    }

    fn atom_codes(&self, view: &RdkitMolView, at: usize, atom: &RdkitViewAtom) -> [f32; ATOM_CODES.len()] {
        let own = self.graph().atom(AtomIdx(at as u32));
        let symbol = if own.wildcard { "*" } else { own.element.symbol() };
        let element = ELEMENTS.iter().position(|element| *element == symbol).unwrap_or(ELEMENTS.len() - 1);
        let hydrogens = atom.total_num_hs as usize;
        let charge = if atom.formal_charge.abs() <= 2 { (atom.formal_charge + 2) as usize } else { 5 };
        let hybridization = match atom.hybridization {
            code @ 2..=6 => usize::from(code) - 2,
            _ => 5,
        };
        let codes = [
            element,
            (view.degree(at) + hydrogens).min(6),
            charge,
            usize::from(atom.chiral_tag).min(3),
            hydrogens.min(5),
            hybridization,
            usize::from(atom.is_aromatic),
        ];
        let mut all = [0.0; ATOM_CODES.len()];
        all.iter_mut().zip(codes).for_each(|(to, code)| *to = code as f32);
        all[ATOM_CODES.len() - 1] = (mass(own) / 100.0) as f32;
        all
    }
}

/// In u: the mean over natural isotopes, or that of the isotope that is written; zero of any atom, `*`.
fn mass(atom: &Atom) -> f64 {
    if atom.wildcard {
        return 0.0;
    }
    // Alone and without hydrogens.
    let (hydrogen_count, chirality) = (Some(0), Chirality::None);
    let mut alone = MoleculeBuilder::new();
    alone.add_atom(Atom { hydrogen_count, chirality, charge: 0, aromatic: false, ..atom.clone() });
    rdkit_molecular_weight(&alone.build())
}

fn bond_codes(view: &RdkitMolView, at: usize, bond: &RdkitViewBond) -> [f32; BOND_CODES.len()] {
    let order = match bond.bond_type {
        kind @ 1..=3 => kind - 1,
        // RDKit's number of aromatic bonds.
        12 => 3,
        _ => 4,
    };
    let ring = view.bond_rings.iter().any(|ring| ring.contains(&at));
    [
        f32::from(order),
        f32::from(u8::from(bond.is_conjugated)),
        f32::from(u8::from(ring)),
        f32::from(bond.stereo.min(3)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hydrogen_ion_and_a_molecule_without_bonds_are_graphs_of_one_atom() {
        for smiles in ["[H+]", "C", "*", "[Fe]"] {
            let graph = Molecule::parse(smiles).unwrap().molecular_graph().unwrap();
            assert_eq!((graph.atoms.len(), graph.bonds.len()), (1, 0), "{smiles}");
        }
    }
}
