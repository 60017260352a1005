//! A drawing of a molecule: atoms as letters, bonds as lines, carbon as corners.
//!
//! Where the atoms lie is computed by `chematic`; stereochemistry is not drawn.

use std::collections::HashSet;
use std::fmt::Write;

use chematic::core::{AtomIdx, BondOrder, apply_kekule, implicit_hcount, kekulize};
use chematic_depict::{BOND_LEN, compute_layout};

use crate::Molecule;

impl Molecule {
    /// The molecule as an `<svg>` element whose lines have the color of the text around it.
    ///
    /// ```
    /// let svg = chem::Molecule::parse("CCO")?.depict();
    /// assert!(svg.starts_with("<svg") && svg.contains(">HO</text>") || svg.contains(">OH</text>"));
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn depict(&self) -> String {
        self.depict_weighted(&[])
    }

    /// The same with a disc under each atom that has a weight: blue where it is negative, orange where it is positive,
    /// and the stronger the larger it is beside the largest. Atoms are in the order of
    /// [`canonical_smiles`](Self::canonical_smiles).
    ///
    /// ```
    /// let svg = chem::Molecule::parse("CCO")?.depict_weighted(&[0.0, 0.5, -1.0]);
    /// assert_eq!(svg.matches("<circle").count(), 2);
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn depict_weighted(&self, weights: &[f64]) -> String {
        let drawing = Drawing::new(self);
        let [left, top, width, height] = drawing.frame();
        let smiles = escape(&self.canonical_smiles());
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left:.0} {top:.0} {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" font-family=\"Arial, sans-serif\" \
             font-size=\"{LETTER}\">\n<title>Structure of {smiles}</title>\n\
             <desc>Skeletal formula with {} atoms other than hydrogen</desc>\n",
            self.n_atoms()
        );
        svg += &drawing.discs(weights);
        let d: String = drawing.bonds.iter().map(|bond| drawing.strokes(bond)).collect();
        if !d.is_empty() {
            let style = "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\" stroke-linecap=\"round\"";
            let _ = writeln!(svg, "<path {style} d=\"{d}\"/>");
        }
        drawing.atoms.iter().for_each(|atom| svg += &atom.letters());
        svg + "</svg>\n"
    }
}

/// Size of letters, and how long a bond is, in the units of the layout.
const LETTER: f64 = 15.0;
/// Space around the atoms.
const MARGIN: f64 = 22.0;
/// A small molecule is not blown up: the drawing has at least this size.
const SMALLEST: [f64; 2] = [240.0, 150.0];
/// Half the distance of the lines of a double bond.
const HALF: f64 = 2.6;

struct Drawing {
    atoms: Vec<Atom>,
    bonds: Vec<Bond>,
    neighbours: Vec<Vec<usize>>,
}

struct Atom {
    x: f64,
    y: f64,
    /// Empty for a corner.
    symbol: String,
    hydrogens: u8,
    /// Charge, as it is written.
    charge: String,
    isotope: String,
    colour: &'static str,
    /// Hydrogens stand before the symbol.
    turned: bool,
}

struct Bond {
    ends: [usize; 2],
    lines: usize,
    dashed: bool,
}

