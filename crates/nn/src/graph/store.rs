//! The graphs of some rows in memory.

use tensor::{Device, Real, Tensor};

use super::{GraphBatch, GraphCodes};
use crate::error::Error;

/// The graphs of some rows: what is known of each node, which nodes each edge joins and what is known of it, and where those of
/// each graph begin. An edge is stored once, and goes both ways. A graph takes as much memory as it has nodes and edges, whatever
/// the size of the others.
///
/// ```
/// let codes = nn::GraphCodes { nodes: nn::Codes::new(&[4]).unwrap(), edges: nn::Codes::new(&[1]).unwrap() };
/// let mut graphs = nn::Graphs::new(codes);
/// // Two nodes of the categories 0 and 2, joined by an edge of length 1.5.
/// graphs.push(&[0.0, 2.0], &[[0, 1]], &[1.5])?;
/// assert_eq!((graphs.len(), graphs.n_nodes(), graphs.n_edges()), (1, 2, 1));
/// # Ok::<(), nn::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Graphs {
    codes: GraphCodes,
    /// Where the nodes of each graph begin, and how many there are.
    node_starts: Vec<usize>,
    /// `[nodes, codes]`.
    nodes: Vec<f64>,
    /// Where the edges of each graph begin, and how many there are.
    edge_starts: Vec<usize>,
    /// The nodes that each edge joins, counted within its graph.
    ends: Vec<[u32; 2]>,
    /// `[edges, codes]`.
    edges: Vec<f64>,
}

impl Graphs {
    /// No graphs yet, of which this will be known.
    pub fn new(codes: GraphCodes) -> Self {
        let (nodes, edges, ends) = (Vec::new(), Vec::new(), Vec::new());
        Graphs { codes, node_starts: vec![0], nodes, edge_starts: vec![0], ends, edges }
    }

    /// Adds a graph: `nodes: [n, codes]`, the nodes that its edges join, counted from zero, and `edges: [m, codes]`.
    ///
    /// # Errors
    /// There is no node, an edge joins a node that does not exist or a node with itself, or a number is missing.
    pub fn push(&mut self, nodes: &[f64], ends: &[[u32; 2]], edges: &[f64]) -> Result<(), Error> {
        let (of_node, of_edge) = (self.codes.nodes.len().max(1), self.codes.edges.len());
        let (n, m) = (nodes.len() / of_node, ends.len());
        let wrong = |found: String, expected: &'static str| Err(Error::Graph { found, expected });
        if n == 0 || nodes.len() != n * of_node || edges.len() != m * of_edge {
            let found = format!("{} numbers of nodes and {} of edges", nodes.len(), edges.len());
            return wrong(found, "all codes of one node at least");
        }
        if let Some(at) = nodes.iter().position(|x| !x.is_finite()) {
            return wrong(format!("{} at node {}", nodes[at], at / of_node + 1), "finite numbers");
        }
        if let Some((at, [from, to])) =
            ends.iter().enumerate().find(|(_, [a, b])| a == b || *a as usize >= n || *b as usize >= n)
        {
            return wrong(format!("edge {} from {from} to {to}", at + 1), "two different nodes of the graph");
        }
        if let Some(at) = edges.iter().position(|x| !x.is_finite()) {
            return wrong(format!("{} at edge {}", edges[at], at / of_edge.max(1) + 1), "finite numbers");
        }
        self.nodes.extend_from_slice(nodes);
        self.ends.extend_from_slice(ends);
        self.edges.extend_from_slice(edges);
        self.node_starts.push(self.node_starts[self.len()] + n);
        self.edge_starts.push(self.ends.len());
        Ok(())
    }

    /// Features of nodes and edges.
    pub fn codes(&self) -> GraphCodes {
        self.codes
    }

    /// How many graphs there are.
    pub fn len(&self) -> usize {
        self.edge_starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many nodes all of them have.
    pub fn n_nodes(&self) -> usize {
        self.node_starts[self.len()]
    }

    /// How many edges all of them have.
    pub fn n_edges(&self) -> usize {
        self.ends.len()
    }

    /// The given graphs, in that order, perhaps several times.
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut chosen = Graphs::new(self.codes);
        for &row in rows {
            let (nodes, ends, edges) = self.graph(row);
            chosen.nodes.extend_from_slice(nodes);
            chosen.ends.extend_from_slice(ends);
            chosen.edges.extend_from_slice(edges);
            chosen.node_starts.push(chosen.nodes.len() / self.codes.nodes.len().max(1));
            chosen.edge_starts.push(chosen.ends.len());
        }
        chosen
    }

    /// Adds all graphs of another list, of which the same is known.
    pub fn extend(&mut self, others: &Graphs) {
        let (nodes, edges) = (self.n_nodes(), self.n_edges());
        self.nodes.extend_from_slice(&others.nodes);
        self.ends.extend_from_slice(&others.ends);
        self.edges.extend_from_slice(&others.edges);
        self.node_starts.extend(others.node_starts[1..].iter().map(|start| nodes + start));
        self.edge_starts.extend(others.edge_starts[1..].iter().map(|start| edges + start));
    }

