//! What is trained. `peers/measure.py` holds the same table.

use tensor::kernels::recurrent::Cell;

/// A network that is trained by Adam on the squared error, or the cross-entropy of classes, of one resident batch.
#[derive(Debug)]
pub struct Workload {
    /// As on the command line.
    pub name: &'static str,
    /// Rows in the batch.
    pub batch: usize,
    /// The network.
    pub network: Network,
}

/// What kind of network.
#[derive(Debug)]
pub enum Network {
    /// A multilayer perceptron with rectifiers.
    Perceptron {
        /// Features, then the widths of the layers.
        widths: &'static [usize],
        /// Rate of dropout behind every hidden layer.
        dropout: f64,
    },
    /// A recurrent cell over sequences, and a linear layer behind its last state.
    Recurrent {
        /// The cell.
        cell: Cell,
        /// Steps of each sequence.
        steps: usize,
        /// Numbers of each step.
        features: usize,
        /// Numbers of the state.
        hidden: usize,
    },
    /// Convolutions of 3 x 3 with rectifiers, the largest of each 2 x 2 behind each of them, and a perceptron with one hidden
    /// layer of 128, which tells ten classes apart.
    Convolutional {
        /// Height and width of an image.
        size: usize,
        /// Its channels, then those behind each convolution.
        channels: &'static [usize],
    },
    /// Convolutions over the nodes of rings, their sum, and a perceptron behind it.
    Convolutions {
        /// Nodes of each ring; each is joined to two others and to itself.
        nodes: usize,
        /// Features of a node, then the widths of the convolutions.
        widths: &'static [usize],
        /// Width of the dense layer behind the sum.
        head: usize,
    },
}
use Network::{Convolutional, Convolutions, Perceptron, Recurrent};

/// Numbers of the hidden layer and of the classes behind convolutions.
pub const HEAD: [usize; 2] = [128, 10];

/// A: a small network, where overhead counts. B: a network on fingerprints, where products count. C, C2 and G: sequences. D and D2:
/// images. E: graphs.
pub const WORKLOADS: [Workload; 8] = [
    Workload { name: "A", batch: 32, network: Perceptron { widths: &[200, 128, 64, 1], dropout: 0.0 } },
    Workload { name: "B", batch: 128, network: Perceptron { widths: &[2048, 1024, 256, 1], dropout: 0.2 } },
    Workload { name: "C", batch: 64, network: Recurrent { cell: Cell::Lstm, steps: 48, features: 8, hidden: 64 } },
    Workload { name: "C2", batch: 128, network: Recurrent { cell: Cell::Lstm, steps: 96, features: 8, hidden: 256 } },
    Workload { name: "D", batch: 64, network: Convolutional { size: 28, channels: &[1, 32, 64] } },
    Workload { name: "D2", batch: 32, network: Convolutional { size: 64, channels: &[3, 32, 64, 128] } },
    Workload { name: "E", batch: 64, network: Convolutions { nodes: 26, widths: &[32, 64, 64, 64], head: 64 } },
    Workload { name: "G", batch: 64, network: Recurrent { cell: Cell::Gru, steps: 48, features: 8, hidden: 64 } },
];

impl Workload {
    /// Numbers of a row, and what is learned of it.
    pub fn ends(&self) -> [usize; 2] {
        match self.network {
            Perceptron { widths, .. } => [widths[0], widths[widths.len() - 1]],
            Recurrent { steps, features, .. } => [steps * features, 1],
            Convolutional { size, channels } => [size * size * channels[0], HEAD[1]],
            Convolutions { nodes, widths, .. } => [nodes * widths[0], 1],
        }
    }

    /// Shapes of the parameters, in the order in which the network takes them.
    pub fn shapes(&self) -> Vec<Vec<usize>> {
        match self.network {
            Perceptron { widths, .. } => {
                widths.windows(2).flat_map(|pair| [vec![pair[0], pair[1]], vec![pair[1]]]).collect()
            }
            Convolutions { widths, head, .. } => {
                let widths = [widths, &[head, 1]].concat();
                widths.windows(2).flat_map(|pair| [vec![pair[0], pair[1]], vec![pair[1]]]).collect()
            }
            Recurrent { cell, features, hidden, .. } => {
                let (input, state) = (cell.input_gates() * hidden, cell.state_gates() * hidden);
                let mut shapes = vec![vec![features, input], vec![hidden, state], vec![input]];
                shapes.extend((cell == Cell::Gru).then(|| vec![hidden]));
                shapes.extend([vec![hidden, 1], vec![1]]);
                shapes
            }
            Convolutional { size, channels } => {
                let filters = channels.windows(2).flat_map(|pair| [vec![9 * pair[0], pair[1]], vec![pair[1]]]);
                let side = size >> (channels.len() - 1);
                let flat = side * side * channels[channels.len() - 1];
                let head = [vec![flat, HEAD[0]], vec![HEAD[0]], HEAD.to_vec(), vec![HEAD[1]]];
                filters.chain(head).collect()
            }
        }
    }
}

/// The workload of this name.
pub fn named(name: &str) -> Option<&'static Workload> {
    WORKLOADS.iter().find(|workload| workload.name == name)
}

/// All names, for a message.
pub fn names() -> String {
    WORKLOADS.map(|workload| workload.name).join(", ")
}
