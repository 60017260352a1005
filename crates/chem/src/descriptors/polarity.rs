//! How a molecule meets water and others of its kind: polar surface, hydrogen bonds, flexibility.

use super::family::Family;
use chematic::chem as rdkit;

pub(super) const FAMILIES: &[Family] = &[
    Family {
        members: &[(&["TPSA"], "topological polar surface area: that of N, O and their hydrogens, Å² [Ertl2000]")],
        compute: |graph| vec![rdkit::rdkit_tpsa(graph)],
    },
    Family {
        members: &[(&["NumHDonors"], "number of hydrogen-bond donors")],
        compute: |graph| vec![rdkit::hbd_count(graph) as f64],
    },
    Family {
        members: &[(&["NumHAcceptors"], "number of hydrogen-bond acceptors")],
        compute: |graph| vec![rdkit::rdkit_hba_count(graph) as f64],
    },
    Family {
        members: &[(&["NOCount"], "number of nitrogen and oxygen atoms")],
        compute: |graph| vec![rdkit::hba_count_lipinski(graph) as f64],
    },
    Family {
        members: &[(&["NumRotatableBonds"], "number of single bonds about which the molecule turns freely")],
        compute: |graph| vec![rdkit::rotatable_bond_count(graph) as f64],
    },
    Family {
        members: &[(&["NumAmideBonds"], "number of amide bonds")],
        compute: |graph| vec![rdkit::num_amide_bonds(graph) as f64],
    },
];
