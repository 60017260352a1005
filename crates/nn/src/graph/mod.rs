//! Graphs as rows of numbers.
//!
//! A row is `[width, nodes, edges, codes of each node ..., (from, to, codes) of each edge ...]`, with NaN up to its width. It tells
//! its width itself, so that rows of graphs larger than any before can be read. An edge stands once, and goes both ways.

mod batch;
mod codes;

pub use batch::GraphBatch;
pub(crate) use batch::whole;
pub use codes::Codes;

use crate::error::Error;

/// How the graphs of some rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GraphRow {
    /// Features of each node.
    pub nodes: Codes,
    /// Features of each edge.
    pub edges: Codes,
    /// Numbers of the longest row.
    pub width: usize,
}

/// Numbers before the first node: width, nodes, edges.
const HEAD: usize = 3;
/// The ends of an edge before its codes.
const ENDS: usize = 2;

impl GraphRow {
    /// Numbers that a graph takes.
    pub fn needs(&self, nodes: usize, edges: usize) -> usize {
        HEAD + nodes * self.nodes.len() + edges * (ENDS + self.edges.len())
    }

    /// The row of a graph, as wide as the longest: `nodes: [n, codes]`, `edges: [m, 2 + codes]` that begin with the nodes at both
    /// ends, counted from zero.
    ///
    /// # Errors
    /// There is no node, an edge ends at none or begins where it ends, a number is missing, or the graph takes more than the width.
    pub fn pack(&self, nodes: &[f32], edges: &[f32]) -> Result<Vec<f32>, Error> {
        let (of_node, of_edge) = (self.nodes.len().max(1), ENDS + self.edges.len());
        let (n, m) = (nodes.len() / of_node, edges.len() / of_edge);
        let wrong = |found: String, expected: &'static str| Err(Error::Graph { found, expected });
        if n == 0 || nodes.len() != n * of_node || edges.len() != m * of_edge {
            return wrong(
                format!("{} numbers of nodes and {} of edges", nodes.len(), edges.len()),
                "all codes of one node at least",
            );
        }
        if let Some(at) = nodes.iter().position(|x| !x.is_finite()) {
            return wrong(format!("{} at node {}", nodes[at], at / of_node + 1), "finite numbers");
        }
        for (at, edge) in edges.chunks_exact(of_edge).enumerate() {
            let inside = |end: f32| end >= 0.0 && end < n as f32 && end.fract() == 0.0;
            if !inside(edge[0]) || !inside(edge[1]) || edge[0] == edge[1] {
                return wrong(
                    format!("edge {} from {} to {}", at + 1, edge[0], edge[1]),
                    "two different nodes of the graph",
                );
            }
            if let Some(x) = edge.iter().find(|x| !x.is_finite()) {
                return wrong(format!("{x} at edge {}", at + 1), "finite numbers");
            }
        }
        let needs = self.needs(n, m);
        if needs > self.width {
            return wrong(format!("a graph of {needs} numbers"), "as many as a row has at most");
        }
        let mut row = vec![self.width as f32, n as f32, m as f32];
        row.extend(nodes);
        row.extend(edges);
        row.resize(self.width, f32::NAN);
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(width: usize) -> GraphRow {
        let codes = |categories: &[usize]| Codes::new(categories).unwrap();
        GraphRow { nodes: codes(&[3, 1]), edges: codes(&[2]), width }
    }

    #[test]
    fn a_row_tells_its_width_and_ends_with_nan() {
        let row = form(12).pack(&[0.0, 0.5, 2.0, 0.25], &[0.0, 1.0, 1.0]).unwrap();
        assert_eq!(row[..10], [12.0, 2.0, 1.0, 0.0, 0.5, 2.0, 0.25, 0.0, 1.0, 1.0]);
        assert!(row[10..].len() == 2 && row[10..].iter().all(|x| x.is_nan()));
    }

    #[test]
    fn what_is_no_graph_is_told_at_the_door() {
        let said = |nodes: &[f32], edges: &[f32]| form(12).pack(nodes, edges).unwrap_err().to_string();
        assert!(said(&[], &[]).contains("0 numbers of nodes"));
        assert!(said(&[0.0, f32::NAN], &[]).starts_with("a graph has NaN at node 1"));
        assert!(said(&[0.0, 0.5], &[0.0, 1.0, 0.0]).contains("edge 1 from 0 to 1"));
        assert!(said(&[0.0, 0.5], &[0.0, 0.0, 0.0]).contains("two different nodes"));
        assert!(said(&[0.0; 4], &[0.0, 1.0, f32::NAN]).contains("NaN at edge 1"));
        assert!(said(&[0.0; 8], &[0.0, 1.0, 0.0]).contains("a graph of 14 numbers"));
    }
}