impl Drawing {
    fn new(molecule: &Molecule) -> Self {
        // Rings as single and double bonds, where that is possible.
        let whole = molecule.graph();
        let graph = kekulize(whole).map_or_else(|_| whole.clone(), |found| apply_kekule(whole, &found));
        let layout = compute_layout(&graph);
        let mut neighbours = vec![Vec::new(); graph.atom_count()];
        let mut bonds = Vec::new();
        let mut seen = HashSet::new();
        for (_, bond) in graph.bonds() {
            let ends = [bond.atom1.0 as usize, bond.atom2.0 as usize];
            if !seen.insert(ends) {
                continue;
            }
            neighbours[ends[0]].push(ends[1]);
            neighbours[ends[1]].push(ends[0]);
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
            let degree = neighbours[at.0 as usize].len();
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
                colour: colour(atom.element.atomic_number()),
                turned: false,
            }
        });
        let mut drawing = Drawing { atoms: atoms.collect(), bonds, neighbours };
        drawing.pack();
        for at in 0..drawing.atoms.len() {
            // Hydrogens stand where there is no bond.
            let pull: f64 = drawing.neighbours[at].iter().map(|&n| drawing.atoms[n].x - drawing.atoms[at].x).sum();
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
                    open.extend(&self.neighbours[at]);
                }
            }
            parts.extend((!part.is_empty()).then_some(part));
        }
        parts
    }

    /// Left, top, width and height.
    fn frame(&self) -> [f64; 4] {
        let ends = |get: fn(&Atom) -> f64, least: f64| {
            let low = self.atoms.iter().map(get).fold(f64::INFINITY, f64::min);
            let high = self.atoms.iter().map(get).fold(f64::NEG_INFINITY, f64::max);
            let length = (high - low + 2.0 * MARGIN).max(least);
            [0.5 * (low + high - length), length]
        };
        let ([left, width], [top, height]) = (ends(|a| a.x, SMALLEST[0]), ends(|a| a.y, SMALLEST[1]));
        [left, top, width, height]
    }

    fn discs(&self, weights: &[f64]) -> String {
        let largest = weights.iter().map(|w| w.abs()).filter(|w| w.is_finite()).fold(0.0, f64::max);
        let disc = |(atom, &weight): (&Atom, &f64)| {
            let strength = weight.abs() / largest;
            if !(strength.is_finite() && strength > 0.0) {
                return String::new();
            }
            let colour = if weight < 0.0 { "#0072b2" } else { "#e69f00" };
            format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"{colour}\" fill-opacity=\"{:.2}\"/>\n",
                atom.x,
                atom.y,
                0.42 * BOND_LEN,
                0.65 * strength
            )
        };
        self.atoms.iter().zip(weights).map(disc).collect()
    }

    /// The lines of a bond, which end before letters.
    fn strokes(&self, bond: &Bond) -> String {
        let [a, b] = bond.ends.map(|at| &self.atoms[at]);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy);
        if length < 1e-6 {
            return String::new();
        }
        let (ux, uy) = (dx / length, dy / length);
        // Line `side` times half a distance to the left, shortened by `inset` at both ends.
        let line = |side: f64, inset: f64| {
            let (nx, ny) = (-uy * side * HALF, ux * side * HALF);
            let (start, end) = (a.clearance(ux, uy).max(inset), b.clearance(-ux, -uy).max(inset));
            format!(
                "M{:.1} {:.1}L{:.1} {:.1}",
                a.x + ux * start + nx,
                a.y + uy * start + ny,
                b.x - ux * end + nx,
                b.y - uy * end + ny
            )
        };
        match bond.lines {
            1 => line(0.0, 0.0),
            2 => match self.side(bond) {
                Some(side) => line(0.0, 0.0) + &dashes(line(2.0 * side, 5.0), bond.dashed),
                None => line(1.0, 0.0) + &line(-1.0, 0.0),
            },
            _ => line(0.0, 0.0) + &line(1.7, 0.0) + &line(-1.7, 0.0),
        }
    }

    /// On which side more neighbors are: there a second line stands, inside a ring. `None` at the end of a chain.
    fn side(&self, bond: &Bond) -> Option<f64> {
        let [a, b] = bond.ends;
        if self.neighbours[a].len() == 1 || self.neighbours[b].len() == 1 {
            return None;
        }
        let (from, to) = (&self.atoms[a], &self.atoms[b]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        // The cross product is positive on the left of the bond, in the sense of `strokes`.
        let left = |&at: &usize| (dx * (self.atoms[at].y - from.y) - dy * (self.atoms[at].x - from.x)).signum();
        let others = self.neighbours[a].iter().chain(&self.neighbours[b]).filter(|&&at| at != a && at != b);
        let sum: f64 = others.map(left).sum();
        Some(if sum < 0.0 { -1.0 } else { 1.0 })
    }
}

impl Atom {
    /// How far a bond that leaves in direction `(ux, uy)` stays away: up to the edge of the box around the letters.
    fn clearance(&self, ux: f64, uy: f64) -> f64 {
        if self.symbol.is_empty() {
            return 0.0;
        }
        let [left, right] = self.extent();
        let across = if ux > 0.0 { right / ux } else { left / -ux.min(-1e-9) };
        across.min(0.6 * LETTER / uy.abs().max(1e-9)) + 1.5
    }

    /// How far the letters reach to the left and to the right of the atom.
    fn extent(&self) -> [f64; 2] {
        let half = 0.36 * LETTER * self.symbol.chars().count() as f64;
        let small = |text: &str| 0.4 * LETTER * text.chars().count() as f64;
        let hydrogens = match self.hydrogens {
            0 => 0.0,
            1 => 0.72 * LETTER,
            _ => 1.12 * LETTER,
        };
        let (charge, isotope) = (small(&self.charge), small(&self.isotope));
        if self.turned {
            [half + isotope + hydrogens, half + charge]
        } else {
            [half + isotope, half + hydrogens + charge]
        }
    }