    /// Some of them as one graph for a network: the numbers of all nodes, `[nodes, numbers]`, and how they are joined.
    pub fn batch<T: Real>(
        &self,
        rows: impl Iterator<Item = usize> + Clone,
        device: &Device,
    ) -> (Tensor<T>, GraphBatch<T>) {
        let (mut starts, mut ends) = (vec![0], Vec::new());
        for row in rows.clone() {
            let first = starts[starts.len() - 1];
            starts.push(first + self.node_starts[row + 1] - self.node_starts[row]);
            for edge in &self.ends[self.edge_starts[row]..self.edge_starts[row + 1]] {
                let [from, to] = edge.map(|node| first + node as usize);
                ends.extend([[from, to], [to, from]]);
            }
        }
        let GraphCodes { nodes: of_node, edges: of_edge } = self.codes;
        let (known, wide) = (of_node.numbers(), of_edge.numbers());
        let nodes = device.tensor([starts[starts.len() - 1], known], |to| {
            let codes = rows.clone().flat_map(|row| self.graph(row).0.chunks_exact(of_node.len().max(1)));
            to.chunks_exact_mut(known.max(1)).zip(codes).for_each(|(to, codes)| of_node.unfold(codes, to));
        });
        let edges = device.tensor([ends.len(), wide], |to| {
            let codes = rows.flat_map(|row| self.graph(row).2.chunks_exact(of_edge.len().max(1)));
            for (to, codes) in to.chunks_exact_mut(2 * wide.max(1)).zip(codes) {
                let (there, back) = to.split_at_mut(wide);
                of_edge.unfold(codes, there);
                back.copy_from_slice(there);
            }
        });
        (nodes, GraphBatch::new(starts, ends, edges))
    }

    /// Codes of nodes, ends of edges, codes of edges.
    fn graph(&self, row: usize) -> (&[f64], &[[u32; 2]], &[f64]) {
        let (of_node, of_edge) = (self.codes.nodes.len(), self.codes.edges.len());
        let nodes = self.node_starts[row]..self.node_starts[row + 1];
        let edges = self.edge_starts[row]..self.edge_starts[row + 1];
        (
            &self.nodes[nodes.start * of_node..nodes.end * of_node],
            &self.ends[edges.clone()],
            &self.edges[edges.start * of_edge..edges.end * of_edge],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Codes;

    fn graphs() -> Graphs {
        let codes = |categories: &[usize]| Codes::new(categories).unwrap();
        Graphs::new(GraphCodes { nodes: codes(&[3, 1]), edges: codes(&[2]) })
    }

    #[test]
    fn what_is_not_a_graph_is_told_at_the_door() {
        let said = |nodes: &[f64], ends: &[[u32; 2]], edges: &[f64]| {
            graphs().push(nodes, ends, edges).unwrap_err().to_string()
        };
        assert!(said(&[], &[], &[]).contains("0 numbers of nodes"));
        assert!(said(&[0.0, f64::NAN], &[], &[]).starts_with("a graph has NaN at node 1"));
        assert!(said(&[0.0, 0.5], &[[0, 1]], &[0.0]).contains("edge 1 from 0 to 1"));
        assert!(said(&[0.0, 0.5], &[[0, 0]], &[0.0]).contains("two different nodes"));
        assert!(said(&[0.0; 4], &[[0, 1]], &[f64::NAN]).contains("NaN at edge 1"));
        assert!(said(&[0.0; 4], &[[0, 1]], &[]).contains("0 of edges"));
    }

    #[test]
    fn a_choice_of_graphs_is_that_of_its_batch() {
        let mut all = graphs();
        all.push(&[0.0, 0.5], &[], &[]).unwrap();
        all.push(&[1.0, 0.1, 2.0, 0.2], &[[0, 1]], &[1.0]).unwrap();
        let device = Device::cpu(1);
        let (nodes, batch) = all.batch::<f64>([1, 0, 1].into_iter(), &device);
        let chosen = all.select(&[1, 0, 1]);
        let (same, other) = chosen.batch::<f64>(0..3, &device);
        assert_eq!(nodes.data(), same.data());
        assert_eq!((batch.n_nodes(), batch.n_edges(), batch.starts.clone()), (5, 4, other.starts));
        let mut joined = all.select(&[1]);
        joined.extend(&all.select(&[0, 1]));
        assert_eq!(joined, chosen);
    }

    /// A row of a table as wide as its widest would take ten thousand numbers for each of them.
    #[test]
    fn a_large_graph_leaves_the_others_as_small_as_they_are() {
        let mut all = graphs();
        all.push(&[0.0; 20_000], &[], &[]).unwrap();
        (0..1000).for_each(|_| all.push(&[0.0, 1.0], &[], &[]).unwrap());
        assert_eq!(all.nodes.len(), 22_000);
    }
}
