//! Branching, shape and complexity, read from the graph alone.

use super::family::Family;
use chematic::chem as rdkit;

pub(super) const FAMILIES: &[Family] = &[
    Family {
        members: &[
            (&["Chi0", "Chi1"], "branching: sum over atoms (0) or bonds (1) of 1/sqrt of their degrees [HallKier1991]"),
            (
                &["Chi0v", "Chi1v", "Chi2v", "Chi3v", "Chi4v"],
                "branching: sum over paths of this many bonds of 1/sqrt of their atoms' valence electrons [HallKier1991]",
            ),
        ],
        compute: |graph| {
            let by_degree = [rdkit::chi0, rdkit::chi1];
            let by_valence = [rdkit::chi0v, rdkit::chi1v, rdkit::chi2v, rdkit::chi3v, rdkit::chi4v];
            by_degree.iter().map(|chi| chi(graph)).chain(by_valence.iter().map(|chi| chi(graph))).collect()
        },
    },
    Family {
        members: &[
            (
                &["Kappa1", "Kappa2", "Kappa3"],
                "shape: number of paths of this many bonds, between the fewest and the most possible [HallKier1991]",
            ),
            (&["HallKierAlpha"], "sizes of the atoms against that of sp3 carbon, summed [HallKier1991]"),
            (&["Phi"], "flexibility: Kappa1 Kappa2 / number of atoms [HallKier1991]"),
        ],
        compute: |graph| {
            let (kappa1, kappa2, kappa3) = rdkit::kappa_all(graph);
            let n_atoms = rdkit::heavy_atom_count(graph).max(1) as f64;
            vec![kappa1, kappa2, kappa3, rdkit::hall_kier_alpha(graph), kappa1 * kappa2 / n_atoms]
        },
    },
    Family {
        members: &[(&["BalabanJ"], "mean distance between atoms, made independent of size [Balaban1982]")],
        compute: |graph| vec![rdkit::balaban_j(graph)],
    },
    Family {
        members: &[(&["BertzCT"], "complexity: variety of bonds and of elements [Bertz1981]")],
        compute: |graph| vec![rdkit::bertz_ct(graph)],
    },
];
