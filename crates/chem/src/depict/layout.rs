//! Where atoms and bonds lie, and what is written of them.

use std::collections::HashSet;

use chematic::core::{AtomIdx, BondOrder, apply_kekule, implicit_hcount, kekulize};
use chematic_depict::{BOND_LEN, compute_layout};

use crate::Molecule;

pub(super) struct Drawing {
    pub atoms: Vec<Atom>,
    pub bonds: Vec<Bond>,
    pub neighbors: Vec<Vec<usize>>,
}

pub(super) struct Atom {
    pub x: f64,
    pub y: f64,
    /// Empty for a corner.
    pub symbol: String,
    pub hydrogens: u8,
    /// Charge, as it is written.
    pub charge: String,
    pub isotope: String,
    pub color: &'static str,
    /// Hydrogens stand before the symbol.
    pub turned: bool,
}

pub(super) struct Bond {
    pub ends: [usize; 2],
    pub lines: usize,
    pub dashed: bool,
}

impl Drawing {
    pub fn new(molecule: &Molecule) -> Self {
        // Rings as single and double bonds, where that is possible.
        let whole = molecule.graph();
        let graph = kekulize(whole).map_or_else(|_| whole.clone(), |found| apply_kekule(whole, &found));
        let layout = compute_layout(&graph);
        let mut neighbors = vec![Vec::new(); graph.atom_count()];
        let mut bonds = Vec::new();
        let mut seen = HashSet::new();
        for (_, bond) in graph.bonds() {
            let ends = [bond.atom1.0 as usize, bond.atom2.0 as usize];
            if !seen.insert(ends) {
                continue;
            }
            neighbors[ends[0]].push(ends[1]);
            neighbors[ends[1]].push(ends[0]);
            let (lines, dashed) = match bond.order {
                BondOrder::Double => (2, false),
                BondOrder::Triple | BondOrder::Quadruple => (3, false),
                BondOrder::Aromatic => (2, true),
                _ => (1, false),
            };
            bonds.push(Bond { ends, lines, dashed });
        }
        let atoms = graph.atoms().map(|(at, atom)| {
            let place = layout.get(at);
            let degree = neighbors[at.0 as usize].len();
            let carbon = atom.element.atomic_number() == 6 && atom.charge == 0 && atom.isotope.is_none() && degree > 0;
            let symbol = match (carbon, atom.wildcard) {
                (true, _) => "",
                (_, true) => "*",
                _ => atom.element.symbol(),
            };
            Atom {
                x: finite(place.x),
                y: finite(place.y),
                symbol: symbol.to_owned(),
                hydrogens: if symbol.is_empty() { 0 } else { implicit_hcount(whole, AtomIdx(at.0)) },
                charge: charge(atom.charge),
                isotope: atom.isotope.map_or_else(String::new, |n| n.to_string()),
                color: color(atom.element.atomic_number()),
                turned: false,
            }
        });
        let mut drawing = Drawing { atoms: atoms.collect(), bonds, neighbors };
        drawing.pack();
        for at in 0..drawing.atoms.len() {
            // Hydrogens stand where there is no bond.
            let pull: f64 = drawing.neighbors[at].iter().map(|&n| drawing.atoms[n].x - drawing.atoms[at].x).sum();
            drawing.atoms[at].turned = pull > 1.0;
        }
        drawing
    }

    /// Puts the parts of a salt or a mixture into rows, which are about as wide as they are high together.
    fn pack(&mut self) {
        const GAP: f64 = 1.1 * BOND_LEN;
        let parts = self.parts();
        let size = |drawing: &Drawing, part: &[usize]| {
            let of = |get: fn(&Atom) -> f64| {
                let low = part.iter().map(|&at| get(&drawing.atoms[at])).fold(f64::INFINITY, f64::min);
                let high = part.iter().map(|&at| get(&drawing.atoms[at])).fold(f64::NEG_INFINITY, f64::max);
                (low, high - low + GAP)
            };
            (of(|a| a.x), of(|a| a.y))
        };
        let sizes: Vec<_> = parts.iter().map(|part| size(self, part)).collect();
        let area: f64 = sizes.iter().map(|((_, width), (_, height))| width * height).sum();
        let widest = sizes.iter().map(|((_, width), _)| *width).fold((1.6 * area).sqrt(), f64::max);
        let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
        for (part, ((left, width), (top, height))) in parts.iter().zip(sizes) {
            if x > 0.0 && x + width > widest + 1e-6 {
                (x, y, row) = (0.0, y + row, 0.0);
            }
            for &at in part {
                self.atoms[at].x += x - left;
                self.atoms[at].y += y - top;
            }
            (x, row) = (x + width, row.max(height));
        }
    }

    /// Atoms that hang together.
    fn parts(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.atoms.len()];
        let mut parts = Vec::new();
        for start in 0..self.atoms.len() {
            let (mut part, mut open) = (Vec::new(), vec![start]);
            while let Some(at) = open.pop() {
                if !std::mem::replace(&mut seen[at], true) {
                    part.push(at);
                    open.extend(&self.neighbors[at]);
                }
            }
            parts.extend((!part.is_empty()).then_some(part));
        }
        parts
    }
}

fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

fn charge(charge: i8) -> String {
    match charge {
        0 => String::new(),
        1 => "+".to_owned(),
        -1 => "−".to_owned(),
        n if n > 0 => format!("{n}+"),
        n => format!("{}−", n.unsigned_abs()),
    }
}

/// The customary colors of the elements, legible on light and on dark ground.
fn color(atomic_number: u8) -> &'static str {
    match atomic_number {
        7 => "#3f74d9",
        8 => "#d9412f",
        9 | 17 => "#2e9245",
        15 => "#c9781a",
        16 => "#a08410",
        35 => "#a85a32",
        53 => "#8a4fb5",
        _ => "currentColor",
    }
}
