//! Bonds as lines.

use super::layout::{Bond, Drawing};

/// Half the distance of the lines of a double bond.
const HALF: f64 = 2.6;

impl Drawing {
    /// The lines of a bond, which end before letters.
    pub fn strokes(&self, bond: &Bond) -> String {
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
        if self.neighbors[a].len() == 1 || self.neighbors[b].len() == 1 {
            return None;
        }
        let (from, to) = (&self.atoms[a], &self.atoms[b]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        // The cross product is positive on the left of the bond, in the sense of `strokes`.
        let left = |&at: &usize| (dx * (self.atoms[at].y - from.y) - dy * (self.atoms[at].x - from.x)).signum();
        let others = self.neighbors[a].iter().chain(&self.neighbors[b]).filter(|&&at| at != a && at != b);
        let sum: f64 = others.map(left).sum();
        Some(if sum < 0.0 { -1.0 } else { 1.0 })
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
