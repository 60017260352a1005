//! Composition of a molecule: masses, atoms, electrons.

use super::element;
use super::family::{Family, Graph};
use chematic::chem as rdkit;
use chematic::core::implicit_hcount;

pub(super) const FAMILIES: &[Family] = &[
    Family {
        members: &[(&["MolWt"], "average molar mass, g/mol")],
        compute: |graph| vec![rdkit::rdkit_molecular_weight(graph)],
    },
    Family {
        members: &[(&["ExactMolWt"], "mass of the molecule made of the commonest isotopes, Da")],
        compute: |graph| vec![rdkit::exact_mass(graph)],
    },
    Family {
        members: &[(&["HeavyAtomCount"], "number of atoms other than hydrogen")],
        compute: |graph| vec![rdkit::heavy_atom_count(graph) as f64],
    },
    Family {
        members: &[(&["NumHeteroatoms"], "number of atoms other than carbon and hydrogen")],
        compute: |graph| vec![rdkit::num_heteroatoms(graph) as f64],
    },
    Family {
        members: &[(&["NumValenceElectrons"], "number of valence electrons")],
        compute: |graph| vec![n_valence_electrons(graph)],
    },
    Family {
        members: &[(&["FractionCSP3"], "sp3 carbons among all carbons; 0 without carbon")],
        compute: |graph| vec![rdkit::fsp3(graph)],
    },
    Family {
        members: &[(
            &[
                "NumHydrogen",
                "NumBoron",
                "NumCarbon",
                "NumNitrogen",
                "NumOxygen",
                "NumFluorine",
                "NumSilicon",
                "NumPhosphorus",
                "NumSulfur",
                "NumChlorine",
                "NumBromine",
                "NumIodine",
            ],
            "number of atoms of this element",
        )],
        compute: |graph| {
            let others = [5, 6, 7, 8, 9, 14, 15, 16, 17, 35, 53].map(|number| n_of(graph, number));
            std::iter::once(n_hydrogens(graph)).chain(others).collect()
        },
    },
];

fn n_of(graph: &Graph, atomic_number: u8) -> f64 {
    graph.atoms().filter(|(_, atom)| element::number(atom) == atomic_number).count() as f64
}

fn n_valence_electrons(graph: &Graph) -> f64 {
    let of_atom = |(index, atom): (_, &chematic::core::Atom)| {
        f64::from(element::n_outer_electrons(element::number(atom))) - f64::from(atom.charge)
            + f64::from(implicit_hcount(graph, index))
    };
    graph.atoms().map(of_atom).sum()
}

/// Hydrogens, whether attached or atoms of their own.
fn n_hydrogens(graph: &Graph) -> f64 {
    let attached: u32 = graph.atoms().map(|(atom, _)| u32::from(implicit_hcount(graph, atom))).sum();
    f64::from(attached) + n_of(graph, 1)
}
