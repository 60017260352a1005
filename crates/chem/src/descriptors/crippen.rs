//! Lipophilicity and polarizability as sums over atoms, each with a value by its surroundings. \[WildmanCrippen1999\]

use super::family::{Family, Graph, binned};
use chematic::chem as rdkit;

pub(super) const FAMILIES: &[Family] = &[Family {
    members: &[
        (&["MolLogP"], "logarithm of the octanol-water partition coefficient [WildmanCrippen1999]"),
        (&["MolMR"], "molar refractivity, cm³/mol [WildmanCrippen1999]"),
        (
            &[
                "SlogP_VSA1",
                "SlogP_VSA2",
                "SlogP_VSA3",
                "SlogP_VSA4",
                "SlogP_VSA5",
                "SlogP_VSA6",
                "SlogP_VSA7",
                "SlogP_VSA8",
                "SlogP_VSA9",
                "SlogP_VSA10",
                "SlogP_VSA11",
                "SlogP_VSA12",
            ],
            "surface of the atoms whose part of MolLogP lies in this interval, the first below -0.4, the last above 0.6, \
             Å² [Labute2000]",
        ),
        (
            &[
                "SMR_VSA1",
                "SMR_VSA2",
                "SMR_VSA3",
                "SMR_VSA4",
                "SMR_VSA5",
                "SMR_VSA6",
                "SMR_VSA7",
                "SMR_VSA8",
                "SMR_VSA9",
                "SMR_VSA10",
            ],
            "surface of the atoms whose part of MolMR lies in this interval, the first below 1.29, the last above 4, Å² \
             [Labute2000]",
        ),
    ],
    compute,
}];

/// Bounds of the intervals of logP, from RDKit.
const LOGP_BOUNDS: [f64; 11] = [-0.4, -0.2, 0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6];

/// Bounds of the intervals of refractivity, cm³/mol, from RDKit.
const REFRACTIVITY_BOUNDS: [f64; 9] = [1.29, 1.82, 2.24, 2.45, 2.75, 3.05, 3.63, 3.8, 4.0];

fn compute(graph: &Graph) -> Vec<f64> {
    // Heavy atoms first, then their hydrogens; the surfaces are those of the heavy atoms.
    let Some((parts, n_heavy)) = chematic::smiles::rdkit_crippen_contribs(graph) else {
        return vec![f64::NAN; 2 + LOGP_BOUNDS.len() + 1 + REFRACTIVITY_BOUNDS.len() + 1];
    };
    let (logp, refractivity): (Vec<f64>, Vec<f64>) = parts.into_iter().unzip();
    let surfaces = rdkit::labute_asa_per_atom(graph);
    let mut values = vec![logp.iter().sum(), refractivity.iter().sum()];
    values.extend(binned(&logp[..n_heavy], &LOGP_BOUNDS, &surfaces));
    values.extend(binned(&refractivity[..n_heavy], &REFRACTIVITY_BOUNDS, &surfaces));
    values
}
