//! The graphs of a batch as one: nodes and edges of all of them, and who is joined to whom.

use std::sync::{Arc, OnceLock};

use tensor::kernels::sparse::Sparse;
use tensor::{Real, Tensor};

/// The graphs of a batch, one after the other. Each edge stands twice, there and back: the reverse of edge `e` is `e ^ 1`.
///
/// Matrices are made when they are first asked for, and kept.
pub struct GraphBatch<T: Real> {
    /// Where the nodes of each graph begin, and how many there are.
    pub starts: Arc<[usize]>,
    /// Features of each directed edge, `[edges, numbers]`.
    pub edges: Tensor<T>,
    /// The nodes that each directed edge goes from, and to.
    ends: Vec<[usize; 2]>,
    /// Of each node the directed edges that end there: where they begin in the list after.
    arriving: (Vec<usize>, Vec<usize>),
    made: Made<T>,
}

/// Matrices that layers have asked for.
struct Made<T> {
    normalized: OnceLock<Arc<Sparse<T>>>,
    attending: OnceLock<Attending<T>>,
    kinds: OnceLock<Kinds<T>>,
    matrices: [OnceLock<Arc<Sparse<T>>>; 6],
}

/// Nodes that attend to their neighbors and to themselves.
#[derive(Clone)]
pub struct Attending<T> {
    /// `[nodes, nodes]`, an entry for each look.
    pub looks: Arc<Sparse<T>>,
    /// `[looks, nodes]`: who looks.
    pub by: Arc<Sparse<T>>,
    /// `[looks, nodes]`: which node is attended to.
    pub at: Arc<Sparse<T>>,
    /// Where the looks of each node begin.
    pub starts: Arc<[usize]>,
}

/// Edges sorted by what is known of them: few kinds of bond join many atoms.
#[derive(Clone)]
pub struct Kinds<T> {
    /// Features of each kind, `[kinds, numbers]` row by row.
    pub known: Vec<T>,
    /// Where the edges of each kind begin, and how many there are.
    pub starts: Arc<[usize]>,
    /// `[edges, nodes]`: the nodes that they come from.
    pub from: Arc<Sparse<T>>,
    /// `[nodes, edges]`: the nodes where they end.
    pub into: Arc<Sparse<T>>,
}

impl<T: Real> GraphBatch<T> {
    /// Graphs whose nodes begin at `starts`, with directed edges there and back and what is known of them.
    pub(super) fn new(starts: Vec<usize>, ends: Vec<[usize; 2]>, edges: Tensor<T>) -> Self {
        let arriving = sorted(starts[starts.len() - 1], ends.iter().map(|[_, to]| *to));
        let made = Made {
            normalized: OnceLock::new(),
            attending: OnceLock::new(),
            kinds: OnceLock::new(),
            matrices: std::array::from_fn(|_| OnceLock::new()),
        };
        GraphBatch { starts: starts.into(), edges, ends, arriving, made }
    }

