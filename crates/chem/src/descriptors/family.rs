//! Descriptors that are computed together.

/// The name of a descriptor and what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descriptor {
    /// RDKit's name where RDKit has it.
    pub name: &'static str,
    /// One line, with the unit where there is one.
    pub doc: &'static str,
}

/// Descriptors that are computed together, because they share their work.
pub(super) struct Family {
    /// Names, and what each of them says.
    pub members: &'static [(&'static [&'static str], &'static str)],
    /// Their values, in the order of the names.
    pub compute: fn(&Graph) -> Vec<f64>,
}

impl Family {
    pub fn descriptors(&self) -> impl Iterator<Item = Descriptor> {
        self.members.iter().flat_map(|(names, doc)| names.iter().map(|name| Descriptor { name, doc }))
    }
}

/// A molecule as atoms and bonds.
pub(super) type Graph = chematic::core::Molecule;

/// For each interval between bounds: the sum of the weights of the atoms whose value lies in it.
/// A value that is not a number lies in the last.
pub(super) fn binned(values: &[f64], bounds: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; bounds.len() + 1];
    for (value, weight) in values.iter().zip(weights) {
        sums[bounds.partition_point(|bound| bound <= value || value.is_nan())] += weight;
    }
    sums
}