    fn letters(&self) -> String {
        if self.symbol.is_empty() {
            return String::new();
        }
        let low =
            |text: &str| format!("<tspan dy=\"4\" font-size=\"10.5\">{text}</tspan><tspan dy=\"-4\">\u{200b}</tspan>");
        let high =
            |text: &str| format!("<tspan dy=\"-5\" font-size=\"10.5\">{text}</tspan><tspan dy=\"5\">\u{200b}</tspan>");
        let raised = |text: &str| if text.is_empty() { String::new() } else { high(text) };
        let hydrogens = match self.hydrogens {
            0 => String::new(),
            1 => "H".to_owned(),
            n => format!("H{}", low(&n.to_string())),
        };
        let (symbol, charge) = (format!("{}{}", raised(&self.isotope), escape(&self.symbol)), raised(&self.charge));
        // The letter of the element stands on the place of the atom, whatever stands beside it.
        let half = 0.36 * LETTER * self.symbol.chars().count() as f64;
        let isotope = 0.4 * LETTER * self.isotope.chars().count() as f64;
        let charged = 0.4 * LETTER * self.charge.chars().count() as f64;
        let (anchor, x, text) = if self.turned && self.hydrogens > 0 {
            ("end", self.x + half + charged, format!("{hydrogens}{symbol}{charge}"))
        } else {
            ("start", self.x - half - isotope, format!("{symbol}{hydrogens}{charge}"))
        };
        let y = self.y + 0.36 * LETTER;
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{}\">{text}</text>\n", self.colour)
    }
}

/// A line as three dashes.
fn dashes(line: String, dashed: bool) -> String {
    let numbers: Vec<f64> = line.split(['M', 'L', ' ']).filter_map(|part| part.parse().ok()).collect();
    let [x0, y0, x1, y1] = numbers[..] else { return line };
    if !dashed {
        return line;
    }
    let at = |share: f64| (x0 + share * (x1 - x0), y0 + share * (y1 - y0));
    let dash = |from: f64| {
        let ((x0, y0), (x1, y1)) = (at(from), at(from + 0.2));
        format!("M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}")
    };
    [0.0, 0.4, 0.8].map(dash).concat()
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
fn colour(atomic_number: u8) -> &'static str {
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::Molecule;

    fn svg(smiles: &str) -> String {
        Molecule::parse(smiles).unwrap().depict()
    }

    #[test]
    fn corners_are_carbon_and_letters_are_the_rest() {
        let benzene = svg("c1ccccc1");
        assert!(!benzene.contains("<text"), "{benzene}");
        // Six bonds, three of them double.
        assert_eq!(benzene.matches('L').count(), 9);
        assert_eq!(svg("CC(=O)N").matches("<text").count(), 2);
    }

    #[test]
    fn charges_isotopes_and_lonely_atoms_are_written() {
        assert!(svg("C[N+](C)(C)C.[Cl-]").contains('−'));
        assert!(svg("[2H]C").contains(">2</tspan>"));
        assert!(svg("C").contains(">C") && svg("O").contains("H"));
    }

    #[test]
    fn a_large_molecule_and_a_salt_have_finite_places() {
        for smiles in ["C".repeat(400).as_str(), "[Na+].[Cl-]", "C12C3C4C1C5C2C3C45", "[C-]#[O+].[C-]#[O+].[Fe]"] {
            let svg = svg(smiles);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn the_parts_of_a_complex_do_not_stand_in_one_line() {
        let svg = svg("[C-]#[O+].[C-]#[O+].[C-]#[O+].[C-]#[O+].[C-]#[O+].[Fe]");
        let width = svg.split("width=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<f64>().ok());
        assert!(width.is_some_and(|width| width < 400.0), "{width:?}");
    }

    #[test]
    fn weights_that_are_not_finite_have_no_disc() {
        let svg = Molecule::parse("CCO").unwrap().depict_weighted(&[f64::NAN, 1.0, 0.0]);
        assert_eq!(svg.matches("<circle").count(), 1);
        assert_eq!(Molecule::parse("CCO").unwrap().depict_weighted(&[0.0; 3]).matches("<circle").count(), 0);
    }
}