    /// How many graphs there are.
    pub fn n_graphs(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many nodes all of them have.
    pub fn n_nodes(&self) -> usize {
        self.starts[self.n_graphs()]
    }

    /// How many directed edges there are.
    pub fn n_edges(&self) -> usize {
        self.ends.len()
    }

    /// $D^{-1/2}(A + I)D^{-1/2}$ with the degrees $D$ of $A + I$, `[nodes, nodes]` \[Kipf2017\].
    pub fn normalized(&self) -> Arc<Sparse<T>> {
        let make = || {
            let (starts, places) = self.with_loops();
            let root = |node: usize| T::of((starts[node + 1] - starts[node]) as f64).sqrt();
            let roots: Vec<T> = (0..self.n_nodes()).map(root).collect();
            let row = |node: usize| places[starts[node]..starts[node + 1]].iter().map(move |&at| (node, at));
            let values =
                (0..self.n_nodes()).flat_map(row).map(|(node, at)| T::ONE / (roots[node] * roots[at])).collect();
            Arc::new(Sparse::new(self.n_nodes(), starts, places, values))
        };
        self.made.normalized.get_or_init(make).clone()
    }

    /// Neighbors of each node, `[nodes, nodes]`.
    pub fn neighbors(&self) -> Arc<Sparse<T>> {
        let places = || self.arriving.1.iter().map(|&edge| self.ends[edge][0]).collect();
        self.matrix(0, || Sparse::new(self.n_nodes(), self.arriving.0.clone(), places(), Vec::new()))
    }

    /// Edges that end at each node, `[nodes, edges]`.
    pub fn arriving(&self) -> Arc<Sparse<T>> {
        let (starts, edges) = &self.arriving;
        self.matrix(1, || Sparse::new(self.n_edges(), starts.clone(), edges.clone(), Vec::new()))
    }

    /// The node that each edge comes from, `[edges, nodes]`.
    pub fn sources(&self) -> Arc<Sparse<T>> {
        self.matrix(2, || Sparse::picking(self.n_nodes(), self.ends.iter().map(|[from, _]| *from).collect()))
    }

    /// Edges that end where an edge begins, but for its own reverse, `[edges, edges]` \[Yang2019\].
    pub fn before(&self) -> Arc<Sparse<T>> {
        self.matrix(3, || {
            let (mut starts, mut places) = (vec![0], Vec::new());
            for (edge, [from, _]) in self.ends.iter().enumerate() {
                let arriving = &self.arriving.1[self.arriving.0[*from]..self.arriving.0[from + 1]];
                places.extend(arriving.iter().filter(|other| **other != edge ^ 1));
                starts.push(places.len());
            }
            Sparse::new(self.n_edges(), starts, places, Vec::new())
        })
    }

    /// The nodes of each graph, `[graphs, nodes]`.
    pub fn graphs(&self) -> Arc<Sparse<T>> {
        self.matrix(4, || Sparse::grouping(&self.starts, None::<fn(usize) -> T>))
    }

    /// The same, divided by their number.
    pub fn means(&self) -> Arc<Sparse<T>> {
        self.matrix(5, || Sparse::grouping(&self.starts, Some(|n| T::ONE / T::of(n as f64))))
    }

    /// The graph of each node, `[nodes, graphs]`.
    pub fn owners(&self) -> Arc<Sparse<T>> {
        let owner = |(graph, span): (usize, &[usize])| std::iter::repeat_n(graph, span[1] - span[0]);
        let owners = self.starts.windows(2).enumerate().flat_map(owner).collect();
        Arc::new(Sparse::picking(self.n_graphs(), owners))
    }

    /// Which node attends to which where every node also attends to itself.
    pub fn attending(&self) -> Attending<T> {
        let make = || {
            let (starts, places) = self.with_loops();
            let nodes = self.n_nodes();
            let by =
                starts.windows(2).enumerate().flat_map(|(node, span)| std::iter::repeat_n(node, span[1] - span[0]));
            Attending {
                by: Arc::new(Sparse::picking(nodes, by.collect())),
                at: Arc::new(Sparse::picking(nodes, places.clone())),
                starts: starts.as_slice().into(),
                looks: Arc::new(Sparse::new(nodes, starts, places, Vec::new())),
            }
        };
        self.made.attending.get_or_init(make).clone()
    }

    /// Edges by their kind.
    pub fn kinds(&self) -> Kinds<T> {
        let make = || {
            let width = self.edges.shape().as_matrix().1;
            let row = |edge: usize| &self.edges.data()[edge * width..(edge + 1) * width];
            let mut firsts: Vec<usize> = Vec::new();
            let kind = |edge: usize| {
                firsts.iter().position(|&first| row(first) == row(edge)).unwrap_or_else(|| {
                    firsts.push(edge);
                    firsts.len() - 1
                })
            };
            let kinds: Vec<usize> = (0..self.n_edges()).map(kind).collect();
            let (starts, order) = sorted(firsts.len(), kinds.into_iter());
            let ends = |at: usize| order.iter().map(move |&edge| self.ends[edge][at]);
            let (into_starts, into) = sorted(self.n_nodes(), ends(1));
            Kinds {
                known: firsts.iter().flat_map(|&first| row(first)).copied().collect(),
                starts: starts.into(),
                from: Arc::new(Sparse::picking(self.n_nodes(), ends(0).collect())),
                into: Arc::new(Sparse::new(self.n_edges(), into_starts, into, Vec::new())),
            }
        };
        self.made.kinds.get_or_init(make).clone()
    }

    /// Nodes sorted by how many neighbors they have, the last group those with `most` and more: where each group begins, `[nodes,
    /// nodes]` that brings them into this order, and its inverse.
    pub fn by_degree(&self, most: usize) -> (Arc<[usize]>, [Arc<Sparse<T>>; 2]) {
        let degrees = self.arriving.0.windows(2).map(|span| (span[1] - span[0]).min(most));
        let (starts, order) = sorted(most + 1, degrees);
        let mut back = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, &node)| back[node] = at);
        (starts.into(), [order, back].map(|places| Arc::new(Sparse::picking(self.n_nodes(), places))))
    }

    fn matrix(&self, at: usize, make: impl FnOnce() -> Sparse<T>) -> Arc<Sparse<T>> {
        self.made.matrices[at].get_or_init(|| Arc::new(make())).clone()
    }

    /// Each node and after it its neighbors.
    fn with_loops(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut starts, mut places) = (vec![0], Vec::with_capacity(self.n_nodes() + self.n_edges()));
        for (node, span) in self.arriving.0.windows(2).enumerate() {
            places.push(node);
            places.extend(self.arriving.1[span[0]..span[1]].iter().map(|&edge| self.ends[edge][0]));
            starts.push(places.len());
        }
        (starts, places)
    }
}

