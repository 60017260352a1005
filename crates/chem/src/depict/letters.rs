//! Atoms as letters.

use super::layout::Atom;

/// Size of letters, in the units of the layout.
pub(super) const LETTER: f64 = 15.0;

impl Atom {
    /// How far a bond that leaves in direction `(ux, uy)` stays away: up to the edge of the box around the letters.
    pub fn clearance(&self, ux: f64, uy: f64) -> f64 {
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

    pub fn letters(&self) -> String {
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
        format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{}\">{text}</text>\n", self.color)
    }
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
