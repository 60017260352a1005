//! Rings: how many, of which kind, and how they are joined.

use super::element;
use super::family::{Family, Graph};
use chematic::chem as rdkit;
use chematic::core::{AtomIdx, BondOrder};

pub(super) const FAMILIES: &[Family] = &[
    Family {
        members: &[
            (&["RingCount"], "number of rings, each as small as can be"),
            (
                &["NumAromaticRings", "NumAromaticHeterocycles", "NumAromaticCarbocycles"],
                "number of aromatic rings: all, with a heteroatom, of carbon only",
            ),
            (
                &["NumAliphaticRings", "NumAliphaticHeterocycles", "NumAliphaticCarbocycles"],
                "number of rings with a bond that is not aromatic: all, with a heteroatom, of carbon only",
            ),
            (
                &["NumSaturatedRings", "NumSaturatedHeterocycles", "NumSaturatedCarbocycles"],
                "number of rings of single bonds: all, with a heteroatom, of carbon only",
            ),
        ],
        compute: kinds,
    },
    Family {
        members: &[(&["NumSpiroAtoms"], "number of atoms that are all that two rings share")],
        compute: |graph| vec![rdkit::num_spiro_atoms(graph) as f64],
    },
    Family {
        members: &[(&["NumBridgeheadAtoms"], "number of atoms at which a bridge across a ring ends")],
        compute: |graph| vec![rdkit::num_bridgehead_atoms(graph) as f64],
    },
    Family {
        members: &[
            (&["NumAtomStereoCenters"], "number of stereocenters, given or not"),
            (&["NumUnspecifiedAtomStereoCenters"], "number of stereocenters whose configuration is not given"),
        ],
        compute: |graph| match chematic::smiles::rdkit_atom_stereocenter_counts(graph) {
            Ok((all, unspecified)) => vec![all as f64, unspecified as f64],
            Err(_) => vec![f64::NAN; 2],
        },
    },
];

struct Ring {
    aromatic: bool,
    saturated: bool,
    hetero: bool,
}

fn kinds(graph: &Graph) -> Vec<f64> {
    let rings = chematic::perception::with_rdkit_parity_view(graph, |view| rings(view.unwrap_or(graph)));
    let mut counts = vec![rings.len() as f64];
    for is_of_kind in [|ring: &Ring| ring.aromatic, |ring: &Ring| !ring.aromatic, |ring: &Ring| ring.saturated] {
        let of_kind = rings.iter().filter(|ring| is_of_kind(ring)).count() as f64;
        let hetero = rings.iter().filter(|ring| is_of_kind(ring) && ring.hetero).count() as f64;
        counts.extend([of_kind, hetero, of_kind - hetero]);
    }
    counts
}

fn rings(graph: &Graph) -> Vec<Ring> {
    let found = chematic::perception::rdkit_sssr_ring_order(graph);
    let found = found.unwrap_or_else(|| chematic::perception::find_symmetrized_sssr(graph).rings().to_vec());
    found.iter().map(|atoms| ring(graph, atoms)).collect()
}

fn ring(graph: &Graph, atoms: &[AtomIdx]) -> Ring {
    let neighbors = atoms.iter().zip(atoms.iter().cycle().skip(1));
    let orders = neighbors.filter_map(|(a, b)| graph.bond_between(*a, *b)).map(|(bond, _)| graph.bond(bond).order);
    let orders: Vec<BondOrder> = orders.collect();
    Ring {
        aromatic: orders.iter().all(|order| *order == BondOrder::Aromatic),
        saturated: orders.iter().all(|order| matches!(order, BondOrder::Single | BondOrder::Up | BondOrder::Down)),
        hetero: atoms.iter().any(|atom| element::number(graph.atom(*atom)) != 6),
    }
}