/// Items sorted by their group: where each group begins, and the items.
fn sorted(groups: usize, of: impl Iterator<Item = usize> + Clone) -> (Vec<usize>, Vec<usize>) {
    let mut starts = vec![0; groups + 1];
    let n = of.clone().inspect(|group| starts[group + 1] += 1).count();
    (0..groups).for_each(|group| starts[group + 1] += starts[group]);
    let (mut next, mut items) = (starts.clone(), vec![0; n]);
    for (item, group) in of.enumerate() {
        items[next[group]] = item;
        next[group] += 1;
    }
    (starts, items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Codes, GraphCodes, Graphs};
    use tensor::Device;
    use tensor::kernels::sparse::product;

    /// A path of three nodes and a single node.
    fn batch() -> (Tensor<f64>, GraphBatch<f64>) {
        let mut graphs = Graphs::new(GraphCodes { nodes: Codes::new(&[1]).unwrap(), edges: Codes::new(&[2]).unwrap() });
        graphs.push(&[10.0, 20.0, 30.0], &[[0, 1], [2, 1]], &[1.0, 0.0]).unwrap();
        graphs.push(&[40.0], &[], &[]).unwrap();
        graphs.batch(0..2, &Device::cpu(1))
    }

    fn times(a: &Sparse<f64>, x: &[f64]) -> Vec<f64> {
        let mut y = vec![0.0; a.n_rows() * x.len() / a.n_columns()];
        product(&Device::cpu(1), a, x, &mut y);
        y
    }

    #[test]
    fn rows_become_nodes_and_edges_there_and_back() {
        let (nodes, graph) = batch();
        assert_eq!(nodes.data(), [10.0, 20.0, 30.0, 40.0]);
        assert_eq!(graph.ends, [[0, 1], [1, 0], [2, 1], [1, 2]]);
        assert_eq!(graph.edges.data(), [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(graph.starts[..], [0, 3, 4]);
    }

    #[test]
    fn matrices_are_those_of_a_path() {
        let (nodes, graph) = batch();
        let x = nodes.data();
        assert_eq!(times(&graph.neighbors(), x), [20.0, 40.0, 20.0, 0.0]);
        assert_eq!(times(&graph.graphs(), x), [60.0, 40.0]);
        assert_eq!(times(&graph.means(), x), [20.0, 40.0]);
        assert_eq!(times(&graph.sources(), x), [10.0, 20.0, 30.0, 20.0]);
        assert_eq!(times(&graph.owners(), &[1.0, 2.0]), [1.0, 1.0, 1.0, 2.0]);
        assert_eq!(times(&graph.arriving(), &[1.0, 2.0, 3.0, 4.0]), [2.0, 4.0, 4.0, 0.0]);
        // Before 1 -> 2 comes 0 -> 1, before 1 -> 0 comes 2 -> 1, and nothing before the others.
        assert_eq!(times(&graph.before(), &[1.0, 2.0, 3.0, 4.0]), [0.0, 3.0, 0.0, 1.0]);
        let normalized = times(&graph.normalized(), x);
        let expected = [10.0 / 2.0 + 20.0 / 6.0_f64.sqrt(), 20.0 / 3.0 + 40.0 / 6.0_f64.sqrt()];
        assert!((normalized[0] - expected[0]).abs() + (normalized[1] - expected[1]).abs() < 1e-12);
        assert_eq!(normalized[3], 40.0);
    }

    #[test]
    fn edges_and_nodes_are_sorted_by_what_they_are() {
        let (nodes, graph) = batch();
        let kinds = graph.kinds();
        assert_eq!((kinds.starts[..].to_vec(), kinds.known), (vec![0, 2, 4], vec![0.0, 1.0, 1.0, 0.0]));
        assert_eq!(times(&kinds.into, &times(&kinds.from, nodes.data())), [20.0, 40.0, 20.0, 0.0]);
        let (starts, [there, back]) = graph.by_degree(2);
        assert_eq!(starts[..], [0, 1, 3, 4]);
        assert_eq!(times(&there, nodes.data()), [40.0, 10.0, 30.0, 20.0]);
        assert_eq!(times(&back, &[40.0, 10.0, 30.0, 20.0]), nodes.data());
    }
}
