//! Atoms and what hangs on them: a molecule without one of its atoms, and the atoms behind each bit of a fingerprint.

use std::collections::BTreeMap;

use chematic::core::{Atom, BondOrder, Chirality, MoleculeBuilder, apply_kekule, kekulize};
use chematic::fp::RdkitMorganConfig;
use chematic::smiles::topological_equivalence_classes;

use crate::{Ecfp, Molecule, Result};

impl Molecule {
    /// The molecule without one atom, whose neighbors take hydrogens instead \[Polishchuk2013\]; a ring is opened, and what
    /// was one piece may become several. `None` where nothing is left, or nothing that can exist.
    ///
    /// ```
    /// let ethanol = chem::Molecule::parse("CCO")?;
    /// assert_eq!(ethanol.without_atom(2).unwrap().canonical_smiles(), "CC");
    /// assert_eq!(ethanol.without_atom(1).unwrap().canonical_smiles(), "C.O");
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn without_atom(&self, atom: usize) -> Option<Molecule> {
        if self.n_atoms() < 2 || atom >= self.n_atoms() {
            return None;
        }
        let whole = self.graph();
        // An opened ring is no longer aromatic.
        let graph = kekulize(whole).map_or_else(|_| whole.clone(), |found| apply_kekule(whole, &found));
        let (mut builder, mut places) = (MoleculeBuilder::new(), Vec::new());
        let lost = |at: u32| {
            let cut = graph
                .bonds()
                .map(|(_, bond)| bond)
                .find(|bond| [(bond.atom1.0, bond.atom2.0), (bond.atom2.0, bond.atom1.0)].contains(&(at, atom as u32)));
            cut.map_or(0, |bond| match bond.order {
                BondOrder::Double => 2,
                BondOrder::Triple => 3,
                _ => 1,
            })
        };
        for (at, old) in graph.atoms() {
            if at.0 as usize == atom {
                places.push(None);
                continue;
            }
            // Where hydrogens are written down, those that take the place of the atom are written too.
            let hydrogen_count = old.hydrogen_count.map(|n| n + lost(at.0));
            let new = Atom { aromatic: false, chirality: Chirality::None, hydrogen_count, ..old.clone() };
            places.push(Some(builder.add_atom(new)));
        }
        for (_, bond) in graph.bonds() {
            if let (Some(a), Some(b)) = (places[bond.atom1.0 as usize], places[bond.atom2.0 as usize]) {
                builder.add_bond(a, b, bond.order).ok()?;
            }
        }
        Molecule::parse(&chematic::smiles::rdkit_canonical_smiles(&builder.build()).ok()?).ok()
    }

    /// The symbol of each atom, `*` for any.
    pub fn elements(&self) -> Vec<&'static str> {
        let symbol = |(_, atom): (_, &Atom)| if atom.wildcard { "*" } else { atom.element.symbol() };
        self.graph().atoms().map(symbol).collect()
    }

    /// For each atom a number that it shares with the atoms that stand in the same place, as all six of benzene do.
    ///
    /// ```
    /// let classes = chem::Molecule::parse("CC(C)O")?.equivalent_atoms();
    /// assert_eq!((classes[0] == classes[2], classes[0] == classes[3]), (true, false));
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn equivalent_atoms(&self) -> Vec<usize> {
        topological_equivalence_classes(self.graph())
    }
}

impl Ecfp {
    /// For each place of the fingerprint that is set, the atoms of every neighborhood that sets it. Empty for molecules
    /// with hydrogens as atoms of their own, whose atoms the fingerprint numbers otherwise.
    ///
    /// ```
    /// let found = chem::Ecfp::default().neighborhoods(&chem::Molecule::parse("CO")?)?;
    /// assert_eq!(found.len(), 3); // either atom, and both
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn neighborhoods(&self, molecule: &Molecule) -> Result<BTreeMap<usize, Vec<Vec<usize>>>> {
        let graph = molecule.graph();
        if graph.atoms().any(|(_, atom)| atom.element.atomic_number() == 1) {
            return Ok(BTreeMap::new());
        }
        let mut neighbors = vec![Vec::new(); graph.atom_count()];
        for (_, bond) in graph.bonds() {
            let [a, b] = [bond.atom1.0 as usize, bond.atom2.0 as usize];
            neighbors[a].push(b);
            neighbors[b].push(a);
        }
        let mut found: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
        for (neighborhood, sources) in self.morgan(molecule)?.raw_bit_info {
            for (center, radius) in sources {
                let atoms = within(&neighbors, center as usize, radius);
                found.entry(neighborhood as usize % self.length).or_default().push(atoms);
            }
        }
        // The map that they come from has no order.
        found.values_mut().for_each(|list| list.sort());
        Ok(found)
    }

    /// All that is known of the neighborhoods.
    pub(crate) fn morgan(&self, molecule: &Molecule) -> Result<chematic::fp::RdkitMorganFingerprint> {
        let config = RdkitMorganConfig { radius: self.check()?, ..RdkitMorganConfig::default() };
        chematic::fp::rdkit_morgan_fingerprint(molecule.graph(), &config).map_err(|error| crate::Error::NoFingerprint {
            smiles: molecule.canonical_smiles(),
            reason: format!("{error:?}"),
        })
    }
}

/// Atoms at most `radius` bonds from the center.
fn within(neighbors: &[Vec<usize>], center: usize, radius: u32) -> Vec<usize> {
    let mut atoms = vec![center];
    let mut front = vec![center];
    for _ in 0..radius {
        let mut next: Vec<usize> = front.iter().flat_map(|&atom| &neighbors[atom]).copied().collect();
        next.retain(|atom| !atoms.contains(atom));
        next.sort_unstable();
        next.dedup();
        atoms.extend(&next);
        front = next;
    }
    atoms.sort_unstable();
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn molecule(smiles: &str) -> Molecule {
        Molecule::parse(smiles).unwrap()
    }

    #[test]
    fn an_opened_ring_is_no_longer_aromatic() {
        assert_eq!(molecule("c1ccccc1").without_atom(0).unwrap().canonical_smiles(), "C=CC=CC");
        assert_eq!(molecule("C[N+](C)(C)C").without_atom(0).unwrap().canonical_smiles(), "C[NH+](C)C");
        assert!(molecule("C").without_atom(0).is_none());
        for smiles in ["Oc1ccccc1", "c1cc[nH]c1", "CC(=O)[O-].[Na+]", "F[P-](F)(F)(F)(F)F", "C[N+](C)(C)C"] {
            let whole = molecule(smiles);
            assert!((0..whole.n_atoms()).all(|atom| whole.without_atom(atom).is_some()), "{smiles}");
        }
    }

    #[test]
    fn neighborhoods_are_those_of_the_fingerprint() {
        let ecfp = Ecfp::default();
        for smiles in ["CCO", "c1ccccc1C(=O)O", "CC(C)Cc1ccc(cc1)C(C)C(=O)O"] {
            let whole = molecule(smiles);
            let set = |row: Vec<f32>| (0..row.len()).filter(|&place| row[place] > 0.0).collect::<Vec<_>>();
            let found = ecfp.neighborhoods(&whole).unwrap();
            assert_eq!(found.keys().copied().collect::<Vec<_>>(), set(ecfp.compute(&whole).unwrap()), "{smiles}");
        }
        // Benzene: one kind of atom, six times; with its neighbors, six times; with theirs, the whole ring less one atom.
        let benzene = ecfp.neighborhoods(&molecule("c1ccccc1")).unwrap();
        let mut sizes: Vec<usize> = benzene.values().map(|list| list[0].len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 3, 5]);
    }
}
