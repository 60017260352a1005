//! Electrotopological state: how rich in electrons an atom is, seen by its neighbors.
//!
//! $$ S_i = I_i + \sum_{j \ne i} \frac{I_i - I_j}{r_{ij}^2}, \qquad I = \frac{(2/N)^2 \delta^v + 1}{\delta} $$
//!
//! with the principal quantum number $N$, the valence electrons not spent on hydrogen $\delta^v$, the neighbors $\delta$
//! (an atom without any has $I = 0$) and the number $r_{ij}$ of atoms on the shortest path. \[HallMohneyKier1991\]

use super::element;
use super::family::{Family, Graph, binned};
use chematic::chem as rdkit;
use chematic::core::{AtomIdx, implicit_hcount};
use std::collections::VecDeque;

pub(super) const FAMILIES: &[Family] = &[Family {
    members: &[
        (
            &["MaxEStateIndex", "MinEStateIndex", "MaxAbsEStateIndex", "MinAbsEStateIndex"],
            "largest and smallest electrotopological state of an atom, and the same of its magnitude [HallMohneyKier1991]",
        ),
        (
            &[
                "EState_VSA1",
                "EState_VSA2",
                "EState_VSA3",
                "EState_VSA4",
                "EState_VSA5",
                "EState_VSA6",
                "EState_VSA7",
                "EState_VSA8",
                "EState_VSA9",
                "EState_VSA10",
                "EState_VSA11",
            ],
            "surface of the atoms whose electrotopological state lies in this interval, the first below -0.39, the last \
             above 15, Å² [HallMohneyKier1991]",
        ),
        (
            &[
                "VSA_EState1",
                "VSA_EState2",
                "VSA_EState3",
                "VSA_EState4",
                "VSA_EState5",
                "VSA_EState6",
                "VSA_EState7",
                "VSA_EState8",
                "VSA_EState9",
                "VSA_EState10",
            ],
            "electrotopological states, summed over the atoms whose surface lies in this interval, the first below 4.78 Å², \
             the last above 11 Å² [HallMohneyKier1991]",
        ),
    ],
    compute,
}];

/// Bounds of the intervals of state, from RDKit.
const STATE_BOUNDS: [f64; 10] = [-0.390, 0.290, 0.717, 1.165, 1.540, 1.807, 2.05, 4.69, 9.17, 15.0];

/// Bounds of the intervals of surface, Å², from RDKit.
const SURFACE_BOUNDS: [f64; 9] = [4.78, 5.00, 5.410, 5.740, 6.00, 6.07, 6.45, 7.00, 11.0];

fn compute(graph: &Graph) -> Vec<f64> {
    let states = states(graph);
    let surfaces = rdkit::labute_asa_per_atom(graph);
    let max = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::NEG_INFINITY, f64::max);
    let min = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
    let magnitudes = || states.iter().map(|state| state.abs());
    let extremes = [
        max(&mut states.iter().copied()),
        min(&mut states.iter().copied()),
        max(&mut magnitudes()),
        min(&mut magnitudes()),
    ];
    let mut values = extremes.to_vec();
    values.extend(binned(&states, &STATE_BOUNDS, &surfaces));
    values.extend(binned(&surfaces, &SURFACE_BOUNDS, &states));
    values
}

/// $S$ of every atom.
fn states(graph: &Graph) -> Vec<f64> {
    let intrinsic: Vec<f64> = graph.atoms().map(|(atom, _)| intrinsic_state(graph, atom)).collect();
    let perturbed = |atom: usize| {
        let path_lengths = n_atoms_on_paths(graph, atom);
        let others = path_lengths.iter().zip(&intrinsic).filter(|(length, _)| **length > 1);
        let terms = others.map(|(length, other)| (intrinsic[atom] - other) / f64::from(length * length));
        intrinsic[atom] + terms.sum::<f64>()
    };
    (0..intrinsic.len()).map(perturbed).collect()
}

/// $I$ of an atom.
fn intrinsic_state(graph: &Graph, atom: AtomIdx) -> f64 {
    let degree = graph.degree(atom) as f64;
    if degree == 0.0 {
        return 0.0;
    }
    let number = element::number(graph.atom(atom));
    let valence = f64::from(element::n_outer_electrons(number)) - f64::from(implicit_hcount(graph, atom));
    let shell = f64::from(element::n_shells(number));
    (4.0 / (shell * shell) * valence + 1.0) / degree
}

/// Number of atoms on the shortest path from one atom to each, both ends included; 0 where there is no path.
fn n_atoms_on_paths(graph: &Graph, start: usize) -> Vec<u32> {
    let mut n_atoms = vec![0; graph.atom_count()];
    n_atoms[start] = 1;
    let mut queue = VecDeque::from([start]);
    while let Some(atom) = queue.pop_front() {
        for (neighbor, _) in graph.neighbors(AtomIdx(atom as u32)) {
            let neighbor = neighbor.0 as usize;
            if n_atoms[neighbor] == 0 {
                n_atoms[neighbor] = n_atoms[atom] + 1;
                queue.push_back(neighbor);
            }
        }
    }
    n_atoms
}
