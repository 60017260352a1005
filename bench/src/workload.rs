//! What is trained. `peers/measure.py` holds the same table.

/// A multilayer perceptron with rectifiers, trained by Adam on the squared error of one resident batch.
#[derive(Debug)]
pub struct Workload {
    /// As on the command line.
    pub name: &'static str,
    /// Features, then the widths of the layers.
    pub widths: &'static [usize],
    /// Rate of dropout behind every hidden layer.
    pub dropout: f64,
    /// Rows in the batch.
    pub batch: usize,
}

/// A: a small network, where overhead counts. B: a network on fingerprints, where products count.
pub const WORKLOADS: [Workload; 2] = [
    Workload { name: "A", widths: &[200, 128, 64, 1], dropout: 0.0, batch: 32 },
    Workload { name: "B", widths: &[2048, 1024, 256, 1], dropout: 0.2, batch: 128 },
];

/// The workload of this name.
pub fn named(name: &str) -> Option<&'static Workload> {
    WORKLOADS.iter().find(|workload| workload.name == name)
}

/// All names, for a message.
pub fn names() -> String {
    WORKLOADS.map(|workload| workload.name).join(", ")
}
