//! A drawing of a molecule: atoms as letters, bonds as lines, carbon as corners.
//!
//! Where the atoms lie is computed by `chematic`; stereochemistry is not drawn.

mod layout;
mod letters;
mod strokes;

use std::fmt::Write;

use chematic_depict::BOND_LEN;

use crate::Molecule;
use layout::{Atom, Drawing};
use letters::{LETTER, escape};

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

/// Space around the atoms.
const MARGIN: f64 = 22.0;
/// A small molecule is not blown up: the drawing has at least this size.
const SMALLEST: [f64; 2] = [240.0, 150.0];

impl Drawing {
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
            let color = if weight < 0.0 { "#0072b2" } else { "#e69f00" };
            format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"{color}\" fill-opacity=\"{:.2}\"/>\n",
                atom.x,
                atom.y,
                0.42 * BOND_LEN,
                0.65 * strength
            )
        };
        self.atoms.iter().zip(weights).map(disc).collect()
    }
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
